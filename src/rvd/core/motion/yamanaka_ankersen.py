"""Yamanaka-Ankersen: linear relative motion about an ellipse of any eccentricity below one, in closed form.

Frame: hill, rotating with the target; at e = 0 it is Clohessy-Wiltshire.
Source: K. Yamanaka, F. Ankersen, J. Guidance, Control, and Dynamics 25(1), 2002, 60-66. Their axes are
x forward, y starboard, z down (hill y, -z, -x); equation numbers below are theirs.
The target is told by mu, p (semi-latus rectum), e and its true anomaly `nu` at the start.
Neglected: separation over orbit radius, J2, drag. Limit: the inverse divides by 1 - e2, so digits go as e nears 1.
"""

import math

from rvd.core.algebra.elementary import sincos
from rvd.core.kernel import Vec, kernel
from rvd.core.orbit.kepler import mean_from_true, true_from_mean

Four = tuple[float, float, float, float]


@kernel
def true_anomaly_after(mu: float, p: float, e: float, nu: float, t: float) -> float:
    """The target's true anomaly after `t` seconds."""
    eta2 = (1.0 - e) * (1.0 + e)
    n = math.sqrt(mu / p) / p * eta2 * math.sqrt(eta2)
    return true_from_mean(e, mean_from_true(e, nu) + n * t)


@kernel
def constants_in_plane(e: float, nu: float, x: float, z: float, vx: float, vz: float) -> Four:
    """The four integration constants of the in-plane motion, from the scaled state at `nu` (82)."""
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
def between(mu: float, p: float, e: float, nu: float, nu_end: float, t: float, r_hill: Vec, v_hill: Vec):
    """As `coast`, with the true anomaly at the end already known."""
    rate = math.sqrt(mu / p) / p  # k2 of the paper: h / p2
    sine, cosine = sincos(nu)
    rho = 1.0 + e * cosine
    grow, k = -e * sine, 1.0 / (rate * rho)
    x, y, z = r_hill[1], -r_hill[2], -r_hill[0]
    vx, vy, vz = v_hill[1], -v_hill[2], -v_hill[0]
    constants = constants_in_plane(e, nu, rho * x, rho * z, grow * x + k * vx, grow * z + k * vz)
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
def coast(mu: float, p: float, e: float, nu: float, t: float, r_hill: Vec, v_hill: Vec) -> tuple[Vec, Vec]:
    """State (r_hill, v_hill) after `t` seconds of free motion about an ellipse, 0 <= e < 1; any `t`."""
    return between(mu, p, e, nu, true_anomaly_after(mu, p, e, nu, t), t, r_hill, v_hill)


@kernel
def transition(mu: float, p: float, e: float, nu: float, t: float):
    """The 6x6 matrix of `coast` as six row tuples."""
    nu_end = true_anomaly_after(mu, p, e, nu, t)
    o = (0.0, 0.0, 0.0)
    x, y, z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
    ra, va = between(mu, p, e, nu, nu_end, t, x, o)
    rb, vb = between(mu, p, e, nu, nu_end, t, y, o)
    rc, vc = between(mu, p, e, nu, nu_end, t, z, o)
    rd, vd = between(mu, p, e, nu, nu_end, t, o, x)
    re, ve = between(mu, p, e, nu, nu_end, t, o, y)
    rf, vf = between(mu, p, e, nu, nu_end, t, o, z)
    return (
        (ra[0], rb[0], rc[0], rd[0], re[0], rf[0]),
        (ra[1], rb[1], rc[1], rd[1], re[1], rf[1]),
        (ra[2], rb[2], rc[2], rd[2], re[2], rf[2]),
        (va[0], vb[0], vc[0], vd[0], ve[0], vf[0]),
        (va[1], vb[1], vc[1], vd[1], ve[1], vf[1]),
        (va[2], vb[2], vc[2], vd[2], ve[2], vf[2]),
    )


@kernel
def two_impulse(
    mu: float, p: float, e: float, nu: float, t: float, r_hill: Vec, v_hill: Vec, to_hill: Vec
) -> tuple[Vec, Vec]:
    """Impulses (dv now, dv at arrival) that bring the chaser to rest in hill at `to_hill` after `t` seconds.

    Not finite or huge where there is none, and the caller must look (`rvd.core.motion.transfers`): in plane at whole
    revolutions and once between two of them, out of plane where the target's anomaly has grown by pi.
    """
    nu_end = true_anomaly_after(mu, p, e, nu, t)
    zero = (0.0, 0.0, 0.0)
    free, _ = between(mu, p, e, nu, nu_end, t, r_hill, zero)
    a, _ = between(mu, p, e, nu, nu_end, t, zero, (1.0, 0.0, 0.0))
    b, _ = between(mu, p, e, nu, nu_end, t, zero, (0.0, 1.0, 0.0))
    c, _ = between(mu, p, e, nu, nu_end, t, zero, (0.0, 0.0, 1.0))
    dx, dy, dz = to_hill[0] - free[0], to_hill[1] - free[1], to_hill[2] - free[2]
    k = 1.0 / (a[0] * b[1] - b[0] * a[1])
    needed = (k * (b[1] * dx - b[0] * dy), k * (a[0] * dy - a[1] * dx), dz / c[2])
    _, v_end = between(mu, p, e, nu, nu_end, t, r_hill, needed)
    return (
        (needed[0] - v_hill[0], needed[1] - v_hill[1], needed[2] - v_hill[2]),
        (-v_end[0], -v_end[1], -v_end[2]),
    )
