"""Speed: the chaser is no faster than a limit that falls in steps as it comes nearer."""

from typing import NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.kernel import Row, kernel, load
from rvd.core.rules.sight import Passage

STEPS = 4
"""Steps that there may be."""

NO_LIMIT = 1.0e30


class Speed(NamedTuple):
    """Greatest speeds near the target, in four steps."""

    #: Distances from the target's centre of mass, m; 0: unused.
    within: tuple[float, float, float, float]
    #: The greatest speed within each, m/s.
    at_most: tuple[float, float, float, float]


NUMBERS = Speed
UNIT = "m/s"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smallest difference (m/s) of the limit at the closest place of the step and the larger speed of its ends."""
    limit = speed_limit(load(Speed, rows, at, 0, 1), passage.closest)
    return limit - max(norm(passage.before.v_hill), norm(passage.after.v_hill))


@kernel
def speed_limit(speeds: Speed, away: float) -> float:
    """The smallest limit (m/s) that holds at this distance (m)."""
    w, s, least = speeds.within, speeds.at_most, NO_LIMIT
    for k in range(STEPS):
        if away < w[k]:
            least = min(least, s[k])
    return least
