"""Arc: forced motion about the origin of the leg's frame, as a fly-around of a target or of a port is flown.

Source: W. Fehse 2003, section 3.3.3 (circular fly-around); the speed has the trapezoidal profile of a straight line.
"""

import math

from rvd.core.algebra.elementary import atan2
from rvd.core.algebra.vec import add, axpy, cross, dot, norm, scale, select, sub
from rvd.core.guidance.toolbox.forced import circle, line, line_time
from rvd.core.kernel import Vec, kernel
from rvd.guidance import own_law, track

ORIGIN = (0.0, 0.0, 0.0)

OPPOSITE = 0.1
"""Sine of the angle from opposite within which no plane is told by the places, as they are believed."""

LEAST_TURN = 1e-6
"""A turn (rad) below which an arc is a straight line."""


@kernel
def direction(place: Vec, other: Vec) -> Vec:
    """The direction of a place; at the origin that of another, and where that is there too, the first axis."""
    away, far = norm(place), norm(other)
    if away > 1e-9:
        return scale(1.0 / away, place)
    return scale(1.0 / far, other) if far > 1e-9 else (1.0, 0.0, 0.0)


@kernel
def axis_of(begin: Vec, end: Vec) -> Vec:
    """The axis of the shorter turn from one direction to another; of opposite ones, near the frame's third."""
    across = cross(begin, end)
    apart = norm(across) > (OPPOSITE if dot(begin, end) < 0.0 else 1e-9)
    third = axpy(-begin[2], begin, (0.0, 0.0, 1.0))
    first = axpy(-begin[0], begin, (1.0, 0.0, 0.0))
    return select(apart, across, select(norm(third) > OPPOSITE, third, first))


@own_law(speed="m/s")
def arc(leg, now, speed=0.1):
    """An arc about the origin of the leg's frame, from where it begins to its end, its radius changing evenly.

    In hill the origin is the target's centre of mass. It goes the shorter way round, in the plane of both places and
    the origin; where they lie opposite one another, about the third axis of the frame: in hill from ahead by way of
    below, from behind by way of above. `speed` (m/s) is the largest on the way.
    """
    near, far = norm(now.r_entry_leg), norm(leg.to_leg)
    begin, end = direction(now.r_entry_leg, leg.to_leg), direction(leg.to_leg, now.r_entry_leg)
    axis = axis_of(begin, end)
    opposite = (dot(begin, end) < 0.0) & (norm(cross(begin, end)) <= OPPOSITE)
    turn = math.pi if opposite else max(atan2(norm(cross(begin, end)), dot(begin, end)), LEAST_TURN)
    widens = (far - near) / turn

    # The angle grows from rest to rest, as the length of a line does.
    most = max(math.sqrt(max(near, far) * max(near, far) + widens * widens), 1e-9)
    there = (turn, 0.0, 0.0)
    pace, gather, lose = speed / most, leg.acceleration / most, leg.braking / most
    (angle, _, _), (rate, _, _), _ = line(ORIGIN, there, pace, gather, lose, now.s)

    # The circle ends beside the end where that is not quite opposite: the difference is made up on the way.
    reached, _, _ = circle(begin, ORIGIN, axis, 1.0, turn)
    beside = scale(1.0 / turn, sub(end, reached))
    way, tangent, _ = circle(begin, ORIGIN, axis, 1.0, angle)
    arm, swing = axpy(angle, beside, way), add(tangent, beside)
    radius = near + widens * angle
    v_leg = add(scale(rate * radius, swing), scale(rate * widens, arm))
    return track(scale(radius, arm), v_leg, over=now.s >= line_time(ORIGIN, there, pace, gather, lose))
