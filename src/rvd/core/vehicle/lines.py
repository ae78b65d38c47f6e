"""Angles as sums of sinusoids, whose frequencies, phases and amplitudes stand in the lines of a sheet."""

from rvd.core.algebra.elementary import sincos
from rvd.core.kernel import Sheet, kernel

LINE = ("frequency", "phase", "angle", "rate")
"""Of a line the frequency (rad/s), the phase at t = 0 (rad), the amplitudes of the angle (rad) and its rate (rad/s)."""


@kernel
def sum_of_lines(lines: Sheet, begin: int, end: int, t: float) -> tuple[float, float]:
    """Angle (rad) at t (s), and its rate (rad/s), by the lines from `begin` until before `end`."""
    angle, rate = 0.0, 0.0
    for k in range(begin, end):
        s, c = sincos(lines[k, 0] * t + lines[k, 1])
        angle += lines[k, 2] * s
        rate += lines[k, 3] * c
    return angle, rate
