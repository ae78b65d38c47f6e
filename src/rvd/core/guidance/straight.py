"""Straight line at constant speed, with a ramp at each end.

The last ramp may be gentler than the first: on the R-bar the orbit itself brakes an ascent, with 3 n2 R, and no nozzle
has to blow toward the station if `braking` stays below that.
Source: trapezoidal velocity profile; Fehse 2003, section 3.3.3 (straight-line forced motion).
"""

import math

from rvd.core.algebra.vec import axpy, norm, scale, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.signals import GuidanceState, Leg, Memory, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def profile(leg: Leg, length: float) -> tuple[float, float, float, float]:
    """Cruise speed (m/s) and the times (s) of the first ramp, the cruise and the last ramp over `length` m."""
    a, b = leg.acceleration, leg.braking
    speed = min(leg.speed_begin, math.sqrt(2.0 * length * a * b / (a + b)))
    pace = speed if speed > 0.0 else 1.0
    cruise = (length - 0.5 * speed * speed / a - 0.5 * speed * speed / b) / pace
    return speed, speed / a, max(cruise, 0.0), speed / b


@kernel
def straight_duration(leg: Leg, r_entry_leg: Vec) -> float:
    """Time (s) of the profile from the entry point to the leg's point."""
    _, begin, cruise, end = profile(leg, norm(sub(leg.to_leg, r_entry_leg)))
    return begin + cruise + end


@kernel
def straight(leg: Leg, r_entry_leg: Vec, s: float) -> Request:
    """Track flag, position, velocity and gain s seconds after entry: speed up, cruise, slow down."""
    line = sub(leg.to_leg, r_entry_leg)
    length = norm(line)
    speed, begin, cruise, end = profile(leg, length)
    left = max(begin + cruise + end - s, 0.0)
    if s < begin:
        along, rate = 0.5 * leg.acceleration * s * s, leg.acceleration * s
    elif left < end:
        along, rate = length - 0.5 * leg.braking * left * left, leg.braking * left
    else:
        along, rate = speed * (s - 0.5 * begin), speed
    share = 1.0 / (length if length > 0.0 else 1.0)
    return 1.0, axpy(along * share, line, r_entry_leg), scale(rate * share, line), ZERO


@kernel
def request(memory: Memory, state: GuidanceState, n: float, s: float) -> Request:
    """Tracks the profile from the place at which the leg was entered."""
    return straight(memory.leg, memory.r_entry_leg, s)


@kernel
def flown(memory: Memory, s: float) -> bool:
    """Whether the profile has come to its end."""
    return s >= straight_duration(memory.leg, memory.r_entry_leg)
