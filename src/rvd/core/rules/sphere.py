"""Sphere: the centre of mass stays farther from the target's than a radius."""

from typing import Annotated, Any, NamedTuple

from rvd.core.kernel import P, Row, kernel, load
from rvd.core.rules.sight import Passage


class Sphere(NamedTuple):
    """A sphere about the target's centre of mass."""

    #: Its radius.
    radius: Annotated[float, P("m", above=0.0)]


NUMBERS = Sphere
UNIT = "m"


def says(sphere: Sphere, words: Any) -> str:
    """What it keeps."""
    return f"outside a sphere of {words.radius}"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smallest distance (m) outside the sphere within the step."""
    return passage.closest - load(Sphere, rows, at, 0, 1).radius
