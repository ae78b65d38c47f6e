"""Scenes for the tests of goals: a box, and how a chaser stands against it."""

import math

import numpy as np

from rvd.core.goals.goal import Goal, Moment, Stand
from rvd.core.goals.goals import GoalKind

LEVEL = (0.0, 0.0, 0.0, 1.0)


def goal(kind: GoalKind, *numbers: float, **changes) -> Goal:
    """A goal of this kind with these limits, its axes those of the target."""
    flat = np.array(numbers, dtype=float)
    return Goal(float(kind), 1.0, (0.0, 0.0, 0.0), LEVEL, LEVEL, (0.0, 0.0, 0.0), flat)._replace(**changes)


BOX = goal(GoalKind.BOX, 1.0, 1.0, 1.0, 0.006, 0.03, math.radians(5.0), math.radians(0.1))


def stand(
    offset=(0.0, 0.0, 0.0), velocity=(0.0, 0.0, 0.0), turn=(0.0, 0.0, 0.0), rates=(0.0, 0.0, 0.0), **lengths
) -> Stand:
    """How a chaser stands; a length that is given stands for that of its vector."""
    known = {
        "speed": float(np.linalg.norm(velocity)),
        "angle": float(np.linalg.norm(turn)),
        "rate": float(np.linalg.norm(rates)),
    } | lengths
    return Stand(
        tuple(map(float, offset)), tuple(map(float, velocity)), known["speed"], tuple(map(float, turn)),
        known["angle"], tuple(map(float, rates)), known["rate"],
    )  # fmt: skip


def moment(before: Stand, after: Stand, t=0.0, h=1.0, **changes) -> Moment:
    """A step of a chaser that has called nothing off."""
    one = Moment(
        before=before, after=after, q_before=LEVEL, q_after=LEVEL, away=100.0, closest=100.0, free=False, onward=True,
        needed=99.0, t=float(t), h=float(h),
    )  # fmt: skip
    return one._replace(**changes)
