import numpy as np
import pytest

from rvd.assembly.build import build
from rvd.casefile import load, say
from rvd.errors import CaseError
from tests.casefile.small import SMALL, save


def test_a_case_that_begins_in_a_leap_second(tmp_path):
    """It is read, said, written, and lit from where the Sun was then."""
    path = save(tmp_path)
    plain = build(load(path))
    path.write_text(path.read_text().replace("2013-08-09T07:57:00Z", '"2016-12-31T23:59:60.5Z"'))
    case = load(path)
    assert "begins 31 December 2016, 23:59:60.5 UTC" in say(case)
    assert case.model_dump(mode="json")["epoch"] == "2016-12-31T23:59:60.5Z"
    built = build(case)
    assert built.setup.outside.sky.shape == plain.setup.outside.sky.shape
    next_day = build(case.with_values({"epoch": "2017-01-01T00:00:00.5Z"}))
    np.testing.assert_allclose(built.setup.outside.sky, next_day.setup.outside.sky, rtol=1e-12)


def test_a_nozzle_file_with_a_missing_column_is_said(tmp_path):
    path = save(tmp_path)
    nozzles = tmp_path / "nozzles.csv"
    nozzles.write_text(nozzles.read_text().replace("thrust_n", "thrust"))
    with pytest.raises(CaseError) as caught:
        build(load(path))
    assert caught.value.file == str(nozzles) and caught.value.line > 0
    assert caught.value.key == "thrust_n" and "the column is missing" in str(caught.value)
    assert "the header is name,string,kind" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "said"), [("x" * 61, "a text of 61 characters"), ("\x1b[2J", "a control character (U+001B)")]
)
def test_a_nozzle_whose_name_cannot_be_shown_is_said(tmp_path, name, said):
    path = save(tmp_path)
    nozzles = tmp_path / "nozzles.csv"
    first = next(line for line in nozzles.read_text().splitlines() if ",rcs," in line).split(",")[0]
    nozzles.write_text(nozzles.read_text().replace(f"{first},", f"{name},", 1))
    with pytest.raises(CaseError, match=r"nozzles\.csv: name: ") as caught:
        build(load(path))
    assert said in str(caught.value) and str(caught.value).isprintable()


def test_a_set_whose_name_cannot_be_shown_is_said(tmp_path):
    text = SMALL.replace("[control.far]", f'[control."{"y" * 61}"]').replace(
        'control = "far"', f'control = "{"y" * 61}"'
    )
    with pytest.raises(CaseError, match=r"control\.y+: a text of 61 characters; write at most 60"):
        load(save(tmp_path, text))
