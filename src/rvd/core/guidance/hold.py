"""Hold: stay at a point of the hill frame."""

from rvd.core.kernel import kernel
from rvd.core.signals import Belief, Memory, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def request(memory: Memory, belief: Belief, n: float, s: float) -> Request:
    """Tracks the leg's point, at rest."""
    return 1.0, memory.leg.to_hill, ZERO, ZERO
