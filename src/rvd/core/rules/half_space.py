"""Half-space: the grapple fixture stays on one side of a plane, as exhaust or an antenna asks for."""

from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.vec import dot, sub
from rvd.core.kernel import Along, P, Row, Vec, kernel, load
from rvd.core.rules.sight import Passage, Sight


class HalfSpace(NamedTuple):
    """What lies beyond a plane."""

    #: The way across the plane.
    axis: Annotated[Vec, Along()]
    #: Where the plane is along that, from the berthing point: the fixture stays beyond it.
    beyond: Annotated[float, P("m")]


NUMBERS = HalfSpace
UNIT = "m"


def says(plane: HalfSpace, words: Any) -> str:
    """What it keeps."""
    return f"at least {words.beyond} {words.axis}"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smaller distance (m) beyond the plane at both ends of the step."""
    plane = load(HalfSpace, rows, at, 0, 1)
    return min(beyond(plane, passage.before), beyond(plane, passage.after))


@kernel
def beyond(plane: HalfSpace, seen: Sight) -> float:
    """The fixture's distance (m) beyond the plane."""
    return dot(plane.axis, sub(seen.fixture_hill, seen.apex_hill)) - plane.beyond
