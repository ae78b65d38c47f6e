"""First contact of docking rings, against SciPy's rotations and by hand."""

import math

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.goals.goal import GOING_ON, stand_of
from rvd.core.goals.goals import GoalKind, follow
from rvd.core.goals.touch import START, gap, rings_of
from rvd.core.signals import Outcome

from .scenes import goal, moment, stand

DEG = math.radians(1.0)
IDSS = (0.6, 0.6, 0.05, 0.10, 0.04, 0.10, 4.0 * DEG, 4.0 * DEG, 0.2 * DEG, 0.2 * DEG)
GOAL = goal(GoalKind.TOUCH, *IDSS)


def step(x0=0.03, closing=0.07, h=1.0, goal=GOAL, **off) -> tuple[tuple, int]:
    """Progress and verdict of a step along the axis from x0 (m); `off` changes how the chaser stands at both ends."""
    side, speed = off.pop("side", 0.0), off.pop("across", 0.0)
    before = stand(offset=(x0, side, 0.0), velocity=(-closing, speed, 0.0), **off)
    after = stand(offset=(x0 - closing * h, side + speed * h, 0.0), velocity=(-closing, speed, 0.0), **off)
    return follow(goal, START, moment(before, after, t=100.0, h=h))


def test_nothing_touches_before_the_rings_meet_nor_from_behind():
    assert step(x0=0.2)[1] == GOING_ON
    assert step(x0=-0.1)[1] == GOING_ON and step(x0=-0.1, closing=-0.2)[1] == GOING_ON


def test_who_passes_beside_the_port_touches_nothing():
    assert step(side=1.19)[1] == Outcome.MISSED and step(side=1.21)[1] == GOING_ON


def test_the_instant_is_interpolated_within_the_step():
    seen, verdict = step()
    assert verdict == Outcome.DOCKED
    assert seen[0] == pytest.approx(100.0 + 0.03 / 0.07)
    assert seen[1:] == pytest.approx((0.07, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))


def test_a_tilted_ring_touches_with_its_edge():
    tilt = 2.0 * DEG
    seen, verdict = step(x0=0.05, turn=(0.0, tilt, 0.0))
    assert verdict == Outcome.DOCKED and seen[4] == pytest.approx(tilt)
    assert seen[0] == pytest.approx(100.0 + (0.05 - 0.6 * math.sin(tilt)) / 0.07)


def test_a_probe_touches_with_its_tip():
    probe = goal(GoalKind.TOUCH, 0.0, *IDSS[1:])
    assert step(goal=probe, turn=(0.0, 3.0 * DEG, 0.0))[0][0] == pytest.approx(100.0 + 0.03 / 0.07)


@pytest.mark.parametrize(
    ("off", "place"),
    [
        ({"closing": 0.049}, 1),
        ({"closing": 0.101}, 1),
        ({"across": 0.041}, 2),
        ({"side": 0.11}, 3),
        ({"turn": (0.0, 0.0, 4.1 * DEG), "x0": 0.08}, 4),
        ({"turn": (4.1 * DEG, 0.0, 0.0)}, 5),
        ({"rates": (0.0, 0.21 * DEG, 0.0)}, 6),
        ({"rates": (-0.21 * DEG, 0.0, 0.0)}, 7),
    ],
)
def test_every_condition_of_the_contact_is_judged_by_its_limit(off, place):
    seen, verdict = step(**off)
    assert verdict == Outcome.MISSED
    limits = (math.nan, 0.10, *IDSS[4:])
    assert seen[place] > limits[place] or (place == 1 and seen[1] < 0.05)


def test_a_contact_on_an_abort_docks_nothing():
    before, after = (
        stand(offset=(0.03, 0.0, 0.0), velocity=(-0.07, 0.0, 0.0)),
        stand(offset=(-0.04, 0.0, 0.0)),
    )
    assert follow(GOAL, START, moment(before, after, onward=False))[1] == Outcome.MISSED


def test_the_rings_are_seen_on_the_axes_of_the_port_of_a_target_that_is_turned():
    """A chaser that is mated but for a small offset, rate and turn, however the target and its port are turned."""
    q_hill_target = Rotation.from_rotvec([0.3, -1.1, 0.7])
    q_target_goal = Rotation.from_rotvec([-0.2, 0.9, 0.4])
    q_target_body = Rotation.from_rotvec([1.3, 0.2, -0.6])
    place, point, com = np.array([14.9, 0.3, 5.0]), np.array([4.1, 0.1, -0.2]), np.array([0.2, 0.0, 0.1])
    away, moves, turned = (
        np.array([0.7, 0.03, -0.02]),
        np.array([-0.07, 0.01, 0.02]),
        np.array([0.01, -0.02, 0.03]),
    )
    w_target = np.array([1e-3, -2e-3, 5e-4])
    body = q_hill_target * q_target_goal * Rotation.from_rotvec(turned) * q_target_goal.inv() * q_target_body
    there = place + q_target_goal.apply(away)  # the chaser's point, target axes
    r = q_hill_target.apply(there) - body.apply(point - com)
    w_body = body.inv().apply(q_hill_target.apply(w_target))  # it turns with the target
    arm = np.cross(w_body, point - com)
    v = q_hill_target.apply(q_target_goal.apply(moves) + np.cross(w_target, there)) - body.apply(arm)
    of = GOAL._replace(
        place_target=tuple(place),
        q_target_goal=tuple(q_target_goal.as_quat()),
        q_target_body=tuple(q_target_body.as_quat()),
        point_body=tuple(point),
    )
    quat = tuple(q_hill_target.as_quat())
    seen = stand_of(
        of, tuple(com), tuple(r), tuple(v), tuple(body.as_quat()), quat, tuple(w_body), tuple(w_target)
    )
    rings = rings_of(of, seen, quat)
    np.testing.assert_allclose(rings.place, away, atol=1e-12)
    np.testing.assert_allclose(rings.velocity, moves, atol=1e-14)
    np.testing.assert_allclose(rings.turn, turned, atol=1e-12)
    np.testing.assert_allclose(rings.rate, 0.0, atol=1e-15)
    assert gap(rings, 0.6) == pytest.approx(0.7 - 0.6 * math.sin(math.hypot(0.02, 0.03)))
