"""Ellipsoid: the centre of mass stays outside of one about the target's."""

from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.kernel import P, Row, Vec, kernel, load
from rvd.core.rules.sight import Passage, nearest


class Ellipsoid(NamedTuple):
    """An ellipsoid about the target's centre of mass, its axes along those of the hill frame."""

    #: Its semi-axes.
    semi_axes: Annotated[Vec, P("m", above=0.0, axes="hill")]


NUMBERS = Ellipsoid
UNIT = "m"


def says(ellipsoid: Ellipsoid, words: Any) -> str:
    """What it keeps."""
    return f"outside an ellipsoid of semi-axes {words.semi_axes}"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smallest distance-like margin (m) within the step: see `ellipsoid_margin`."""
    semi_axes = load(Ellipsoid, rows, at, 0, 1).semi_axes
    return ellipsoid_margin(semi_axes, passage.before.r_hill, passage.after.r_hill)


@kernel
def ellipsoid_margin(semi_axes: Vec, a: Vec, b: Vec) -> float:
    """Distance-like margin (m) to the ellipsoid inside a step: (scaled distance - 1) times the smallest semi-axis."""
    i, j, k = 1.0 / semi_axes[0], 1.0 / semi_axes[1], 1.0 / semi_axes[2]
    near = nearest((i * a[0], j * a[1], k * a[2]), (i * b[0], j * b[1], k * b[2]))
    return (norm(near) - 1.0) * min(semi_axes[0], min(semi_axes[1], semi_axes[2]))
