"""Forced motion: lines, glideslopes with pulses, circles about the target, holds, and the push that each needs.

Frame: hill (x outward, y along track, z normal); velocity and acceleration are rates seen in the rotating frame.
Source: W. Fehse 2003, section 3.3.3 (lines, holds); H. B. Hablani, M. L. Tapper, D. J. Dana-Bashian, J. Guidance,
Control, and Dynamics 25(3), 2002, 553-562 (glideslope with pulses).
"""

import math

from rvd.core.algebra.allowed import above_zero, angle, ellipse, not_negative, turned
from rvd.core.algebra.elementary import exp, log, sincos
from rvd.core.algebra.vec import add, axpy, cross, dot, norm, scale, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.motion import cw

Three = tuple[Vec, Vec, Vec]


@kernel
def _profile(length: float, speed: float, begin: float, end: float) -> tuple[float, float, float, float]:
    """Cruise speed and the times of the first ramp, the cruise and the last ramp."""
    a, b = above_zero(begin), above_zero(end)
    most = math.sqrt(2.0 * length * a * b / (a + b))
    v = above_zero(speed)
    v = (most if most < v else v) + 0.0 * most  # NaN of either stays NaN
    left = length - 0.5 * v * v / a - 0.5 * v * v / b
    cruise = left / v if v > 0.0 else 0.0 * v
    return v, v / a, cruise if cruise > 0.0 else 0.0 * cruise, v / b


@kernel
def line_time(start: Vec, end: Vec, speed: float, speeding: float, braking: float) -> float:
    """Time of a straight line from rest to rest: up to `speed`, cruise, down again."""
    _, begin, cruise, last = _profile(norm(sub(end, start)), speed, speeding, braking)
    return begin + cruise + last


@kernel
def line(start: Vec, end: Vec, speed: float, speeding: float, braking: float, t: float) -> Three:
    """Place, velocity and acceleration on that line `t` seconds after its start; at rest before and after it."""
    way = sub(end, start)
    length = norm(way)
    v, begin, cruise, last = _profile(length, speed, speeding, braking)
    to_go = begin + cruise + last - t
    before, after = t <= 0.0, to_go <= 0.0
    rising, falling = t < begin, to_go < last
    along, rate, change = v * (t - 0.5 * begin), v, 0.0
    if falling:
        along, rate, change = length - 0.5 * braking * to_go * to_go, braking * to_go, -braking
    if rising:
        along, rate, change = 0.5 * speeding * t * t, speeding * t, speeding
    if before | after:
        along, rate, change = (0.0 if before else length) + 0.0 * (v + t), 0.0, 0.0
    share = 1.0 / (length if length > 0.0 else 1.0)
    return axpy(along * share, way, start), scale(rate * share, way), scale(change * share, way)


@kernel
def push(r: Vec, v: Vec, change: Vec, mu: float, p: float, e: float, nu: float) -> Vec:
    """Acceleration by thrust that a motion (r, v, change) in hill needs, about any ellipse: exact two-body motion.

    change + 2 w x v + w' x r + w x (w x r) less the difference of gravity, which is formed without subtracting the two
    (R. H. Battin, Astrodynamics, 1999, section 8.4). w is the rate of hill at the target's true anomaly nu.
    """
    mu, p, e = above_zero(mu), above_zero(p), ellipse(e)
    s, c = sincos(angle(nu))
    rho = 1.0 + e * c
    distance = p / rho
    w = math.sqrt(mu / p) / p * rho * rho
    climb = math.sqrt(mu / p) * e * s
    slowing = -2.0 * w * climb / distance
    x, y, z = r
    # (1 + q)^(-3/2) - 1 of the chaser's distance over the target's, q small
    q = (x * (x + 2.0 * distance) + y * y + z * z) / (distance * distance)
    root = math.sqrt(1.0 + q)
    less = -q * (1.0 + root + 1.0 + q) / ((1.0 + root) * (1.0 + q) * root)
    g = mu / (distance * distance * distance)
    return (
        change[0] - 2.0 * w * v[1] - slowing * y - w * w * x + g * (x + less * (distance + x)),
        change[1] + 2.0 * w * v[0] + slowing * x - w * w * y + g * (1.0 + less) * y,
        change[2] + g * (1.0 + less) * z,
    )


@kernel
def hold_push(r: Vec, n: float) -> Vec:
    """Acceleration by thrust that holds a chaser at rest at r: (-3 n2 x, 0, n2 z) (Clohessy-Wiltshire)."""
    n = above_zero(n)
    return (-3.0 * n * n * r[0], 0.0 * r[1], n * n * r[2])


@kernel
def hold_cost(r: Vec, n: float, t: float) -> float:
    """Velocity increment of holding at r for `t` seconds; each axis is pushed by nozzles of its own."""
    a = hold_push(r, n)
    return (abs(a[0]) + abs(a[1]) + abs(a[2])) * not_negative(t)


@kernel
def circle(r: Vec, centre: Vec, axis: Vec, rate: float, t: float) -> Three:
    """Place, velocity and acceleration of a chaser that starts at r and turns about an axis through `centre`.

    By Rodrigues: d cos + (k x d) sin + k (k.d) (1 - cos), k the axis of length one, d = r - centre.
    """
    size = above_zero(norm(axis))
    k = scale(1.0 / size, axis)
    d = sub(r, centre)
    s, c = sincos(rate * t)
    along = scale(dot(k, d), k)
    across, sideways = sub(d, along), cross(k, d)
    arm = add(scale(c, across), scale(s, sideways))
    tangent = sub(scale(c, sideways), scale(s, across))
    return add(centre, add(along, arm)), scale(rate, tangent), scale(-rate * rate, arm)


@kernel
def glideslope_time(r: Vec, to: Vec, speed: float, speed_end: float) -> float:
    """Time of the glideslope from r to `to`: ln(speed / speed_end) / slope (Hablani et al. 2002, eq. 10)."""
    first, last = above_zero(speed), above_zero(speed_end)
    ratio = first / last if first > last else math.nan
    return log(ratio) * norm(sub(to, r)) / (first - last)


@kernel
def glideslope_pulse(
    r: Vec, v: Vec, to: Vec, speed: float, speed_end: float, pulses: float, k: float, n: float
) -> tuple[float, Vec, Vec]:
    """Time, place and burn of pulse k of a glideslope from r to `to`, flown in `pulses` equal times of free motion.

    The distance to go is (L + b) exp(-slope t) - b with b = speed_end / slope (Hablani et al. 2002, eq. 8, 9). Each
    pulse but the last aims at the next place; the last leaves `speed_end` along the line. v is the velocity before the
    first. NaN where k is none of 0 ... pulses.
    """
    whole = (k == math.floor(k)) & (pulses == math.floor(pulses)) & (k >= 0.0) & (k <= pulses)
    count = pulses if whole & (pulses >= 1.0) else math.nan
    pause = glideslope_time(r, to, speed, speed_end) / count
    way = sub(r, to)
    length = norm(way)
    slope = (speed - speed_end) / length
    b = speed_end / slope
    here, step = (length + b) * exp(-slope * k * pause), exp(-slope * pause)
    place = axpy((here - b) / length, way, to)
    # the arc that ends here, and the one that begins
    arriving, leaving = v, scale(-speed_end / length, way)
    for arc in range(2):
        first = arc == 0
        begin = axpy((here / step - b) / length, way, to) if first else place
        end = place if first else axpy((here * step - b) / length, way, to)
        start = aimed(begin, end, n, turned(n, pause) / n)
        _, reached = cw.coast(begin, start, n, pause)
        arriving = reached if first & (k > 0.0) else arriving
        leaving = start if (not first) & (k < count) else leaving
    return k * pause, place, sub(leaving, arriving)


@kernel
def aimed(r: Vec, to: Vec, n: float, t: float) -> Vec:
    """Velocity at r that leads to `to` after `t` seconds, in the plane and across it; NaN near half turns."""
    x, y, _ = cw.velocity_to(r, to, n, t)
    tau = n * t
    s, c = sincos(tau)
    far = s if abs(s) > 1e-3 * min(1.0, tau) else math.nan
    return (x, y, n * (to[2] - c * r[2]) / far)
