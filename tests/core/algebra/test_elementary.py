"""The elementary functions against mpmath, in units in the last place of the true value."""

import math

import mpmath
import numpy as np
import pytest

from rvd.core.algebra import elementary

RNG = np.random.default_rng(20)


def worst(function, truth, arguments):
    """The largest error in ulp, and where."""
    found = (0.0, None)
    with mpmath.workdps(60):
        for given in arguments:
            given = tuple(map(float, np.atleast_1d(given)))
            true = truth(*map(mpmath.mpf, given))
            error = float(abs(mpmath.mpf(function(*given)) - true) / mpmath.mpf(math.ulp(float(true))))
            found = max(found, (error, given), key=lambda pair: pair[0])
    return found


def many(*spans, count=1500):
    return np.concatenate([RNG.uniform(low, high, count) for low, high in spans])


def powers(low, high, count=1500):
    return 10.0 ** RNG.uniform(low, high, count)


ANGLES = np.concatenate(
    [
        many((-1e6, 1e6), (-1e3, 1e3), (-4, 4)),
        powers(-300, -1),
        # The doubles nearest to multiples of a quarter turn, where reduction cancels most.
        0.5 * np.pi * np.arange(-500, 500),
        0.5 * np.pi * RNG.integers(0, 600_000, 1500),
    ]
)
UNIT = np.concatenate([many((-1, 1)), 1.0 - powers(-16, 0), -1.0 + powers(-16, 0), powers(-300, -1)])


@pytest.mark.parametrize(
    ("function", "truth", "arguments", "bound"),
    [
        (elementary.sin, mpmath.sin, ANGLES, 1.0),
        (elementary.cos, mpmath.cos, ANGLES, 1.0),
        (elementary.exp, mpmath.exp, np.concatenate([many((-708, 709), (-1, 1)), powers(-300, -1)]), 1.0),
        (
            elementary.log,
            mpmath.log,
            np.concatenate([powers(-307, 308), many((0.5, 2.0)), 1 + many((-1e-6, 1e-6))]),
            1.0,
        ),
        (elementary.asin, mpmath.asin, UNIT, 3.0),
        (elementary.acos, mpmath.acos, UNIT, 3.0),
    ],
    ids=["sin", "cos", "exp", "log", "asin", "acos"],
)
def test_error_in_ulp(function, truth, arguments, bound):
    error, where = worst(function, truth, arguments)
    assert error < bound, where


def test_error_of_atan2_in_ulp():
    plain = RNG.normal(size=(3000, 2))
    wide = RNG.normal(size=(3000, 2)) * powers(-9, 9, 3000)[:, None] ** [[1.0, 0.0]]
    error, where = worst(elementary.atan2, mpmath.atan2, np.concatenate([plain, wide]))
    assert error < 2.5, where


def test_sincos_is_sin_and_cos():
    for x in ANGLES[:200]:
        assert elementary.sincos(x) == (elementary.sin(x), elementary.cos(x))


def test_exact_values():
    assert elementary.sincos(0.0) == (0.0, 1.0)
    assert elementary.exp(0.0) == 1.0 and elementary.log(1.0) == 0.0
    assert elementary.asin(1.0) == math.pi / 2 and elementary.acos(-1.0) == math.pi
    assert elementary.acos(1.0) == 0.0


@pytest.mark.parametrize(
    ("y", "x"),
    [(0.0, 2.0), (-0.0, 2.0), (0.0, -2.0), (-0.0, -2.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 0.0), (-0.0, 0.0)]
    + [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)],
)
def test_atan2_on_the_axes_and_diagonals(y, x):
    assert elementary.atan2(y, x) == math.atan2(y, x)
    assert math.copysign(1.0, elementary.atan2(y, x)) == math.copysign(1.0, y)


def test_the_ends_of_the_range():
    assert elementary.exp(710.0) == math.inf and elementary.exp(1e300) == math.inf
    assert elementary.exp(-746.0) == 0.0 and elementary.exp(-math.inf) == 0.0
    assert elementary.log(0.0) == -math.inf and elementary.log(math.inf) == math.inf
    assert math.isnan(elementary.log(-1.0))
    for x in (-708.5, -720.0, -744.0):
        assert abs(elementary.exp(x) - math.exp(x)) <= 5e-324 + 1e-15 * math.exp(x)
    for x in (5e-324, 1e-310, 2.2e-308):
        assert abs(elementary.log(x) - math.log(x)) < 1e-12
    assert elementary.asin(1.0 + 1e-15) == math.pi / 2 and elementary.acos(-7.0) == math.pi


@pytest.mark.parametrize("name", ["sin", "cos", "exp", "log", "asin", "acos"])
def test_what_is_not_a_number_stays_so(name):
    assert math.isnan(getattr(elementary, name)(math.nan))


def test_atan2_of_what_is_not_a_number():
    for y, x in ((math.nan, 1.0), (1.0, math.nan), (math.nan, math.nan), (3.0, math.nan), (math.nan, 0.0)):
        assert math.isnan(elementary.atan2(y, x))
