"""Hold: the chaser stays at its place, slowly enough and in its attitude, for a time."""

import math
from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress, near
from rvd.core.kernel import HALF_TURN, Column, P, Row, kernel, load
from rvd.core.signals import Outcome


class Hold(NamedTuple):
    """What counts as being there."""

    #: Greatest distance from the place.
    within: Annotated[float, P("m", above=0.0)]
    #: Greatest speed against the target.
    speed: Annotated[float, P("m/s", above=0.0)]
    #: Greatest angle from the attitude.
    angle: Annotated[float, P("rad", "deg", above=0.0, most=HALF_TURN)]


NUMBERS = Hold
NEEDS, TAKES = ("at", "time"), ("attitude", "axes", "port", "of")
SUCCESS = Outcome.HELD
THERE = "where it was ever there"
COLUMNS = {
    "held_since": Column(
        "s", "since when the chaser is at its place, from the epoch", "where it is there at the end"
    ),
    "held_distance": Column("m", "largest distance from the place while it was there", THERE),
    "held_speed": Column("m/s", "largest speed while it was there", THERE),
    "held_angle": Column("rad", "largest error of the attitude while it was there", THERE),
}
START: Progress = (-1.0, math.nan, math.nan, math.nan, 0.0, 0.0, 0.0, 0.0)
"""Before the chaser is there; the begin is -1 while it is not."""


def says(hold: Hold, words: Any) -> tuple[str, ...]:
    """What it asks for."""
    return (f"held: {near(words)}, for {words.time}",)


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
