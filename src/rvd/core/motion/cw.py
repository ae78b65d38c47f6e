"""Clohessy-Wiltshire: linear relative motion about a circular orbit, in closed form.

Frame: hill (x radial outward, y along track, z orbit normal); velocity is the rate seen in the rotating frame.
Source: W. H. Clohessy, R. S. Wiltshire, J. Aerospace Sci. 27 (1960) 653-658; the form with x radial is
D. A. Vallado, Fundamentals of Astrodynamics, section 6.8.
Neglected: separation over orbit radius (error grows with its square), eccentricity, J2, drag.
"""

from rvd.core.algebra.elementary import sincos
from rvd.core.kernel import Vec, kernel
from rvd.core.motion import transfers

#: Within asin(0.02) = 1.15 deg of a half revolution no impulse now can move the out-of-plane arrival point.
PLANE_LIMIT = 0.02


@kernel
def coast(r: Vec, v: Vec, n: float, t: float) -> tuple[Vec, Vec]:
    """State after `t` seconds of free motion; `n` is the target's mean motion (rad/s, not zero).

    Any `t`, also negative or zero. Returns (r, v).
    """
    x, y, z = r
    vx, vy, vz = v
    tau = n * t
    s, c = sincos(tau)
    half, _ = sincos(0.5 * tau)
    vers = 2.0 * half * half  # 1 - cos, without its cancellation
    p = 2.0 * vers / n
    place = (
        (1.0 + 3.0 * vers) * x + s / n * vx + p * vy,
        6.0 * (s - tau) * x + y - p * vx + (4.0 * s - 3.0 * tau) / n * vy,
        c * z + s / n * vz,
    )
    speed = (
        3.0 * n * s * x + c * vx + 2.0 * s * vy,
        -6.0 * n * vers * x - 2.0 * s * vx + (1.0 - 4.0 * vers) * vy,
        -n * s * z + c * vz,
    )
    return place, speed


@kernel
def transition(n: float, t: float):
    """The 6x6 matrix of `coast` as six row tuples: (r, v)(t) = matrix (r, v)(0)."""
    tau = n * t
    s, c = sincos(tau)
    half, _ = sincos(0.5 * tau)
    vers = 2.0 * half * half
    q = s / n
    p = 2.0 * vers / n
    return (
        (1.0 + 3.0 * vers, 0.0, 0.0, q, p, 0.0),
        (6.0 * (s - tau), 1.0, 0.0, -p, (4.0 * s - 3.0 * tau) / n, 0.0),
        (0.0, 0.0, c, 0.0, 0.0, q),
        (3.0 * n * s, 0.0, 0.0, c, 2.0 * s, 0.0),
        (-6.0 * n * vers, 0.0, 0.0, -2.0 * s, 1.0 - 4.0 * vers, 0.0),
        (0.0, 0.0, -n * s, 0.0, 0.0, c),
    )


@kernel
def margin(angle: float) -> float:
    """How far the target turns (rad) from `angle` (not zero) to the next time at which no impulse chooses the place.

    In the plane, to first order: the determinant 8 (1 - cos) - 3 angle sin over its slope. See `motion.transfers`.
    """
    s, c = sincos(angle)
    half, _ = sincos(0.5 * angle)
    slope = 5.0 * s - 3.0 * angle * c
    return abs(16.0 * half * half - 3.0 * angle * s) / max(abs(slope), 1e-300)


@kernel
def velocity_to(r: Vec, to: Vec, n: float, t: float) -> Vec:
    """Velocity needed now at `r` to be at `to` after `t` seconds.

    In plane it does not exist where 8 (1 - cos nt) = 3 nt sin nt: at every whole revolution and near 1.4067, 2.4453,
    ... of them; the result is then not finite or huge, and the caller must look (`motion.transfers`). Out of plane
    it does not exist at half revolutions: where |sin nt| < PLANE_LIMIT the out-of-plane part is zero, and z arrives at
    cos(nt) z.
    """
    x, y, z = r
    tau = n * t
    s, c = sincos(tau)
    half, _ = sincos(0.5 * tau)
    vers = 2.0 * half * half
    a, b, d = s, 2.0 * vers, 4.0 * s - 3.0 * tau
    dx = to[0] - (1.0 + 3.0 * vers) * x
    dy = to[1] - (6.0 * (s - tau) * x + y)
    dz = to[2] - c * z
    k = n / (a * d + b * b)
    vz = 0.0
    if not abs(s) < PLANE_LIMIT:
        vz = n * dz / s
    return (k * (d * dx - b * dy), k * (b * dx + a * dy), vz)


@kernel
def find(r: Vec, v: Vec, to: Vec, n: float, t: float) -> transfers.Found:
    """Impulses that bring the chaser to rest at `to` after `t` seconds (above zero), and whether they exist."""
    begin = transfers.start(transition(n, t), n, n * t, r, to)
    return transfers.judged(begin, r, v, to, coast(r, begin.velocity, n, t))


@kernel
def two_impulse(r: Vec, v: Vec, to: Vec, n: float, t: float) -> tuple[Vec, Vec]:
    """Impulses (dv now, dv at arrival) that bring the chaser to rest at `to` after `t` seconds, above zero.

    NaN where no such transfer exists (`rvd.core.motion.transfers`).
    """
    return transfers.sure(find(r, v, to, n, t))
