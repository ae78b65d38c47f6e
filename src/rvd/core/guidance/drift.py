"""Free drift: no thruster fires, the attitude is left alone; the arm does the rest."""

from rvd.core.kernel import Vec, kernel
from rvd.core.signals import Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def drift(r_hill: Vec, v_hill: Vec) -> Request:
    """Track flag (none), position, velocity and gain: what is believed, nothing asked."""
    return 0.0, r_hill, v_hill, ZERO
