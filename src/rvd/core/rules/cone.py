"""Cone: the grapple fixture stays within an approach corridor that opens from the berthing point.

A half width makes it the frustum of a cone, so wide at the berthing point to each side, so that the last metre of an
approach to contact, whose own errors do not shrink to nothing, can be judged too.
"""

from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.cone import cone_margin
from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.vec import axpy, sub
from rvd.core.kernel import HALF_TURN, Along, P, Row, Vec, kernel, load
from rvd.core.rules.sight import Passage, Sight


class Cone(NamedTuple):
    """A cone with its apex at the berthing point, or behind it."""

    #: Along which it opens from the berthing point.
    axis: Annotated[Vec, Along()]
    #: Angle from the axis to each side.
    half_angle: Annotated[float, P("rad", "deg", above=0.0, most=HALF_TURN)]
    #: Half width at the berthing point.
    half_width: Annotated[float, P("m", least=0.0)] = 0.0


NUMBERS = Cone
UNIT = "rad"


def says(cone: Cone, words: Any) -> str:
    """What it keeps."""
    wide = f", {words.half_width} to each side where it begins" if cone.half_width > 0.0 else ""
    return f"within a cone that opens {words.axis}, {words.half_angle} to each side{wide}"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smaller angle (rad) to the edge at both ends of the step; the cone is convex."""
    cone = load(Cone, rows, at, 0, 1)
    behind = apex_behind(cone.half_width, cone.half_angle)
    return min(inside(cone, behind, passage.before), inside(cone, behind, passage.after))


@kernel
def apex_behind(half_width: float, half_angle: float) -> float:
    """How far (m) the apex of a cone lies behind the place at which it is so wide to each side."""
    sine, cosine = sincos(half_angle)
    return half_width * cosine / sine


@kernel
def inside(cone: Cone, behind: float, seen: Sight) -> float:
    """The angle (rad) of the fixture from the edge, positive inside; the apex is so far (m) behind."""
    from_apex = axpy(behind, cone.axis, sub(seen.fixture_hill, seen.apex_hill))
    return cone_margin(from_apex, cone.axis, cone.half_angle)
