"""Clear: the chaser leaves for good: beyond a distance for a time, and never back within it."""

import math
from typing import Annotated, Any, NamedTuple

from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress
from rvd.core.kernel import Column, P, Row, kernel, load
from rvd.core.signals import Outcome


class Clear(NamedTuple):
    """What counts as gone."""

    #: Least distance of the centres of mass.
    beyond: Annotated[float, P("m", above=0.0)]


NUMBERS = Clear
NEEDS, TAKES = ("time",), ("port", "of")
SUCCESS = Outcome.CLEAR
COLUMNS = {
    "clear_since": Column("s", "since when the chaser is gone, from the epoch", "where it is gone"),
    "clear_distance": Column("m", "smallest distance of the centres of mass since", "where it is gone"),
}
START: Progress = (-1.0, math.nan, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""Before the chaser is beyond the distance."""


def says(clear: Clear, words: Any) -> tuple[str, ...]:
    """What it asks for."""
    return (f"clear: beyond {words.beyond} for {words.time}, and never back",)


@kernel
def clear_of(numbers: Row) -> Clear:
    """The limit by name."""
    return load(Clear, numbers, 0, 0, 1)


@kernel
def follow(goal: Goal, was: Progress, moment: Moment) -> tuple[Progress, int]:
    """Since when it is gone and its smallest distance since; missed once it is back."""
    limits, t = clear_of(goal.numbers), moment.t + moment.h
    if was[0] < 0.0:
        gone = (moment.away >= limits.beyond) & moment.onward
        begin = (t if gone else -1.0, moment.away if gone else was[1], 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        return begin, GOING_ON
    seen = (was[0], min(was[1], moment.closest), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    if moment.closest < limits.beyond:
        return seen, Outcome.MISSED.value
    stayed = moment.onward & (t - was[0] >= moment.needed)  # where an abort leads is no goal that is reached
    return seen, (Outcome.CLEAR.value if stayed else GOING_ON)
