"""Touch: first contact of two docking rings, each condition of it within its limits.

The rings touch when the nearest point of the chaser's ring reaches the plane of the target's ring, and their circles
overlap there; the instant is interpolated within the step. What is judged then is counted at the centres of the rings,
on the axes of the target's port: the quantities and their limits are those of the International Docking System
Standard (IDSS IDD rev. E, 2016, table 3.3.1.1-2: initial contact conditions).
"""

import math
from typing import Annotated, Any, NamedTuple

from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.quat import rotate, unrotate
from rvd.core.algebra.vec import axpy, sub
from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress, Stand
from rvd.core.kernel import HALF_TURN, Column, P, Quat, Row, Vec, kernel, load
from rvd.core.signals import Outcome


class Touch(NamedTuple):
    """What the rings may be and do at first contact."""

    #: Radius of the chaser's ring; zero for a probe.
    ring_radius: Annotated[float, P("m", least=0.0)]
    #: Radius of the target's ring, or of the mouth of its drogue: who passes farther out than both radii together
    #: touches nothing.
    port_radius: Annotated[float, P("m", above=0.0)]
    #: The least and the greatest closing speed along the port's axis.
    closing_speed: Annotated[tuple[float, float], P("m/s", least=0.0)]
    #: Greatest speed across the axis.
    lateral_speed: Annotated[float, P("m/s", above=0.0)]
    #: Greatest distance of the rings' centres from the axis.
    lateral_offset: Annotated[float, P("m", above=0.0)]
    #: Greatest angle between the axes: pitch and yaw together.
    tilt: Annotated[float, P("rad", "deg", above=0.0, most=HALF_TURN)]
    #: Greatest angle about the axis.
    roll_error: Annotated[float, P("rad", "deg", above=0.0, most=HALF_TURN)]
    #: Greatest angular rate across the axis: pitch and yaw together.
    tilt_rate: Annotated[float, P("rad/s", "deg/s", above=0.0)]
    #: Greatest angular rate about the axis.
    roll_rate: Annotated[float, P("rad/s", "deg/s", above=0.0)]


NUMBERS = Touch
NEEDS, TAKES = ("port", "of"), ("roll",)
SUCCESS = Outcome.DOCKED
TOUCHED = "where they touched"
COLUMNS = {
    "touch_time": Column("s", "when the docking rings touched, from the epoch", TOUCHED),
    "closing_speed": Column("m/s", "speed along the port's axis as the rings touched", TOUCHED),
    "lateral_speed": Column("m/s", "speed across the port's axis as the rings touched", TOUCHED),
    "lateral_offset": Column("m", "distance of the rings' centres from the axis as they touched", TOUCHED),
    "tilt": Column("rad", "angle between the rings' axes as they touched", TOUCHED),
    "roll": Column("rad", "angle about the axis as the rings touched", TOUCHED),
    "tilt_rate": Column("rad/s", "angular rate across the axis as the rings touched", TOUCHED),
    "roll_rate": Column("rad/s", "angular rate about the axis as the rings touched", TOUCHED),
}
START: Progress = (
    math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan,
)  # fmt: skip


def says(touch: Touch, words: Any) -> tuple[str, ...]:
    """What it asks for."""
    speeds = f"at {words.closing_speed} along the axis and at most {words.lateral_speed} across it"
    angles = f"{words.tilt} of tilt and {words.roll_error} of roll, {words.tilt_rate} and {words.roll_rate}"
    return (
        f'docked: the chaser\'s port "{words.of}" touches the target\'s port "{words.port}", roll {words.roll}',
        f"{speeds}, within {words.lateral_offset}, {angles}",
    )


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
    g0, g1 = gap(begin, limits.ring_radius), gap(end, limits.ring_radius)
    if (g0 < 0.0) | (g1 > 0.0):  # it comes from outside; nothing touches that passes from behind
        return was, GOING_ON
    share = g0 / (g0 - g1) if g0 > g1 else 0.0
    place, velocity = between(share, begin.place, end.place), between(share, begin.velocity, end.velocity)
    if across(place) > limits.ring_radius + limits.port_radius:  # it passes beside the port
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
    least, most = limits.closing_speed
    closes = (seen[1] >= least) & (seen[1] <= most)
    centred = (seen[2] <= limits.lateral_speed) & (seen[3] <= limits.lateral_offset)
    turned = (seen[4] <= limits.tilt) & (seen[5] <= limits.roll_error)
    return closes & centred & turned & (seen[6] <= limits.tilt_rate) & (seen[7] <= limits.roll_rate)
