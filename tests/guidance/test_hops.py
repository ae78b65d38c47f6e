"""Hops against Hill's equations, integrated by SciPy, and published transfers."""

import numpy as np
import pytest

from rvd.guidance import hops
from tests.guidance.oracles import fly

N = 0.00113


def lands(start, first, second, t, end):
    """From rest at `start` the burns lead to rest at `end`."""
    r, v = fly(start, first, N, t)
    assert np.allclose(r, end, atol=1e-6)
    assert np.allclose(v + second, 0.0, atol=1e-9)


@pytest.mark.parametrize("along", [1500.0, -300.0])
def test_along_the_vbar(along):
    first, second, t = hops.vbar_tangential(along, N)
    lands((0.0, 50.0, 0.0), first, second, t, (0.0, 50.0 + along, 0.0))
    assert first[0] == 0.0 and np.isclose(t, 2.0 * np.pi / N)
    first, second, t = hops.vbar_radial(along, N)
    lands((0.0, 50.0, 0.0), first, second, t, (0.0, 50.0 + along, 0.0))
    assert first[1] == 0.0
    highest, _ = fly((0.0, 50.0, 0.0), first, N, 0.5 * t)
    assert np.isclose(abs(highest[0]), 0.25 * abs(along))


@pytest.mark.parametrize(
    ("x_from", "x_to"), [(-500.0, -200.0), (-500.0, 200.0), (100.0, -400.0), (800.0, 0.0)]
)
def test_tangentially_along_the_rbar(x_from, x_to):
    first, second, t = hops.rbar_tangential(x_from, x_to, N)
    lands((x_from, 0.0, 0.0), first, second, t, (x_to, 0.0, 0.0))
    assert (first if abs(x_from) > abs(x_to) else second)[0] == 0.0
    assert np.pi / N < t < 2.0 * np.pi / N


@pytest.mark.parametrize(("x_from", "x_to"), [(-200.0, -500.0), (-500.0, -200.0), (30.0, 1e4), (9.0, 1.0)])
def test_radially_along_the_rbar(x_from, x_to):
    first, second, t = hops.rbar_radial(x_from, x_to, N)
    lands((x_from, 0.0, 0.0), first, second, t, (x_to, 0.0, 0.0))
    assert (first if abs(x_from) < abs(x_to) else second)[1] == 0.0


def test_to_the_opposite_point_and_seven_times_as_far():
    assert np.isclose(hops.rbar_radial(-1.0, -7.0, N)[2], np.pi / N)
    assert np.isclose(hops.rbar_tangential(-7.0, 6.999999, N)[2], np.pi / N, rtol=1e-3)


def test_to_a_state():
    r, v, to, v_to = (-500.0, -2000.0, 40.0), (0.1, 0.85, 0.02), (10.0, -100.0, -5.0), (0.0, 0.1, 0.02)
    for t in (60.0, 1800.0, 9000.0, np.pi / N * 1.01):
        first, second = hops.to_state(r, v, to, v_to, N, t)
        end, speed = fly(r, v + first, N, t)
        assert np.allclose(end, to, atol=1e-5)
        assert np.allclose(speed + second, v_to, atol=1e-8)


def test_the_transfer_of_curtis():
    """From (20, 20, 20) km in 8 h: Curtis, Orbital Mechanics for Engineering Students; digits of Orekit's test."""
    first, second = hops.to_state(
        (2e4, 2e4, 2e4), (-20.0, 20.0, -5.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0.00115697, 28800.0
    )
    assert np.allclose(first, (29.35751148832098, -66.75115105876742, 13.02971971420528), rtol=0.0, atol=1e-9)
    assert np.allclose(
        second, (25.820815904440863, 0.4723510587678277, 24.493024130325324), rtol=0.0, atol=1e-9
    )
