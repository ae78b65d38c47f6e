import math

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.assembly.axes import (
    body_of,
    hill_of,
    hill_of_level,
    mount_of,
    quaternion,
    station_attitude,
)
from rvd.case.table import Place
from rvd.case.words import AXES


def test_words_of_the_orbit_become_hill_and_body_axes():
    ahead, below, starboard = Place(vbar=1.0), Place(rbar=1.0), Place(hbar=1.0)
    assert [hill_of(p) for p in (ahead, below, starboard)] == [(0, 1, 0), (-1, 0, 0), (0, 0, -1)]
    assert [body_of(p) for p in (ahead, below, starboard)] == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
    # A level body's axes lie along the words, so both ways around agree.
    for place in (ahead, below, starboard, Place(vbar=1.0, rbar=-2.0, hbar=3.0)):
        assert hill_of_level(body_of(place)) == pytest.approx(hill_of(place))
    for word, axis in AXES.items():
        assert axis == hill_of(Place(**{word.lstrip("-"): -1.0 if word.startswith("-") else 1.0}))


def turned(q, body):
    """A body vector in hill axes, by SciPy."""
    return Rotation.from_quat(q).apply(body)


def test_an_attitude_turns_the_body_as_its_words_say():
    forward, starboard, down = np.eye(3)
    level = quaternion(0.0, 0.0, 0.0)
    assert turned(level, forward) == pytest.approx([0, 1, 0], abs=1e-15)  # along the flight
    assert turned(level, starboard) == pytest.approx([0, 0, -1], abs=1e-15)  # against the orbit normal
    assert turned(level, down) == pytest.approx([-1, 0, 0], abs=1e-15)  # to the Earth
    right = math.radians(90.0)
    assert turned(quaternion(right, 0.0, 0.0), forward) == pytest.approx(
        [0, 0, -1], abs=1e-15
    )  # yaw to starboard
    assert turned(quaternion(0.0, right, 0.0), forward) == pytest.approx([1, 0, 0], abs=1e-15)  # pitch up
    assert turned(quaternion(0.0, 0.0, right), starboard) == pytest.approx(
        [-1, 0, 0], abs=1e-15
    )  # roll to starboard
    # Yaw first: after a quarter turn of yaw, pitch still lifts the nose.
    assert turned(quaternion(right, math.radians(10.0), 0.0), forward)[0] == pytest.approx(
        math.sin(math.radians(10.0))
    )


def test_attitudes_are_scipys_to_the_last_digits():
    rng = np.random.default_rng(5)
    level = Rotation.from_quat(quaternion(0.0, 0.0, 0.0))
    halves = [0.0, math.pi / 2.0, math.pi, -math.pi]
    for angles in [
        *rng.uniform(-7.0, 7.0, (100, 3)).tolist(),
        *([a, b, 0.0] for a in halves for b in halves),
    ]:
        q = quaternion(*angles)
        turn = level * Rotation.from_euler("ZYX", angles)
        assert q == pytest.approx(sign_of(q, turn.as_quat()), abs=4e-16)
        assert next(part for part in (q[3], *q[:3]) if part != 0.0) > 0.0
        there = station_attitude(q)
        assert there == pytest.approx(sign_of(there, (level.inv() * turn).as_quat()), abs=4e-16)


def sign_of(ours, theirs):
    """Theirs with the sign of ours: both are the same attitude."""
    return theirs if np.dot(ours, theirs) > 0.0 else -theirs


def test_a_level_chaser_has_no_attitude_against_a_level_station():
    assert station_attitude(quaternion(0.0, 0.0, 0.0)) == pytest.approx((0.0, 0.0, 0.0, 1.0), abs=1e-15)
    assert abs(station_attitude(quaternion(math.pi, 0.0, 0.0))[2]) == pytest.approx(1.0)


def test_a_sensor_looks_along_its_boresight():
    mount = mount_of((1.0, 2.0, 3.0), (0.0, 0.6, 0.8), (1.0, 0.0, 0.0))
    axes = Rotation.from_quat(mount.q_body_sensor)
    assert mount.where_body == (1.0, 2.0, 3.0)
    assert axes.apply([0, 0, 1]) == pytest.approx([0.0, 0.6, 0.8])
    assert axes.apply([1, 0, 0]) == pytest.approx([1.0, 0.0, 0.0])


def test_a_mount_is_scipys_to_the_last_digits():
    rng = np.random.default_rng(6)
    for z, up in zip(rng.normal(size=(100, 3)), np.eye(3)[rng.integers(0, 3, 100)], strict=True):
        z /= np.linalg.norm(z)
        x = up - (up @ z) * z
        x /= np.linalg.norm(x)
        q = mount_of((0.0, 0.0, 0.0), tuple(z.tolist()), tuple(up.tolist())).q_body_sensor
        theirs = Rotation.from_matrix(np.column_stack([x, np.cross(z, x), z])).as_quat()
        assert q == pytest.approx(sign_of(q, theirs), abs=2e-15)
