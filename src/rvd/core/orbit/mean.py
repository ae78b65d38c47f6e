"""Mean and osculating elements under J2: the short-period part, to first order.

Source: D. Brouwer, Astronomical Journal 64 (1959) 378, short-period generating function; applied through
Lagrange's planetary equations, with every division by e carried out by hand, so that circular orbits are regular.
Long-period terms stay in the mean elements. Neglected: J2 squared (about 10 m in position at 400 km).
Elements are `Kepler` (a, e, i, raan, argp, mean); equatorial orbits are regular except for raan itself.
"""

import math

from rvd.core.algebra.elementary import atan2, sincos
from rvd.core.kernel import kernel
from rvd.core.orbit.elements import Kepler
from rvd.core.orbit.kepler import true_from_mean

Six = tuple[float, float, float, float, float, float]


@kernel
def short_period(mu: float, j2: float, radius: float, k: Kepler) -> Six:
    """Osculating minus mean of (a, e, i, raan), e times that of argp, and that of argp + mean.

    With W = -K ((2 - 3 s2)(nu - M + e sin nu) + 3 s2 (sin 2u / 2 + e sin(2w + nu) / 2 + e sin(2w + 3 nu) / 6)),
    K = J2 R2 sqrt(mu) / (4 p^1.5), the elements change by their Poisson brackets with W.
    """
    a, e = k.a, k.e
    eta2 = (1.0 - e) * (1.0 + e)
    eta = math.sqrt(eta2)
    nu = true_from_mean(e, k.mean)
    sn, cn = sincos(nu)
    si, ci = sincos(k.i)
    s2u, c2u = sincos(2.0 * (k.argp + nu))
    s21, c21 = sincos(2.0 * k.argp + nu)
    s23, c23 = sincos(2.0 * k.argp + 3.0 * nu)
    rho = 1.0 + e * cn
    rho3 = rho * rho * rho
    q = radius / (a * eta2)
    small = 0.25 * j2 * q * q  # K over n a2 eta
    level, tilt = 2.0 - 3.0 * si * si, 3.0 * si * si
    center = nu - k.mean + e * sn
    wave = 0.5 * s2u + 0.5 * e * s21 + e / 6.0 * s23
    # derivatives of -W / K; that of nu in e is sin nu (1 + rho) / eta2
    total = level * center + tilt * wave
    nu_e = sn * (1.0 + rho) / eta2
    by_e = (
        3.0 * e / eta2 * total + level * (nu_e * rho + sn) + tilt * (nu_e * c2u * rho + 0.5 * s21 + s23 / 6.0)
    )
    by_mean = (level + tilt * c2u) * rho3 / (eta2 * eta) - level
    node = 6.0 * ci * (wave - center)
    # (eta W_M - W_w) / e, in which rho3 - 1 = e up
    up = cn * (3.0 + 3.0 * e * cn + e * e * cn * cn)
    over_e = level * (up + e * (1.0 + eta + eta2) / (1.0 + eta)) / eta2 + tilt * (
        c2u * (up + e) / eta2 - c21 - c23 / 3.0
    )
    return (
        2.0 * a * eta * small * by_mean,
        eta2 * small * over_e,
        3.0 * si * ci * small * (c2u + e * c21 + e / 3.0 * c23),
        small * node,
        small * (eta2 * by_e - e * ci * node),
        small * (3.0 * eta * total + eta2 * e / (1.0 + eta) * by_e - ci * node),
    )


@kernel
def moved(k: Kepler, by: Six, way: float) -> Kepler:
    """`k` with the six changes of `short_period` added (`way` = 1) or taken off (-1), regular at e = 0."""
    s, c = sincos(k.argp)
    e, side = k.e + way * by[1], way * by[4]
    ex, ey = e * c - side * s, e * s + side * c
    argp = atan2(ey, ex)
    argp += 2.0 * math.pi * math.floor((k.argp - argp) / (2.0 * math.pi) + 0.5)
    return Kepler(
        a=k.a + way * by[0],
        e=math.sqrt(ex * ex + ey * ey),
        i=k.i + way * by[2],
        raan=k.raan + way * by[3],
        argp=argp,
        mean=k.mean + k.argp + way * by[5] - argp,
    )


@kernel
def osculating_from_mean(kepler: Kepler, mu: float, j2: float, radius: float) -> Kepler:
    """Osculating elements from mean ones."""
    return moved(kepler, short_period(mu, j2, radius, kepler), 1.0)


@kernel
def mean_from_osculating(kepler: Kepler, mu: float, j2: float, radius: float) -> Kepler:
    """Mean elements from osculating ones: the inverse of `osculating_from_mean`, by iteration to the last digits."""
    guess = kepler
    for _ in range(8):
        # the change is told about the guess's own perigee: bring it to the axes of `kepler` first
        d = short_period(mu, j2, radius, guess)
        s, c = sincos(guess.argp - kepler.argp)
        turned = (d[0], d[1] * c - d[4] * s, d[2], d[3], d[1] * s + d[4] * c, d[5])
        guess = moved(kepler, turned, -1.0)
    return guess
