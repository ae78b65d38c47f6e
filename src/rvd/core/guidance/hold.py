"""Hold: stay at a point of the hill frame."""

from rvd.core.kernel import kernel

ZERO = (0.0, 0.0, 0.0)


@kernel
def hold(leg):
    """Track flag, position, velocity and gain to ask for: the leg's point, at rest."""
    return 1.0, leg.to_hill, ZERO, ZERO
