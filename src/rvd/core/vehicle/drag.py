"""Drag area of a body by its attitude to the wind."""

from typing import NamedTuple

from rvd.core.algebra.quat import unrotate
from rvd.core.algebra.vec import unit
from rvd.core.kernel import Quat, Vec, kernel


class Drag(NamedTuple):
    """What the drag of a body depends on."""

    #: Drag coefficient, referred to projected area, a number.
    coefficient: float
    #: Projected areas along the body axes, m2.
    area: Vec


@kernel
def ballistic(drag: Drag, mass: float, q_eci_body: Quat, v_eci: Vec) -> float:
    """Cd A / m (m2/kg) with the area facing the orbital velocity: a box's projected area, sum of |u_i| A_i.

    The wind of the co-rotating air differs from the orbital velocity by at most 4 degrees in low orbit.
    """
    u = unrotate(q_eci_body, unit(v_eci))
    area = abs(u[0]) * drag.area[0] + abs(u[1]) * drag.area[1] + abs(u[2]) * drag.area[2]
    return drag.coefficient * area / mass
