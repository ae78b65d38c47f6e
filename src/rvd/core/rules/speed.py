"""Speed: the chaser is no faster than a limit that falls in steps as it comes nearer."""

from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.kernel import P, Row, kernel, load
from rvd.core.rules.sight import Passage

NO_LIMIT = 1.0e30


class Step(NamedTuple):
    """One step of a speed limit."""

    #: Distance of the centres of mass.
    within: Annotated[float, P("m", above=0.0)]
    #: The greatest speed within it.
    at_most: Annotated[float, P("m/s", above=0.0)]


Steps = tuple[Step, Step, Step, Step]
"""The steps of a limit; those not used are zero."""


class Speed(NamedTuple):
    """Greatest speeds near the target."""

    #: The steps of the limit: of those in reach the smallest holds.
    steps: Steps


NUMBERS = Speed
UNIT = "m/s"


def says(speed: Speed, words: Any) -> str:
    """What it keeps."""
    return ", ".join(f"within {step.within} no faster than {step.at_most}" for step in words.steps)


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smallest difference (m/s) of the limit at the closest place of the step and the larger speed of its ends."""
    limit = speed_limit(load(Speed, rows, at, 0, 1).steps, passage.closest)
    return limit - max(norm(passage.before.v_hill), norm(passage.after.v_hill))


@kernel
def speed_limit(steps: Steps, away: float) -> float:
    """The smallest limit (m/s) that holds at this distance (m)."""
    least = NO_LIMIT
    for step in steps:
        if away < step.within:
            least = min(least, step.at_most)
    return least
