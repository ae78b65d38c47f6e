"""Readings that arrive late: what was fired and turned since each sensor looked, and what that makes of its reading.

A sensor marks the moment it looks, and its reading tells its age. Firings and gyro are summed from mark to mark, so a
late reading is compared with where the chaser was when it was taken. Source: Larsen, Andersen, Ravn, Poulsen,
"Incorporation of time delayed measurements in a discrete-time Kalman filter", CDC 1998 (section 3: extrapolation).
"""

from typing import NamedTuple

from rvd.core.algebra.quat import from_small_rotvec, multiply, unrotate
from rvd.core.algebra.vec import add, axpy, scale, select, sub
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.navigation.relative import Relative
from rvd.core.orbit.frames import hill_rate
from rvd.core.signals import Reading

ZERO = (0.0, 0.0, 0.0)


class Push(NamedTuple):
    """What was fired since a sensor looked."""

    #: Velocity gained, m/s, hill axes.
    gain_hill: Vec
    #: The distance that this made, m, hill axes.
    reach_hill: Vec


class Since(NamedTuple):
    """What happened since each sensor looked."""

    #: What was fired since GPS looked.
    gps: Push
    #: What was fired since the laser looked.
    laser: Push
    #: Inertial turn since the laser looked, rad, body axes.
    laser_turn: Vec
    #: Inertial turn since the star tracker looked, rad, body axes.
    tracker_turn: Vec


@kernel
def nothing_since() -> Since:
    """At the start nothing has happened yet."""
    return Since(Push(ZERO, ZERO), Push(ZERO, ZERO), ZERO, ZERO)


@kernel
def pushed(push: Push, dv_hill: Vec, reach_hill: Vec, h: float) -> Push:
    """A push with what the firing of one more tick of h s added."""
    return Push(add(push.gain_hill, dv_hill), axpy(h, push.gain_hill, add(push.reach_hill, reach_hill)))


@kernel
def lengthened(since: Since, dv_hill: Vec, reach_hill: Vec, turn_body: Vec, h: float) -> Since:
    """All of it one tick of h s later."""
    return Since(
        pushed(since.gps, dv_hill, reach_hill, h), pushed(since.laser, dv_hill, reach_hill, h),
        add(since.laser_turn, turn_body), add(since.tracker_turn, turn_body),
    )  # fmt: skip


@kernel
def restarted(since: Since, looked: Vec) -> Since:
    """All of it for the sensors (GPS, laser, star tracker) that have not looked just now; nothing for the others."""
    gps, laser, tracker = looked[0] > 0.0, looked[1] > 0.0, looked[2] > 0.0
    return Since(
        Push(select(gps, ZERO, since.gps.gain_hill), select(gps, ZERO, since.gps.reach_hill)),
        Push(select(laser, ZERO, since.laser.gain_hill), select(laser, ZERO, since.laser.reach_hill)),
        select(laser, ZERO, since.laser_turn),
        select(tracker, ZERO, since.tracker_turn),
    )


@kernel
def moved_since(
    n: float, w_radial: float, relative: Relative, push: Push, age: float, late: bool
) -> tuple[Vec, Vec]:
    """How far r (m) and v (m/s) have moved in `age` s, hill axes: by coasting, and by the push where it is `late`.

    Backward from the present, CW to the second power of age, and none on the push: 2e-5 m at 1 s and 5 km in a burn.
    `late`: taken at an earlier tick. `w_radial` is the turn of the frame with the orbit plane.
    """
    gain, reach = select(late, push.gain_hill, ZERO), select(late, push.reach_hill, ZERO)
    r, v = sub(relative.r_hill, reach), sub(relative.v_hill, gain)
    pull = (3.0 * n * n * r[0] + 2.0 * n * v[1], -2.0 * n * v[0], -n * n * r[2])
    dr = add(reach, axpy(age, v, scale(-0.5 * age * age, pull)))
    dv = axpy(age, pull, gain)
    turn = w_radial * age
    return (
        (dr[0], dr[1] + turn * r[2], dr[2] - turn * r[1]),
        (dv[0], dv[1] + turn * v[2], dv[2] - turn * v[1]),
    )


@kernel
def attitude_then(q_hill_body: Quat, turn_body: Vec, frame_rate: float, age: float, late: bool) -> Quat:
    """q_hill_body as it was `age` s ago, from the inertial turn since (body axes) and the hill frame's rate."""
    frame = scale(age, unrotate(q_hill_body, (0.0, 0.0, frame_rate)))
    return multiply(q_hill_body, from_small_rotvec(select(late, sub(frame, turn_body), ZERO)))


class Taken(NamedTuple):
    """How far the chaser has moved since the GPS and the laser reading at hand were taken."""

    #: Its way since the GPS reading, m, hill axes.
    gps_r_hill: Vec
    #: The change of its velocity since the GPS reading, m/s, hill axes.
    gps_v_hill: Vec
    #: Its way since the laser reading, m, hill axes.
    laser_r_hill: Vec
    #: The believed attitude when the laser reading was taken.
    laser_q_hill_body: Quat


@kernel
def as_taken(
    n: float,
    w_radial: float,
    q_hill_body: Quat,
    relative: Relative,
    since: Since,
    reading: Reading,
    h: float,
) -> Taken:
    """What has happened since the readings that arrive at this tick (of h s) were taken."""
    late_gps, late_laser = reading.gps_age > 0.5 * h, reading.laser_age > 0.5 * h
    gps_r, gps_v = moved_since(n, w_radial, relative, since.gps, age=reading.gps_age, late=late_gps)
    laser_r, _ = moved_since(n, w_radial, relative, since.laser, age=reading.laser_age, late=late_laser)
    rate = hill_rate(reading.rt_eci, reading.vt_eci)
    q = attitude_then(q_hill_body, since.laser_turn, rate, reading.laser_age, late_laser)
    return Taken(gps_r, gps_v, laser_r, q)


@kernel
def attitude_now(q_eci_body: Quat, turn_body: Vec, late: bool) -> Quat:
    """An inertial attitude read a while ago, brought to the present by the turn since."""
    return multiply(q_eci_body, from_small_rotvec(select(late, turn_body, ZERO)))
