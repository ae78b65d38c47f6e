"""The normal distribution against mpmath, in units in the last place of the true value, and against SciPy."""

import math

import mpmath
import numpy as np
import pytest
from scipy import special

from rvd.core.algebra.elementary import exp, log
from rvd.core.algebra.normal import (
    exponentials,
    logarithms,
    normal_probabilities,
    normal_probability,
    normal_quantile,
    normal_quantiles,
)

RNG = np.random.default_rng(21)


def ulps(found: float, true: mpmath.mpf) -> float:
    """The error of a float in units in the last place of the true value."""
    return float(abs(mpmath.mpf(found) - true) / mpmath.mpf(math.ulp(float(true))))


def true_quantile(p: float, near: float) -> mpmath.mpf:
    """The quantile by Newton's steps from a value that is right to 1e-15; the tail below zero holds all digits."""
    below, upper = mpmath.mpf(p), mpmath.mpf(1) - mpmath.mpf(p)
    z = mpmath.mpf(near)
    for _ in range(2):
        off = mpmath.ncdf(z) - below if p < 0.5 else upper - mpmath.ncdf(-z)
        z -= off / mpmath.npdf(z)
    return z


def test_error_of_the_quantile_in_ulp():
    p = np.concatenate([
        RNG.uniform(0.0, 1.0, 1500), 10.0 ** RNG.uniform(-300.0, -1.0, 800),
        1.0 - 10.0 ** RNG.uniform(-15.9, -1.0, 500), 0.5 + RNG.uniform(-1e-9, 1e-9, 200),
        # the seams of the three ranges, and the ends of what is drawn
        [0.075, np.nextafter(0.075, 1.0), 0.925, math.exp(-25.0), 2.0**-53, 1.0 - 2.0**-53],
    ])  # fmt: skip
    with mpmath.workdps(40):
        worst = max(ulps(z, true_quantile(x, z)) for x in p.tolist() for z in [normal_quantile(x)])
    assert worst < 8.0


def test_error_of_the_probability_in_ulp():
    """As a share of itself, also where it is 1e-300; beyond -37.5 it is subnormal."""
    x = np.concatenate([
        RNG.uniform(-37.5, 9.0, 1500), RNG.uniform(-6.0, 6.0, 1500), -(10.0 ** RNG.uniform(-300.0, 0.0, 200)),
        [0.66291, np.nextafter(0.66291, 1.0), -math.sqrt(32.0), -5.65685424949238, 0.0],
    ])  # fmt: skip
    with mpmath.workdps(40):
        worst = max(ulps(normal_probability(y), mpmath.ncdf(y)) for y in x.tolist())
    assert worst < 8.0


def test_both_are_scipys_to_the_last_digits():
    p, x = RNG.uniform(0.0, 1.0, 20_000), RNG.uniform(-37.0, 9.0, 20_000)
    np.testing.assert_allclose(normal_quantiles(p), special.ndtri(p), rtol=4e-15)
    np.testing.assert_allclose(normal_probabilities(x), special.ndtr(x), rtol=3e-13)  # SciPy's own, at -37


def test_the_ends():
    assert [normal_quantile(p) for p in (0.0, 0.5, 1.0)] == [-math.inf, 0.0, math.inf]
    assert all(math.isnan(normal_quantile(p)) for p in (-0.1, 1.1, math.nan))
    assert [normal_probability(x) for x in (-math.inf, -41.0, 0.0, 9.0, math.inf)] == [
        0.0,
        0.0,
        0.5,
        1.0,
        1.0,
    ]
    assert math.isnan(normal_probability(math.nan))
    assert 0.0 < normal_probability(-38.4) < 1e-320


def test_quantiles_rise_and_are_odd():
    p = np.sort(RNG.uniform(0.0, 1.0, 50_000))
    assert (np.diff(normal_quantiles(p)) >= 0.0).all()
    fine = np.round(p * 2**40) / 2**40  # so that 1 - p is exact
    assert (normal_quantiles(fine) == -normal_quantiles(1.0 - fine)).all()


@pytest.mark.parametrize(
    ("columns", "one"),
    [
        (normal_quantiles, normal_quantile),
        (normal_probabilities, normal_probability),
        (exponentials, exp),
        (logarithms, log),
    ],
)
def test_columns_are_the_kernel_element_by_element(columns, one):
    x = RNG.uniform(0.0, 1.0, (7, 9))
    for given in (x, x.T, x[:, ::2], x[:0], x[0, 0]):
        found = columns(given)
        assert found.shape == np.shape(given)
        assert found.ravel().tolist() == [one(value) for value in np.ravel(given).tolist()]
