import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from rvd.core.goals.goals import GoalKind
from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.rules.sight import nearest, sight
from rvd.core.signals import State
from tests.core.goals.scenes import goal

coordinate = st.floats(-1e3, 1e3)
vector = st.tuples(coordinate, coordinate, coordinate)


@given(vector, vector)
def test_the_nearest_point_is_no_farther_than_any_of_the_segment(a, b):
    near = np.linalg.norm(nearest(a, b))
    along = np.linspace(0.0, 1.0, 101)[:, None]
    points = np.array(a) + along * (np.array(b) - np.array(a))
    assert near <= np.linalg.norm(points, axis=1).min() + 1e-9


def test_a_goal_on_level_axes_is_not_told_of_the_target_s_swing():
    """The place of a target that has turned and turns is seen by one goal, and not by the other."""
    swung = Rotation.from_quat(Q_HILL_LEVEL) * Rotation.from_rotvec([0.0, 0.03, 0.0])
    position, velocity = (7.0e6, 0.0, 0.0), (0.0, 7.5e3, 0.0)  # inertial and hill axes are the same
    rate = np.array([0.0, 0.0, 7.5e3 / 7.0e6])
    on_target = swung.inv().apply(rate) + [0.0, 1e-4, 0.0]
    there = np.array([0.0, -50.0, 0.0])  # hill: behind
    v_eci = np.cross(rate, there)  # at rest in the hill frame
    truth = State(
        rt_eci=position, vt_eci=velocity, dr_eci=tuple(there), dv_eci=tuple(v_eci), q_eci_body=Q_HILL_LEVEL,
        w_body=tuple(Rotation.from_quat(Q_HILL_LEVEL).inv().apply(rate)), w_mean_body=(0.0, 0.0, 0.0),
        q_eci_station=tuple(swung.as_quat()), w_station=tuple(on_target), used=0.0, dv_body=(0.0, 0.0, 0.0),
    )  # fmt: skip
    place = {"place_target": (-50.0, 0.0, 0.0)}
    level, own = (
        sight(
            (0.0,) * 3,
            (0.0,) * 3,
            goal(GoalKind.HOLD, 5.0, 0.05, 0.05, turns=turns, **place),
            truth,
            (0.0,) * 3,
        )
        for turns in (0.0, 1.0)
    )
    assert np.linalg.norm(level.stand.offset) < 1e-9 and level.stand.angle < 1e-9 and level.stand.speed < 1e-9
    assert np.linalg.norm(own.stand.offset) == pytest.approx(50.0 * 0.03, rel=1e-3)
    assert own.stand.angle == pytest.approx(0.03) and own.stand.speed == pytest.approx(50.0 * 1e-4, rel=1e-2)
    assert level.q_hill_target == own.q_hill_target
