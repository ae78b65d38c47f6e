"""Hold: stay at a point of the leg's frame."""

from rvd.core.kernel import kernel
from rvd.core.signals import GuidanceState, Memory, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def request(memory: Memory, state: GuidanceState, n: float, s: float) -> Request:
    """Tracks the leg's point, at rest."""
    return 1.0, memory.leg.to_leg, ZERO, ZERO
