"""Fixes of the relative filter: GPS and laser, one number at a time, edited where it is beyond belief.

A fix is a loop whose body is compiled once, and is passed where none is fresh: most ticks bring none.
Joseph-free rank-1 downdate; Bierman 1977, section II.4.
"""

import math
from typing import NamedTuple, Protocol

from rvd.core.algebra.covariance import Covariance, downdate, measure
from rvd.core.algebra.elementary import atan2
from rvd.core.algebra.quat import multiply, rotate, unrotate
from rvd.core.algebra.vec import add, cross, dot, norm, scale, select, sub
from rvd.core.kernel import Block, Quat, Vec, kernel
from rvd.core.navigation.relative import Relative, RelativeFilter

Six = tuple[float, float, float, float, float, float]
GpsRow = tuple[float, float, float, float, float, float, float, float, float]
SightRow = tuple[
    float, float, float, float, float, float, float, float, float, float, float, float, float, float, float
]

BY_GPS = (0, 1, 2, 3, 4, 5, 6, 7, 8)
"""The states that a number of GPS sees."""
BY_SIGHT = (0, 1, 2, 9, 10, 11, 12, 13, 14, 15, 16, 17, 33, 34, 35)
"""The states that a number of the laser sees."""


class Tested(NamedTuple):
    """How well the numbers of a fix that were used agree with the filter."""

    #: Their normalised innovations squared, added up, a number.
    nis: float
    #: How many they were.
    numbers: float
    #: The innovations of all of them, the edited ones too, in their sigmas, the latest last; NaN where there was none.
    innovations: Six


NONE = (math.nan, math.nan, math.nan, math.nan, math.nan, math.nan)
UNTESTED = Tested(0.0, 0.0, NONE)
ZERO = (0.0, 0.0, 0.0)


class Seen(NamedTuple):
    """One number measured, of a row h of the measurement matrix; units are the number's (m, m/s or rad).

    Its covariance with the states, P h, is the column of the workspace.
    """

    #: How far it is from what was expected.
    miss: float
    #: h' P h plus its variance, in its own units squared.
    total: float


@kernel
def correct(
    track: Relative, covariance: Covariance, tested: Tested, seen: Seen, gate: float
) -> tuple[Relative, Tested]:
    """One number measured, edited out beyond the gate.

    `tested` gathers the squared normalised innovations (NIS) of a fix and how many numbers were used.
    """
    column = covariance.column
    nis = seen.miss * seen.miss / seen.total
    use = 1.0 if nis <= gate * gate else 0.0
    w = use / seen.total
    k = w * seen.miss
    e = track.thrust
    downdate(covariance, w)
    after = Relative(
        r_hill=moved(k, column, 0, track.r_hill),
        v_hill=moved(k, column, 3, track.v_hill),
        gps_bias=moved(k, column, 6, track.gps_bias),
        laser_bias=moved(k, column, 9, track.laser_bias),
        held=moved(k, column, 12, track.held),
        swing=moved(k, column, 15, track.swing),
        swing_speed=moved(k, column, 18, track.swing_speed),
        thrust=(moved(k, column, 21, e[0]), moved(k, column, 24, e[1]), moved(k, column, 27, e[2])),
        unexplained=moved(k, column, 30, track.unexplained),
        centre_of_mass=moved(k, column, 33, track.centre_of_mass),
        drag=track.drag + k * column[36],
        pushing=track.pushing,
    )
    last = tested.innovations
    return after, Tested(
        nis=tested.nis + (nis if use > 0.0 else 0.0),
        numbers=tested.numbers + use,
        innovations=(last[1], last[2], last[3], last[4], last[5], seen.miss / math.sqrt(seen.total)),
    )


@kernel
def moved(k: float, column: Block, i: int, a: Vec) -> Vec:
    """A vector with k times its part of a column, from element i on."""
    return (a[0] + k * column[i], a[1] + k * column[i + 1], a[2] + k * column[i + 2])


@kernel
def correct_gps(
    filt: RelativeFilter, track: Relative, covariance: Covariance, r_read: Vec, v_read: Vec, fresh: float
) -> tuple[Relative, Tested]:
    """The six numbers of a GPS fix: position sees its bias, velocity does not. Gives the track and its `Tested`."""
    read, tested = r_read + v_read, UNTESTED
    for i in range(6 if fresh > 0.0 else 0):
        row, expected, sigma = gps_number(filt, track, i)
        total = measure(covariance, BY_GPS, row) + sigma * sigma
        track, tested = correct(track, covariance, tested, Seen(read[i] - expected, total), filt.gate)
    return track, tested


@kernel
def gps_number(filt: RelativeFilter, track: Relative, i: int) -> tuple[GpsRow, float, float]:
    """Of number i of a GPS fix: its row (by r, v, bias), what is expected of it, and one sigma of its noise."""
    r, v, b, place = track.r_hill, track.v_hill, track.gps_bias, i < 3
    axis = (1.0 if i % 3 == 0 else 0.0, 1.0 if i % 3 == 1 else 0.0, 1.0 if i % 3 == 2 else 0.0)
    sees = select(place, axis, ZERO)
    expected = dot(axis, select(place, add(r, b), v))
    return (
        sees + select(place, ZERO, axis) + sees, expected, (filt.gps_position if place else filt.gps_velocity)
    )  # fmt: skip


class Mounted(Protocol):
    """Where a sensor sits and how, as the flight software was told: `rvd.core.vehicle.mount.Mount` is one."""

    @property
    def where_body(self) -> Vec:
        """Its place, m, body axes from the body's origin."""

    @property
    def q_body_sensor(self) -> Quat:
        """Its axes: z is the boresight."""


class Sight(NamedTuple):
    """The believed geometry of a sight of the laser."""

    #: Where the laser sits, m, hill axes from the chaser's centre of mass.
    eye_hill: Vec
    #: The body's attitude.
    q_hill_body: Quat
    #: The laser's attitude.
    q_hill_sensor: Quat
    #: The designed reflector, m, hill axes from the target's centre of mass.
    point_hill: Vec


@kernel
def sight_of(mount: Mounted, com_body: Vec, q_hill_body: Quat, point_hill: Vec) -> Sight:
    """The geometry of a sight from beliefs: mount, centre of mass, attitude, reflector from the target's centre."""
    eye = rotate(q_hill_body, sub(mount.where_body, com_body))
    return Sight(eye, q_hill_body, multiply(q_hill_body, mount.q_body_sensor), point_hill)


@kernel
def correct_laser(
    filt: RelativeFilter,
    track: Relative,
    covariance: Covariance,
    sight: Sight,
    read: Vec,
    sigma_attitude: float,
    fresh: float,
) -> tuple[Relative, Tested]:
    """The range and the two angles of a laser fix, each linearised where the one before left the filter."""
    tested = UNTESTED
    for i in range(3 if fresh > 0.0 else 0):
        row, expected, variance = sight_number(filt, track, sight, sigma_attitude, i)
        total = measure(covariance, BY_SIGHT, row) + variance
        track, tested = correct(track, covariance, tested, Seen(read[i] - expected, total), filt.gate)
    return track, tested


@kernel
def sight_number(
    filt: RelativeFilter, track: Relative, sight: Sight, sigma_attitude: float, i: int
) -> tuple[SightRow, float, float]:
    """Of number i of a laser fix (range, azimuth, elevation): its row, what is expected of it, and its variance.

    Of the line of sight in sensor axes; rows are gradients by r_hill, by what moves the reflector as the target turns,
    by the centre of mass, and 1 for the bias.
    """
    line, range_ = line_of_sight(sight, track)
    flat2 = line[0] * line[0] + line[2] * line[2]
    flat, bias = math.sqrt(flat2), track.laser_bias
    k = 1.0 / (flat * range_ * range_)
    along = scale(-1.0 / range_, line)
    azimuth = (-line[2] / flat2, 0.0, line[0] / flat2)
    elevation = (k * line[0] * line[1], -flat2 * k, k * line[2] * line[1])
    by_place = select(i == 0, along, select(i == 1, azimuth, elevation))
    angle = (atan2(line[0], line[2]) + bias[1]) if i == 1 else (atan2(line[1], flat) + bias[2])
    far = filt.laser_range + filt.laser_scale * range_
    variance = filt.laser_angle * filt.laser_angle + sigma_attitude * sigma_attitude
    row = gradient(sight, by_place, 1.0 if i == 0 else 0.0, 1.0 if i == 1 else 0.0, 1.0 if i == 2 else 0.0)
    return row, (range_ + bias[0] if i == 0 else angle), (far * far if i == 0 else variance)


@kernel
def line_of_sight(sight: Sight, track: Relative) -> tuple[Vec, float]:
    """The believed line to the reflector in sensor axes (m), and its length."""
    point = add(sight.point_hill, cross(add(track.held, track.swing), sight.point_hill))
    eye = sub(sight.eye_hill, rotate(sight.q_hill_body, track.centre_of_mass))
    line = unrotate(sight.q_hill_sensor, sub(point, add(track.r_hill, eye)))
    return line, norm(line)


@kernel
def gradient(sight: Sight, row_sensor: Vec, d_range: float, d_azimuth: float, d_elevation: float) -> SightRow:
    """A measurement row from its gradient by position in sensor axes and by the three laser biases."""
    g = rotate(sight.q_hill_sensor, row_sensor)
    s, c = cross(g, sight.point_hill), unrotate(sight.q_hill_body, g)
    return g + (d_range, d_azimuth, d_elevation) + s + s + (-c[0], -c[1], -c[2])
