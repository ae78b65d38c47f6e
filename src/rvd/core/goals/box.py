"""Box: the chaser's grapple fixture drifts free in a box, slowly enough, for as long as an arm needs to take it."""

import math
from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress
from rvd.core.kernel import HALF_TURN, Column, P, Row, Vec, kernel, load
from rvd.core.signals import Outcome


class Box(NamedTuple):
    """What the point of the chaser may be and do within the box."""

    #: Half widths about its centre, on the axes of the goal.
    half_width: Annotated[Vec, P("m", above=0.0, axes="body")]
    #: Greatest speed as the free drift begins.
    release_speed: Annotated[float, P("m/s", above=0.0)]
    #: Greatest speed against the target from then on.
    speed: Annotated[float, P("m/s", above=0.0)]
    #: Greatest angle from the attitude that the arm takes.
    angle: Annotated[float, P("rad", "deg", above=0.0, most=HALF_TURN)]
    #: Greatest angular rate against the target.
    rate: Annotated[float, P("rad/s", "deg/s", above=0.0)]


NUMBERS = Box
NEEDS, TAKES = ("at", "time"), ("attitude", "port", "of")
SUCCESS = Outcome.CAPTURED
RELEASED = "after a release"
COLUMNS = {
    "since": Column(
        "s",
        "when the free drift began in which the run ended, from the epoch",
        "where the flight ended in free drift",
    ),
    "release_distance": Column(
        "m", "distance of the fixture from the box's centre as the free drift began", RELEASED
    ),
    "release_speed": Column("m/s", "speed of the fixture as the free drift began", RELEASED),
    "box_distance": Column(
        "m", "largest distance of the fixture from the box's centre in the free drift", RELEASED
    ),
    "box_speed": Column("m/s", "largest speed of the fixture in the free drift", RELEASED),
    "box_angle": Column("rad", "largest error of the attitude in the free drift", RELEASED),
    "box_rate": Column("rad/s", "largest rate relative to the target in the free drift", RELEASED),
}
START: Progress = (-1.0, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, 0.0)
"""Before the first free drift; its begin is -1 while there is none."""


def says(box: Box, words: Any) -> tuple[str, ...]:
    """What it asks for."""
    there = f"{words.at} within {words.half_width}, {words.attitude}"
    drifts = f"in the box at most {words.speed}, {words.angle}, {words.rate}"
    return (
        f"captured {there}, for {words.time} of free drift",
        f"released at no more than {words.release_speed}; {drifts}",
    )


@kernel
def box_of(numbers: Row) -> Box:
    """The limits by name."""
    return load(Box, numbers, 0, 0, 1)


@kernel
def follow(goal: Goal, was: Progress, moment: Moment) -> tuple[Progress, int]:
    """The free drift so far: its begin, how the point was released, and its worst since; and the verdict."""
    box, before, after = box_of(goal.numbers), moment.before, moment.after
    if not moment.free:
        return (-1.0, was[1], was[2], was[3], was[4], was[5], was[6], 0.0), GOING_ON
    begins = was[0] < 0.0
    since = moment.t if begins else was[0]
    release_speed = before.speed if begins else was[2]
    speed = max(0.0 if begins else was[4], after.speed)
    angle = max(0.0 if begins else was[5], after.angle)
    rate = max(0.0 if begins else was[6], after.rate)
    now = (
        since,
        norm(before.offset) if begins else was[1],
        release_speed,
        max(0.0 if begins else was[3], norm(after.offset)),
        speed,
        angle,
        rate,
        0.0,
    )
    left = max(box_overrun(box, after.offset), box_overrun(box, before.offset)) > 1.0
    fast = (speed > box.speed) | (release_speed > box.release_speed)
    if left | fast | (angle > box.angle) | (rate > box.rate):
        return now, Outcome.LEFT_BOX.value
    drifted = moment.t + moment.h - since
    return now, (Outcome.CAPTURED.value if drifted >= moment.needed else GOING_ON)


@kernel
def box_overrun(box: Box, offset: Vec) -> float:
    """The largest of |offset| / half width over the three axes: at most 1 inside the box."""
    a, b, c = (
        abs(offset[0]) / box.half_width[0],
        abs(offset[1]) / box.half_width[1],
        abs(offset[2]) / box.half_width[2],
    )
    return max(a, max(b, c))
