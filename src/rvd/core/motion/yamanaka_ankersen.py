"""Yamanaka-Ankersen: linear relative motion about an ellipse of any eccentricity below one, in closed form.

Frame: hill, rotating with the target; at e = 0 it is Clohessy-Wiltshire.
Source: K. Yamanaka, F. Ankersen, J. Guidance, Control, and Dynamics 25(1), 2002, 60-66. Their axes are
x forward, y starboard, z down (hill y, -z, -x); equation numbers below are theirs.
The target is told by mu, p (semi-latus rectum), e and its true anomaly `nu` at the start.
Neglected: separation over orbit radius, J2, drag. Limit: the inverse divides by 1 - e2, so digits go as e nears 1.
"""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import cos, sincos
from rvd.core.kernel import Vec, kernel
from rvd.core.motion import transfers
from rvd.core.orbit.kepler import mean_from_true, true_from_mean

Four = tuple[float, float, float, float]


class Arc(NamedTuple):
    """The piece of the target's ellipse that is flown."""

    #: k2 of the paper, h / p2, rad/s: the angular rate of the target where it is at its semi-latus rectum.
    rate: float
    #: Eccentricity, from 0 and below 1.
    e: float
    #: True anomaly at the start, rad.
    nu: float
    #: True anomaly at the end, rad.
    nu_end: float
    #: Time between the two, s.
    t: float


@kernel
def true_anomaly_after(mu: float, p: float, e: float, nu: float, t: float) -> float:
    """The target's true anomaly after `t` seconds."""
    eta2 = (1.0 - e) * (1.0 + e)
    n = math.sqrt(mu / p) / p * eta2 * math.sqrt(eta2)
    return true_from_mean(e, mean_from_true(e, nu) + n * t)


@kernel
def constants_in_plane(e: float, nu: float, scaled: Four) -> Four:
    """The four integration constants of the in-plane motion, from the scaled state (x, z, vx, vz) at `nu` (82)."""
    x, z, vx, vz = scaled
    sine, cosine = sincos(nu)
    rho = 1.0 + e * cosine
    s, c = rho * sine, rho * cosine
    k = 1.0 / ((1.0 - e) * (1.0 + e))
    return (
        x
        + k
        * (3.0 * e * s * (1.0 + rho) / (rho * rho) * z - e * s * (1.0 + 1.0 / rho) * vx + (2.0 - e * c) * vz),
        k * (-3.0 * s * (rho + e * e) / (rho * rho) * z + s * (1.0 + 1.0 / rho) * vx + (c - 2.0 * e) * vz),
        k * (-3.0 * (c / rho + e) * z + (c * (1.0 + 1.0 / rho) + e) * vx - s * vz),
        k * ((3.0 * rho + e * e - 1.0) * z - rho * rho * vx + e * s * vz),
    )


@kernel
def state_in_plane(e: float, nu: float, j: float, constants: Four) -> Four:
    """The scaled state (x, z, vx, vz) at `nu`, `j` after the constants were taken (83)."""
    sine, cosine = sincos(nu)
    rho = 1.0 + e * cosine
    s, c = rho * sine, rho * cosine
    s1 = cosine + e * (2.0 * cosine * cosine - 1.0)
    c1 = -(sine + 2.0 * e * sine * cosine)
    k1, k2, k3, k4 = constants
    return (
        k1 - c * (1.0 + 1.0 / rho) * k2 + s * (1.0 + 1.0 / rho) * k3 + 3.0 * rho * rho * j * k4,
        s * k2 + c * k3 + (2.0 - 3.0 * e * s * j) * k4,
        2.0 * s * k2 + (2.0 * c - e) * k3 + 3.0 * (1.0 - 2.0 * e * s * j) * k4,
        s1 * k2 + c1 * k3 - 3.0 * e * (s1 * j + s / (rho * rho)) * k4,
    )


@kernel
def arc_of(mu: float, p: float, e: float, nu: float, t: float) -> Arc:
    """What the target flies in `t` seconds from the true anomaly `nu`."""
    end = true_anomaly_after(mu, p, e, nu, t)
    return Arc(rate=math.sqrt(mu / p) / p, e=e, nu=nu, nu_end=end, t=t)


@kernel
def between(r: Vec, v: Vec, arc: Arc) -> tuple[Vec, Vec]:
    """As `coast`, with the true anomaly at the end already known."""
    rate, e, nu, nu_end, t = arc
    sine, cosine = sincos(nu)
    rho = 1.0 + e * cosine
    grow, k = -e * sine, 1.0 / (rate * rho)
    x, y, z = r[1], -r[2], -r[0]
    vx, vy, vz = v[1], -v[2], -v[0]
    scaled = (rho * x, rho * z, grow * x + k * vx, grow * z + k * vz)
    constants = constants_in_plane(e, nu, scaled)
    y, vy = rho * y, grow * y + k * vy
    x, z, vx, vz = state_in_plane(e, nu_end, rate * t, constants)
    s, c = sincos(nu_end - nu)
    y, vy = c * y + s * vy, c * vy - s * y
    sine, cosine = sincos(nu_end)
    rho = 1.0 + e * cosine
    fall, k = rate * e * sine, rate * rho
    i = 1.0 / rho
    return (
        (-z * i, x * i, -y * i),
        (-fall * z - k * vz, fall * x + k * vx, -fall * y - k * vy),
    )


@kernel
def coast(r: Vec, v: Vec, mu: float, p: float, e: float, nu: float, t: float) -> tuple[Vec, Vec]:
    """State (r, v) after `t` seconds of free motion about an ellipse, 0 <= e < 1; any `t`."""
    return between(r, v, arc_of(mu, p, e, nu, t))


@kernel
def transition(mu: float, p: float, e: float, nu: float, t: float):
    """The 6x6 matrix of `coast` as six row tuples."""
    arc = arc_of(mu, p, e, nu, t)
    o = (0.0, 0.0, 0.0)
    x, y, z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
    ra, va = between(x, o, arc)
    rb, vb = between(y, o, arc)
    rc, vc = between(z, o, arc)
    rd, vd = between(o, x, arc)
    re, ve = between(o, y, arc)
    rf, vf = between(o, z, arc)
    return (
        (ra[0], rb[0], rc[0], rd[0], re[0], rf[0]),
        (ra[1], rb[1], rc[1], rd[1], re[1], rf[1]),
        (ra[2], rb[2], rc[2], rd[2], re[2], rf[2]),
        (va[0], vb[0], vc[0], vd[0], ve[0], vf[0]),
        (va[1], vb[1], vc[1], vd[1], ve[1], vf[1]),
        (va[2], vb[2], vc[2], vd[2], ve[2], vf[2]),
    )


@kernel
def path(mu: float, p: float, e: float, nu: float, t: float) -> tuple[float, float]:
    """How far the target's anomaly grows (rad), and its rate at the end (rad/s)."""
    end = true_anomaly_after(mu, p, e, nu, t)
    rho = 1.0 + e * cos(end)
    return end - nu, math.sqrt(mu / p) / p * rho * rho


@kernel
def find(r: Vec, v: Vec, to: Vec, mu: float, p: float, e: float, nu: float, t: float) -> transfers.Found:
    """Impulses that bring the chaser to rest in hill at `to` after `t` seconds (above zero), and whether they exist."""
    swept, rate = path(mu, p, e, nu, t)
    begin = transfers.start(transition(mu, p, e, nu, t), rate, swept, r, to)
    end = coast(r, begin.velocity, mu=mu, p=p, e=e, nu=nu, t=t)
    return transfers.judged(begin, r, v, to, end)


@kernel
def two_impulse(
    r: Vec, v: Vec, to: Vec, mu: float, p: float, e: float, nu: float, t: float
) -> tuple[Vec, Vec]:
    """Impulses (dv now, dv at arrival) that bring the chaser to rest in hill at `to` after `t` seconds, above zero.

    NaN where no such transfer exists (`rvd.core.motion.transfers`).
    """
    return transfers.sure(find(r, v, to, mu=mu, p=p, e=e, nu=nu, t=t))
