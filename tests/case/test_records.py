"""Fields of records as keys of a case."""

from typing import Annotated, NamedTuple

import pytest

from rvd.case.lists import Pair, Vector
from rvd.case.records import Rows, Sizes, kinds_of, needed_of, read_keys
from rvd.case.values import Quantity
from rvd.case.words import Axis
from rvd.casefile.in_words import in_words
from rvd.core.kernel import Along, P, Vec, leaves, numba_type


class Inner(NamedTuple):
    """One row."""

    #: Its place.
    at: Annotated[float, P("m")]


class Every(NamedTuple):
    """One field of each kind."""

    #: Number.
    number: Annotated[float, P("rad", "deg", above=0.0, most=3.0)]
    #: Axis.
    axis: Annotated[Vec, Along()]
    #: Sizes.
    sizes: Annotated[Vec, P("m", above=0.0, axes="hill")]
    #: Widths.
    widths: Annotated[Vec, P("m", axes="body")]
    #: Rows.
    rows: tuple[Inner, Inner]
    #: Pair.
    pair: Annotated[tuple[float, float], P("m/s", least=0.0)] = (0.0, 1.0)


GIVEN = {
    "number": "1 deg", "axis": "hbar", "sizes": {"vbar": "1 m", "rbar": "2 m", "hbar": "3 m"},
    "widths": ["1 m", "2 m", "3 m"], "rows": [{"at": "5 m"}], "pair": ["1 m/s", "2 m/s"],
}  # fmt: skip


def test_every_field_has_the_kind_that_its_mark_asks_for():
    number = Quantity("rad", "deg", above=0.0, most=3.0)
    assert kinds_of(Every) == {
        "number": number, "axis": Axis(), "sizes": Sizes(Quantity("m", above=0.0)),
        "widths": Vector(Quantity("m")), "rows": Rows(Inner, 2), "pair": Pair(Quantity("m/s", least=0.0)),
    }  # fmt: skip
    assert needed_of(Every) == ("number", "axis", "sizes", "widths", "rows")


def test_kernels_see_the_plain_types():
    assert [str(kind) for kind in numba_type(Every)][:2] == ["float64", "UniTuple(float64 x 3)"]
    assert leaves(Every)[-4:] == ("rows.0.at", "rows.1.at", "pair.0", "pair.1")


def test_what_is_written_is_read_as_the_same():
    faults = []
    kinds, read = kinds_of(Every), read_keys(kinds_of(Every), needed_of(Every), GIVEN, False, (), faults)
    assert not faults and read["sizes"] == (2.0, 1.0, 3.0) and read["axis"] == (0.0, 0.0, -1.0)
    again = {key: kinds[key].written(value) for key, value in read.items()}
    assert read_keys(kinds, needed_of(Every), again, False, (), faults) == read and not faults


def test_every_kind_is_said_in_words():
    read = read_keys(kinds_of(Every), (), GIVEN, False, (), [])
    assert {key: in_words(kinds_of(Every)[key], value) for key, value in read.items()} == {
        "number": "1 deg", "axis": "to starboard", "sizes": "1 m along V-bar, 2 m along R-bar, 3 m across",
        "widths": "1 m, 2 m, 3 m", "rows": "at 5 m", "pair": "1 m/s to 2 m/s",
    }  # fmt: skip


def test_a_field_without_a_mark_is_refused():
    class Bare(NamedTuple):
        x: float

    with pytest.raises(TypeError, match="no mark"):
        kinds_of(Bare)
