"""Free drift: no thruster fires, the attitude is left alone; the arm does the rest."""

from rvd.core.kernel import kernel
from rvd.core.signals import GuidanceState, Memory, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def request(memory: Memory, state: GuidanceState, n: float, s: float) -> Request:
    """Asks for nothing, at what is believed."""
    return 0.0, state.r_leg, state.v_leg, ZERO
