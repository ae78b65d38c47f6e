"""The capture box: what the arm can take, judged at the grapple fixture against the station."""

from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec, unrotate
from rvd.core.algebra.vec import add, cross, norm, sub
from rvd.core.kernel import Quat, Vec, kernel


class Box(NamedTuple):
    """The box about its centre: half widths (m, station axes), speeds (m/s), angle (rad), rate (rad/s).

    `release_speed` is allowed at the start of free drift, `speed` from then on.
    """

    half_width: Vec
    release_speed: float
    speed: float
    angle: float
    rate: float
    q_station_body: Quat


class Fixture(NamedTuple):
    """Where the grapple fixture is against the box's centre and how it moves, station axes; all as numbers to judge."""

    offset: Vec
    speed: float
    angle: float
    rate: float


@kernel
def fixture_at(points, box, com_body, r_hill, v_hill, q_hill_body, q_hill_station, w_rel_body, w_rel_station):
    """The grapple fixture against the box's centre, seen from the (turning) station.

    Velocity: of the fixture in the hill frame, less that of the station's own material point there.
    """
    arm = rotate(q_hill_body, sub(points.grapple, com_body))
    place = add(r_hill, arm)
    moves = add(v_hill, rotate(q_hill_body, cross(w_rel_body, sub(points.grapple, com_body))))
    here = unrotate(q_hill_station, place)
    carried = rotate(q_hill_station, cross(w_rel_station, here))
    q_station_body = multiply(conjugate(q_hill_station), q_hill_body)
    angle = norm(to_rotvec(multiply(conjugate(box.q_station_body), q_station_body)))
    rate = norm(sub(w_rel_body, unrotate(q_station_body, w_rel_station)))
    return Fixture(sub(here, add(points.berthing, points.box)), norm(sub(moves, carried)), angle, rate)


@kernel
def box_overrun(box, offset):
    """The largest of |offset| / half width over the three axes: at most 1 inside the box."""
    a, b, c = (
        abs(offset[0]) / box.half_width[0],
        abs(offset[1]) / box.half_width[1],
        abs(offset[2]) / box.half_width[2],
    )
    return max(a, max(b, c))
