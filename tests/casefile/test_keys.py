import tomllib
from pathlib import Path

import pytest

from rvd.casefile.keys import Spot, key_lines, spot_of, spots_of
from tests.casefile.small import HTV, SMALL

TEXT = '''# first
top = 1
"a key" = { x = 1, "y.z" = [2,
  3] }

[table.inner]   # a comment with [brackets] and = signs
text = """
fake = 1
[not.a.table]
"""
also = \'\'\'
fake = 2\'\'\'
dotted . "deep key" = "a # b"

[[many]]
n = 1
[[many]]
n = [
  { q = 1 },
  # between
  { q = 2, r = "}" },
]
[many.sub]
m = 2013-08-09T07:57:00Z
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("top",), 2),
        (("a key",), 3),
        (("a key", "x"), 3),
        (("a key", "y.z", 1), 4),
        (("table",), 6),
        (("table", "inner"), 6),
        (("table", "inner", "text"), 7),
        (("table", "inner", "also"), 11),
        (("table", "inner", "dotted", "deep key"), 13),
        (("many",), 15),
        (("many", 0, "n"), 16),
        (("many", 1), 17),
        (("many", 1, "n", 0, "q"), 19),
        (("many", 1, "n", 1, "r"), 21),
        (("many", 1, "sub", "m"), 24),
    ],
)
def test_a_key_has_its_line(place, line):
    tomllib.loads(TEXT)
    assert key_lines(TEXT)[place] == line


def places(value, here=()):
    """Every place of a parsed TOML text."""
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield (*here, key)
        yield from places(child, (*here, key))


@pytest.mark.parametrize(
    "text", [TEXT, SMALL, HTV.read_text(), SMALL.replace("\n", "\r\n")], ids=["odd", "small", "htv", "crlf"]
)
def test_every_place_that_tomllib_finds_has_a_line_and_no_other(text):
    assert set(key_lines(text)) == set(places(tomllib.loads(text)))
    assert "fake" not in {place[-1] for place in key_lines(text)}


def test_a_line_holds_its_key():
    lines = SMALL.splitlines()
    for place, line in key_lines(SMALL).items():
        if isinstance(place[-1], str):
            assert place[-1] in lines[line - 1]


def test_what_has_no_line_takes_that_of_what_is_around_it():
    spots = spots_of(Path("a.toml"), TEXT)
    assert spot_of(spots, ("many", 1, "missing")) == Spot(Path("a.toml"), 17)
    assert spot_of(spots, ("missing",)) is None


@pytest.mark.parametrize(
    "text", ["a = 1\nb", "a = 1\nb = [", 'a = 1\nb = "', "a = 1\n[[", "a = 1\n" + "b = " + "[" * 100_000]
)
def test_a_broken_text_gives_the_lines_before_the_fault(text):
    assert key_lines(text)[("a",)] == 1
