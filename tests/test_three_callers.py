"""One function, one name, one order of arguments, three callers: arrays, users' compiled code, the flights.

Every face over arrays is called in compiled code as well, with the arguments of `test_every_face`: the same bits, and
NaN throughout where the face raises.
"""

import inspect
import math

import numba
import numpy as np
import pytest

import rvd
from rvd.core.kernel import PAIRS
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import ephemeris
from rvd.errors import RvdError

from .test_every_face import FACES, GOOD, face

COMPILED = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="compiled code is what is tested")
PAIRED = [name for name in FACES if f"{face(name).__module__}.{face(name).__name__}" in PAIRS]

#: Faces that no compiled code calls, and why.
OVER_ARRAYS = {
    "attitude.mean": "any number of attitudes, by eigenvectors",
    "attitude.quest": "any number of directions, by singular values",
    "cr3bp.along": "SciPy's dense output",
    "cr3bp.lagrange_points": "SciPy's root finder",
    "cr3bp.propagate": "SciPy's integrator",
    "lqr.pulsed": "SciPy's Riccati equation",
    "lqr.pushed": "SciPy's Riccati equation",
    "nonlinear.coast": "32 pairs side by side, equations chosen by what is on, third bodies by name",
    "nonlinear.leap": "32 pairs side by side",
    "tangent.transition": "third bodies by name",
    "teme.gcrf_from_teme": "a matrix for each instant, of 106 terms in a file",
    "teme.j2000_from_teme": "a matrix for each instant, of 106 terms in a file",
    "teme.teme_from_gcrf": "a matrix for each instant, of 106 terms in a file",
    "teme.teme_from_j2000": "a matrix for each instant, of 106 terms in a file",
    "timescales.tdb_from_utc": "texts",
    "timescales.tt_from_utc": "texts",
    "timescales.utc_from_tdb": "texts",
    "timescales.utc_from_tt": "texts",
}


def test_every_other_face_is_called_in_compiled_code():
    assert set(FACES) - set(PAIRED) == set(OVER_ARRAYS)


def pair(name):
    return PAIRS[f"{face(name).__module__}.{face(name).__name__}"]


def names(function):
    return list(inspect.signature(getattr(function, "py_func", function)).parameters)


@pytest.mark.parametrize("name", PAIRED)
def test_face_and_kernel_take_the_same_names_in_the_same_order(name):
    one = pair(name)
    assert names(one.kernel) == names(one.face)
    assert one.kernel.__name__ == one.face.__name__
    assert one.holds is None or set(names(one.holds)) <= set(names(one.face))


@pytest.mark.parametrize("name", FACES)
def test_no_argument_is_by_keyword_only(name):
    kinds = {one.kind for one in inspect.signature(face(name)).parameters.values()}
    assert kinds == {inspect.Parameter.POSITIONAL_OR_KEYWORD}


#: What compiled code has to be given, where the face has it from a file.
GIVEN = {"ephemeris": ephemeris.de440()}


def good_call(name):
    """Names and values of the good call, in order; an ephemeris too."""
    known = GOOD[name] | {key: GIVEN[key] for key in names(face(name)) if key in GIVEN}
    order = [key for key in names(face(name)) if key in known]
    assert order == names(face(name))[: len(order)], "the good call leaves out an argument before another"
    return [known[key] for key in order]


def within(called):
    """The face as a function of a user's calls it."""

    @rvd.njit
    def user(*given):
        return called(*given)

    return user


def tries(name):
    """A good call, the same with ints, and calls with one argument off: zero, negative, tiny, huge, not finite."""
    good = good_call(name)
    yield good
    yield [whole(value) if isinstance(value, float | tuple) else value for value in good]
    for i, value in enumerate(good):
        if isinstance(value, float | tuple) and not isinstance(value, Environment | ephemeris.Ephemeris):
            of = np.array(value, dtype=float)
            flawed = of.copy()
            flawed.flat[-1] = math.nan
            for other in (0.0 * of, -of, 1e-200 * of, 1e25 * np.sign(of), 1e300 * np.sign(of), flawed):
                yield [*good[:i], tuple(other.tolist()) if of.ndim else float(other), *good[i + 1 :]]


def whole(value):
    """A number, or those of a tuple, as int where it is one."""
    if isinstance(value, tuple):
        return value if hasattr(value, "_fields") else tuple(map(whole, value))
    return int(value) if isinstance(value, float) and value == int(value) else value


@COMPILED
@pytest.mark.parametrize("name", PAIRED)
def test_compiled_code_gets_the_bits_of_the_face_and_nan_where_it_raises(name):
    called = face(name)
    user = within(called)
    for given in tries(name):
        ours = user(*given)
        try:
            theirs = called(*given)
        except RvdError:
            assert all(map(math.isnan, numbers(ours))), given
        else:
            assert same(ours, theirs), given


def numbers(result):
    """All numbers within nested tuples."""
    if isinstance(result, tuple):
        return [number for part in result for number in numbers(part)]
    return [result]


def same(ours, theirs):
    """Whether tuples of compiled code are the arrays of a face, to the sign of a zero."""
    together = zip(ours, theirs, strict=True) if isinstance(theirs, tuple) else ((ours, theirs),)
    pairs = [(np.array(a, dtype=float), np.array(b, dtype=float)) for a, b in together]
    return all(
        a.shape == b.shape
        and np.array_equal(a, b, equal_nan=True)
        and np.array_equal(np.signbit(a), np.signbit(b))
        for a, b in pairs
    )


def test_what_differs_is_told():
    one = (np.array((1.0, 0.0)), np.array(2.0))
    assert same(((1.0, 0.0), 2.0), one) and same((1.0, 0.0), one[0])
    assert not same(((1.0, -0.0), 2.0), one) and not same(((1.0, 0.0), 2.0 + 4e-16), one)
    assert not same((1.0, 0.0, 0.0), one[0]) and not same((1.0, math.nan), one[0])
