"""Forced motion flown by SciPy with the pushes and pulses that it names."""

import numpy as np
import pytest

from rvd.core.constants import MU_EARTH
from rvd.guidance import forced
from rvd.orbit import elements
from tests.guidance.oracles import fly, fly_inertial, hill, inertial, relative

N = 0.00113
P, E = 7.3e6, 0.3
START, END = np.array((-60.0, -200.0, 30.0)), np.array((0.0, -20.0, 0.0))


def target_at(nu):
    """An inertial state on the ellipse (P, E)."""
    return tuple(np.array(part) for part in elements.to_state((P, E, 0.7, 0.2, 0.4, nu), MU_EARTH))


def flown(motion, nu, t):
    """Whether a chaser that is pushed as `forced.push` says keeps to a motion about an ellipse; the miss, m and m/s."""
    rt, vt = target_at(nu)
    r0, v0, _ = motion(0.0)

    def thrust(s, r, v):
        there, speed = fly_target(s)
        axes, _ = hill(there, speed)
        f = elements.from_state(there, speed, MU_EARTH)[5]
        return axes.T @ forced.push(*motion(s), MU_EARTH, P, E, f)

    def fly_target(s):
        from rvd.orbit import kepler

        return kepler.coast(rt, vt, MU_EARTH, s)

    r, v = fly_inertial(*inertial(rt, vt, r0, v0), MU_EARTH, t, thrust)
    there, speed = fly_target(t)
    r, v = relative(there, speed, r, v)
    wanted, rate, _ = motion(t)
    return np.linalg.norm(r - wanted), np.linalg.norm(v - rate)


@pytest.mark.parametrize("nu", [0.5, 3.0])
def test_the_push_keeps_a_line_about_an_ellipse(nu):
    def motion(s):
        return forced.line(START, END, 0.5, 0.01, 0.004, s)

    whole = float(forced.line_time(START, END, 0.5, 0.01, 0.004))
    missed, rate = flown(motion, nu, whole)
    assert missed < 1e-4 and rate < 1e-6
    assert np.allclose(motion(whole)[0], END)


def test_the_push_keeps_a_large_circle():
    axis = (1.0, 2.0, -0.5)

    def motion(s):
        return forced.circle((3e4, -2e4, 1e4), (100.0, 0.0, 0.0), axis, 0.002, s)

    missed, rate = flown(motion, 1.0, 1500.0)
    assert missed < 1e-3 and rate < 1e-6


@pytest.mark.parametrize(("speed", "length"), [(0.5, 200.0), (5.0, 40.0)])
def test_a_line_is_its_own_derivative(speed, length):
    end = START + np.array((0.0, length, 0.0))
    whole = float(forced.line_time(START, end, speed, 0.01, 0.004))
    t = np.linspace(0.0, whole, 2001)
    r, v, change = forced.line(START, end, speed, 0.01, 0.004, t)
    assert np.allclose(np.gradient(r[:, 1], t)[2:-2], v[2:-2, 1], atol=whole / 2000 * 0.01)
    summed = np.concatenate(([0.0], np.cumsum(0.5 * (change[1:, 1] + change[:-1, 1]) * np.diff(t))))
    assert np.allclose(summed, v[:, 1], atol=whole / 2000 * 0.01)
    assert np.max(v) <= speed + 1e-12 and np.allclose(r[-1], end) and np.allclose((v[0], v[-1]), 0.0)
    trapezoid = length / speed + 0.5 * speed / 0.01 + 0.5 * speed / 0.004
    triangle = np.sqrt(2.0 * length * (1.0 / 0.01 + 1.0 / 0.004))
    assert np.isclose(whole, trapezoid if speed == 0.5 else triangle)


def test_a_circle_keeps_its_distance_and_turns_about_its_axis():
    axis, centre = np.array((0.0, 0.6, 0.8)), np.array((5.0, 0.0, 0.0))
    r, v, change = forced.circle((50.0, 10.0, -30.0), centre, 7.0 * axis, 0.01, np.linspace(0.0, 900.0, 50))
    d = r - centre
    assert np.allclose(d @ axis, (np.array((50.0, 10.0, -30.0)) - centre) @ axis)
    assert np.allclose(np.linalg.norm(d, axis=1), np.linalg.norm(d[0]))
    assert np.allclose(v, np.cross(0.01 * axis, d))
    assert np.allclose(change, np.cross(0.01 * axis, v))


def test_a_hold_needs_what_hill_gives():
    r = np.array((-80.0, 300.0, 40.0))
    a = forced.hold_push(r, N)
    end, speed = fly(r, (0.0, 0.0, 0.0), N, 3000.0, lambda s: a)
    assert np.allclose(end, r, atol=1e-6) and np.allclose(speed, 0.0, atol=1e-9)
    n = np.sqrt(MU_EARTH / 6.8e6**3)
    exact = forced.push(r, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), MU_EARTH, 6.8e6, 0.0, 0.0)
    assert np.allclose(exact, forced.hold_push(r, n), atol=1e-7)
    assert np.isclose(forced.hold_cost(r, N, 600.0), 600.0 * np.sum(np.abs(a)))


@pytest.mark.parametrize(("pulses", "r"), [(6, (0.0, -500.0, 0.0)), (12, (-700.0, 300.0, 200.0))])
def test_the_glideslope_flown_by_its_pulses(pulses, r):
    """Integrated from pulse to pulse; between them the chaser stays near the line, and at the end it has its speed."""
    to, v0, fast, slow = np.array((0.0, -20.0, 0.0)), np.array((0.3, 0.1, -0.2)), 1.0, 0.1
    t, place, dv = forced.glideslope_pulse(r, v0, to, fast, slow, pulses, np.arange(pulses + 1), N)
    whole = float(forced.glideslope_time(r, to, fast, slow))
    assert np.isclose(t[-1], whole)
    x, v = np.array(r), v0
    length, way = np.linalg.norm(to - x), (to - x) / np.linalg.norm(to - x)
    # half of the acceleration that Hill's equations give at the start, over half of the pause
    sag = 1.5 * (2.0 * N * fast + 3.0 * N * N * length) * (whole / pulses) ** 2 / 8.0
    for k in range(pulses + 1):
        assert np.allclose(x, place[k], atol=1e-6)
        v = v + dv[k]
        if k < pulses:
            middle, _ = fly(x, v, N, 0.5 * whole / pulses)
            assert np.linalg.norm(np.cross(middle - to, way)) < sag
            x, v = fly(x, v, N, whole / pulses)
    assert np.allclose(x, to, atol=1e-6) and np.allclose(v, slow * way, atol=1e-9)


def test_the_speed_falls_with_the_distance_to_go():
    r, to = np.array((0.0, -500.0, 0.0)), np.array((0.0, -20.0, 0.0))
    _, place, _ = forced.glideslope_pulse(r, (0.0, 0.0, 0.0), to, 1.0, 0.1, 1000, np.arange(1001), N)
    left = place[:, 1] - to[1]
    speed = np.gradient(left, float(forced.glideslope_time(r, to, 1.0, 0.1)) / 1000)
    assert np.allclose(speed[1:-1], 0.1 + (1.0 - 0.1) / 480.0 * np.abs(left[1:-1]), rtol=1e-4)
