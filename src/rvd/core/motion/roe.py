"""Relative orbital elements: D'Amico's quasi-nonsingular set, its motion under J2, and its maps to hill.

The six numbers are (da, dlambda, dex, dey, dix, diy), dimensionless, of the chaser relative to the target:
    da  = (a' - a) / a                          dlambda = (M' + w') - (M + w) + (raan' - raan) cos i
    dex = e' cos w' - e cos w                   dey = e' sin w' - e sin w
    dix = i' - i                                diy = (raan' - raan) sin i
Source: S. D'Amico, PhD thesis, TU Delft 2010; A. W. Koenig, T. Guffanti, S. D'Amico, J. Guidance, Control, and
Dynamics 40(7), 2017, 1749-1768. The target is told by `Kepler` elements; under J2 all elements are *mean* ones
(see orbit.mean). Limits: e < 1; i = 0 is singular (diy cot i); second order in the six numbers is neglected.
"""

import math

from rvd.core.algebra.elementary import atan2, sincos
from rvd.core.kernel import Vec, kernel
from rvd.core.orbit.curvilinear import curvilinear_from_hill, hill_from_curvilinear
from rvd.core.orbit.elements import Kepler
from rvd.core.orbit.kepler import true_from_mean

Six = tuple[float, float, float, float, float, float]


@kernel
def wrap(angle: float) -> float:
    """The angle in [-pi, pi)."""
    return angle - 2.0 * math.pi * math.floor(angle / (2.0 * math.pi) + 0.5)


@kernel
def roe_from_elements(target: Kepler, chaser: Kepler) -> Six:
    """The six numbers from two sets of elements; angle differences are taken the short way."""
    s, c = sincos(target.argp)
    s1, c1 = sincos(chaser.argp)
    si, ci = sincos(target.i)
    node = wrap(chaser.raan - target.raan)
    along = wrap((chaser.mean - target.mean) + (chaser.argp - target.argp))
    return (
        (chaser.a - target.a) / target.a,
        along + node * ci,
        chaser.e * c1 - target.e * c,
        chaser.e * s1 - target.e * s,
        chaser.i - target.i,
        node * si,
    )


@kernel
def elements_from_roe(six: Six, target: Kepler) -> Kepler:
    """The chaser's elements: the exact inverse of `roe_from_elements`."""
    da, dl, dex, dey, dix, diy = six
    s, c = sincos(target.argp)
    si, ci = sincos(target.i)
    ex, ey = target.e * c + dex, target.e * s + dey
    node = diy / si
    argp = atan2(ey, ex)
    along = dl - node * ci
    return Kepler(
        a=target.a * (1.0 + da),
        e=math.sqrt(ex * ex + ey * ey),
        i=target.i + dix,
        raan=target.raan + node,
        argp=argp,
        mean=target.mean + along - wrap(argp - target.argp),
    )


@kernel
def hill_matrix(mu: float, target: Kepler):
    """The 6x6 matrix from the six numbers to (r_hill, v_hill), to first order, for any e < 1.

    Derived from the variation of the Keplerian position (K. T. Alfriend et al., Spacecraft Formation Flying,
    2010, chapter 5) written in the quasi-nonsingular set; at e = 0 it is D'Amico (2010), Eq. 2.17 and 2.18.
    """
    a, e = target.a, target.e
    eta2 = (1.0 - e) * (1.0 + e)
    eta = math.sqrt(eta2)
    nu = true_from_mean(e, target.mean)
    s, c = sincos(nu)
    sw, cw = sincos(target.argp)
    st, ct = sincos(target.argp + nu)
    si, ci = sincos(target.i)
    cot = ci / si
    n = math.sqrt(mu / a) / a
    rho = 1.0 + e * c
    r = a * eta2 / rho
    grow = r * e * s / rho  # dr/dnu
    rate = n * rho * rho / (eta2 * eta)  # dnu/dt
    slide = -1.5 * n / rate  # of dlambda with nu, per da
    # x = r da + (a/eta)(e s (dlambda - cot diy) - s A) - a c B, with B = de and A = e dw:
    # A = -sw dex + cw dey, B = cw dex + sw dey; likewise y and their derivatives in nu
    k = a / eta
    mean = rho * rho / (eta2 * eta)
    spin = (-e * (1.0 + eta + eta2) / (1.0 + eta) - 2.0 * c - e * c * c) / (eta2 * eta)
    tilt = s * (2.0 + e * c) / eta2
    mean1 = -2.0 * rho * e * s / (eta2 * eta)
    spin1 = 2.0 * rho * s / (eta2 * eta)
    tilt1 = (c * (2.0 + e * c) - e * s * s) / eta2
    xl, xa, xb = k * e * s, -k * s, -a * c
    yl, ya, yb = r * mean, r * spin, r * tilt
    ul, ua, ub = rate * k * e * c, -rate * k * c, rate * a * s
    vl = rate * (grow * mean + r * mean1)
    va = rate * (grow * spin + r * spin1)
    vb = rate * (grow * tilt + r * tilt1)
    return (
        (r, xl, cw * xb - sw * xa, sw * xb + cw * xa, 0.0, -cot * xl),
        (0.0, yl, cw * yb - sw * ya, sw * yb + cw * ya, 0.0, cot * (r - yl)),
        (0.0, 0.0, 0.0, 0.0, r * st, -r * ct),
        (rate * (grow + slide * xl), ul, cw * ub - sw * ua, sw * ub + cw * ua, 0.0, -cot * ul),
        (rate * slide * yl, vl, cw * vb - sw * va, sw * vb + cw * va, 0.0, cot * (rate * grow - vl)),
        (0.0, 0.0, 0.0, 0.0, rate * (grow * st + r * ct), rate * (r * st - grow * ct)),
    )


@kernel
def hill_from_roe(six: Six, target: Kepler, mu: float, bent: bool = False) -> tuple[Vec, Vec]:
    """(r, v) in hill to first order in the six numbers.

    bent: with the result read as curvilinear coordinates, which is good to far larger dlambda.
    """
    m = hill_matrix(mu, target)
    r, v = (
        (times(m[0], six), times(m[1], six), times(m[2], six)),
        (
            times(m[3], six),
            times(m[4], six),
            times(m[5], six),
        ),
    )
    distance, climb = radius_and_rate(mu, target)
    p, u = hill_from_curvilinear(r, v, distance, climb)
    return (p if bent else r), (u if bent else v)


@kernel
def times(row: Six, six: Six) -> float:
    """One row of a matrix times the six numbers."""
    return (
        row[0] * six[0]
        + row[1] * six[1]
        + row[2] * six[2]
        + row[3] * six[3]
        + row[4] * six[4]
        + row[5] * six[5]
    )


@kernel
def roe_from_hill(r: Vec, v: Vec, target: Kepler, mu: float, bent: bool = False) -> Six:
    """The inverse of `hill_from_roe`."""
    distance, climb = radius_and_rate(mu, target)
    p, u = curvilinear_from_hill(r, v, distance, climb)
    return _from_hill((p if bent else r), (u if bent else v), target, mu)


@kernel
def _from_hill(r_hill: Vec, v_hill: Vec, target: Kepler, mu: float) -> Six:
    """The inverse of `hill_from_roe` on its own axes, by the variations of energy, eccentricity vector and plane."""
    a, e = target.a, target.e
    eta2 = (1.0 - e) * (1.0 + e)
    eta = math.sqrt(eta2)
    nu = true_from_mean(e, target.mean)
    s, c = sincos(nu)
    sw, cw = sincos(target.argp)
    st, ct = sincos(target.argp + nu)
    si, ci = sincos(target.i)
    cot = ci / si
    rho = 1.0 + e * c
    p = a * eta2
    r = p / rho
    h = math.sqrt(mu * p)
    w = h / (r * r)
    vr, vt = h / p * e * s, h / r
    x, y, z = r_hill
    ur, ut = v_hill[0] - w * y, v_hill[1] + w * x  # the inertial variation of velocity, in plane
    da = 2.0 * a / mu * (vr * ur + vt * ut + mu / (r * r) * x)
    dh = x * vt + r * ut - y * vr
    er = (h * ut + vt * dh) / mu
    et = -(h * ur + vr * dh) / mu - y / r
    lift, turn = z / r, (v_hill[2] - vr * z / r) / (r * w)
    dix, diy = st * lift + ct * turn, st * turn - ct * lift
    dex = ct * er - st * et + e * sw * cot * diy
    dey = st * er + ct * et - e * cw * cot * diy
    spin = (-e * (1.0 + eta + eta2) / (1.0 + eta) - 2.0 * c - e * c * c) / (eta2 * eta)
    tilt = s * (2.0 + e * c) / eta2
    swing, stretch = cw * dey - sw * dex, cw * dex + sw * dey
    along = y / r - cot * diy - spin * swing - tilt * stretch
    return da, along * (eta2 * eta) / (rho * rho) + cot * diy, dex, dey, dix, diy


@kernel
def radius_and_rate(mu: float, target: Kepler) -> tuple[float, float]:
    """The target's distance from the centre (m) and its rate (m/s)."""
    p = target.a * (1.0 - target.e) * (1.0 + target.e)
    s, c = sincos(true_from_mean(target.e, target.mean))
    return p / (1.0 + target.e * c), math.sqrt(mu / p) * target.e * s


@kernel
def secular_rates(mu: float, j2: float, radius: float, target: Kepler) -> tuple[float, float, float]:
    """Mean rates of raan, argp and mean anomaly under J2, rad/s (Koenig et al., Eq. 13)."""
    eta2 = (1.0 - target.e) * (1.0 + target.e)
    n = math.sqrt(mu / target.a) / target.a
    q = radius / (target.a * eta2)
    kappa = 0.75 * n * j2 * q * q
    _, ci = sincos(target.i)
    cc = ci * ci
    return (
        -2.0 * kappa * ci,
        kappa * (5.0 * cc - 1.0),
        n + kappa * math.sqrt(eta2) * (3.0 * cc - 1.0),
    )


@kernel
def drift(target: Kepler, t: float, mu: float, j2: float, radius: float) -> Kepler:
    """The target's mean elements after `t` seconds of secular J2."""
    raan, argp, mean = secular_rates(mu, j2, radius, target)
    k = target
    return k._replace(raan=k.raan + raan * t, argp=k.argp + argp * t, mean=k.mean + mean * t)


@kernel
def transition(target: Kepler, t: float, mu: float, j2: float, radius: float):
    """The 6x6 matrix of the six mean numbers over `t` seconds under secular J2 (Koenig et al., Eq. A6).

    j2 = 0 gives Keplerian motion. First order in the six numbers; `target` holds its mean elements at the start.
    """
    e = target.e
    eta2 = (1.0 - e) * (1.0 + e)
    eta = math.sqrt(eta2)
    n = math.sqrt(mu / target.a) / target.a
    reach = radius / (target.a * eta2)
    kappa = 0.75 * n * j2 * reach * reach
    si, ci = sincos(target.i)
    big_e, f, g = 1.0 + eta, 4.0 + 3.0 * eta, 1.0 / eta2
    p, q = 3.0 * ci * ci - 1.0, 5.0 * ci * ci - 1.0
    s, u = 2.0 * si * ci, si * si
    turn = kappa * q * t
    sw, cw = sincos(target.argp)
    s1, c1 = sincos(target.argp + turn)
    sd, cd = sincos(turn)
    x0, y0, x1, y1 = e * cw, e * sw, e * c1, e * s1
    k = kappa * t
    return (
        (1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (-1.5 * n * t - 3.5 * k * big_e * p, 1.0, k * x0 * f * g * p, k * y0 * f * g * p, -k * f * s, 0.0),
        (
            3.5 * k * y1 * q,
            0.0,
            cd - 4.0 * k * x0 * y1 * g * q,
            -sd - 4.0 * k * y0 * y1 * g * q,
            5.0 * k * y1 * s,
            0.0,
        ),
        (
            -3.5 * k * x1 * q,
            0.0,
            sd + 4.0 * k * x0 * x1 * g * q,
            cd + 4.0 * k * y0 * x1 * g * q,
            -5.0 * k * x1 * s,
            0.0,
        ),
        (0.0, 0.0, 0.0, 0.0, 1.0, 0.0),
        (3.5 * k * s, 0.0, -4.0 * k * x0 * g * s, -4.0 * k * y0 * g * s, 2.0 * k * u, 1.0),
    )


@kernel
def coast(six: Six, target: Kepler, t: float, mu: float, j2: float, radius: float) -> Six:
    """The six mean numbers after `t` seconds of secular J2; with differential drag, `roe_drag.coast`."""
    m = transition(target, t, mu, j2, radius)
    return (
        times(m[0], six),
        times(m[1], six),
        times(m[2], six),
        times(m[3], six),
        times(m[4], six),
        times(m[5], six),
    )
