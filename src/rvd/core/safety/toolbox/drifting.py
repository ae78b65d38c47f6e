"""How near a chaser comes to the target if it loses all thrust, and the burn that keeps two craft apart.

Frame: hill (x outward, y along track, z normal), rates seen there; Clohessy-Wiltshire motion.
"""

import math

from rvd.core.algebra.allowed import above_zero, turned
from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.vec import axpy, cross, dot, norm, scale
from rvd.core.kernel import Vec, kernel
from rvd.core.motion import cw

#: Part of a radian of the target's turn between two looks: a path that curls closer is not of this motion.
LOOK = 0.05


@kernel
def closest_approach(r: Vec, v: Vec, n: float, horizon: float) -> tuple[float, float]:
    """Least distance (m) and its time (s) over `horizon` seconds of free drift, between samples too.

    Between looks of 0.05 rad of the target's turn the sign of the range rate tells a minimum, which bisection finds.
    """
    tau = turned(n, above_zero(horizon))
    count = math.ceil(tau / LOOK) if tau > 0.0 else 0.0
    pause = horizon / max(count, 1.0)
    best, when = norm(r), 0.0 * tau
    here, speed = r, v
    for k in range(int(count)):
        there, rate = cw.coast(r, v, n, (k + 1.0) * pause)
        if (dot(here, speed) < 0.0) & (dot(there, rate) > 0.0):
            low, high = k * pause, (k + 1.0) * pause
            for _ in range(50):
                middle = 0.5 * (low + high)
                a, b = cw.coast(r, v, n, middle)
                nearing = dot(a, b) < 0.0
                low, high = middle if nearing else low, high if nearing else middle
            a, _ = cw.coast(r, v, n, 0.5 * (low + high))
            least = norm(a)
            when = 0.5 * (low + high) if least < best else when
            best = least if least < best else best
        least = norm(there)
        when = (k + 1.0) * pause if least < best else when
        best = least if least < best else best
        here, speed = there, rate
    return best + 0.0 * tau, when


@kernel
def _shifts(n: float, t: float, e: Vec) -> Vec:
    """What a burn now moves along `e` after t seconds, per component: the row e of Clohessy-Wiltshire's Phi_rv."""
    zero = (0.0, 0.0, 0.0)
    a, _ = cw.coast(zero, (1.0, 0.0, 0.0), n, t)
    b, _ = cw.coast(zero, (0.0, 1.0, 0.0), n, t)
    c, _ = cw.coast(zero, (0.0, 0.0, 1.0), n, t)
    return (dot(e, a), dot(e, b), dot(e, c))


@kernel
def _cost(turn: float, miss: float, x: float, y: float, ways: Vec) -> float:
    """Square of the burn to the point of the circle at `turn`; ways: the inverse of D D', its corners and its side."""
    s, c = sincos(turn)
    dx, dy = miss * c - x, miss * s - y
    return ways[0] * dx * dx - 2.0 * ways[1] * dx * dy + ways[2] * dy * dy


@kernel
def avoiding_burn(r: Vec, v: Vec, miss: float, n: float, t: float) -> Vec:
    """The least burn `t` seconds before an encounter (r, v) that makes the miss distance `miss` there.

    r, v: own place and velocity less the other's, in own hill axes at the closest approach. The burn moves r by Phi_rv
    dv; only what lies across v counts. Of all points of the circle |r| = miss in that plane the one with the least burn
    is searched for; dv = D' (D D')^-1 (point - r), with D the two rows across v.
    """
    tau = turned(n, above_zero(t))
    wanted = above_zero(miss)
    along = scale(1.0 / above_zero(norm(v)), v)
    # two axes across v: one as near the miss as can be, or any where that is zero
    off = axpy(-dot(r, along), along, r)
    first = cross(along, (1.0, 0.0, 0.0)) if abs(along[0]) < 0.6 else cross(along, (0.0, 1.0, 0.0))
    e1 = scale(1.0 / norm(first), first)
    e2 = cross(along, e1)
    x, y = dot(off, e1), dot(off, e2)
    p, q = _shifts(n, tau / n, e1), _shifts(n, tau / n, e2)
    pp, pq, qq = dot(p, p), dot(p, q), dot(q, q)
    det = pp * qq - pq * pq
    ways = (qq / det, pq / det, pp / det)
    best, turn = math.inf, 0.0
    width = 2.0 * math.pi / 128.0
    for k in range(128):
        cost = _cost(k * width, wanted, x, y, ways)
        turn = k * width if cost < best else turn
        best = cost if cost < best else best
    low, high = turn - width, turn + width
    for _ in range(80):
        a, b = low + (high - low) / 3.0, high - (high - low) / 3.0
        left = _cost(a, wanted, x, y, ways) < _cost(b, wanted, x, y, ways)
        low, high = low if left else a, b if left else high
    turn = 0.5 * (low + high)
    away = 1.0 if x * x + y * y < wanted * wanted else 0.0
    s, c = sincos(turn)
    dx, dy = wanted * c - x, wanted * s - y
    a, b = (qq * dx - pq * dy) / det, (pp * dy - pq * dx) / det
    burn = axpy(a, p, scale(b, q))
    return scale(away, burn)
