import re

import numpy as np
import pytest

from rvd.case.paths import find_path
from rvd.casefile import load, say
from rvd.casefile.covariance import read_covariance
from rvd.casefile.disperse import read_entry
from rvd.errors import CaseError
from rvd.montecarlo.parts import kept
from tests.casefile.small import SMALL, save

START = find_path("start")
SI = ((400.0, -20.0, 0.0), (-20.0, 100.0, -0.11), (0.0, -0.11, 4e-4))
"""Of vbar (m), rbar (m) and vbar_rate (m/s)."""

TABLES = {
    "plain": "vbar m,rbar m,vbar_rate m/s\n400,-20,0\n-20,100,-0.11\n0,-0.11,4e-4\n",
    "named": "# ours\n,vbar [m],rbar [m],vbar_rate [m/s]\nvbar,400,-20,0\nrbar,-20,100,-0.11\nvbar_rate,0,-0.11,4e-4\n",
    "units": "part,vbar (km),rbar (m),vbar_rate (mm/s)\nvbar,4e-4,-0.02,0\nrbar,-0.02,100,-110\nvbar_rate,0,-110,400\n",
    "spreadsheet": "sep=;\nvbar m;rbar m;vbar_rate m/s\n400;-20;0\n-20;100;-0,11\n0;-0,11;0,0004\n",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_table_is_read_in_its_units(tmp_path, text):
    (tmp_path / "c.csv").write_text(text)
    found = read_covariance(START, tmp_path, "c.csv")
    assert found.order == ("vbar", "rbar", "vbar_rate")
    np.testing.assert_allclose(found.rows, SI, rtol=1e-15)
    entry = read_entry("start", {"covariance": "c.csv"}, folder=tmp_path)
    assert entry.kind == "group" and entry.slots == ("start.vbar", "start.rbar", "start.vbar_rate")
    assert entry.covariance == found.rows


def test_the_parts_of_a_vector_go_by_their_numbers(tmp_path):
    (tmp_path / "c.csv").write_text("0 cm,2 cm\n1,0\n0,4\n")
    found = read_covariance(find_path("chaser.centre_of_mass"), tmp_path, "c.csv")
    assert found.order == ("0", "2")
    np.testing.assert_allclose(found.rows, ((1e-4, 0.0), (0.0, 4e-4)), rtol=1e-15)


def test_elements_within_the_case_may_have_units():
    line = {
        "covariance": [["400 m^2", "-2e-4 km m/s"], [-0.2, "400 mm^2/s^2"]],
        "order": ["vbar", "rbar_rate"],
    }
    np.testing.assert_allclose(
        read_entry("start", line).covariance, ((400.0, -0.2), (-0.2, 4e-4)), rtol=1e-15
    )
    line["covariance"][0][0] = "400 m"
    with pytest.raises(CaseError, match='"m" is a length where an area belongs'):
        read_entry("start", line)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, 'table of a covariance "c.csv" does not exist; the path is taken from the case file'),
        ("# nothing\n", "holds no covariance"),
        ("vbar,rbar m\n1,0\n0,1\n", 'c.csv:1: vbar has no unit; write "vbar m"'),
        (
            "vbar m,rbar kg\n1,0\n0,1\n",
            'c.csv:1: rbar: "kg" is a mass where a length belongs; write "rbar m"',
        ),
        ("vbar m,rbr m\n1,0\n0,1\n", 'c.csv:1: "rbr" is no part of start; did you mean "rbar"?'),
        ("vbar m,vbar m\n1,0\n0,1\n", "a part stands twice in the first line"),
        ("vbar m,rbar m\n1,0\n", "1 lines stand below the names of 2 parts"),
        ("vbar m,rbar m\n1,0\n0\n", "c.csv:3: 1 numbers stand where 2 belong"),
        ("vbar m,rbar m\n1,0\n0,x\n", 'c.csv:3: "x" is not a number'),
        ("vbar m,rbar m\n1,0\n0,nan\n", 'c.csv:3: "nan" is not a number'),
        (",vbar m,rbar m\nrbar,1,0\nvbar,0,1\n", 'c.csv:2: the line of vbar begins with "rbar"'),
        ("vbar m,rbar m\n1,2\n3,4\n", "is not symmetric"),
        ("vbar m,rbar m\n1,2\n2,1\n", "negative variance in some direction"),
    ],
)
def test_what_is_no_covariance_is_refused_in_one_sentence(tmp_path, text, what):
    if text is not None:
        (tmp_path / "c.csv").write_text(text)
    with pytest.raises(CaseError) as caught:
        read_entry("start", {"covariance": "c.csv"}, folder=tmp_path)
    assert what in str(caught.value) and caught.value.remedy and "\n" not in str(caught.value)


def with_table(folder, name):
    """The small case with the covariance of its start in a table."""
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(TABLES["named"])
    text = re.sub(r'"start" = .*', f'"start" = {{ covariance = "{name}" }}', SMALL)
    return load(save(folder, text))


def test_a_case_says_it_back_in_sigmas_and_its_results_keep_the_table(tmp_path):
    case = with_table(tmp_path, "parts/c.csv")
    assert "start: normal together, vbar 20 m, rbar 10 m, vbar_rate 0.02 m/s, correlated" in say(case)
    text, tables = kept(case)
    assert text == case.text and tables["parts/c.csv"] == TABLES["named"].encode()
    with pytest.raises(CaseError, match=r"small\.toml: disperse\.start: the first line of the file gives"):
        case.with_values({"disperse.start": {"covariance": "parts/c.csv", "order": ["vbar"]}})


def test_a_table_from_elsewhere_is_kept_under_parts(tmp_path):
    (tmp_path / "cases").mkdir()
    case = with_table(tmp_path / "cases", "c.csv")
    (tmp_path / "other.csv").write_text(TABLES["plain"])
    moved = case.with_values({"disperse.start": {"covariance": "../other.csv"}})
    text, tables = kept(moved)
    assert '[disperse.start]\ncovariance = "parts/other.csv"' in text.replace("start =", '"start" =')
    assert tables["parts/other.csv"] == TABLES["plain"].encode()
