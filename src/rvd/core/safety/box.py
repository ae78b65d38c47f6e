"""The capture box: what the arm can take, judged at the grapple fixture against the station."""

from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec, unrotate
from rvd.core.algebra.vec import add, cross, norm, sub
from rvd.core.kernel import Quat, Vec, kernel


class Box(NamedTuple):
    """What the grapple fixture may be and do within the box."""

    #: Half widths about its centre, m, station axes.
    half_width: Vec
    #: Greatest speed at the start of free drift, m/s.
    release_speed: float
    #: Greatest speed from then on, m/s.
    speed: float
    #: Greatest angle from the attitude that the arm takes, rad.
    angle: float
    #: Greatest angular rate against the station, rad/s.
    rate: float
    #: That attitude: from body to station axes.
    q_station_body: Quat


class Fixture(NamedTuple):
    """Where the grapple fixture is against the box's centre and how it moves, as numbers to judge."""

    #: Place from the centre of the box, m, station axes.
    offset: Vec
    #: Speed against the station's own material point there, m/s.
    speed: float
    #: Angle from the attitude that the arm takes, rad.
    angle: float
    #: Angular rate against the station, rad/s.
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
