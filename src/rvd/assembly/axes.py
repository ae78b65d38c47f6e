"""Words to frames: the vectors and turns of a case file in hill, level and body axes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rvd.case.legs import HILL
from rvd.core.algebra import elementary, quat, vec
from rvd.core.guidance.frames import Frame
from rvd.core.kernel import Quat, Vec, plain
from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.vehicle.mount import Mount

if TYPE_CHECKING:
    from rvd.case.legs import LegCase
    from rvd.case.table import LegGain, LegPlace, Place
    from rvd.case.vehicles import Port
    from rvd.casefile.case import Case


T = TypeVar("T")


def hill_of(place: Place) -> Vec:
    """Hill components of a place given along V-bar (+y), R-bar (-x) and H-bar (-z)."""
    return (-place.rbar, place.vbar, -place.hbar)


def body_of(place: Place) -> Vec:
    """Components of a place along forward, starboard and down, the axes of a level station."""
    return (place.vbar, place.hbar, place.rbar)


def hill_of_level(body: Vec) -> Vec:
    """Hill components of a vector on the body axes of a level station: forward +y, starboard -z, down -x."""
    return (-body[2], body[0], -body[1])


def quaternion(yaw: float, pitch: float, roll: float) -> Quat:
    """q_hill_body of a body turned from level by yaw about down, then pitch about starboard, then roll about forward.

    Source: the aerospace sequence z-y-x, Stevens and Lewis 2003, eq. 1.3-18.
    """
    sincos, multiply = plain(elementary.sincos), plain(quat.multiply)
    (s_yaw, c_yaw), (s_pitch, c_pitch), (s_roll, c_roll) = (sincos(0.5 * x) for x in (yaw, pitch, roll))
    q = multiply(Q_HILL_LEVEL, (0.0, 0.0, s_yaw, c_yaw))
    q = multiply(q, (0.0, s_pitch, 0.0, c_pitch))
    return one_of_two(multiply(q, (s_roll, 0.0, 0.0, c_roll)))


def angles_quaternion(angles) -> Quat:
    """q_hill_body of the yaw, pitch and roll of a case."""
    return quaternion(angles.yaw, angles.pitch, angles.roll)


def leg_vector(value: LegPlace | LegGain, leg: LegCase) -> Vec:
    """A place or a gain of a leg on the axes of its frame: hill; out, right, down; or forward, starboard, down."""
    if leg.frame == HILL:
        return hill_of(value)
    return (value.out + value.forward, value.right + value.starboard, value.down)


def leg_attitude(case: Case, leg: LegCase) -> Quat:
    """The attitude of a leg against the axes of its frame."""
    if leg.mated is not None:
        port, of = case.target.ports[given(leg.port)], case.chaser.ports[given(leg.of)]
        against = plain(quat.conjugate)(port_axes(port))
        return one_of_two(plain(quat.multiply)(against, mated(port, of, leg.mated.roll)))
    q_hill_body = angles_quaternion(leg.attitude)
    return q_hill_body if leg.frame == HILL else station_attitude(q_hill_body)


def port_axes(port: Port) -> Quat:
    """q_body_port: the axes out, right and down of a port on those of its body."""
    right = plain(vec.cross)(port.down, port.out)
    return one_of_two(plain(quat.from_axes)(port.out, right, port.down))


def frame_of(case: Case, leg: LegCase) -> Frame | None:
    """The frame on the target that a leg is flown in; None for the hill frame."""
    if leg.frame == HILL:
        return None
    turns = 1.0 if leg.axes == "own" else 0.0
    if leg.port is None:
        return Frame(turns, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0))
    port = case.target.ports[leg.port]
    return Frame(turns, port.at, port_axes(port))


def level_vector(case: Case, leg: LegCase, value: LegPlace | LegGain) -> Vec:
    """A place or a gain of a leg on hill axes, from the origin of its frame, the target level."""
    frame, vector = frame_of(case, leg), leg_vector(value, leg)
    return vector if frame is None else hill_of_level(plain(quat.rotate)(frame.q_target_leg, vector))


def level_place(case: Case, leg: LegCase, place: LegPlace) -> Vec:
    """A place of a leg (hill) from the target's centre of mass, the target level."""
    frame = frame_of(case, leg)
    origin = berthing_of(case) if frame is None else frame.origin_target
    return plain(vec.add)(level_vector(case, leg, place), hill_of_level(origin))


def level_attitude(case: Case, leg: LegCase) -> Quat:
    """q_hill_body of the attitude of a leg, the target level."""
    frame = frame_of(case, leg)
    if frame is None:
        return leg_attitude(case, leg)
    multiply = plain(quat.multiply)
    return one_of_two(multiply(Q_HILL_LEVEL, multiply(frame.q_target_leg, leg_attitude(case, leg))))


def berthing_of(case: Case) -> Vec:
    """Where the places of the case are from, m, target axes: the port of the goal, else the berthing point."""
    port = case.goal.port
    return case.target.points.berthing if port is None else case.target.ports[port].at


def fixture_of(case: Case) -> Vec:
    """What the places of the case are of, m, body axes: the chaser's port of the goal, else the grapple fixture."""
    port = case.goal.of
    return case.chaser.grapple if port is None else case.chaser.ports[port].at


def mated(target: Port, chaser: Port, roll: float) -> Quat:
    """q_target_body of two mated ports: their axes against one another, their roll datums `roll` rad apart."""
    multiply, (sine, cosine) = plain(quat.multiply), plain(elementary.sincos)(0.5 * roll)
    facing = multiply((sine, 0.0, 0.0, cosine), (0.0, 0.0, 1.0, 0.0))  # half a turn about down, then the roll
    return one_of_two(multiply(multiply(port_axes(target), facing), plain(quat.conjugate)(port_axes(chaser))))


def point_of(case: Case, leg: LegCase) -> Vec:
    """The point of the chaser (m, body axes from the body's origin) that a leg leads to its places."""
    return fixture_of(case) if leg.of is None else case.chaser.ports[leg.of].at


def station_attitude(q_hill_body: Quat) -> Quat:
    """q_station_body of a chaser attitude against a level station."""
    return one_of_two(plain(quat.multiply)(plain(quat.conjugate)(Q_HILL_LEVEL), q_hill_body))


def one_of_two(q: Quat) -> Quat:
    """Of the two quaternions of an attitude the one whose last element is positive; if it is zero, the first not zero.

    Its length is one.
    """
    x, y, z, w = plain(quat.normalize)(q)
    first = next((part for part in (w, x, y, z) if part != 0.0), 1.0)
    return (x, y, z, w) if first > 0.0 else (-x, -y, -z, -w)


def mount_of(where: Vec, boresight: Vec, up: Vec) -> Mount:
    """A sensor at `where` whose z axis is the boresight and whose x axis lies as near as can be to `up`."""
    along = plain(vec.dot)(up, boresight)
    x = plain(vec.unit)(plain(vec.axpy)(-along, boresight, up))
    y = plain(vec.cross)(boresight, x)
    return Mount(where, plain(quat.from_axes)(x, y, boresight))


def flat(value) -> np.ndarray:
    """The numbers of a nested tuple in order."""
    return np.array(list(_numbers(value)), dtype=float)


def _numbers(value) -> Iterator[float]:
    for part in value:
        if isinstance(part, tuple):
            yield from _numbers(part)
        else:
            yield float(part)


def given(value: T | None) -> T:
    """A value that the schema has asked for."""
    if value is None:
        raise TypeError("the schema has let a case through that lacks a key")
    return value
