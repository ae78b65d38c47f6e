"""Steering: dead zones, limits, and that the signs bring a vehicle to its aim."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.spatial.transform import Rotation

from rvd.core.control.steering import Gains, gains_of, held_back, outside, pull_to, steer, within_most
from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.signals import Aim, Belief

N = 1.1288e-3
ZERO = (0.0, 0.0, 0.0)
GAINS = Gains(4e-4, 60.0, 1.0, 0.014, 0.01, 12.0, 0.005, 0.002)
INERTIA = (37500.0, 143000.0, 143000.0, 0.0, 0.0, 0.0)
YAWED = tuple((Rotation.from_quat(Q_HILL_LEVEL) * Rotation.from_euler("z", 0.5)).as_quat())


def believed(r=ZERO, v=ZERO, q=Q_HILL_LEVEL, w=ZERO) -> Belief:
    return Belief(r, v, q, w, w, Q_HILL_LEVEL, ZERO, 0.1, 0.001, 15500.0, ZERO, 1000.0, 0.0)


def aim(mode, r=ZERO, v=ZERO, dv=ZERO, point=1.0, q=Q_HILL_LEVEL, w=ZERO) -> Aim:
    return Aim(mode, r, v, dv, point, q, w)


def test_a_dead_zone_takes_its_radius_off():
    assert outside((0.3, 0.0, 0.4), 0.5) == (0.0, 0.0, 0.0)
    np.testing.assert_allclose(outside((3.0, 0.0, 4.0), 1.0), (2.4, 0.0, 3.2))
    assert outside(ZERO, 0.0) == ZERO


def test_a_limit_keeps_the_direction():
    np.testing.assert_allclose(within_most((3.0, 0.0, 4.0), 1.0), (0.6, 0.0, 0.8))
    assert within_most((0.3, 0.0, 0.4), 1.0) == (0.3, 0.0, 0.4)
    assert within_most(ZERO, 1.0) == ZERO


def test_what_holds_back_cancels_clohessy_wiltshire():
    r, v = np.array([-250.0, 30.0, 5.0]), np.array([0.1, -0.2, 0.05])
    natural = np.array([3 * N * N * r[0] + 2 * N * v[1], -2 * N * v[0], -N * N * r[2]])
    np.testing.assert_allclose(held_back(N, tuple(r), tuple(v)), -natural, atol=1e-18)


def test_a_point_mass_under_cw_is_brought_to_rest_at_the_aim():
    """The closed loop, integrated with the continuous acceleration: it ends within the dead zone."""
    to = (-250.0, 15.0, 0.0)

    def rate(_, x):
        r, v = tuple(x[:3]), tuple(x[3:])
        push = np.array(pull_to(GAINS, N, believed(r, v), aim(1.0, to)))
        natural = -np.array(held_back(N, r, v))
        return np.concatenate([v, natural + push])

    end = solve_ivp(rate, (0.0, 3000.0), [-290.0, 60.0, -20.0, 0.1, 0.0, 0.1], max_step=2.0).y[:, -1]
    assert np.linalg.norm(end[:3] - to) < 1.05 * GAINS.dead
    assert np.linalg.norm(end[3:]) < 2e-3


def test_a_rigid_body_is_turned_to_the_aim():
    """Euler's equations under the torque asked: the attitude ends within the dead zone, from half a radian off."""
    inertia = np.diag(INERTIA[:3])
    q, w = Rotation.from_quat(YAWED), np.array([0.001, -0.002, 0.001])
    for _ in range(6000):
        state = believed(q=tuple(q.as_quat()), w=tuple(w))
        torque = np.array(steer(GAINS, N, INERTIA, state, aim(0.0), 0.014, 0.1).torque_body)
        w = w + 0.1 * np.linalg.solve(inertia, torque - np.cross(w, inertia @ w))
        q = q * Rotation.from_rotvec(0.1 * w)
    assert (q.inv() * Rotation.from_quat(Q_HILL_LEVEL)).magnitude() < 1.05 * GAINS.turn_dead
    assert np.linalg.norm(w) < 1e-3


def test_the_force_is_asked_in_body_axes_with_the_believed_mass():
    wrench = steer(GAINS, N, INERTIA, believed(q=YAWED), aim(2.0, dv=(0.0, 0.01, 0.0), q=YAWED), 0.05, 1.0)
    expected = Rotation.from_quat(YAWED).inv().apply((0.0, 155.0, 0.0))
    np.testing.assert_allclose(wrench.force_body, expected, atol=1e-9)


def test_a_burn_asks_no_more_than_the_leg_allows():
    wrench = steer(GAINS, N, INERTIA, believed(), aim(2.0, dv=(0.5, 0.0, 0.0)), 0.014, 1.0)
    assert np.linalg.norm(wrench.force_body) == pytest.approx(0.014 * 15500.0)


def test_free_drift_asks_for_nothing():
    wrench = steer(GAINS, N, INERTIA, believed((1.0, 2.0, 3.0), q=YAWED), aim(0.0, point=0.0), 0.014, 1.0)
    assert wrench.force_body == ZERO
    assert wrench.torque_body == ZERO


def test_a_set_of_gains_is_found_by_its_number():
    other = GAINS._replace(pull=1.0)
    table = np.array([*GAINS, *other])
    assert gains_of(table, 0.0) == GAINS
    assert gains_of(table, 1.0) == other
