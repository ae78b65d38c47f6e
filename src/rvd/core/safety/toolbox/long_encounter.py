"""Probability of collision along a drift: a normal distribution of states that moves on, and the flow into a sphere.

Frame: hill (x outward, y along track, z normal), rates seen there; Clohessy-Wiltshire motion, so that the distribution
stays normal. Source: V. T. Coppola, Including Velocity Uncertainty in the Probability of Collision between Space
Objects, AAS 12-247, 2012; D. T. Hall, J. Spacecraft and Rockets 58(3), 2021, 715-728.
"""

import math
from typing import NamedTuple

from rvd.core.algebra.allowed import above_zero, turned
from rvd.core.algebra.eigen import principal
from rvd.core.algebra.elementary import asin, exp, sincos
from rvd.core.algebra.mat import Mat, apply, product, transpose
from rvd.core.algebra.normal import normal_probability
from rvd.core.algebra.quadrature import PLACES, WEIGHTS
from rvd.core.algebra.vec import add, dot, norm, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.motion import cw

#: The lower triangle of a covariance of six, row by row.
Lower = tuple[
    float, float, float, float, float, float, float, float, float, float, float,
    float, float, float, float, float, float, float, float, float, float,
]  # fmt: skip
#: Sigmas beyond which a normal density counts for nothing: exp(-32) of its largest value.
REACH = 8.0
#: Sigmas in a part of eight points.
PART = 4.0
#: Parts at least: of the sphere in slices, and of an arc, for there is an edge where the velocity turns outward.
SLICES, ARCS = 6, 5
#: Radius over the middle sigma, beyond which the sphere's points lie too far apart.
MOST_OF_MIDDLE = 2000.0
#: Sigmas, and radians of the target's turn, that the distribution may move in a part of eight moments.
MOVED, TURNED = 2.5, 0.5
#: Parts of the time, beyond which there is no answer.
MOST_PARTS = 200000
_PER_ROOT_TWO_PI = 0.398942280401432677939946059934


class Spread(NamedTuple):
    """A covariance of place and velocity in blocks."""

    #: Of the place, m2.
    rr: Mat
    #: Of the place (rows) with the velocity (columns), m2/s.
    rv: Mat
    #: Of the velocity, m2/s2.
    vv: Mat


class Cloud(NamedTuple):
    """A normal distribution of states in the principal axes of its places, the most certain axis first."""

    #: Mean place, m.
    r: Vec
    #: Sigmas of the place, m.
    sigma: Vec
    #: Mean velocity, m/s.
    v: Vec
    #: What the velocity gains for each metre off the mean place, 1/s.
    gain: Mat
    #: Covariance of the velocity where the place is known, m2/s2.
    rest: Mat


@kernel
def blocks(c: Lower) -> Spread:
    """The blocks of a lower triangle."""
    return Spread(
        rr=((c[0], c[1], c[3]), (c[1], c[2], c[4]), (c[3], c[4], c[5])),
        rv=((c[6], c[10], c[15]), (c[7], c[11], c[16]), (c[8], c[12], c[17])),
        vv=((c[9], c[13], c[18]), (c[13], c[14], c[19]), (c[18], c[19], c[20])),
    )


@kernel
def total(a: Mat, b: Mat) -> Mat:
    """a + b."""
    return (add(a[0], b[0]), add(a[1], b[1]), add(a[2], b[2]))


@kernel
def moved(spread: Spread, n: float, t: float) -> Spread:
    """The covariance after `t` seconds: Phi P Phi'."""
    m = cw.transition(n, t)
    f = ((m[0][0], m[0][1], m[0][2]), (m[1][0], m[1][1], m[1][2]), (m[2][0], m[2][1], m[2][2]))
    g = ((m[0][3], m[0][4], m[0][5]), (m[1][3], m[1][4], m[1][5]), (m[2][3], m[2][4], m[2][5]))
    h = ((m[3][0], m[3][1], m[3][2]), (m[4][0], m[4][1], m[4][2]), (m[5][0], m[5][1], m[5][2]))
    k = ((m[3][3], m[3][4], m[3][5]), (m[4][3], m[4][4], m[4][5]), (m[5][3], m[5][4], m[5][5]))
    vr = transpose(spread.rv)
    # the rows of Phi P
    a, b = total(product(f, spread.rr), product(g, vr)), total(product(f, spread.rv), product(g, spread.vv))
    c, d = total(product(h, spread.rr), product(k, vr)), total(product(h, spread.rv), product(k, spread.vv))
    ft, gt, ht, kt = transpose(f), transpose(g), transpose(h), transpose(k)
    return Spread(
        rr=total(product(a, ft), product(b, gt)),
        rv=total(product(a, ht), product(b, kt)),
        vv=total(product(c, ht), product(d, kt)),
    )


@kernel
def cloud_of(r: Vec, v: Vec, spread: Spread) -> Cloud:
    """A distribution in its principal axes; NaN where no place is uncertain in some direction."""
    a = spread.rr
    values, axes = principal((a[0][0], a[1][1], a[2][2], a[0][1], a[0][2], a[1][2]))
    x, y, z = above_zero(values[0]), values[1], values[2]
    back = transpose(axes)
    rv = product(product(axes, spread.rv), back)
    # v given r: v + (rr^-1 rv)' (r - mean)
    gain = transpose(
        (
            (rv[0][0] / x, rv[0][1] / x, rv[0][2] / x),
            (rv[1][0] / y, rv[1][1] / y, rv[1][2] / y),
            (rv[2][0] / z, rv[2][1] / z, rv[2][2] / z),
        )
    )
    known, vv = product(gain, rv), product(product(axes, spread.vv), back)
    return Cloud(
        r=apply(axes, r),
        sigma=(math.sqrt(x), math.sqrt(y), math.sqrt(z)),
        v=apply(axes, v),
        gain=gain,
        rest=(sub(vv[0], known[0]), sub(vv[1], known[1]), sub(vv[2], known[2])),
    )


@kernel
def part_of(mean: float, sigma: float, size: float) -> tuple[float, float]:
    """From where to where, within +-size, a normal density counts."""
    low, high = mean - REACH * sigma, mean + REACH * sigma
    return max(low, -size), min(high, size)


@kernel
def arc(mean: float, sigma: float, size: float) -> tuple[float, float, int]:
    """First and last angle of which size sin(angle) is where a normal density counts, and the parts between them."""
    low, high = part_of(mean, sigma, size)
    if low >= high:
        return 0.0, 0.0, 0
    first, last = asin(low / size), asin(high / size)
    return first, last, ARCS + int((last - first) * size / (PART * sigma))


@kernel
def density(x: float, mean: float, sigma: float) -> float:
    """The normal density."""
    z = (x - mean) / sigma
    return _PER_ROOT_TWO_PI / sigma * exp(-0.5 * z * z)


@kernel
def inward(cloud: Cloud, d: Vec, radius: float) -> float:
    """Density of the places at the point d of the sphere, times the mean of the velocity into it (Coppola 2012).

    Of a normal velocity v along the outward normal, with sigma s: s phi(v / s) - v Phi(-v / s).
    """
    off = sub(d, cloud.r)
    speed = dot(d, add(cloud.v, apply(cloud.gain, off))) / radius
    square = dot(d, apply(cloud.rest, d)) / (radius * radius)
    # a velocity that is known has no sigma: a nanometre a second divides as well
    s = math.sqrt(square if square > 1e-18 else 1e-18)
    z = speed / s
    mean = s * _PER_ROOT_TWO_PI * exp(-0.5 * z * z) - speed * normal_probability(-z)
    first = density(d[0], cloud.r[0], cloud.sigma[0])
    return (
        mean * first * density(d[1], cloud.r[1], cloud.sigma[1]) * density(d[2], cloud.r[2], cloud.sigma[2])
    )


@kernel
def rate(cloud: Cloud, radius: float) -> float:
    """Entries into the sphere a second: the flow through its surface, r du df over slices and angles."""
    low, high = part_of(cloud.r[0], cloud.sigma[0], radius)
    if low >= high:
        return 0.0
    slices = SLICES + int((high - low) / (PART * cloud.sigma[0]))
    flow, wide = 0.0, 0.5 * (high - low) / slices
    for i in range(8 * slices):
        u = low + wide * (2.0 * (i // 8) + 1.0 + PLACES[i % 8])
        size = math.sqrt(max((radius - u) * (radius + u), 1e-300))
        first, last, count = arc(cloud.r[1], cloud.sigma[1], size)
        half = 0.5 * (last - first) / max(count, 1)
        for j in range(8 * count):
            s, c = sincos(first + half * (2.0 * (j // 8) + 1.0 + PLACES[j % 8]))
            weight = WEIGHTS[i % 8] * WEIGHTS[j % 8] * half
            for side in range(2):
                d = (u, size * s, size * c if side == 0 else -size * c)
                flow += weight * inward(cloud, d, radius)
    return flow * wide * radius


@kernel
def inside_now(cloud: Cloud, radius: float) -> float:
    """The probability to be in the sphere: slices, and in each chords with the normal probability along them."""
    low, high = part_of(cloud.r[0], cloud.sigma[0], radius)
    if low >= high:
        return 0.0
    slices = SLICES + int((high - low) / (PART * cloud.sigma[0]))
    share, wide, off = 0.0, 0.5 * (high - low) / slices, abs(cloud.r[2])
    for i in range(8 * slices):
        u = low + wide * (2.0 * (i // 8) + 1.0 + PLACES[i % 8])
        size = math.sqrt(max((radius - u) * (radius + u), 1e-300))
        first, last, count = arc(cloud.r[1], cloud.sigma[1], size)
        half = 0.5 * (last - first) / max(count, 1)
        across = WEIGHTS[i % 8] * density(u, cloud.r[0], cloud.sigma[0])
        for j in range(8 * count):
            s, c = sincos(first + half * (2.0 * (j // 8) + 1.0 + PLACES[j % 8]))
            end = size * c / cloud.sigma[2]
            # below its mean a normal probability keeps its digits
            low_end, high_end = -end - off / cloud.sigma[2], end - off / cloud.sigma[2]
            along = normal_probability(high_end) - normal_probability(low_end)
            dw = WEIGHTS[j % 8] * half * size * c
            share += across * dw * density(size * s, cloud.r[1], cloud.sigma[1]) * along
    return share * wide


@kernel
def pause(cloud: Cloud, n: float) -> float:
    """Time in which the distribution moves little, against its sigmas and against a turn of the target."""
    g = cloud.gain
    x, y, z = cloud.sigma
    vx, vy, vz = cloud.v
    # the whole covariance of the velocity: what is left, and what the place tells of it
    told = (
        g[0][0] * g[0][0] * x * x + g[0][1] * g[0][1] * y * y + g[0][2] * g[0][2] * z * z,
        g[1][0] * g[1][0] * x * x + g[1][1] * g[1][1] * y * y + g[1][2] * g[1][2] * z * z,
        g[2][0] * g[2][0] * x * x + g[2][1] * g[2][1] * y * y + g[2][2] * g[2][2] * z * z,
    )
    quick = (vx * vx + cloud.rest[0][0] + told[0]) / (x * x) + (vy * vy + cloud.rest[1][1] + told[1]) / (
        y * y
    )
    quick += (vz * vz + cloud.rest[2][2] + told[2]) / (z * z)
    return 1.0 / math.sqrt(max(quick, 0.0) / (MOVED * MOVED) + n * n / (TURNED * TURNED))


@kernel
def far_for(cloud: Cloud, spread: Spread, radius: float, n: float) -> float:
    """Time in which no place that counts can come to the sphere; none where one may be there."""
    far = norm(cloud.r)
    gap = far - radius - REACH * cloud.sigma[2]
    vv = spread.vv
    speed = norm(cloud.v) + REACH * math.sqrt(max(vv[0][0] + vv[1][1] + vv[2][2], 0.0))
    return min(max(gap, 0.0) / (2.0 * (speed + n * far)), 0.1 / n)


@kernel
def probability(r: Vec, v: Vec, covariance: Lower, radius: float, n: float, horizon: float) -> float:
    """Probability to be in the sphere now, plus the mean number of entries over `horizon` seconds, at most 1.

    Parts of the time in which the distribution moves little, eight moments by Gauss and Legendre in each. NaN where the
    radius is beyond 2000 of the middle sigma.
    """
    begun, size = blocks(covariance), above_zero(radius)
    sound = turned(n, above_zero(horizon)) + size
    found, t = 0.0 * sound, 0.0
    for k in range(MOST_PARTS):
        step = 0.0
        for i in range(9):
            # the first moment of a part says how long it is, the others are those of the rule
            at = t + (0.5 * step * (1.0 + PLACES[i - 1]) if i > 0 else 0.0)
            there, speed = cw.coast(r, v, n, at)
            spread = moved(begun, n, at)
            cloud = cloud_of(there, speed, spread)
            if i > 0:
                found += 0.5 * step * WEIGHTS[i - 1] * rate(cloud, size)
                continue
            if k == 0:
                sound += cloud.sigma[0] + (0.0 if size <= MOST_OF_MIDDLE * cloud.sigma[1] else math.nan)
                if not (sound > 0.0):
                    return math.nan
                found = inside_now(cloud, size)
            short, idle = pause(cloud, n), far_for(cloud, spread, size, n)
            step = min(max(short, idle), horizon - t)
            if idle >= short:
                break
        t += step
        if not (t < horizon):
            return min(found, 1.0)
    return math.nan
