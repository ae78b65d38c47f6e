"""Reach: at a time from the start the chaser is at its place, slowly enough and in its attitude."""

import math
from typing import NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress
from rvd.core.kernel import Row, kernel, load
from rvd.core.signals import Outcome


class Reach(NamedTuple):
    """What counts as being there."""

    #: Greatest distance from the place, m.
    within: float
    #: Greatest speed against the target, m/s.
    speed: float
    #: Greatest angle from the attitude, rad.
    angle: float


NUMBERS = Reach
SUCCESS = Outcome.REACHED
COLUMNS = ("reached_distance", "reached_speed", "reached_angle")
START: Progress = (math.nan, math.nan, math.nan, 0.0, 0.0, 0.0, 0.0, 0.0)


@kernel
def reach_of(numbers: Row) -> Reach:
    """The limits by name."""
    return load(Reach, numbers, 0, 0, 1)


@kernel
def follow(goal: Goal, was: Progress, moment: Moment) -> tuple[Progress, int]:
    """Where it is at the end of the step in which the time comes, and whether that is there."""
    limits, after = reach_of(goal.numbers), moment.after
    if moment.t + moment.h < moment.needed:
        return was, GOING_ON
    away = norm(after.offset)
    there = (away <= limits.within) & (after.speed <= limits.speed) & (after.angle <= limits.angle)
    seen = (away, after.speed, after.angle, 0.0, 0.0, 0.0, 0.0, 0.0)
    return seen, (Outcome.REACHED.value if there & moment.onward else Outcome.MISSED.value)
