import json

import pytest

from rvd.errors import StoreError
from rvd.store.manifests import differences, new_manifest, read_manifest

IDENTITY = {"case": "abc", "seed": 7, "parts": {"rcs.csv": "d1"}, "columns": [["outcome", "int64"]]}


def write(folder, text):
    (folder / "manifest.json").write_text(text)
    return folder


def test_a_manifest_comes_back_as_it_was_written(tmp_path):
    made = new_manifest(IDENTITY, {"numpy": "2.4"})
    back = read_manifest(write(tmp_path, made.to_text()))
    assert back == made
    assert back.machine["numpy"] == "2.4" and back.machine["cpu"] and back.machine["libc"]
    assert back.name == new_manifest(dict(reversed(IDENTITY.items()))).name


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t.replace('"seed": 7', '"seed": 8'), "was changed after it was written"),
        (lambda t: t.replace("abc", "abd"), "was changed after"),
        (lambda t: t.replace('"created": "2', '"created": "3'), "was changed after"),
        (lambda t: t[: len(t) // 2], "is damaged"),
        (lambda t: "", "is damaged"),
        (lambda t: "[]", "was changed after"),
        (lambda t: "[" * 100000, "is damaged"),
        (lambda t: json.dumps({"schema": 99}), "schema 99, newer than 2"),
        (lambda t: json.dumps({"schema": 1}), "schema 1, older than 2: its table holds numbers such as 1e30"),
        (lambda t: "\udcff\udcfe", "is damaged"),
    ],
)
def test_an_edited_or_cut_manifest_is_refused(tmp_path, change, sentence):
    text = change(new_manifest(IDENTITY).to_text())
    (tmp_path / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(StoreError, match=sentence) as caught:
        read_manifest(tmp_path)
    assert caught.value.remedy


@pytest.mark.parametrize("kind", ["parts", "code"])
@pytest.mark.parametrize(
    "name", ["../evil.pth", "/etc/evil", "C:/evil", "a\0b", "runs/00000000.parquet", "away/evil", ""]
)
def test_a_manifest_sealed_anew_names_no_file_outside(tmp_path, kind, name):
    """The seal is a plain hash: whoever writes a manifest can make it."""
    (tmp_path / "elsewhere").mkdir()
    home = tmp_path / "home"
    home.mkdir()
    (home / "away").symlink_to(tmp_path / "elsewhere")
    write(home, new_manifest({**IDENTITY, kind: {name: "d1"}}).to_text())
    with pytest.raises(StoreError, match=r"names a file .* that ") as caught:
        read_manifest(home)
    assert "\0" not in str(caught.value) and caught.value.remedy


@pytest.mark.parametrize(
    "wrong",
    [
        {"parts": []},
        {"parts": {"a": 1}},
        {"code": "x"},
        {"seed": "7"},
        {"seed": True},
        {"sampling": None},
        {"until_decided": 0.5},
    ],
)
def test_an_identity_that_no_campaign_writes_is_refused(tmp_path, wrong):
    with pytest.raises(StoreError, match=r"of a campaign|has no hash"):
        read_manifest(write(tmp_path, new_manifest({**IDENTITY, **wrong}).to_text()))


def test_the_files_are_tables_and_laws_with_their_hashes():
    assert new_manifest({**IDENTITY, "code": {"law.py": "d2"}}).files == {"rcs.csv": "d1", "law.py": "d2"}
    assert new_manifest({"seed": 1}).files == {}


def test_a_folder_of_something_else_is_named(tmp_path):
    with pytest.raises(StoreError, match="holds no results"):
        read_manifest(tmp_path)


def test_differences_are_named_with_both_values():
    other = {**IDENTITY, "seed": 8, "parts": {"rcs.csv": "d2"}, "new": [1]}
    assert differences(IDENTITY, other) == [
        "new",
        "parts.rcs.csv (d1 there, d2 now)",
        "seed (7 there, 8 now)",
    ]
    assert differences(IDENTITY, dict(IDENTITY)) == []


def test_an_identity_is_plain_json():
    with pytest.raises(ValueError):
        new_manifest({"x": float("nan")})
