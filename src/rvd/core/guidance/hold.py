"""Hold: stay at a point of the hill frame."""

from rvd.core.kernel import kernel
from rvd.core.signals import Leg, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def hold(leg: Leg) -> Request:
    """Track flag, position, velocity and gain to ask for: the leg's point, at rest."""
    return 1.0, leg.to_hill, ZERO, ZERO
