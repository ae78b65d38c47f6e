"""`_replace` in compiled code: what Python does, and refusals that name the field."""

from typing import NamedTuple

import numba
import pytest
from numba.core.errors import TypingError

from rvd.core.kernel import Vec, kernel


class Inner(NamedTuple):
    on: bool
    count: int


class Outer(NamedTuple):
    mass: float
    r: Vec
    inner: Inner
    rate: float


Wide = NamedTuple("Wide", [(f"a{i}", float) for i in range(40)])

OUTER = Outer(1.5, (1.0, 2.0, 3.0), Inner(True, 4), 0.5)


@kernel
def moved(outer, x):
    """Another place, another count."""
    return outer._replace(r=(x, x, x), inner=outer.inner._replace(count=outer.inner.count + 1))


@kernel
def lighter(outer):
    """An integer is a float."""
    return outer._replace(mass=0, rate=1)


@kernel
def last(wide, x):
    """One of forty fields."""
    return wide._replace(a39=x)


def test_it_gives_what_python_gives():
    for function, arguments in ((moved, (OUTER, 7.0)), (lighter, (OUTER,)), (last, (Wide(*[1.0] * 40), 2.0))):
        got = function(*arguments)
        assert got == function.py_func(*arguments) and type(got) is type(arguments[0])
    assert isinstance(lighter(OUTER).mass, float)


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="Python refuses in its own words")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("mas=1.0", "Outer has no field 'mas'; it has mass, r, inner, rate"),
        ("mass=(1.0, 2.0, 3.0)", "Outer.mass is float64, not"),
        ("r=1.0", "Outer.r is UniTuple"),
        ("r=(1.0, 2.0)", "Outer.r is UniTuple"),
    ],
)
def test_a_wrong_field_is_refused_by_name(change, words):
    names = {}
    exec(f"def wrong(outer):\n    return outer._replace({change})\n", names)
    with pytest.raises(TypingError, match=words):
        numba.njit(names["wrong"])(OUTER)
