import pickle

import pytest

from rvd.errors import CaseError, RvdError, StoreError


def test_case_error_is_one_sentence_with_place_key_and_remedy():
    error = CaseError("htv.toml", 12, "chaser.mass", "a mass has a unit", 'write "15500 kg"')
    assert str(error) == 'htv.toml:12: chaser.mass: a mass has a unit; write "15500 kg".'
    assert (error.file, error.line, error.key) == ("htv.toml", 12, "chaser.mass")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (CaseError("a.toml", None, "", "is not TOML"), "a.toml: is not TOML."),
        (CaseError("", 3, "leg.0", "has no law.", "add one."), "line 3: leg.0: has no law; add one."),
        (CaseError(None, None, None, "is empty"), "is empty."),
        (CaseError("a.toml", 1, "k", "first\nsecond"), "a.toml:1: k: first second."),
        (
            StoreError("out", "is of another case", "choose another --out"),
            "out: is of another case; choose another --out.",
        ),
    ],
)
def test_missing_parts_leave_a_whole_sentence(error, sentence):
    assert str(error) == sentence
    assert "\n" not in str(error)


def test_a_path_of_thousands_of_characters_is_shown_by_its_beginning():
    path = "x/" * 2500 + "a.toml"
    for error in (CaseError(path, 3, "k", "is wrong"), StoreError(path, "is wrong")):
        assert len(str(error)) < 300 and "x/..." in str(error) and error.file == path


def test_a_place_found_later_fills_only_what_is_empty():
    error = CaseError("", 0, "mass", "is negative", "give a positive mass").at("b.toml", 7, "other")
    assert str(error) == "b.toml:7: mass: is negative; give a positive mass."


@pytest.mark.parametrize(
    "error", [CaseError("a", 1, "k", "w", "r"), StoreError("d", "w", "r"), RvdError("w")]
)
def test_errors_cross_process_borders(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__dict__ == error.__dict__
    assert isinstance(error, RvdError) and error.exit_code == 2
