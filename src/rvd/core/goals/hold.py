"""Hold: the chaser stays at its place, slowly enough and in its attitude, for a time."""

import math
from typing import NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress
from rvd.core.kernel import Row, kernel, load
from rvd.core.signals import Outcome


class Hold(NamedTuple):
    """What counts as being there."""

    #: Greatest distance from the place, m.
    within: float
    #: Greatest speed against the target, m/s.
    speed: float
    #: Greatest angle from the attitude, rad.
    angle: float


NUMBERS = Hold
SUCCESS = Outcome.HELD
COLUMNS = ("held_since", "held_distance", "held_speed", "held_angle")
START: Progress = (-1.0, math.nan, math.nan, math.nan, 0.0, 0.0, 0.0, 0.0)
"""Before the chaser is there; the begin is -1 while it is not."""


@kernel
def hold_of(numbers: Row) -> Hold:
    """The limits by name."""
    return load(Hold, numbers, 0, 0, 1)


@kernel
def follow(goal: Goal, was: Progress, moment: Moment) -> tuple[Progress, int]:
    """Since when it is there and the worst of that time; and whether that is long enough."""
    limits, after = hold_of(goal.numbers), moment.after
    away = norm(after.offset)
    there = (away <= limits.within) & (after.speed <= limits.speed) & (after.angle <= limits.angle)
    if not (there & moment.onward):
        return (-1.0, was[1], was[2], was[3], 0.0, 0.0, 0.0, 0.0), GOING_ON
    t = moment.t + moment.h
    begins = was[0] < 0.0
    since = t if begins else was[0]
    worst = (
        away if begins else max(was[1], away),
        after.speed if begins else max(was[2], after.speed),
        after.angle if begins else max(was[3], after.angle),
    )
    seen = (since, worst[0], worst[1], worst[2], 0.0, 0.0, 0.0, 0.0)
    return seen, (Outcome.HELD.value if t - since >= moment.needed else GOING_ON)
