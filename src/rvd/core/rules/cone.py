"""Cone: the grapple fixture stays within an approach corridor that opens from the berthing point.

A half width makes it the frustum of a cone, so wide at the berthing point to each side, so that the last metre of an
approach to contact, whose own errors do not shrink to nothing, can be judged too.
"""

from typing import NamedTuple

from rvd.core.algebra.cone import cone_margin
from rvd.core.algebra.vec import axpy, sub
from rvd.core.kernel import Row, Vec, kernel, load
from rvd.core.rules.sight import Passage, Sight


class Cone(NamedTuple):
    """A cone with its apex at the berthing point, or behind it."""

    #: Its axis, away from the target, a unit vector, hill axes.
    axis: Vec
    #: Its half angle, rad.
    half_angle: float
    #: How far its apex is behind the berthing point: its half width there over the tangent of the half angle, m.
    behind: float


NUMBERS = Cone
UNIT = "rad"


@kernel
def margin(rows: Row, at: int, passage: Passage) -> float:
    """The smaller angle (rad) to the edge at both ends of the step; the cone is convex."""
    cone = load(Cone, rows, at, 0, 1)
    return min(inside(cone, passage.before), inside(cone, passage.after))


@kernel
def inside(cone: Cone, seen: Sight) -> float:
    """The angle (rad) of the fixture from the edge, positive inside."""
    from_apex = axpy(cone.behind, cone.axis, sub(seen.fixture_hill, seen.apex_hill))
    return cone_margin(from_apex, cone.axis, cone.half_angle)
