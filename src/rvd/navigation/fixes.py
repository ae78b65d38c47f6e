"""Fixes of the relative filter: GPS and laser, one number at a time, edited where it is beyond belief.

Joseph-free rank-1 downdate; Bierman 1977, section II.4.
"""

import math
from typing import NamedTuple

from rvd.algebra import triangular37
from rvd.algebra.elementary import atan2
from rvd.algebra.quat import multiply, rotate, unrotate
from rvd.algebra.vec import add, cross, norm, sub
from rvd.kernel import Quat, Vec, kernel
from rvd.navigation.relative import Relative


class Tested(NamedTuple):
    """The squared normalised innovation of the numbers of a fix that were used, and how many they were."""

    nis: float
    numbers: float


UNTESTED = Tested(0.0, 0.0)


class Seen(NamedTuple):
    """One number measured: how far it is from what was expected, P h, h' P h plus its variance, and whether fresh."""

    miss: float
    column: triangular37.Column
    total: float
    fresh: float


@kernel
def correct(track, tested, seen, gate):
    """One number measured, edited out beyond the gate; weight zero where it is not fresh.

    `tested` gathers the squared normalised innovations (NIS) of a fix and how many numbers were used.
    """
    column = seen.column
    nis = seen.miss * seen.miss / seen.total
    use = 1.0 if (seen.fresh > 0.0) & (nis <= gate * gate) else 0.0
    w = use / seen.total
    k = w * seen.miss
    e = track.thrust
    after = Relative(
        moved(k, column, 0, track.r_hill), moved(k, column, 3, track.v_hill), moved(k, column, 6, track.gps_bias),
        moved(k, column, 9, track.laser_bias), moved(k, column, 12, track.held), moved(k, column, 15, track.swing),
        moved(k, column, 18, track.swing_speed),
        (moved(k, column, 21, e[0]), moved(k, column, 24, e[1]), moved(k, column, 27, e[2])),
        moved(k, column, 30, track.unexplained), moved(k, column, 33, track.centre_of_mass),
        track.drag + k * column[36], track.pushing, triangular37.downdate(track.covariance, column, w),
    )  # fmt: skip
    return after, Tested(tested.nis + (nis if use > 0.0 else 0.0), tested.numbers + use)


@kernel
def moved(k, column, i, a):
    """A vector with k times its part of a column, from element i on."""
    return (a[0] + k * column[i], a[1] + k * column[i + 1], a[2] + k * column[i + 2])


@kernel
def unit_row(i):
    """The row (three numbers) that picks axis i."""
    return (1.0 if i == 0 else 0.0, 1.0 if i == 1 else 0.0, 1.0 if i == 2 else 0.0)


@kernel
def correct_gps(filt, track, r_read, v_read, fresh):
    """The six numbers of a GPS fix: position sees its bias, velocity does not. Gives the track and its `Tested`."""
    r2, v2 = filt.gps_position * filt.gps_position, filt.gps_velocity * filt.gps_velocity
    track, tested = correct_place(filt, track, UNTESTED, r_read, 0, r2, fresh)
    track, tested = correct_place(filt, track, tested, r_read, 1, r2, fresh)
    track, tested = correct_place(filt, track, tested, r_read, 2, r2, fresh)
    track, tested = correct_speed(filt, track, tested, v_read, 0, v2, fresh)
    track, tested = correct_speed(filt, track, tested, v_read, 1, v2, fresh)
    return correct_speed(filt, track, tested, v_read, 2, v2, fresh)


@kernel
def correct_place(filt, track, tested, r_read, i, variance, fresh):
    """One component of a GPS position."""
    row = unit_row(i) + unit_row(i)
    column = triangular37.column_place(track.covariance, row)
    total = triangular37.quadratic_place(row, column) + variance
    return correct(
        track, tested, Seen(r_read[i] - track.r_hill[i] - track.gps_bias[i], column, total, fresh), filt.gate
    )


@kernel
def correct_speed(filt, track, tested, v_read, i, variance, fresh):
    """One component of a GPS velocity."""
    row = unit_row(i)
    column = triangular37.column_speed(track.covariance, row)
    total = triangular37.quadratic_speed(row, column) + variance
    return correct(track, tested, Seen(v_read[i] - track.v_hill[i], column, total, fresh), filt.gate)


class Sight(NamedTuple):
    """Where the laser sits (hill axes, from the centre of mass), both attitudes, and the designed reflector (hill)."""

    eye_hill: Vec
    q_hill_body: Quat
    q_hill_sensor: Quat
    point_hill: Vec


@kernel
def sight_of(mount, com_body, q_hill_body, point_hill):
    """The geometry of a sight from beliefs: mount, centre of mass, attitude, reflector from the target's centre."""
    eye = rotate(q_hill_body, sub(mount.where_body, com_body))
    return Sight(eye, q_hill_body, multiply(q_hill_body, mount.q_body_sensor), point_hill)


@kernel
def correct_laser(filt, track, sight, read, sigma_attitude, fresh):
    """The range and the two angles of a laser fix, each linearised where the one before left the filter.

    Range and angles of the line of sight in sensor axes; rows are their gradients by r_hill, by what moves the
    reflector as the target turns, by the centre of mass, and 1 for the bias.
    """
    line, range_ = line_of_sight(sight, track)
    sigma = filt.laser_range + filt.laser_scale * range_
    row = gradient(sight, (-line[0] / range_, -line[1] / range_, -line[2] / range_), 1.0, 0.0, 0.0)
    miss = read[0] - range_ - track.laser_bias[0]
    track, tested = correct_sight(filt, track, UNTESTED, row, miss, sigma * sigma, fresh)

    line, range_ = line_of_sight(sight, track)
    angle = filt.laser_angle * filt.laser_angle + sigma_attitude * sigma_attitude
    flat2 = line[0] * line[0] + line[2] * line[2]
    row = gradient(sight, (-line[2] / flat2, 0.0, line[0] / flat2), 0.0, 1.0, 0.0)
    miss = read[1] - atan2(line[0], line[2]) - track.laser_bias[1]
    track, tested = correct_sight(filt, track, tested, row, miss, angle, fresh)

    line, range_ = line_of_sight(sight, track)
    flat = math.sqrt(line[0] * line[0] + line[2] * line[2])
    k = 1.0 / (flat * range_ * range_)
    row = (k * line[0] * line[1], -flat / (range_ * range_), k * line[2] * line[1])
    row = gradient(sight, row, 0.0, 0.0, 1.0)
    miss = read[2] - atan2(line[1], flat) - track.laser_bias[2]
    return correct_sight(filt, track, tested, row, miss, angle, fresh)


@kernel
def line_of_sight(sight, track):
    """The believed line to the reflector in sensor axes (m), and its length."""
    point = add(sight.point_hill, cross(add(track.held, track.swing), sight.point_hill))
    eye = sub(sight.eye_hill, rotate(sight.q_hill_body, track.centre_of_mass))
    line = unrotate(sight.q_hill_sensor, sub(point, add(track.r_hill, eye)))
    return line, norm(line)


@kernel
def correct_sight(filt, track, tested, row, miss, variance, fresh):
    """One number of a laser fix."""
    column = triangular37.column_sight(track.covariance, row)
    total = triangular37.quadratic_sight(row, column) + variance
    return correct(track, tested, Seen(miss, column, total, fresh), filt.gate)


@kernel
def gradient(sight, row_sensor, d_range, d_azimuth, d_elevation):
    """A measurement row from its gradient by position in sensor axes and by the three laser biases."""
    g = rotate(sight.q_hill_sensor, row_sensor)
    s, c = cross(g, sight.point_hill), unrotate(sight.q_hill_body, g)
    return g + (d_range, d_azimuth, d_elevation) + s + s + (-c[0], -c[1], -c[2])
