"""The Sun in a sensor's field of view."""

from rvd.core.algebra.elementary import cos
from rvd.core.algebra.quat import rotate
from rvd.core.algebra.vec import dot
from rvd.core.kernel import Quat, Vec, kernel


@kernel
def blinded(exclusion: float, q_body_sensor: Quat, sun_body: Vec, dark: bool) -> bool:
    """Whether the Sun (unit vector, body axes) stands within `exclusion` (rad) of the boresight, unless it is dark."""
    boresight = rotate(q_body_sensor, (0.0, 0.0, 1.0))
    return (exclusion > 0.0) & (not dark) & (dot(boresight, sun_body) > cos(exclusion))
