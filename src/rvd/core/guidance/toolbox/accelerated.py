"""Relative motion under an acceleration that is constant in hill axes.

Source: Fehse 2003, section 3.2 (about a circle: Clohessy-Wiltshire with constant forces); about an ellipse the impulses
of each moment are carried on by Yamanaka and Ankersen's matrix and added up by Gauss and Legendre's rule.
"""

import math

from rvd.core.algebra.allowed import MOST_ECCENTRIC, MOST_TURNED, turned
from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.quadrature import PLACES, WEIGHTS
from rvd.core.algebra.vec import add, axpy, scale, select
from rvd.core.kernel import Vec, kernel
from rvd.core.motion import cw as clohessy_wiltshire
from rvd.core.motion import yamanaka_ankersen as ya
from rvd.core.orbit.kepler import eccentric_from_mean, eccentric_from_true, true_from_eccentric

ZERO = (0.0, 0.0, 0.0)
#: Most parts of half a radian into which a path is divided.
MOST_PARTS = 10000.0


@kernel
def cw(r: Vec, v: Vec, push: Vec, n: float, t: float) -> tuple[Vec, Vec]:
    """State after `t` seconds about a circle, under the constant acceleration `push` in hill axes."""
    tau = turned(n, t)
    s, _ = sincos(tau)
    half, _ = sincos(0.5 * tau)
    vers = 2.0 * half * half
    ax, ay, az = scale(1.0 / (n * n), push)
    where, speed = clohessy_wiltshire.coast(r, v, n, t)
    moved = (
        ax * vers + 2.0 * ay * (tau - s),
        -2.0 * ax * (tau - s) + ay * (4.0 * vers - 1.5 * tau * tau),
        az * vers,
    )
    gained = (ax * s + 2.0 * ay * vers, -2.0 * ax * vers + ay * (4.0 * s - 3.0 * tau), az * s)
    return add(where, moved), axpy(n, gained, speed)


@kernel
def yamanaka_ankersen(
    r: Vec, v: Vec, push: Vec, mu: float, p: float, e: float, nu: float, t: float
) -> tuple[Vec, Vec]:
    """State after `t` seconds about an ellipse, under the constant acceleration `push` in hill axes.

    The path is parted by half radians of eccentric anomaly, with eight points in each: eleven digits to e = 0.8.
    """
    ok = (mu > 0.0) & (p > 0.0) & (e >= 0.0) & (e <= MOST_ECCENTRIC)
    e = e if ok else 0.0
    rate = math.sqrt(mu / p) / p if ok else 1.0
    eta2 = (1.0 - e) * (1.0 + e)
    n = rate * eta2 * math.sqrt(eta2)
    # the longest path has as many parts as are allowed, and no angle in it loses its digits
    ok = ok & (abs(n * t) <= 0.5 * MOST_PARTS) & (abs(nu) <= MOST_TURNED)
    t, nu, good = t if ok else 0.0, nu if ok else 0.0, 0.0 if ok else math.nan
    begin = eccentric_from_true(e, nu)
    sine, _ = sincos(begin)
    mean = begin - e * sine
    last = eccentric_from_mean(e, mean + n * t)
    end = true_from_eccentric(e, last)
    parts = math.floor(2.0 * abs(last - begin)) + 1.0
    width = 0.5 * (last - begin) / parts
    where, speed = (good, 0.0, 0.0), (0.0, 0.0, 0.0)
    # the first is the state at the start, the others are the velocity that the push gives about each point
    for k in range(-1, 8 * int(parts)):
        free = k < 0
        point = 0 if free else k % 8
        at = begin if free else begin + width * (2.0 * (k // 8) + 1.0 + PLACES[point])
        sine, cosine = sincos(at)
        weight = 1.0 if free else WEIGHTS[point] * width * (1.0 - e * cosine) / n
        left = t - (at - e * sine - mean) / n
        arc = ya.Arc(rate=rate, e=e, nu=true_from_eccentric(e, at), nu_end=end, t=left)
        a, b = ya.between(select(free, r, ZERO), select(free, v, push), arc)
        where, speed = axpy(weight, a, where), axpy(weight, b, speed)
    return where, speed
