"""Probability of collision in a short encounter: a normal distribution over a disc in the encounter plane.

x, y are the miss in the principal axes of the combined covariance in that plane, sx, sy its sigmas there, and radius
the sum of both hard-body radii.
Source: as named in each; a survey is R. Serra et al., J. Guidance, Control, and Dynamics 39(5), 2016, 1009-1021.
"""

import math

from rvd.core.algebra.allowed import above_zero
from rvd.core.algebra.elementary import acos, atan2, exp, sincos
from rvd.core.algebra.mat import Sym, sym_apply
from rvd.core.algebra.normal import normal_probability
from rvd.core.algebra.quadrature import PLACES, WEIGHTS
from rvd.core.algebra.vec import axpy, cross, dot, norm, scale
from rvd.core.kernel import Vec, kernel

Four = tuple[float, float, float, float]
#: Angles and rings of eight circles into which Foster's disc is parted.
ANGLES, RINGS = 256, 16
#: Parts of eight points into which Alfano's chord is parted.
CHORDS = 32
#: How many of its own sigmas the integral reaches to either side of its largest value: exp(-72) lies beyond.
REACH = 12.0
#: Radius over the smaller sigma, beyond which Foster's points lie too far apart.
MOST_OF_SMALLER = 40.0
#: Radius over the mean sigma, beyond which the first of Chan's terms comes to nothing.
MOST_OF_MEAN = 35.0


@kernel
def encounter_plane(r: Vec, v: Vec, covariance: Sym) -> Four:
    """Miss and sigmas (x, y, sx, sy) in the principal axes across the relative velocity; sx is the smaller sigma.

    Both signs of the axes are the same to a normal distribution: x and y are given positive.
    """
    along = scale(1.0 / above_zero(norm(v)), v)
    side = cross(along, (1.0, 0.0, 0.0)) if abs(along[0]) < 0.6 else cross(along, (0.0, 1.0, 0.0))
    e1 = scale(1.0 / norm(side), side)
    e2 = cross(along, e1)
    c1, c2 = sym_apply(covariance, e1), sym_apply(covariance, e2)
    p, q, c = dot(e1, c1), dot(e2, c2), dot(e1, c2)
    half = 0.5 * atan2(2.0 * c, p - q)
    s, co = sincos(half)
    # the larger axis stands at `half` from the first
    large, small = axpy(s, e2, scale(co, e1)), axpy(co, e2, scale(-s, e1))
    middle, swing = 0.5 * (p + q), math.sqrt(0.25 * (p - q) * (p - q) + c * c)
    most = middle + swing
    # the product of both is the determinant, which keeps the digits of the smaller
    least = (p * q - c * c) / most
    return abs(dot(r, small)), abs(dot(r, large)), math.sqrt(above_zero(least)), math.sqrt(above_zero(most))


@kernel
def foster(x: float, y: float, sx: float, sy: float, radius: float) -> float:
    """The integral over the disc in circles and angles (J. L. Foster, H. S. Estes, NASA JSC-25898, 1992).

    Eight points by Gauss and Legendre in each of 16 rings, 256 angles. NaN where the radius is beyond 40 of the smaller
    sigma.
    """
    a, b, r = above_zero(sx), above_zero(sy), above_zero(radius)
    r = r if r <= MOST_OF_SMALLER * min(a, b) else math.nan
    ring = 0.5 * r / RINGS
    total = 0.0
    for k in range(ANGLES):
        s, c = sincos(2.0 * math.pi * k / ANGLES)
        for i in range(8 * RINGS):
            d = ring * (2.0 * (i // 8) + 1.0 + PLACES[i % 8])
            u, w = (d * c - x) / a, (d * s - y) / b
            total += WEIGHTS[i % 8] * d * exp(-0.5 * (u * u + w * w))
    return total * ring / (ANGLES * a * b)


@kernel
def alfano(x: float, y: float, sx: float, sy: float, radius: float) -> float:
    """The integral over chords of the disc, each by the normal probability (S. Alfano, J. Astronautical Sciences
    53(1), 2005, 103-109), here by Gauss and Legendre in the chord's angle.

    The chords lie across the axis of the smaller sigma, and only where that one's density is not next to nothing.
    """
    turn = sx > sy
    a, b = (above_zero(sy), above_zero(sx)) if turn else (above_zero(sx), above_zero(sy))
    x, y = (y, x) if turn else (x, y)
    r = above_zero(radius)
    nearest = min(max(x, -r), r)
    low = acos(min(nearest / r + REACH * a / r, 1.0))
    high = acos(max(nearest / r - REACH * a / r, -1.0))
    part = 0.5 * (high - low) / CHORDS
    total = 0.0
    for i in range(8 * CHORDS):
        f = low + part * (2.0 * (i // 8) + 1.0 + PLACES[i % 8])
        s, c = sincos(f)
        u = (x - r * c) / a
        # below its mean a normal probability keeps its digits
        over, under = (r * s - abs(y)) / b, (-r * s - abs(y)) / b
        across = normal_probability(over) - normal_probability(under)
        total += WEIGHTS[i % 8] * r * s * exp(-0.5 * u * u) * across
    return total * part / (a * math.sqrt(2.0 * math.pi))


@kernel
def chan(x: float, y: float, sx: float, sy: float, radius: float) -> float:
    """Chan's series, of a disc of equal area in scaled axes (F. K. Chan, Spacecraft Collision Probability, 2008).

    exp(-v/2) sum of (v/2)^m / m! times the tail of exp(-u/2) (u/2)^k / k! beyond m, with u = radius^2 / (sx sy) and v
    the square of the miss in sigmas. An approximation: good where the disc is small against the sigmas. NaN where
    the radius is beyond 35 of the mean sigma: exp(-u/2) would come to nothing.
    """
    a, b, r = above_zero(sx), above_zero(sy), above_zero(radius)
    r = r if r * r <= MOST_OF_MEAN * MOST_OF_MEAN * a * b else math.nan
    u, v = 0.5 * r * r / (a * b), 0.5 * (x * x / (a * a) + y * y / (b * b))
    # the terms of both distributions, each from the one before; the tail loses one term at each step
    inside = exp(-u)
    tail, term = 0.0, inside
    for k in range(1, 2000):
        term *= u / k
        tail += term
        if (term < 1e-18 * tail) & (k > u):
            break
    total, weight, gone = 0.0, exp(-v), inside
    for m in range(2000):
        total += weight * tail
        weight *= v / (m + 1.0)
        gone *= u / (m + 1.0)
        tail = tail - gone if tail > 1e3 * gone else tail_beyond(u, m + 1.0, gone)
        if (weight * tail < 1e-18 * total) & (m > v):
            break
    return total


@kernel
def tail_beyond(u: float, m: float, term: float) -> float:
    """The sum of the terms after the m-th, `term`, of exp(-u) u^k / k!."""
    tail, one = 0.0, term
    for k in range(1, 2000):
        one *= u / (m + k)
        tail += one
        if (one < 1e-18 * tail) & (m + k > u):
            break
    return tail
