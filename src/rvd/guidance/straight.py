"""Straight line at constant speed, with ramps at both ends."""

import math

from rvd.algebra.vec import axpy, norm, scale, sub
from rvd.kernel import kernel

ZERO = (0.0, 0.0, 0.0)


@kernel
def straight_duration(leg, r_entry_hill):
    """Time (s) of the trapezoidal profile from the entry point to the leg's point."""
    length = norm(sub(leg.to_hill, r_entry_hill))
    speed = min(leg.speed_begin, math.sqrt(leg.acceleration * length))
    return length / speed + speed / leg.acceleration


@kernel
def straight(leg, r_entry_hill, s):
    """Track flag, position, velocity and gain s seconds after entry: speed up, cruise, slow down.

    Source: trapezoidal velocity profile; Fehse 2003, section 3.3.3 (straight-line forced motion).
    """
    line = sub(leg.to_hill, r_entry_hill)
    length = norm(line)
    speed = min(leg.speed_begin, math.sqrt(leg.acceleration * length))
    ramp, total = speed / leg.acceleration, length / speed + speed / leg.acceleration
    left = total - s
    begin, end = 0.5 * leg.acceleration * s * s, length - 0.5 * leg.acceleration * left * left
    cruise = speed * (s - 0.5 * ramp)
    along = begin if s < ramp else (cruise if left > ramp else end)
    rate = leg.acceleration * s if s < ramp else (speed if left > ramp else leg.acceleration * left)
    along, rate = (along if left > 0.0 else length), (rate if left > 0.0 else 0.0)
    share = 1.0 / (length if length > 0.0 else 1.0)
    return 1.0, axpy(along * share, line, r_entry_hill), scale(rate * share, line), ZERO
