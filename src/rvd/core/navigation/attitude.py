"""The attitude filter: a multiplicative extended Kalman filter on gyro and star tracker.

Source: Lefferts, Markley, Shuster, JGCD 5(5) 1982 (error quaternion, gyro bias); error a with q_true = q (x) exp(a).
"""

from typing import NamedTuple

from rvd.core.algebra import triangular6
from rvd.core.algebra.quat import conjugate, from_rotvec, multiply, normalize, to_rotvec
from rvd.core.algebra.vec import add, norm, scale, sub
from rvd.core.kernel import Quat, Vec, kernel


class AttitudeFilter(NamedTuple):
    """What the attitude filter is told of its sensors and of the start."""

    #: One sigma of a star tracker fix about each axis, rad.
    tracker: float
    #: One sigma of the turn between the tracker's axes and the gyro's, by which turns err, rad.
    misalignment: float
    #: Angle random walk of the gyro, rad/s^0.5.
    walk: float
    #: One sigma of the gyro's bias at the start about each axis, rad/s.
    bias: float
    #: Random walk of the gyro's bias, rad/s per s^0.5.
    bias_walk: float
    #: One sigma of the attitude at the start about each axis, rad.
    start: float


class Attitude(NamedTuple):
    """The attitude filter's state and covariance."""

    #: The believed attitude.
    q_eci_body: Quat
    #: The believed bias of the gyro, rad/s, body axes.
    gyro_bias: Vec
    #: The believed inertial rate, rad/s, body axes.
    w_body: Vec
    #: Of the attitude's error 0-2 (rad, body axes) and the gyro's bias 3-5 (rad/s, body axes).
    covariance: triangular6.Triangle


@kernel
def start_attitude(filt: AttitudeFilter, q_eci_body: Quat) -> Attitude:
    """The filter before its first measurement."""
    a2, b2 = filt.start * filt.start, filt.bias * filt.bias
    zero = (0.0, 0.0, 0.0)
    return Attitude(q_eci_body, zero, zero, triangular6.diagonal((a2, a2, a2, b2, b2, b2)))


@kernel
def predict_attitude(filt: AttitudeFilter, track: Attitude, gyro_body: Vec, h: float) -> Attitude:
    """The filter h seconds later: turned by the mean rate read over the step, less the believed bias.

    A turn by a errs by 2 sin(a/2) of the misalignment; its variance here grows evenly, to all of it at 1 rad (assumed).
    """
    w = sub(gyro_body, track.gyro_bias)
    q = normalize(multiply(track.q_eci_body, from_rotvec(scale(h, w))))
    x, y, z = scale(h, w)
    rows = ((1.0, z, -y, -h), (-z, 1.0, x, -h), (y, -x, 1.0, -h), (1.0,), (1.0,), (1.0,))
    askew = filt.misalignment * filt.misalignment * norm(w)
    qa, qb = (filt.walk * filt.walk + askew) * h, filt.bias_walk * filt.bias_walk * h
    covariance = triangular6.predict(track.covariance, rows, (qa, qa, qa, qb, qb, qb))
    return track._replace(q_eci_body=q, w_body=w, covariance=covariance)


@kernel
def correct_attitude(filt: AttitudeFilter, track: Attitude, q_read: Quat, fresh: float) -> Attitude:
    """The filter after a star tracker fix: the error rotation, one component at a time, then folded back."""
    error = to_rotvec(multiply(conjugate(track.q_eci_body), q_read))
    r2 = filt.tracker * filt.tracker
    x, p = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0), track.covariance
    x, p = correct_axis(x, p, (1.0, 0.0, 0.0, 0.0, 0.0, 0.0), error[0] - x[0], variance=r2, fresh=fresh)
    x, p = correct_axis(x, p, (0.0, 1.0, 0.0, 0.0, 0.0, 0.0), error[1] - x[1], variance=r2, fresh=fresh)
    x, p = correct_axis(x, p, (0.0, 0.0, 1.0, 0.0, 0.0, 0.0), error[2] - x[2], variance=r2, fresh=fresh)
    q = normalize(multiply(track.q_eci_body, from_rotvec((x[0], x[1], x[2]))))
    bias = (x[3], x[4], x[5])
    return Attitude(q, add(track.gyro_bias, bias), sub(track.w_body, bias), p)


@kernel
def correct_axis(
    x: triangular6.Column,
    covariance: triangular6.Triangle,
    h: triangular6.Column,
    innovation: float,
    variance: float,
    fresh: float,
) -> tuple[triangular6.Column, triangular6.Triangle]:
    """One scalar measurement of the error state."""
    c = triangular6.column(covariance, h)
    w = fresh / (triangular6.quadratic(h, c) + variance)
    k = w * innovation
    x = (x[0] + k * c[0], x[1] + k * c[1], x[2] + k * c[2], x[3] + k * c[3], x[4] + k * c[4], x[5] + k * c[5])
    return x, triangular6.downdate(covariance, c, w)
