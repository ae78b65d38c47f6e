"""Star tracker: inertial attitude with different errors across and about its boresight."""

from typing import NamedTuple

from rvd.algebra.quat import from_rotvec, multiply, rotate
from rvd.algebra.vec import add
from rvd.kernel import Vec, kernel


class StarTracker(NamedTuple):
    """Errors (rad): one sigma across and about the boresight, and the per-run misalignment (body axes)."""

    cross: float
    roll: float
    misalignment: Vec


@kernel
def measure_attitude(tracker, q_body_sensor, q_eci_body, z):
    """Attitude read, from unit normals z: the true one turned by misalignment and noise. The boresight is sensor z."""
    noise = rotate(q_body_sensor, (tracker.cross * z[0], tracker.cross * z[1], tracker.roll * z[2]))
    return multiply(q_eci_body, from_rotvec(add(tracker.misalignment, noise)))
