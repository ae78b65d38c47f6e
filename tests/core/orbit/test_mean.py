import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH
from rvd.core.orbit import mean, zonals
from rvd.core.orbit.elements import Kepler, kepler_from_state, state_from_kepler

EARTH = (MU_EARTH, J2_EARTH, RADIUS_EARTH)


def flown(k, revolutions=2.0, points=80):
    """Osculating elements along an integrated J2 orbit."""
    r, v = state_from_kepler(k, MU_EARTH)

    def slope(_, y):
        r = tuple(map(float, y[:3]))
        pull = zonals.acceleration(MU_EARTH, RADIUS_EARTH, (J2_EARTH, 0.0, 0.0, 0.0, 0.0), r)
        return np.concatenate((y[3:], np.array(pull) - MU_EARTH * y[:3] / np.linalg.norm(y[:3]) ** 3))

    end = revolutions * 2.0 * math.pi * math.sqrt(k.a**3 / MU_EARTH)
    times = np.linspace(0.0, end, points)
    y = solve_ivp(slope, (0.0, end), np.concatenate((r, v)), "DOP853", times, rtol=1e-11, atol=1e-5).y.T
    return [kepler_from_state(tuple(map(float, x[:3])), tuple(map(float, x[3:])), MU_EARTH) for x in y]


@pytest.mark.parametrize(("e", "allowed"), [(0.0, 8.0), (0.001, 8.0), (0.1, 12.0), (0.5, 60.0)])
def test_the_mean_axis_hardly_moves(e, allowed):
    """Short periods of kilometres shrink to the second order, J2 (R/p)2 squared of them."""
    k = mean.osculating_from_mean(Kepler(7e6 / (1.0 - e), e, 0.9, 0.3, 1.2, 0.4), *EARTH)
    seen = flown(k)
    averaged = [mean.mean_from_osculating(o, *EARTH) for o in seen]
    raw, smooth = (np.ptp([x.a for x in states]) for states in (seen, averaged))
    assert raw > 5e3
    assert smooth < allowed
    vectors = np.array([(x.e * math.cos(x.argp), x.e * math.sin(x.argp)) for x in averaged])
    turned = np.array([(x.e * math.cos(x.argp), x.e * math.sin(x.argp)) for x in seen])
    if e < 0.01:
        assert np.max(np.ptp(vectors, axis=0)) < 0.02 * np.max(np.ptp(turned, axis=0))
    assert np.ptp([x.i for x in averaged]) < 0.01 * np.ptp([x.i for x in seen])


@pytest.mark.parametrize("e", [0.0, 1e-9, 1e-3, 0.3, 0.8])
@pytest.mark.parametrize("i", [0.01, 0.9, 1.7, 3.0])
def test_there_and_back(e, i):
    k = Kepler(7e6 / (1.0 - e), e, i, 0.3, 1.2, 0.4)
    back = mean.mean_from_osculating(mean.osculating_from_mean(k, *EARTH), *EARTH)
    pair = [
        np.array((x.a / 7e6, x.e * math.cos(x.argp), x.e * math.sin(x.argp), x.i, x.raan, x.argp + x.mean))
        for x in (k, back)
    ]
    assert np.max(np.abs(pair[0] - pair[1])) < 1e-14


def test_no_oblateness_is_no_change():
    k = Kepler(7e6, 0.1, 0.9, 0.3, 1.2, 0.4)
    assert np.allclose(mean.osculating_from_mean(k, MU_EARTH, 0.0, RADIUS_EARTH), k, rtol=1e-15)
