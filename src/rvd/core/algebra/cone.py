"""How far a place is inside a cone."""

import math

from rvd.core.algebra.elementary import atan2
from rvd.core.algebra.vec import dot
from rvd.core.kernel import Vec, kernel


@kernel
def cone_margin(r: Vec, axis: Vec, half_angle: float) -> float:
    """Angle (rad) from r to the edge of the cone about `axis` (unit): positive inside, negative outside."""
    along = dot(r, axis)
    across = math.sqrt(max(dot(r, r) - along * along, 0.0))
    return half_angle - atan2(across, along)
