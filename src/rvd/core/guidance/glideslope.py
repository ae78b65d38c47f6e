"""Glideslope: a straight line whose speed falls linearly with the distance to go.

Source: Hablani, Tapper, Dana-Bashian, JGCD 25(3) 2002, eq. 8-10 (range rate linear in range).
The start is smoothed: until the first speed is reached at the leg's acceleration, time runs slower along the slope.
"""

from rvd.core.algebra.elementary import exp, log
from rvd.core.algebra.vec import axpy, norm, scale, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.signals import GuidanceState, Leg, Memory, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def glideslope_duration(leg: Leg, r_entry_leg: Vec) -> float:
    """Time (s) from entry until the leg's point: ln(v_begin / v_end) / k and half the ramp, k the slope."""
    length = norm(sub(leg.to_leg, r_entry_leg))
    slope = (leg.speed_begin - leg.speed_end) / (length if length > 0.0 else 1.0)
    return log(leg.speed_begin / leg.speed_end) / slope + 0.5 * leg.speed_begin / leg.acceleration


@kernel
def glideslope(leg: Leg, r_entry_leg: Vec, s: float) -> Request:
    """Track flag, position, velocity and gain s seconds after entry; at rest at the point once arrived.

    Distance to go (L + b) exp(-k u) - b with b = v_end / k, u the time along the slope.
    """
    line = sub(r_entry_leg, leg.to_leg)
    length = norm(line)
    span = length if length > 0.0 else 1.0
    slope = (leg.speed_begin - leg.speed_end) / span
    b = leg.speed_end / slope
    ramp = leg.speed_begin / leg.acceleration
    u = 0.5 * s * s / ramp if s < ramp else s - 0.5 * ramp
    to_go = (length + b) * exp(-slope * u) - b
    going = to_go > 0.0
    pace = min(s / ramp, 1.0)
    left, rate = (to_go if going else 0.0), (pace * slope * (to_go + b) if going else 0.0)
    return 1.0, axpy(left / span, line, leg.to_leg), scale(-rate / span, line), ZERO


@kernel
def request(memory: Memory, state: GuidanceState, n: float, s: float) -> Request:
    """Tracks the profile from the place at which the leg was entered."""
    return glideslope(memory.leg, memory.r_entry_leg, s)


@kernel
def flown(memory: Memory, s: float) -> bool:
    """Whether the profile has come to its end."""
    return s >= glideslope_duration(memory.leg, memory.r_entry_leg)
