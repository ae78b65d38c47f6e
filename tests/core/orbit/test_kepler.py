import math

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from rvd.core.constants import MU_EARTH
from rvd.core.orbit import kepler

R0 = (7.0e6, 1.0e5, -3.0e5)
CIRCLE = math.sqrt(MU_EARTH / math.sqrt(sum(x * x for x in R0)))
AHEAD = np.array((0.3, 0.8, 0.2)) / np.linalg.norm((0.3, 0.8, 0.2))


def integrated(t, r, v):
    def slope(_, y):
        return np.concatenate((y[3:], -MU_EARTH * y[:3] / np.linalg.norm(y[:3]) ** 3))

    return solve_ivp(slope, (0.0, t), np.concatenate((r, v)), "DOP853", rtol=1e-13, atol=1e-9).y[:, -1]


@pytest.mark.parametrize("share", [0.9, 1.0, 1.2, math.sqrt(2.0), 1.5, 3.0])
@pytest.mark.parametrize("t", [500.0, 20000.0, -9000.0])
def test_every_conic_against_integration(share, t):
    v = tuple(map(float, share * CIRCLE * AHEAD))
    theirs = integrated(t, R0, v)
    r, v1 = kepler.coast(R0, v, MU_EARTH, t)
    assert np.max(np.abs(np.subtract(r, theirs[:3]))) < 1e-4
    assert np.max(np.abs(np.subtract(v1, theirs[3:]))) < 1e-7


def test_a_falling_stone_and_an_escape_along_a_line():
    """Radial motion at escape speed: r^1.5 = r0^1.5 + 1.5 sqrt(2 mu) t."""
    v = (math.sqrt(2.0 * MU_EARTH / 7e6), 0.0, 0.0)
    r, _ = kepler.coast((7e6, 0.0, 0.0), v, MU_EARTH, 1000.0)
    assert math.isclose(
        r[0], (7e6**1.5 + 1.5 * math.sqrt(2.0 * MU_EARTH) * 1000.0) ** (2.0 / 3.0), rel_tol=1e-13
    )
    r, _ = kepler.coast((7e6, 0.0, 0.0), (0.0, 0.0, 0.0), MU_EARTH, 10.0)
    assert math.isclose(r[0], integrated(10.0, (7e6, 0.0, 0.0), (0.0, 0.0, 0.0))[0], rel_tol=1e-14)


@given(st.floats(0.2, 3.0), st.floats(-5e4, 5e4))
def test_there_and_back(share, t):
    v = tuple(map(float, share * CIRCLE * AHEAD))
    r1, v1 = kepler.coast(R0, v, MU_EARTH, t)
    r, _ = kepler.coast(r1, v1, MU_EARTH, -t)
    # the way back is steep where the perigee is deep: (perigee speed / speed) and the number of turns amplify
    assert np.max(np.abs(np.subtract(r, R0))) < 1e-2


def test_no_time_is_no_motion():
    v = tuple(map(float, 1.1 * CIRCLE * AHEAD))
    assert kepler.coast(R0, v, MU_EARTH, 0.0) == (R0, v)


def test_not_a_number_stays_visible():
    r, _ = kepler.coast(R0, (0.0, CIRCLE, 0.0), MU_EARTH, math.nan)
    assert math.isnan(r[0])


@given(st.floats(0.0, 0.9999999), st.floats(-20.0, 20.0))
def test_kepler_equation_is_solved(e, mean):
    x = kepler.eccentric_from_mean(e, mean)
    assert abs(kepler.mean_from_eccentric(e, x) - mean) <= 4e-15 * max(1.0, abs(mean))
    assert abs(kepler.true_from_eccentric(e, x) - kepler.true_from_mean(e, mean)) == 0.0


@given(st.floats(0.0, 0.99), st.floats(-20.0, 20.0))
def test_anomalies_there_and_back(e, mean):
    assert abs(kepler.mean_from_true(e, kepler.true_from_mean(e, mean)) - mean) < 1e-12


def test_near_a_parabola_small_anomalies_keep_their_digits():
    e, x = 1.0 - 1e-12, 1e-3
    exact = (1.0 - e) * x + e * (x**3 / 6.0 - x**5 / 120.0 + x**7 / 5040.0)
    assert math.isclose(kepler.mean_from_eccentric(e, x), exact, rel_tol=1e-15)


@pytest.mark.parametrize("z", [-700.0, -3.0, -0.999999, -1e-9, 0.0, 1e-9, 0.999999, 1.000001, 40.0])
def test_stumpff_functions(z):
    mpmath = pytest.importorskip("mpmath")
    mpmath.mp.dps = 40
    w = mpmath.mpf(z)
    if z == 0.0:
        exact = (mpmath.mpf(1) / 2, mpmath.mpf(1) / 6)
    else:
        root = mpmath.sqrt(w)
        exact = ((1 - mpmath.cos(root)) / w, (root - mpmath.sin(root)) / root**3)
    for ours, theirs in zip(kepler.stumpff(z), exact):
        assert abs(ours / float(mpmath.re(theirs)) - 1.0) < 3e-15 * max(1.0, abs(z) ** 0.5)


def coast_in_many_digits(t, r, v):
    """The place after `t` s with 50 digits: universal variables, bisected."""
    with mp.workdps(50):
        mu, r, v = mp.mpf(MU_EARTH), mp.matrix(r), mp.matrix(v)
        distance = mp.norm(r)
        alpha, sigma = 2 / distance - mp.norm(v) ** 2 / mu, (r.T * v)[0] / mp.sqrt(mu)

        def functions(chi):
            s = mp.sqrt(-alpha)
            u1 = mp.sinh(s * chi) / s
            u2 = (mp.cosh(s * chi) - 1) / s**2
            return u1, u2, (u1 - chi) / s**2

        def late(chi):
            u1, u2, u3 = functions(chi)
            return distance * u1 + sigma * u2 + u3 - mp.sqrt(mu) * t

        high = mp.mpf(1)
        while late(high) < 0:
            high *= 2
        low = high / 2 if high > 1 else mp.mpf(0)
        for _ in range(170):
            middle = (low + high) / 2
            low, high = (middle, high) if late(middle) < 0 else (low, middle)
        _, u2, u3 = functions(low)
        return [float(x) for x in (1 - u2 / distance) * r + (t - u3 / mp.sqrt(mu)) * v]


@pytest.mark.parametrize("ratio", [1.5, 10.0, 100.0, 1000.0])
@pytest.mark.parametrize("degrees", [90.0, 20.0, 3.0, 0.3, 0.01])
@pytest.mark.parametrize("inward", [True, False])
def test_hyperbolas_that_pass_near_the_centre(ratio, degrees, inward):
    """From 7,000 km, `ratio` times circular speed, so many degrees off the centre: before and beyond the periapsis."""
    speed, angle = ratio * math.sqrt(MU_EARTH / 7e6), math.radians(degrees)
    v = (
        (-1.0 if inward else 1.0) * speed * math.cos(angle),
        speed * math.sin(angle),
        0.3 * speed * math.sin(angle),
    )
    for share in (0.5, 0.99, 1.5, 4.0):
        t = share * 7e6 / speed
        theirs = coast_in_many_digits(t, (7e6, 0.0, 0.0), v)
        ours, _ = kepler.coast((7e6, 0.0, 0.0), v, MU_EARTH, t)
        assert np.linalg.norm(np.subtract(ours, theirs)) < 1e-11 * max(7e6, np.linalg.norm(theirs))
        back, _ = kepler.coast((7e6, 0.0, 0.0), tuple(-x for x in v), MU_EARTH, -t)
        assert np.linalg.norm(np.subtract(back, theirs)) < 1e-11 * max(7e6, np.linalg.norm(theirs))
