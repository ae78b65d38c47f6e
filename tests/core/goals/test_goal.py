"""How the chaser stands against the place of its goal, against SciPy's rotations and numerical derivatives."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.goals.goal import Goal, stand_of
from rvd.core.orbit.frames import Q_HILL_LEVEL

PLACE, GRAPPLE = (14.94, 0.0, 14.99), (0.3, 0.1, -2.2)
YAW = tuple(Rotation.from_euler("z", 180.0, degrees=True).as_quat())
GOAL = Goal(
    kind=0.0, turns=1.0, place_target=PLACE, q_target_goal=(0.0, 0.0, 0.0, 1.0), q_target_body=YAW, point_body=GRAPPLE,
    numbers=np.zeros(0),
)  # fmt: skip
COM = (0.05, -0.02, 0.01)
LEVEL = Rotation.from_quat(Q_HILL_LEVEL)


def scene(t: float):
    """Both bodies turning and the chaser moving, in hill axes, at t: place, q_hill_body, q_hill_station."""
    body = LEVEL * Rotation.from_euler("z", np.pi) * Rotation.from_rotvec([0.02, -0.03, 0.01])
    body = body * Rotation.from_rotvec(np.array([1e-3, 2e-3, -1e-3]) * t)
    station = LEVEL * Rotation.from_rotvec([0.004, 0.002, -0.003])
    station = station * Rotation.from_rotvec(np.array([-2e-4, 1e-4, 3e-4]) * t)
    place = np.array([-17.2, 15.3, 0.4]) + np.array([0.01, -0.02, 0.005]) * t
    return place, body, station


def offset(t: float) -> np.ndarray:
    """The fixture from the box's centre in station axes."""
    place, body, station = scene(t)
    fixture = place + body.apply(np.subtract(GRAPPLE, COM))
    return station.inv().apply(fixture) - np.array(PLACE)


def test_the_fixture_is_where_it_is_and_moves_as_it_moves():
    place, body, station = scene(0.0)
    w_body, w_station = (1e-3, 2e-3, -1e-3), (-2e-4, 1e-4, 3e-4)
    got = stand_of(
        GOAL, COM, tuple(place), (0.01, -0.02, 0.005), tuple(body.as_quat()), tuple(station.as_quat()),
        w_body, w_station,
    )  # fmt: skip
    np.testing.assert_allclose(got.offset, offset(0.0), atol=1e-12)
    speed = np.linalg.norm(offset(1e-3) - offset(-1e-3)) / 2e-3
    assert got.speed == pytest.approx(speed, rel=1e-6)
    seen = station.inv().apply(got.velocity_hill)
    np.testing.assert_allclose(seen, (offset(1e-3) - offset(-1e-3)) / 2e-3, atol=1e-9)
    relative = station.inv() * body
    assert got.angle == pytest.approx((Rotation.from_quat(YAW).inv() * relative).magnitude(), abs=1e-9)
    assert got.rate == pytest.approx(
        np.linalg.norm(np.subtract(w_body, relative.inv().apply(w_station))), rel=1e-9
    )


def test_the_rate_is_against_the_station_not_against_the_stars():
    """Both turning with the orbit, 0.065 deg/s: no rate between them."""
    place, turn = (-17.2, 15.3, 0.0), (0.0, 0.0, 0.0)
    got = stand_of(GOAL, COM, place, turn, Q_HILL_LEVEL, Q_HILL_LEVEL, turn, turn)
    assert got.rate == 0.0
