"""Sphere: the centre of mass stays farther from the target's than a radius."""

from typing import NamedTuple

from rvd.core.kernel import Row, kernel, load
from rvd.core.rules.sight import Passage


class Sphere(NamedTuple):
    """A sphere about the target's centre of mass."""

    #: Its radius, m.
    radius: float


NUMBERS = Sphere
UNIT = "m"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smallest distance (m) outside the sphere within the step."""
    return passage.closest - load(Sphere, rows, at, 0, 1).radius
