"""Hull: the hulls of both bodies stay farther apart than a clearance."""

from typing import Annotated, Any, NamedTuple

from rvd.core.kernel import P, Row, kernel, load
from rvd.core.rules.sight import Passage


class Hull(NamedTuple):
    """A clearance of hulls; those parts that carry the ports of a docking are left out where the rings would meet."""

    #: The least clearance.
    at_least: Annotated[float, P("m", above=0.0)]


NUMBERS = Hull
UNIT = "m"


def says(hull: Hull, words: Any) -> str:
    """What it keeps."""
    return f"the hulls at least {words.at_least} apart"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The difference (m) of the clearance at the end of the step and the limit."""
    return passage.clearance - load(Hull, rows, at, 0, 1).at_least
