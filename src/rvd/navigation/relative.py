"""The relative filter: position, velocity and sensor biases in the hill frame, an extended Kalman filter.

States: r_hill 0-2, v_hill 3-5, GPS position bias 6-8, laser biases 9-11 (range, azimuth, elevation), how far the
reflectors are from where they are believed 12-14 (hill axes: the station turns, and neither centre of mass is certain),
by what share of itself the thrust is off 15-17, and the acceleration that nothing of this explains 18-20 (hill axes).
Measurements enter one number at a time (Joseph-free rank-1 downdate; Bierman 1977, section II.4).
"""

import math
from typing import NamedTuple

from rvd.algebra import triangular21
from rvd.algebra.elementary import atan2, exp
from rvd.algebra.quat import multiply, rotate, unrotate
from rvd.algebra.vec import add, axpy, dot, norm, scale, sub
from rvd.kernel import Quat, Vec, kernel
from rvd.motion.cw import coast, transition

ZERO3 = (0.0, 0.0, 0.0)

MEMORY = 600.0
"""Time (s) over which an unexplained acceleration keeps its direction: a tenth of an orbit (assumed)."""


class RelativeFilter(NamedTuple):
    """What the relative filter is told (one sigma, SI): noise, biases, their memory (s), and process noise.

    `acceleration` is the density of the white acceleration (m/s per s^0.5). `thrust` is the doubt in the thrust along
    each axis, as a share of it, and lasts `thrust_memory`; `burn` the doubt in each pulse and in the mean thrust,
    `walk` the accelerometer's (m/s per s^0.5) where it measures the thrust. `model` is the share of n2 r that CW leaves
    out (J2: 3 J2 = 0.003; an eccentricity about itself): this and `burn` drive the unexplained acceleration, which
    lasts `MEMORY`. `point` (m, hill axes) and `point_memory` are of the reflectors' places. `gate` is the innovation
    (in sigmas) beyond which a measurement is edited out.
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
    point: Vec
    point_memory: float
    acceleration: float
    model: float
    thrust: float
    thrust_memory: float
    burn: float
    walk: float
    gate: float


class Tested(NamedTuple):
    """The squared normalised innovation of the numbers of a fix that were used, and how many they were."""

    nis: float
    numbers: float


UNTESTED = Tested(0.0, 0.0)


class Relative(NamedTuple):
    """The relative filter's state and covariance; `push_hill` (m/s2) is the thrust, averaged over `MEMORY`."""

    r_hill: Vec
    v_hill: Vec
    gps_bias: Vec
    laser_bias: Vec
    point: Vec
    thrust: Vec
    acceleration: Vec
    push_hill: Vec
    covariance: triangular21.Triangle


@kernel
def start_relative(filt, r_hill, v_hill, sigma_r, sigma_v):
    """The filter before its first measurement, from the start knowledge and its sigmas."""
    r2, v2, g2 = sigma_r * sigma_r, sigma_v * sigma_v, filt.gps_bias * filt.gps_bias
    d2, a2 = filt.laser_range_bias * filt.laser_range_bias, filt.laser_angle_bias * filt.laser_angle_bias
    p2, b2 = squared(filt.point), filt.thrust * filt.thrust
    values = (r2, r2, r2, v2, v2, v2, g2, g2, g2, d2, a2, a2, p2[0], p2[1], p2[2], b2, b2, b2, 0.0, 0.0, 0.0)
    return Relative(r_hill, v_hill, ZERO3, ZERO3, ZERO3, ZERO3, ZERO3, ZERO3, triangular21.diagonal(values))


@kernel
def predict_relative(filt, n, w_radial, track, thrust, h):
    """The filter h seconds later: CW coast, the thrust's gain and the distance it made, biases forgotten slowly.

    `w_radial` (rad/s): the hill frame's own turn about its x axis as the orbit plane moves; at 5 km it is 6 mm/s.
    """
    r, v = coast(n, h, track.r_hill, track.v_hill)
    k, s = track.thrust, exp(-h / filt.thrust_memory)
    dv = axpy(thrust.speed, k, thrust.dv_hill)
    a, c = track.acceleration, exp(-h / MEMORY)
    r = axpy(0.5 * h * h, a, add(r, axpy(thrust.distance, k, thrust.reach_hill)))
    v = axpy(h, a, add(v, dv))
    push = axpy(c, track.push_hill, scale((1.0 - c) / h, dv))
    r, v = turned(w_radial * h, r), turned(w_radial * h, v)
    g, m, p = exp(-h / filt.gps_memory), exp(-h / filt.laser_memory), exp(-h / filt.point_memory)
    doubt = filt.burn * filt.burn * dot(dv, dv)
    left_out = filt.model * n * n * norm(track.r_hill)
    white = filt.acceleration * filt.acceleration + thrust.measured * filt.walk * filt.walk
    qv = white * h + doubt
    qc = (1.0 - c * c) * (left_out * left_out + filt.burn * filt.burn * dot(push, push))
    qk = (1.0 - s * s) * filt.thrust * filt.thrust
    qr = qv * h * h / 3.0
    qg = (1.0 - g * g) * filt.gps_bias * filt.gps_bias
    qd = (1.0 - m * m) * filt.laser_range_bias * filt.laser_range_bias
    qa = (1.0 - m * m) * filt.laser_angle_bias * filt.laser_angle_bias
    qp = scale(1.0 - p * p, squared(filt.point))
    noise = (qr, qr, qr, qv, qv, qv, qg, qg, qg, qd, qa, qa, qp[0], qp[1], qp[2], qk, qk, qk, qc, qc, qc)
    covariance = triangular21.predict(
        track.covariance, sparse_transition(n, h, (g, m, p, s, c), thrust), noise
    )
    return Relative(
        r, v, scale(g, track.gps_bias), scale(m, track.laser_bias), scale(p, track.point), scale(s, k), scale(c, a),
        push, covariance,
    )  # fmt: skip


@kernel
def squared(a):
    """Each component squared."""
    return (a[0] * a[0], a[1] * a[1], a[2] * a[2])


class Thrust(NamedTuple):
    """What thrust did over a tick (hill axes): the velocity gained and the distance made.

    `speed` and `distance` are the parts of their lengths that were only commanded: none where it was `measured` (1.0).
    """

    dv_hill: Vec
    reach_hill: Vec
    speed: float
    distance: float
    measured: float


@kernel
def turned(angle, a):
    """Components of a fixed vector in a frame that has turned by a small angle (rad) about its x axis."""
    return (a[0], a[1] + angle * a[2], a[2] - angle * a[1])


@kernel
def sparse_transition(n, h, fading, thrust):
    """The non-zero elements of the transition matrix, row by row: CW, thrust and push on r and v, then what fades.

    Of the push only the powers of h: what CW adds to them within one tick is n h of it, a thousandth.
    """
    g, m, p, s, q = fading
    k = 0.5 * h * h
    a, b, c, d, e, f = transition(n, h)
    x, y = thrust.distance, thrust.speed
    return (
        (a[0], a[3], a[4], x, k), (b[0], b[1], b[3], b[4], x, k), (c[2], c[5], x, k),
        (d[0], d[3], d[4], y, h), (e[0], e[3], e[4], y, h), (f[2], f[5], y, h),
        (g,), (g,), (g,), (m,), (m,), (m,), (p,), (p,), (p,), (s,), (s,), (s,), (q,), (q,), (q,),
    )  # fmt: skip


@kernel
def correct(track, tested, h, innovation, variance, gate, fresh):
    """One scalar measurement with row h, edited out beyond the gate; weight zero where it is not fresh.

    `tested` gathers the squared normalised innovations (NIS) of a fix and how many numbers were used.
    """
    column = triangular21.column(track.covariance, h)
    total = triangular21.quadratic(h, column) + variance
    nis = innovation * innovation / total
    use = 1.0 if (fresh > 0.0) & (nis <= gate * gate) else 0.0
    w = use / total
    k = w * innovation
    r, v, g, d = track.r_hill, track.v_hill, track.gps_bias, track.laser_bias
    p, f, a = track.point, track.thrust, track.acceleration
    after = Relative(
        (r[0] + k * column[0], r[1] + k * column[1], r[2] + k * column[2]),
        (v[0] + k * column[3], v[1] + k * column[4], v[2] + k * column[5]),
        (g[0] + k * column[6], g[1] + k * column[7], g[2] + k * column[8]),
        (d[0] + k * column[9], d[1] + k * column[10], d[2] + k * column[11]),
        (p[0] + k * column[12], p[1] + k * column[13], p[2] + k * column[14]),
        (f[0] + k * column[15], f[1] + k * column[16], f[2] + k * column[17]),
        (a[0] + k * column[18], a[1] + k * column[19], a[2] + k * column[20]),
        track.push_hill,
        triangular21.downdate(track.covariance, column, w),
    )
    return after, Tested(tested.nis + (nis if use > 0.0 else 0.0), tested.numbers + use)


@kernel
def axis(i, a, b):
    """A measurement row with 1 at states a + i and b + i, i the axis 0, 1 or 2; a or b below 0 is absent."""
    return (
        1.0 if a + i == 0 else 0.0, 1.0 if a + i == 1 else 0.0, 1.0 if a + i == 2 else 0.0,
        1.0 if a + i == 3 else 0.0, 1.0 if a + i == 4 else 0.0, 1.0 if a + i == 5 else 0.0,
        1.0 if b + i == 6 else 0.0, 1.0 if b + i == 7 else 0.0, 1.0 if b + i == 8 else 0.0,
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    )  # fmt: skip


@kernel
def correct_gps(filt, track, r_read, v_read, fresh):
    """The six numbers of a GPS fix: position sees its bias, velocity does not. Gives the track and its `Tested`."""
    r2, v2 = filt.gps_position * filt.gps_position, filt.gps_velocity * filt.gps_velocity
    tested = UNTESTED
    miss = r_read[0] - track.r_hill[0] - track.gps_bias[0]
    track, tested = correct(track, tested, axis(0, 0, 6), miss, r2, filt.gate, fresh)
    miss = r_read[1] - track.r_hill[1] - track.gps_bias[1]
    track, tested = correct(track, tested, axis(1, 0, 6), miss, r2, filt.gate, fresh)
    miss = r_read[2] - track.r_hill[2] - track.gps_bias[2]
    track, tested = correct(track, tested, axis(2, 0, 6), miss, r2, filt.gate, fresh)
    miss = v_read[0] - track.v_hill[0]
    track, tested = correct(track, tested, axis(0, 3, -9), miss, v2, filt.gate, fresh)
    miss = v_read[1] - track.v_hill[1]
    track, tested = correct(track, tested, axis(1, 3, -9), miss, v2, filt.gate, fresh)
    miss = v_read[2] - track.v_hill[2]
    return correct(track, tested, axis(2, 3, -9), miss, v2, filt.gate, fresh)


class Sight(NamedTuple):
    """Where the laser sits (hill axes, from the centre of mass), its attitude, and the designed reflector (hill)."""

    eye_hill: Vec
    q_hill_sensor: Quat
    point_hill: Vec


@kernel
def sight_of(mount, com_body, q_hill_body, point_hill):
    """The geometry of a sight from beliefs: mount, centre of mass, attitude, reflector from the target's centre."""
    eye = rotate(q_hill_body, sub(mount.where_body, com_body))
    return Sight(eye, multiply(q_hill_body, mount.q_body_sensor), point_hill)


@kernel
def correct_laser(filt, track, sight, read, sigma_attitude, fresh):
    """The range and the two angles of a laser fix, each linearised where the one before left the filter.

    Range and angles of the line of sight in sensor axes; rows are their gradients by r_hill, the reflector's place
    with the opposite sign, and 1 for the bias.
    """
    tested = UNTESTED
    line, range_ = line_of_sight(sight, track)
    sigma = filt.laser_range + filt.laser_scale * range_
    row = gradient(sight, (-line[0] / range_, -line[1] / range_, -line[2] / range_), 1.0, 0.0, 0.0)
    miss = read[0] - range_ - track.laser_bias[0]
    track, tested = correct(track, tested, row, miss, sigma * sigma, filt.gate, fresh)

    line, range_ = line_of_sight(sight, track)
    angle = filt.laser_angle * filt.laser_angle + sigma_attitude * sigma_attitude
    flat2 = line[0] * line[0] + line[2] * line[2]
    row = gradient(sight, (-line[2] / flat2, 0.0, line[0] / flat2), 0.0, 1.0, 0.0)
    miss = read[1] - atan2(line[0], line[2]) - track.laser_bias[1]
    track, tested = correct(track, tested, row, miss, angle, filt.gate, fresh)

    line, range_ = line_of_sight(sight, track)
    flat = math.sqrt(line[0] * line[0] + line[2] * line[2])
    k = 1.0 / (flat * range_ * range_)
    row = (k * line[0] * line[1], -flat / (range_ * range_), k * line[2] * line[1])
    row = gradient(sight, row, 0.0, 0.0, 1.0)
    miss = read[2] - atan2(line[1], flat) - track.laser_bias[2]
    return correct(track, tested, row, miss, angle, filt.gate, fresh)


@kernel
def line_of_sight(sight, track):
    """The believed line to the reflector in sensor axes (m), and its length."""
    point = add(sight.point_hill, track.point)
    line = unrotate(sight.q_hill_sensor, sub(point, add(track.r_hill, sight.eye_hill)))
    return line, norm(line)


@kernel
def gradient(sight, row_sensor, d_range, d_azimuth, d_elevation):
    """A measurement row from its gradient by position in sensor axes and by the three laser biases."""
    g = rotate(sight.q_hill_sensor, row_sensor)
    return (
        g[0], g[1], g[2], 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, d_range, d_azimuth, d_elevation, -g[0], -g[1], -g[2],
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    )  # fmt: skip
