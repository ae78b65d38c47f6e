"""Feedback laws in loops that SciPy or a plain simulation closes."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.attitude import coast
from rvd.guidance import feedback


def test_a_schmitt_trigger_follows_its_loop():
    on, off, out, path = 1.0, 0.4, 0.0, []
    for signal in (0.0, 0.9, 1.1, 0.5, 0.3, 0.9, -0.5, -1.2, -0.5, 0.5, 1.5, -1.5):
        out = float(feedback.schmitt(signal, out, on, off))
        path.append(out)
    assert path == [0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, -1.0, -1.0, 0.0, 1.0, -1.0]


@pytest.mark.parametrize(("miss", "rate"), [(5.0, 0.0), (-3.0, 0.4), (0.5, -0.6), (20.0, 1.0)])
def test_the_phase_plane_ends_in_its_dead_zone(miss, rate):
    """A double integrator, pushed each 0.1 s: it comes within the dead zone, stays there, and drifts slowly."""
    dead, drift, push, seen = 1.0, 0.2, 0.02, []
    for _ in range(6000):
        a = push * float(feedback.phase_plane(miss, rate, dead, drift, push))
        miss, rate = miss + 0.1 * rate + 0.005 * a, rate + 0.1 * a
        seen.append((miss, rate))
    tail = np.abs(seen[4500:])
    assert np.max(tail[:, 0]) < 1.05 * dead and np.max(tail[:, 1]) < 1.05 * drift


def test_pulses_give_what_is_asked_for_in_the_mean():
    """Accelerations from far below the shortest pulse to nearly full: the impulse is right to one shortest pulse."""
    for asked in (0.0004, -0.003, 0.0095):
        owed, fired = 0.0, []
        for _ in range(500):
            on, owed = feedback.pulse_width(asked, 0.01, 1.0, 0.1, owed)
            fired.append(float(on))
        assert abs(0.01 * sum(fired) - 500.0 * asked) <= 0.01 * 0.1 + 1e-12
        assert all(one == 0.0 or 0.1 <= abs(one) <= 1.0 for one in fired)
    on, owed = feedback.pulse_width(0.02, 0.01, 1.0, 0.1, 0.0)
    assert on == 1.0 and owed == 0.0


def test_an_attitude_comes_to_its_aim():
    """Closed with the rigid body's motion; and at small angles the law is that of Rotation's rotation vector."""
    inertia, start = (200.0, 300.0, 250.0, 10.0, -5.0, 8.0), Rotation.from_rotvec((1.5, -2.0, 0.5))
    aim, w, q = np.array((0.0, 0.0, 0.0, 1.0)), np.array((0.02, -0.01, 0.03)), start.as_quat()
    for _ in range(400):
        torque = feedback.quaternion_pd(q, w, aim, (0.0, 0.0, 0.0), 5.0, 60.0)
        q, w = coast(q, w, inertia, 0.5, torque=torque)
    assert Rotation.from_quat(q).magnitude() < 1e-3 and np.linalg.norm(w) < 1e-4
    small = Rotation.from_rotvec((1e-4, 2e-4, -1e-4))
    moving = feedback.quaternion_pd(
        (0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0), -small.as_quat(), (0.0, 0.01, 0.0), 3.0, 7.0
    )
    assert np.allclose(moving, 3.0 * small.as_rotvec() + 7.0 * small.apply((0.0, 0.01, 0.0)), atol=1e-10)
