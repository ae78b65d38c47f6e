"""The attitude profile against SciPy."""

import math

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.guidance.slew import plan_slew, slew_at
from rvd.core.orbit.frames import Q_HILL_LEVEL

YAWED = tuple((Rotation.from_quat(Q_HILL_LEVEL) * Rotation.from_euler("ZYX", [2.0, 0.4, -0.3])).as_quat())


def test_the_turn_begins_and_ends_where_it_should():
    rotvec, duration = plan_slew(Q_HILL_LEVEL, YAWED, 0.004)
    begin, end = (
        slew_at(Q_HILL_LEVEL, rotvec, duration, 0.0),
        slew_at(Q_HILL_LEVEL, rotvec, duration, duration),
    )
    for (q, w), to in ((begin, Q_HILL_LEVEL), (end, YAWED)):
        assert (Rotation.from_quat(q).inv() * Rotation.from_quat(to)).magnitude() == pytest.approx(
            0.0, abs=1e-12
        )
        np.testing.assert_allclose(w, 0.0, atol=1e-15)
    assert slew_at(Q_HILL_LEVEL, rotvec, duration, 2.0 * duration) == slew_at(
        Q_HILL_LEVEL, rotvec, duration, duration
    )


def test_the_rate_is_the_derivative_of_the_attitude_and_keeps_its_limit():
    rotvec, duration = plan_slew(Q_HILL_LEVEL, YAWED, 0.004)
    step, fastest = 1e-2, 0.0
    for s in np.linspace(1.0, duration - 1.0, 40):
        ahead, behind = (
            Rotation.from_quat(slew_at(Q_HILL_LEVEL, rotvec, duration, s + d)[0]) for d in (step, -step)
        )
        _, w = slew_at(Q_HILL_LEVEL, rotvec, duration, s)
        np.testing.assert_allclose(w, (behind.inv() * ahead).as_rotvec() / (2.0 * step), atol=1e-9)
        fastest = max(fastest, float(np.linalg.norm(w)))
    assert fastest == pytest.approx(0.004, rel=1e-2)


def test_half_a_turn_about_down_stays_about_down():
    half = tuple((Rotation.from_quat(Q_HILL_LEVEL) * Rotation.from_euler("z", math.pi)).as_quat())
    rotvec, duration = plan_slew(Q_HILL_LEVEL, half, 0.004)
    np.testing.assert_allclose(np.abs(rotvec), (0.0, 0.0, math.pi), atol=1e-9)
    assert duration == pytest.approx(2.0 * math.pi / 0.004)


def test_no_turn_takes_no_time():
    rotvec, duration = plan_slew(YAWED, YAWED, 0.004)
    assert duration == pytest.approx(0.0, abs=1e-9)
    q, w = slew_at(YAWED, rotvec, 0.0, 10.0)
    assert w == (0.0, 0.0, 0.0)
    assert (Rotation.from_quat(q).inv() * Rotation.from_quat(YAWED)).magnitude() < 1e-12
