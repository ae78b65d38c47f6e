"""Co-elliptic motion against Hill's equations, and a transfer against the exact motion of two circular orbits."""

import numpy as np
import pytest

from rvd.guidance import coelliptic
from rvd.orbit import transfers
from tests.guidance.oracles import fly

N = 0.00113


@pytest.mark.parametrize("x", [-10e3, 4e3])
def test_a_height_is_kept(x):
    v = coelliptic.velocity(x, N)
    r, u = fly((x, 0.0, 0.0), v, N, 7000.0)
    assert np.allclose((r[0], *u), (x, *v), atol=1e-7)
    along = r[1]
    assert np.isclose(coelliptic.drift_time(x, along, N), 7000.0)
    assert np.isclose(coelliptic.drift_height(along, N, 7000.0), x)


def test_from_height_to_height():
    first, second, t, advance = coelliptic.hohmann(-10e3, -3e3, N)
    r, v = fly((-10e3, 0.0, 0.0), coelliptic.velocity(-10e3, N) + first, N, t)
    assert np.allclose(r, (-3e3, advance, 0.0), atol=1e-6)
    assert np.allclose(v + second, coelliptic.velocity(-3e3, N), atol=1e-9)


def test_small_heights_agree_with_hohmann_between_circles():
    mu, a = 3.986004418e14, 6.8e6
    n = np.sqrt(mu / a**3)
    dv1, dv2, t = transfers.hohmann(a, a + 100.0, mu)
    first, second, time, _ = coelliptic.hohmann(0.0, 100.0, n)
    assert np.allclose((first[1], second[1], time), (dv1, dv2, t), rtol=2e-5)


def test_the_target_stands_at_its_elevation():
    y = coelliptic.tpi_place([-10e3, 10e3], np.radians(27.0))
    assert np.allclose(np.degrees(np.arctan(10e3 / np.abs(y))), 27.0)
    assert y[0] < 0.0 < y[1]
