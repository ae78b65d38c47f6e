"""Altitude: the centre of mass stays higher above the central body than a limit."""

from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.constants import RADIUS_EARTH
from rvd.core.kernel import P, Row, kernel, load
from rvd.core.rules.sight import Passage, Sight


class Altitude(NamedTuple):
    """A height above the equator's radius, as the altitude of the target counts."""

    #: The least altitude, from the equator's radius as that of the target.
    at_least: Annotated[float, P("m", above=0.0)]


NUMBERS = Altitude
UNIT = "m"


def says(altitude: Altitude, words: Any) -> str:
    """What it keeps."""
    return f"no lower than {words.at_least} above the equator's radius"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smaller difference (m) of the altitude and the limit at both ends of the step."""
    least = load(Altitude, rows, at, 0, 1).at_least
    return min(height(passage.before), height(passage.after)) - least


@kernel
def height(seen: Sight) -> float:
    """The altitude (m): the target is on the radial axis of the hill frame."""
    x, y, z = seen.r_hill
    return norm((seen.orbit_radius + x, y, z)) - RADIUS_EARTH
