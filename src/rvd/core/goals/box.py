"""Box: the chaser's grapple fixture drifts free in a box, slowly enough, for as long as an arm needs to take it."""

import math
from typing import NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress
from rvd.core.kernel import Row, Vec, kernel, load
from rvd.core.signals import Outcome


class Box(NamedTuple):
    """What the point of the chaser may be and do within the box."""

    #: Half widths about its centre, m, on the axes of the goal.
    half_width: Vec
    #: Greatest speed at the start of free drift, m/s.
    release_speed: float
    #: Greatest speed from then on, m/s.
    speed: float
    #: Greatest angle from the attitude that the arm takes, rad.
    angle: float
    #: Greatest angular rate against the target, rad/s.
    rate: float


NUMBERS = Box
SUCCESS = Outcome.CAPTURED
COLUMNS = (
    "since", "release_distance", "release_speed", "box_distance", "box_speed", "box_angle", "box_rate",
)  # fmt: skip
START: Progress = (-1.0, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, 0.0)
"""Before the first free drift; its begin is -1 while there is none."""


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
