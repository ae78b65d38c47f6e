"""How near a chaser comes to the target if it loses all thrust, and the burn that keeps two craft apart.

Frame: hill (x outward, y along track, z normal), rates seen there; Clohessy-Wiltshire motion.
"""

import math

from rvd.core.algebra.allowed import above_zero, turned
from rvd.core.algebra.elementary import atan2, sincos
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
def _reached(x: float, y: float, ratio: float, miss: float) -> tuple[float, float]:
    """How far along the easy axis (m), and by what share of y along the hard one, the cheapest way to the circle goes.

    (x, y) lies inside the circle of radius `miss`; a metre along y costs 1 / ratio times the square. Lagrange: the
    point is (x / q, y / (1 - ratio + ratio q)) for the q from 0 to 1 at which it lies on the circle. No ratio is zero
    divided by: where nothing moves the place along y it stays.
    """
    low, high = 0.0, 1.0
    for _ in range(80):
        q = 0.5 * (low + high)
        a, b = x / q, y / (1.0 - ratio + ratio * q)
        outside = a * a + b * b > miss * miss
        low, high = q if outside else low, high if outside else q
    share = 1.0 / (1.0 - ratio + ratio * high)
    over = miss * miss - y * y * share * share
    there = math.sqrt(over if over > 0.0 else 0.0)
    return (there if x >= 0.0 else -there) - x, (1.0 - high) * share


@kernel
def avoiding_burn(r: Vec, v: Vec, miss: float, n: float, t: float) -> Vec:
    """The least burn `t` seconds before an encounter (r, v) that makes the miss distance `miss` there.

    r, v: own place and velocity less the other's, in own hill axes at the closest approach. The burn moves r by Phi_rv
    dv; only what lies across v counts. With D the two rows of Phi_rv across v, dv = D' (D D')^-1 (point - r), in the
    axes of D D': one of them may be moved hardly or not at all, as after whole turns.
    """
    tau = turned(n, above_zero(t))
    wanted = above_zero(miss)
    along = scale(1.0 / above_zero(norm(v)), v)
    off = axpy(-dot(r, along), along, r)
    first = cross(along, (1.0, 0.0, 0.0)) if abs(along[0]) < 0.6 else cross(along, (0.0, 1.0, 0.0))
    e1 = scale(1.0 / norm(first), first)
    e2 = cross(along, e1)
    p, q = _shifts(n, tau / n, e1), _shifts(n, tau / n, e2)
    pp, pq, qq = dot(p, p), dot(p, q), dot(q, q)
    # the axes of D D': along the first a burn moves the place most
    s, c = sincos(0.5 * atan2(2.0 * pq, pp - qq))
    most = 0.5 * (pp + qq) + math.sqrt(0.25 * (pp - qq) * (pp - qq) + pq * pq)
    least = (pp * qq - pq * pq) / most
    moved = most if math.sqrt(most) > 1e-6 * tau / n else math.nan
    ratio = min(max(least / most, 0.0), 1.0)
    easy, hard = axpy(s, q, scale(c, p)), axpy(c, q, scale(-s, p))
    x, y = c * dot(off, e1) + s * dot(off, e2), c * dot(off, e2) - s * dot(off, e1)
    gone, share = _reached(x, y, ratio, wanted)
    burn = scale(1.0 / moved, axpy(gone, easy, scale(y * share, hard)))
    away = 1.0 if x * x + y * y < wanted * wanted else 0.0
    if not wanted > 0.0:
        away = math.nan
    return scale(away, burn)
