"""Touch: first contact of two docking rings, each condition of it within its limits.

The rings touch when the nearest point of the chaser's ring reaches the plane of the target's ring, and their circles
overlap there; the instant is interpolated within the step. What is judged then is counted at the centres of the rings,
on the axes of the target's port: the quantities and their limits are those of the International Docking System
Standard (IDSS IDD rev. E, 2016, table 3.3.1.1-2: initial contact conditions).
"""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.quat import rotate, unrotate
from rvd.core.algebra.vec import axpy, sub
from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress, Stand
from rvd.core.kernel import Quat, Row, Vec, kernel, load
from rvd.core.signals import Outcome


class Touch(NamedTuple):
    """What the rings may be and do at first contact."""

    #: Radius of the chaser's ring, m; 0 for a probe.
    radius: float
    #: Radius of the target's ring, or of the mouth of its drogue, m.
    port_radius: float
    #: Least closing speed along the port's axis, m/s.
    closing_least: float
    #: Greatest closing speed, m/s.
    closing_most: float
    #: Greatest speed across the axis, m/s.
    across: float
    #: Greatest distance from the axis, m.
    lateral: float
    #: Greatest angle between the axes (pitch and yaw together), rad.
    tilt: float
    #: Greatest angle about the axis, rad.
    roll: float
    #: Greatest angular rate across the axis (pitch and yaw together), rad/s.
    tilt_rate: float
    #: Greatest angular rate about the axis, rad/s.
    roll_rate: float


NUMBERS = Touch
SUCCESS = Outcome.DOCKED
COLUMNS = (
    "touch_time", "closing_speed", "lateral_speed", "lateral_offset", "tilt", "roll", "tilt_rate", "roll_rate",
)  # fmt: skip
START: Progress = (
    math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan,
)  # fmt: skip


class Rings(NamedTuple):
    """The chaser's ring against the target's, on the axes of the target's port: out, right, down."""

    #: Place of its centre, m.
    place: Vec
    #: Its velocity, m/s.
    velocity: Vec
    #: Its turn from where the ports are mated, rad: about out it is a roll, about the others a tilt.
    turn: Vec
    #: Its angular rate, rad/s.
    rate: Vec


@kernel
def touch_of(numbers: Row) -> Touch:
    """The limits by name."""
    return load(Touch, numbers, 0, 0, 1)


@kernel
def rings_of(goal: Goal, stand: Stand, q_hill_target: Quat) -> Rings:
    """The rings at one instant; the turn is small where it matters, so that its axes are those of the mated port."""
    turn = rotate(goal.q_target_body, stand.turn)
    rate = rotate(goal.q_target_body, stand.rate_body)
    return Rings(
        place=unrotate(goal.q_target_goal, stand.offset),
        velocity=unrotate(goal.q_target_goal, unrotate(q_hill_target, stand.velocity_hill)),
        turn=unrotate(goal.q_target_goal, turn),
        rate=unrotate(goal.q_target_goal, rate),
    )


@kernel
def gap(rings: Rings, radius: float) -> float:
    """Distance (m) of the nearest point of the chaser's ring from the plane of the target's; negative beyond it."""
    sine, _ = sincos(math.sqrt(rings.turn[1] * rings.turn[1] + rings.turn[2] * rings.turn[2]))
    return rings.place[0] - radius * abs(sine)


@kernel
def between(share: float, a: Vec, b: Vec) -> Vec:
    """A share of the way from a to b."""
    return axpy(share, sub(b, a), a)


@kernel
def follow(goal: Goal, was: Progress, moment: Moment) -> tuple[Progress, int]:
    """The contact, once there is one, and whether it docks."""
    limits = touch_of(goal.numbers)
    begin = rings_of(goal, moment.before, moment.q_before)
    end = rings_of(goal, moment.after, moment.q_after)
    g0, g1 = gap(begin, limits.radius), gap(end, limits.radius)
    if (g0 < 0.0) | (g1 > 0.0):  # it comes from outside; nothing touches that passes from behind
        return was, GOING_ON
    share = g0 / (g0 - g1) if g0 > g1 else 0.0
    place, velocity = between(share, begin.place, end.place), between(share, begin.velocity, end.velocity)
    if across(place) > limits.radius + limits.port_radius:  # it passes beside the port
        return was, GOING_ON
    turn, rate = between(share, begin.turn, end.turn), between(share, begin.rate, end.rate)
    seen = (
        moment.t + share * moment.h,
        -velocity[0],
        across(velocity),
        across(place),
        across(turn),
        abs(turn[0]),
        across(rate),
        abs(rate[0]),
    )
    good = moment.onward & docks(limits, seen)
    return seen, (Outcome.DOCKED.value if good else Outcome.MISSED.value)


@kernel
def across(a: Vec) -> float:
    """The length of a vector's part across the port's axis."""
    return math.sqrt(a[1] * a[1] + a[2] * a[2])


@kernel
def docks(limits: Touch, seen: Progress) -> bool:
    """Whether every condition of the contact is within its limits."""
    closes = (seen[1] >= limits.closing_least) & (seen[1] <= limits.closing_most)
    centred = (seen[2] <= limits.across) & (seen[3] <= limits.lateral)
    turned = (seen[4] <= limits.tilt) & (seen[5] <= limits.roll)
    return closes & centred & turned & (seen[6] <= limits.tilt_rate) & (seen[7] <= limits.roll_rate)
