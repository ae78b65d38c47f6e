import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from rvd.core.motion import cw
from tests.core.motion.oracles import cw_matrix

N = 1.1315e-3  # rad/s, 410 km


def matrix(n, t):
    return np.array(cw.transition(n, t))


@pytest.mark.parametrize("t", [0.0, 1e-3, 1.0, 700.0, 5553.0, 86400.0, -300.0])
def test_transition_is_the_matrix_exponential(t):
    scale = np.diag([1.0, 1.0, 1.0, 1.0 / N, 1.0 / N, 1.0 / N])
    ours = np.linalg.inv(scale) @ matrix(N, t) @ scale
    theirs = np.linalg.inv(scale) @ expm(cw_matrix(N) * t) @ scale
    assert np.max(np.abs(ours - theirs)) < 2e-12 * max(1.0, np.max(np.abs(theirs)))


def test_coast_is_the_matrix_times_the_state():
    r, v = (100.0, -2000.0, 30.0), (0.1, -0.2, 0.3)
    r1, v1 = cw.coast(r, v, N, 4000.0)
    assert np.allclose((*r1, *v1), matrix(N, 4000.0) @ np.array((*r, *v)), rtol=1e-13, atol=1e-12)


@given(st.floats(-2e4, 2e4), st.floats(-2e4, 2e4))
def test_two_coasts_make_one(t1, t2):
    whole = matrix(N, t1 + t2)
    parts = matrix(N, t2) @ matrix(N, t1)
    scale = np.array([1.0, 1.0, 1.0, N, N, N])
    difference = (whole - parts) * scale[None, :] / scale[:, None]
    assert np.max(np.abs(difference)) < 1e-10


def test_the_matrix_is_symplectic():
    """In canonical momenta (px = vx - n y, py = vy + n x, pz = vz) the flow keeps the symplectic form."""
    to_canonical = np.eye(6)
    to_canonical[3, 1], to_canonical[4, 0] = -N, N
    j = np.block([[np.zeros((3, 3)), np.eye(3)], [-np.eye(3), np.zeros((3, 3))]])
    for t in (10.0, 3000.0, 20000.0):
        m = to_canonical @ matrix(N, t) @ np.linalg.inv(to_canonical)
        size = np.max(np.abs(m))
        assert np.max(np.abs(m.T @ j @ m - j)) < 1e-14 * size * size
        assert abs(np.linalg.det(m) - 1.0) < 1e-10


def test_known_motions():
    period = 2.0 * math.pi / N
    r, _v = cw.coast((0.0, -1000.0, 0.0), (0.0, 0.0, 0.0), N, period)
    assert np.allclose(r, (0.0, -1000.0, 0.0), atol=1e-9)
    # the 2 by 1 ellipse closes; a tangential impulse drifts by -6 pi dv / n a revolution
    r, _v = cw.coast((50.0, 0.0, 0.0), (0.0, -2.0 * N * 50.0, 0.0), N, period)
    assert np.allclose(r, (50.0, 0.0, 0.0), atol=1e-9)
    r, _v = cw.coast((0.0, 0.0, 0.0), (0.0, 0.1, 0.0), N, period)
    assert np.allclose(r, (0.0, -6.0 * math.pi * 0.1 / N, 0.0), atol=1e-9)


def test_apex_after_lost_thrust_on_the_rbar_climb():
    """Thrust lost at R below while climbing at v: highest point -4 R + sqrt(9 R2 + (v/n)2)."""
    below, speed = 100.0, 0.05
    times = np.linspace(0.0, 4000.0, 400001)
    x = (4.0 - 3.0 * np.cos(N * times)) * -below + np.sin(N * times) / N * speed
    apex = -4.0 * below + math.sqrt(9.0 * below**2 + (speed / N) ** 2)
    best = times[np.argmax(x)]
    r, v = cw.coast((-below, 0.0, 0.0), (speed, 0.0, 0.0), N, float(best))
    assert abs(r[0] - apex) < 1e-6
    assert abs(v[0]) < 1e-5


@given(
    st.floats(0.02, 0.47) | st.floats(0.53, 0.97),
    st.lists(st.floats(-5000.0, 5000.0), min_size=6, max_size=6),
)
def test_two_impulses_arrive_at_rest(turns, numbers):
    t = turns * 2.0 * math.pi / N
    r, to, v = tuple(numbers[:3]), tuple(numbers[3:]), (0.3, -0.2, 0.1)
    dv1, dv2 = cw.two_impulse(r, v, to, N, t)
    r1, v1 = cw.coast(r, tuple(a + b for a, b in zip(v, dv1)), N, t)
    assert np.allclose(r1, to, atol=1e-6)
    assert np.allclose(np.array(v1) + dv2, 0.0, atol=1e-12)


def test_half_a_revolution_leaves_the_plane_alone():
    t = math.pi / N
    needed = cw.velocity_to((-500.0, -5000.0, 3.0), (-250.0, 0.0, 0.0), N, t)
    assert needed[2] == 0.0
    r, v = cw.coast((-500.0, -5000.0, 3.0), needed, N, t)
    assert abs(v[2]) < 1e-15
    assert np.allclose(r, (-250.0, 0.0, -3.0), atol=1e-6)


def test_whole_revolution_cannot_change_height():
    """What it cannot do is none, and huge in flight; what it can, the phasing revolution, is right."""
    t, zero = 2.0 * math.pi / N, (0.0, 0.0, 0.0)
    needed = cw.velocity_to((100.0, -1000.0, 0.0), zero, N, t)
    assert not abs(needed[0]) + abs(needed[1]) < 1e6
    assert np.all(np.isnan(cw.two_impulse((100.0, -1000.0, 0.0), zero, zero, N, t)))
    dv1, _ = cw.two_impulse((0.0, -1000.0, 0.0), zero, zero, N, t)
    assert abs(dv1[1] / (-1000.0 * N / (6.0 * math.pi)) - 1.0) < 1e-6


def test_not_a_number_stays_visible():
    r, v = cw.coast((math.nan, 0.0, 0.0), (0.0, 0.0, 0.0), N, 10.0)
    assert math.isnan(r[0])
    assert math.isnan(v[0])
