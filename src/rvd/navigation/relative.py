"""The relative filter: position, velocity and sensor biases in the hill frame, an extended Kalman filter.

States: r_hill 0-2, v_hill 3-5, GPS position bias 6-8, laser biases 9-11 (range, azimuth, elevation).
Measurements enter one number at a time (Joseph-free rank-1 downdate; Bierman 1977, section II.4).
"""

import math
from typing import NamedTuple

from rvd.algebra import triangular12
from rvd.algebra.elementary import atan2, exp
from rvd.algebra.quat import multiply, rotate, unrotate
from rvd.algebra.vec import add, dot, norm, scale, sub
from rvd.kernel import Quat, Vec, kernel
from rvd.motion.cw import coast, transition

ZERO3 = (0.0, 0.0, 0.0)

MODEL_MEMORY = 600.0
"""Time (s) over which what CW leaves out keeps its direction: a tenth of an orbit (assumed)."""


class RelativeFilter(NamedTuple):
    """What the relative filter is told (one sigma, SI): noise, biases, their memory (s), and process noise.

    `acceleration` is the density of the unmodelled acceleration (m/s per s^0.5); `burn` the share of a burn in doubt.
    `model` is the share of n2 r that CW leaves out (J2: 3 J2 = 0.003; an eccentricity about itself), constant over
    some `MODEL_MEMORY` s. `gate` is the innovation (in sigmas) beyond which a measurement is edited out.
    """

    gps_position: float
    gps_velocity: float
    gps_bias: float
    gps_memory: float
    laser_range: float
    laser_scale: float
    laser_angle: float
    laser_range_bias: float
    laser_angle_bias: float
    laser_memory: float
    station_angle: float
    acceleration: float
    model: float
    burn: float
    gate: float


class Relative(NamedTuple):
    """The relative filter's state and covariance."""

    r_hill: Vec
    v_hill: Vec
    gps_bias: Vec
    laser_bias: Vec
    covariance: triangular12.Triangle


@kernel
def start_relative(filt, r_hill, v_hill, sigma_r, sigma_v):
    """The filter before its first measurement, from the start knowledge and its sigmas."""
    r2, v2, g2 = sigma_r * sigma_r, sigma_v * sigma_v, filt.gps_bias * filt.gps_bias
    d2, a2 = filt.laser_range_bias * filt.laser_range_bias, filt.laser_angle_bias * filt.laser_angle_bias
    values = (r2, r2, r2, v2, v2, v2, g2, g2, g2, d2, a2, a2)
    return Relative(r_hill, v_hill, ZERO3, ZERO3, triangular12.diagonal(values))


@kernel
def predict_relative(filt, n, w_radial, track, dv_hill, reach_hill, h):
    """The filter h seconds later: CW coast, thrust gain dv and the distance it made, biases forgotten slowly.

    `w_radial` (rad/s): the hill frame's own turn about its x axis as the orbit plane moves; at 5 km it is 6 mm/s.
    """
    r, v = coast(n, h, track.r_hill, track.v_hill)
    r, v = turned(w_radial * h, add(r, reach_hill)), turned(w_radial * h, add(v, dv_hill))
    g, m = exp(-h / filt.gps_memory), exp(-h / filt.laser_memory)
    doubt = filt.burn * filt.burn * dot(dv_hill, dv_hill)
    left_out = filt.model * n * n * norm(track.r_hill)
    qv = (filt.acceleration * filt.acceleration + 2.0 * MODEL_MEMORY * left_out * left_out) * h + doubt
    qr = qv * h * h / 3.0
    qg = (1.0 - g * g) * filt.gps_bias * filt.gps_bias
    qd = (1.0 - m * m) * filt.laser_range_bias * filt.laser_range_bias
    qa = (1.0 - m * m) * filt.laser_angle_bias * filt.laser_angle_bias
    noise = (qr, qr, qr, qv, qv, qv, qg, qg, qg, qd, qa, qa)
    covariance = triangular12.predict(track.covariance, sparse_transition(n, h, g, m), noise)
    return Relative(r, v, scale(g, track.gps_bias), scale(m, track.laser_bias), covariance)


@kernel
def turned(angle, a):
    """Components of a fixed vector in a frame that has turned by a small angle (rad) about its x axis."""
    return (a[0], a[1] + angle * a[2], a[2] - angle * a[1])


@kernel
def sparse_transition(n, h, g, m):
    """The non-zero elements of the transition matrix, row by row: CW for r and v, g and m for the biases."""
    a, b, c, d, e, f = transition(n, h)
    return (
        (a[0], a[3], a[4]), (b[0], b[1], b[3], b[4]), (c[2], c[5]),
        (d[0], d[3], d[4]), (e[0], e[3], e[4]), (f[2], f[5]),
        (g,), (g,), (g,), (m,), (m,), (m,),
    )  # fmt: skip


@kernel
def correct(track, h, innovation, variance, gate, fresh):
    """One scalar measurement with row h, edited out beyond the gate; weight zero where it is not fresh."""
    column = triangular12.column(track.covariance, h)
    total = triangular12.quadratic(h, column) + variance
    nis = innovation * innovation / total
    use = 1.0 if (fresh > 0.0) & (nis <= gate * gate) else 0.0
    w = use / total
    k = w * innovation
    r, v, g, d = track.r_hill, track.v_hill, track.gps_bias, track.laser_bias
    return Relative(
        (r[0] + k * column[0], r[1] + k * column[1], r[2] + k * column[2]),
        (v[0] + k * column[3], v[1] + k * column[4], v[2] + k * column[5]),
        (g[0] + k * column[6], g[1] + k * column[7], g[2] + k * column[8]),
        (d[0] + k * column[9], d[1] + k * column[10], d[2] + k * column[11]),
        triangular12.downdate(track.covariance, column, w),
    )  # fmt: skip


@kernel
def axis(i, a, b):
    """A measurement row with 1 at states a + i and b + i, i the axis 0, 1 or 2; a or b below 0 is absent."""
    return (
        1.0 if a + i == 0 else 0.0, 1.0 if a + i == 1 else 0.0, 1.0 if a + i == 2 else 0.0,
        1.0 if a + i == 3 else 0.0, 1.0 if a + i == 4 else 0.0, 1.0 if a + i == 5 else 0.0,
        1.0 if b + i == 6 else 0.0, 1.0 if b + i == 7 else 0.0, 1.0 if b + i == 8 else 0.0,
        0.0, 0.0, 0.0,
    )  # fmt: skip


@kernel
def correct_gps(filt, track, r_read, v_read, fresh):
    """The six numbers of a GPS fix: position sees its bias, velocity does not."""
    r2, v2 = filt.gps_position * filt.gps_position, filt.gps_velocity * filt.gps_velocity
    track = correct(
        track, axis(0, 0, 6), r_read[0] - track.r_hill[0] - track.gps_bias[0], r2, filt.gate, fresh
    )
    track = correct(
        track, axis(1, 0, 6), r_read[1] - track.r_hill[1] - track.gps_bias[1], r2, filt.gate, fresh
    )
    track = correct(
        track, axis(2, 0, 6), r_read[2] - track.r_hill[2] - track.gps_bias[2], r2, filt.gate, fresh
    )
    track = correct(track, axis(0, 3, -9), v_read[0] - track.v_hill[0], v2, filt.gate, fresh)
    track = correct(track, axis(1, 3, -9), v_read[1] - track.v_hill[1], v2, filt.gate, fresh)
    return correct(track, axis(2, 3, -9), v_read[2] - track.v_hill[2], v2, filt.gate, fresh)


class Sight(NamedTuple):
    """Where the laser sits (hill axes, from the centre of mass), its attitude, and the believed reflector (hill)."""

    eye_hill: Vec
    q_hill_sensor: Quat
    point_hill: Vec
    lever: float


@kernel
def sight_of(mount, com_body, q_hill_body, point_hill):
    """The geometry of a sight from beliefs: mount, centre of mass, attitude, reflector from the target's centre."""
    eye = rotate(q_hill_body, sub(mount.where_body, com_body))
    return Sight(eye, multiply(q_hill_body, mount.q_body_sensor), point_hill, norm(point_hill))


@kernel
def correct_laser(filt, track, sight, read, sigma_attitude, fresh):
    """The range and the two angles of a laser fix, each linearised where the one before left the filter.

    Range and angles of the line of sight in sensor axes; rows are their gradients by r_hill (and 1 for the bias).
    """
    line, range_ = line_of_sight(sight, track)
    sigma = filt.laser_range + filt.laser_scale * range_
    tilt = filt.station_angle * sight.lever
    row = (-line[0] / range_, -line[1] / range_, -line[2] / range_)
    miss = read[0] - range_ - track.laser_bias[0]
    track = correct(
        track, gradient(sight, row, 1.0, 0.0, 0.0), miss, sigma * sigma + tilt * tilt, filt.gate, fresh
    )

    line, range_ = line_of_sight(sight, track)
    angle = (
        filt.laser_angle * filt.laser_angle
        + sigma_attitude * sigma_attitude
        + tilt * tilt / (range_ * range_)
    )
    flat2 = line[0] * line[0] + line[2] * line[2]
    row = (-line[2] / flat2, 0.0, line[0] / flat2)
    miss = read[1] - atan2(line[0], line[2]) - track.laser_bias[1]
    track = correct(track, gradient(sight, row, 0.0, 1.0, 0.0), miss, angle, filt.gate, fresh)

    line, range_ = line_of_sight(sight, track)
    flat = math.sqrt(line[0] * line[0] + line[2] * line[2])
    k = 1.0 / (flat * range_ * range_)
    row = (k * line[0] * line[1], -flat / (range_ * range_), k * line[2] * line[1])
    miss = read[2] - atan2(line[1], flat) - track.laser_bias[2]
    return correct(track, gradient(sight, row, 0.0, 0.0, 1.0), miss, angle, filt.gate, fresh)


@kernel
def line_of_sight(sight, track):
    """The believed line to the reflector in sensor axes (m), and its length."""
    line = unrotate(sight.q_hill_sensor, sub(sight.point_hill, add(track.r_hill, sight.eye_hill)))
    return line, norm(line)


@kernel
def gradient(sight, row_sensor, d_range, d_azimuth, d_elevation):
    """A measurement row from its gradient by position in sensor axes and by the three laser biases."""
    g = rotate(sight.q_hill_sensor, row_sensor)
    return (g[0], g[1], g[2], 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, d_range, d_azimuth, d_elevation)
