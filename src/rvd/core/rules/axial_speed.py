"""Axial speed: the chaser is no faster along an axis than a limit that falls in steps as it comes nearer."""

from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.vec import dot
from rvd.core.kernel import Along, Row, Vec, kernel, load
from rvd.core.rules.sight import Passage
from rvd.core.rules.speed import Steps, speed_limit


class AxialSpeed(NamedTuple):
    """Greatest speeds along an axis near the target."""

    #: Along which the speed counts, one way and the other.
    axis: Annotated[Vec, Along()]
    #: The steps of the limit: of those in reach the smallest holds.
    steps: Steps


NUMBERS = AxialSpeed
UNIT = "m/s"


def says(speed: AxialSpeed, words: Any) -> str:
    """What it keeps."""
    steps = ", ".join(f"within {step.within} no faster than {step.at_most}" for step in words.steps)
    return f"along the axis that points {words.axis}: {steps}"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smallest difference (m/s) of the limit at the closest place of the step and the larger speed of its ends."""
    speed = load(AxialSpeed, rows, at, 0, 1)
    begin, end = dot(speed.axis, passage.before.v_hill), dot(speed.axis, passage.after.v_hill)
    return speed_limit(speed.steps, passage.closest) - max(abs(begin), abs(end))
