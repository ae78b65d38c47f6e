"""Two burns that carry a chaser along the V-bar or the R-bar, or to a point, about a circular orbit.

Frame: hill (x outward, y along track, z normal); velocity is the rate seen in the rotating frame; n is the target's
mean motion, rad/s. Burns are impulses, m/s. The equations are those of Clohessy and Wiltshire (`rvd.core.motion.cw`).
Source: W. Fehse, Automated Rendezvous and Docking of Spacecraft, 2003, section 3.3.2, and as named in each.
"""

import math

from rvd.core.algebra.allowed import above_zero, turned
from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.vec import sub
from rvd.core.kernel import Vec, kernel
from rvd.core.motion import cw

Hop = tuple[Vec, Vec, float]


@kernel
def vbar_tangential(along: float, n: float) -> Hop:
    """Along the V-bar by `along` in one revolution, by two burns along track."""
    n = above_zero(n)
    dv = -n * along / (6.0 * math.pi)
    return (0.0, dv, 0.0), (0.0, -dv, 0.0), 2.0 * math.pi / n


@kernel
def vbar_radial(along: float, n: float) -> Hop:
    """Along the V-bar by `along` in half a revolution, by two equal radial burns."""
    n = above_zero(n)
    dv = -0.25 * n * along
    return (dv, 0.0, 0.0), (dv, 0.0, 0.0), math.pi / n


@kernel
def outward_by_tangent(tau: float) -> float:
    """x at the end over x at the start, from rest on the R-bar, of the burn along track that leads back to it."""
    s, _ = sincos(tau)
    half, _ = sincos(0.5 * tau)
    vers = 2.0 * half * half
    return 1.0 + 3.0 * vers - 12.0 * vers * (s - tau) / (4.0 * s - 3.0 * tau)


@kernel
def outward_by_radius(tau: float) -> float:
    """x at the end over x at the start, from rest on the R-bar, of the radial burn that leads back to it."""
    s, _ = sincos(tau)
    half, _ = sincos(0.5 * tau)
    vers = 2.0 * half * half
    return 1.0 + 3.0 * vers + 3.0 * s * (s - tau) / vers


@kernel
def rbar_tangential(x_from: float, x_to: float, n: float) -> Hop:
    """Along the R-bar, at rest at both ends; the burn at the point farther away is along track.

    The time follows: between half a revolution (to the opposite point) and a whole one. From the farther point the
    burn is -6 n (sin - tau) x / (4 sin - 3 tau), from Clohessy-Wiltshire with y = 0 at the end; the way out is the way
    in, flown backwards. NaN where both points are equally far, or the farther one is zero.
    """
    far = abs(x_from) > abs(x_to)
    a, b = x_from if far else x_to, x_to if far else x_from
    share = b / a
    low, high = math.pi, 2.0 * math.pi
    for _ in range(60):
        tau = 0.5 * (low + high)
        under = outward_by_tangent(tau) < share
        low, high = tau if under else low, high if under else tau
    tau = 0.5 * (low + high)
    tau = tau if abs(share) < 1.0 else math.nan
    s, _ = sincos(tau)
    leave = (0.0, -6.0 * above_zero(n) * (s - tau) * a / (4.0 * s - 3.0 * tau), 0.0)
    _, (ux, uy, uz) = cw.coast((a, 0.0, 0.0), leave, n, tau / n)
    # flown backwards, the radial part of the velocity changes its sign, and y too
    first = leave if far else (-ux, uy, uz)
    second = (-ux, -uy, -uz) if far else (0.0, -leave[1], 0.0)
    return first, second, tau / n


@kernel
def rbar_radial(x_from: float, x_to: float, n: float) -> Hop:
    """Along the R-bar on one side of the target, at rest at both ends; the burn at the nearer point is radial.

    The time follows: less than half a revolution to seven times the distance, and never a whole one. From the nearer
    point the burn is 3 n (sin - tau) x / (1 - cos), from Clohessy-Wiltshire with y = 0 at the end; the way in is the
    way out, flown backwards. NaN where the points are on two sides, or one is the target, or both are equal.
    """
    near = abs(x_from) < abs(x_to)
    a, b = x_from if near else x_to, x_to if near else x_from
    share = b / a
    low, high = 0.0, 2.0 * math.pi
    for _ in range(60):
        tau = 0.5 * (low + high)
        under = outward_by_radius(tau) < share
        low, high = tau if under else low, high if under else tau
    tau = 0.5 * (low + high)
    tau = tau if share > 1.0 else math.nan
    s, _ = sincos(tau)
    half, _ = sincos(0.5 * tau)
    leave = (1.5 * above_zero(n) * (s - tau) * a / (half * half), 0.0, 0.0)
    _, (ux, uy, uz) = cw.coast((a, 0.0, 0.0), leave, n, tau / n)
    first = leave if near else (-ux, uy, uz)
    second = (-ux, -uy, -uz) if near else (leave[0], 0.0, 0.0)
    return first, second, tau / n


@kernel
def to_state(r: Vec, v: Vec, to: Vec, v_to: Vec, n: float, t: float) -> tuple[Vec, Vec]:
    """Burns now and at arrival that bring the state (r, v) to (to, v_to) after `t` seconds.

    Vallado 2013, section 6.8, with a velocity at the end. NaN within 1e-3 rad of the times at which no burn chooses
    the place: in plane whole turns and 1.4067, 2.4453, ... of them, out of plane half turns.
    """
    tau = turned(n, above_zero(t))
    s, _ = sincos(tau)
    needed = cw.velocity_to(r, to, n, t)
    _, arriving = cw.coast(r, needed, n, t)
    dz = to[2] - cw.coast(r, (0.0, 0.0, 0.0), n, t)[0][2]
    # near half a turn `velocity_to` leaves the plane alone; here it is chosen as long as it can be
    vz = n * dz / s
    needed = (needed[0], needed[1], vz)
    _, c = sincos(tau)
    arriving = (arriving[0], arriving[1], -n * s * r[2] + c * vz)
    near = 1e-3 * min(1.0, tau)
    ok = (cw.margin(tau) > near) & (abs(s) > near)
    k = 1.0 if ok else math.nan
    return (
        (k * (needed[0] - v[0]), k * (needed[1] - v[1]), k * (needed[2] - v[2])),
        sub(v_to, arriving),
    )
