"""Reach: at a time from the start the chaser is at its place, slowly enough and in its attitude."""

import math
from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress, near
from rvd.core.kernel import HALF_TURN, Column, P, Row, kernel, load
from rvd.core.signals import Outcome


class Reach(NamedTuple):
    """What counts as being there."""

    #: Greatest distance from the place.
    within: Annotated[float, P("m", above=0.0)]
    #: Greatest speed against the target.
    speed: Annotated[float, P("m/s", above=0.0)]
    #: Greatest angle from the attitude.
    angle: Annotated[float, P("rad", "deg", above=0.0, most=HALF_TURN)]


NUMBERS = Reach
NEEDS, TAKES = ("at", "time"), ("attitude", "axes", "port", "of")
SUCCESS = Outcome.REACHED
THERE = "where that time came"
COLUMNS = {
    "reached_distance": Column("m", "distance from the place at the time that was asked", THERE),
    "reached_speed": Column("m/s", "speed against the target then", THERE),
    "reached_angle": Column("rad", "error of the attitude then", THERE),
}
START: Progress = (math.nan, math.nan, math.nan, 0.0, 0.0, 0.0, 0.0, 0.0)


def says(reach: Reach, words: Any) -> tuple[str, ...]:
    """What it asks for."""
    return (f"reached: {near(words)}, {words.time} after the start",)


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
