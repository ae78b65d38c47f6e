"""Star tracker: inertial attitude with different errors across and about its boresight."""

from typing import NamedTuple

from rvd.core.algebra.quat import from_rotvec, multiply, rotate
from rvd.core.algebra.vec import add
from rvd.core.kernel import Vec, kernel
from rvd.core.vehicle.transit import Delivery


class StarTracker(NamedTuple):
    """Errors (rad): one sigma across and about the boresight, and the per-run misalignment (body axes).

    `out_since`, `out_until` (s) are the window in which it is out; the Sun within `sun_exclusion` of the boresight
    blinds it.
    """

    cross: float
    roll: float
    misalignment: Vec
    out_since: float
    out_until: float
    delivery: Delivery
    sun_exclusion: float


@kernel
def measure_attitude(tracker, q_body_sensor, q_eci_body, t, z):
    """Fresh flag and attitude read, from unit normals z: the true one turned by misalignment and noise.

    The boresight is sensor z.
    """
    out = (t >= tracker.out_since) & (t < tracker.out_until)
    noise = rotate(q_body_sensor, (tracker.cross * z[0], tracker.cross * z[1], tracker.roll * z[2]))
    return (0.0 if out else 1.0), multiply(q_eci_body, from_rotvec(add(tracker.misalignment, noise)))
