"""Glideslope: a straight line whose speed falls linearly with the distance to go.

Source: Hablani, Tapper, Dana-Bashian, JGCD 25(3) 2002, eq. 8-10 (range rate linear in range).
"""

from rvd.algebra.elementary import exp, log
from rvd.algebra.vec import axpy, norm, scale, sub
from rvd.kernel import kernel

ZERO = (0.0, 0.0, 0.0)


@kernel
def glideslope_duration(leg, r_entry_hill):
    """Time (s) from entry until the leg's point: ln(v_begin / v_end) / k, k the slope of speed over distance."""
    length = norm(sub(leg.to_hill, r_entry_hill))
    slope = (leg.speed_begin - leg.speed_end) / (length if length > 0.0 else 1.0)
    return log(leg.speed_begin / leg.speed_end) / slope


@kernel
def glideslope(leg, r_entry_hill, s):
    """Track flag, position, velocity and gain s seconds after entry; at rest at the point once arrived.

    Distance to go (L + b) exp(-k s) - b with b = v_end / k.
    """
    line = sub(r_entry_hill, leg.to_hill)
    length = norm(line)
    span = length if length > 0.0 else 1.0
    slope = (leg.speed_begin - leg.speed_end) / span
    b = leg.speed_end / slope
    to_go = (length + b) * exp(-slope * s) - b
    going = to_go > 0.0
    left, rate = (to_go if going else 0.0), (slope * (to_go + b) if going else 0.0)
    return 1.0, axpy(left / span, line, leg.to_hill), scale(-rate / span, line), ZERO
