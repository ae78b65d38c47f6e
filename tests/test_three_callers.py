"""One function, one name, one order of arguments, three callers: arrays, users' compiled code, the flights.

Every face over arrays is called in compiled code as well, with the arguments of `test_every_face`: the same bits, and
NaN throughout where the face raises.
"""

import importlib
import inspect
import math

import numba
import numpy as np
import pytest
from numba.core.errors import TypingError

import rvd
from rvd.core.kernel import APART, PAIRS
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import ephemeris
from rvd.errors import RvdError

from .test_every_face import AIR, FACES, GOOD, RT, VT, face
from .test_public import modules

COMPILED = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="compiled code is what is tested")
PAIRED = [name for name in FACES if f"{face(name).__module__}.{face(name).__name__}" in PAIRS]

#: Faces that no compiled code calls: any number of directions, SciPy's solvers, texts.
OVER_ARRAYS = {
    "attitude.mean", "attitude.quest", "cr3bp.along", "cr3bp.lagrange_points", "cr3bp.propagate", "lqr.pulsed",
    "lqr.pushed", "timescales.tdb_from_utc", "timescales.tt_from_utc", "timescales.utc_from_tdb",
    "timescales.utc_from_tt",
}  # fmt: skip
#: What draws, and what makes a law of a function: nobody would look for them in compiled code.
OUTSIDE = ("rvd.plot", "rvd.core.guidance.own")
#: What faces take over arrays only: names of bodies, and instants at which third bodies are looked up.
LEFT_OUT = {"about", "ephemeris", "epoch"}


def test_every_other_face_is_called_in_compiled_code():
    assert set(FACES) - set(PAIRED) == OVER_ARRAYS


def public():
    """Every function that the public packages show, by its place."""
    places = [importlib.import_module(name) for name in modules()]
    shown = [getattr(place, name) for place in places for name in place.__all__]
    every = {f"{one.__module__}.{one.__name__}": one for one in shown if inspect.isfunction(one)}
    return {name: one for name, one in every.items() if not name.startswith(OUTSIDE)}


def test_compiled_code_gets_every_public_function_or_a_sentence():
    assert set(public()) <= set(PAIRS) | set(APART)
    assert set(APART) <= set(public())


def pair(name):
    return PAIRS[f"{face(name).__module__}.{face(name).__name__}"]


def names(function):
    return list(inspect.signature(getattr(function, "py_func", function)).parameters)


@pytest.mark.parametrize("name", PAIRED)
def test_face_and_kernel_take_the_same_names_in_the_same_order(name):
    one = pair(name)
    assert names(one.kernel) == [key for key in names(one.face) if key in names(one.kernel)]
    assert set(names(one.face)) - set(names(one.kernel)) <= LEFT_OUT
    assert one.kernel.__name__ == one.face.__name__
    assert one.holds is None or set(names(one.holds)) <= set(names(one.face))


@pytest.mark.parametrize("name", FACES)
def test_no_argument_is_by_keyword_only(name):
    kinds = {one.kind for one in inspect.signature(face(name)).parameters.values()}
    assert kinds == {inspect.Parameter.POSITIONAL_OR_KEYWORD}


#: What compiled code has to be given, where the face has it from a file or finds it by an epoch.
SKY = (4.9e12, 3.1e8, 2.0e8, 1.0e8, 1.3e18, -1.0e11, 1.0e11, 0.4e11)
GIVEN = {
    **{name: {"ephemeris": ephemeris.de440()} for name in FACES if "ephemeris" in names(face(name))},
    "nonlinear.coast": {"sky": SKY},
    "tangent.transition": {"step": 20.0, "sky": SKY},
}


def good_call(name):
    """Names and values of the good call, in order; an ephemeris too."""
    given = GOOD[name] | GIVEN.get(name, {})
    known = {key: value for key, value in given.items() if key in names(pair(name).kernel)}
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
                yield [*good[:i], nested(other.tolist()), *good[i + 1 :]]


def nested(value):
    """Lists within lists as tuples."""
    return tuple(map(nested, value)) if isinstance(value, list) else float(value)


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


@COMPILED
@pytest.mark.parametrize("called", [public()[name] for name in sorted(APART)], ids=lambda one: one.__name__)
def test_what_no_compiled_code_calls_says_so_in_one_sentence(called):
    user = within(called)
    with pytest.raises(TypeError) as caught:
        user(*(1.0 for _ in names(called)))
    said = str(caught.value)
    assert said.startswith(
        f"{called.__module__}.{called.__name__} is called over arrays, not in compiled code: "
    )
    assert "\n" not in said


@COMPILED
def test_what_is_taken_over_arrays_only_is_refused_by_name():
    @rvd.njit
    def user(rt, vt, environment):
        return rvd.motion.tangent.transition(rt, vt, environment, 60.0, epoch=8e8)

    with pytest.raises(TypingError, match="epoch is taken over arrays only; leave it out in compiled code"):
        user(RT, VT, AIR)


@COMPILED
def test_what_follows_an_argument_over_arrays_only_is_given_by_name():
    @rvd.njit
    def user(rt, vt, environment):
        return rvd.motion.tangent.transition(rt, vt, environment, 60.0, hill=False)

    assert same(user(RT, VT, AIR), rvd.motion.tangent.transition(RT, VT, AIR, 60.0, hill=False))


@COMPILED
@pytest.mark.parametrize("vector", [np.zeros(4), np.zeros(2), np.zeros(0)])
def test_an_array_of_another_size_is_refused_by_name(vector):
    @rvd.njit
    def user(r):
        return rvd.motion.cw.coast(r, r, 1e-3, 60.0)

    with pytest.raises(ValueError, match=r"rvd\.motion\.cw\.coast: r is a tuple or an array of 3 numbers"):
        user(vector)


@COMPILED
def test_a_matrix_is_an_array_of_two_axes():
    @rvd.njit
    def user(error, covariance):
        return rvd.navigation.consistency.nis(error, covariance)

    error, covariance = np.array((3.0, -5.0, 1.0)), np.diag((4.0, 9.0, 16.0))
    assert user(error, covariance) == rvd.navigation.consistency.nis(error, covariance)
    with pytest.raises(ValueError, match="covariance is a tuple or an array of 3 x 3 numbers"):
        user(error, covariance[:2])
    with pytest.raises(TypingError, match="covariance is a tuple or an array of 3 x 3 numbers"):
        user(error, error)


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
