import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.constants import MU_EARTH
from rvd.core.motion import cw
from rvd.core.orbit import curvilinear, frames, kepler

numbers = st.lists(st.floats(-1e5, 1e5), min_size=6, max_size=6)


@given(numbers, st.floats(-500.0, 500.0))
def test_there_and_back(values, r_rate):
    r, v = tuple(values[:3]), tuple(1e-3 * x for x in values[3:])
    there = curvilinear.curvilinear_from_hill(r, v, 7e6, r_rate)
    r1, v1 = curvilinear.hill_from_curvilinear(*there, 7e6, r_rate)
    assert np.allclose(r1, r, atol=1e-8)
    assert np.allclose(v1, v, atol=1e-11)


def test_rates_are_derivatives():
    r, v, h = np.array((3e3, -4e4, 2e3)), np.array((3.0, -2.0, 1.0)), 0.01

    def at(t):
        return np.array(
            curvilinear.curvilinear_from_hill(tuple(r + t * v), tuple(v), 7e6 + 120.0 * t, 120.0)[0]
        )

    _, rate = curvilinear.curvilinear_from_hill(tuple(r), tuple(v), 7e6, 120.0)
    assert np.allclose((at(h) - at(-h)) / (2.0 * h), rate, atol=1e-6)


def test_along_the_orbit_is_not_above_it():
    """A chaser ahead on the same circle has no height, and CW keeps it there for ever."""
    angle, a = 0.01, 7e6
    r = (a * (np.cos(angle) - 1.0), a * np.sin(angle), 0.0)
    position, rate = curvilinear.curvilinear_from_hill(tuple(map(float, r)), (0.0, 0.0, 0.0), a, 0.0)
    assert np.allclose(position, (0.0, a * angle, 0.0), atol=1e-8)
    n = np.sqrt(MU_EARTH / a) / a
    rt, vt = (a, 0.0, 0.0), (0.0, n * a, 0.0)
    rc, vc = kepler.coast(rt, vt, MU_EARTH, angle / n)
    t = 5000.0
    (r1, v1), (r2, v2) = kepler.coast(rt, vt, MU_EARTH, t), kepler.coast(rc, vc, MU_EARTH, t)
    seen, _ = frames.hill_from_eci(r1, v1, tuple(np.subtract(r2, r1)), tuple(np.subtract(v2, v1)))
    bent, _ = cw.coast(position, rate, float(n), t)
    straight, _ = cw.coast(tuple(map(float, r)), (0.0, 0.0, 0.0), float(n), t)
    back, _ = curvilinear.hill_from_curvilinear(bent, (0.0, 0.0, 0.0), a, 0.0)
    assert np.linalg.norm(np.subtract(back, seen)) < 1e-3
    assert np.linalg.norm(np.subtract(straight, seen)) > 1e3
