"""Differential drag on relative orbital elements, on top of secular J2.

Drag enters by three rates, constant over the time of flight: of da, and of the relative eccentricity vector along the
target's perigee and across it (1/s). Where they come from is free:
    density-model-free      `rates_between` estimates them from two sets of elements in flight; on an orbit with
                            e above about 0.05 one of them is enough (`circularizing`)
    density-model-specific  `rates` forms them from an atmosphere and two ballistic coefficients, as the mean of
                            Gauss's equations over a revolution of both craft
Source: A. W. Koenig, T. Guffanti, S. D'Amico, J. Guidance, Control, and Dynamics 40(7), 2017, 1749-1768: sections VII
(Eq. 69 to 72, C2) and VIII (Eq. 73 to 77, D2); equation numbers as others cite them (unverified). The columns are
derived anew from Eq. A6; the mean is ours, by quadrature instead of the paper's expansions.
Neglected: the fall of the orbit into denser air over the flight, drag's push out of the plane and on dlambda itself.
"""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.vec import dot
from rvd.core.kernel import Vec, kernel
from rvd.core.motion.nonlinear import Environment, drag
from rvd.core.motion.roe import Six, elements_from_roe, wrap
from rvd.core.motion.roe import coast as coast_j2
from rvd.core.motion.roe import transition as transition_j2
from rvd.core.orbit.elements import Kepler, state_from_kepler
from rvd.core.orbit.frames import hill_axes, into
from rvd.core.orbit.mean import osculating_from_mean

#: Points of the mean over a revolution, even in eccentric anomaly: enough for e = 0.9 in air of 60 km scale height.
POINTS = 256


class Rates(NamedTuple):
    """Rates by drag."""

    #: Of da, the relative semi-major axis, 1/s.
    da: float
    #: Of the relative eccentricity vector, toward the target's perigee, 1/s.
    along: float
    #: Of the relative eccentricity vector, a quarter turn ahead of the perigee, 1/s.
    across: float


@kernel
def circularizing(e: float, decay: float) -> Rates:
    """The rates on an eccentric orbit, where drag at the perigee leaves the perigee's height: de = (1 - e) da (69)."""
    return Rates(decay, (1.0 - e) * decay, 0.0)


@kernel
def columns(target: Kepler, t: float, mu: float, j2: float, radius: float) -> tuple[Six, Six, Six]:
    """Change of the six numbers after `t` seconds per unit of each rate (Eq. D2).

    [[roe.transition, columns], [0, 1]] is the paper's matrix on the six numbers and the rates. Exact for secular J2 to
    first order in the six numbers: turned to the perigee, its plant is constant and nilpotent.
    """
    e = target.e
    eta2 = (1.0 - e) * (1.0 + e)
    eta = math.sqrt(eta2)
    n = math.sqrt(mu / target.a) / target.a
    reach = radius / (target.a * eta2)
    kappa = 0.75 * n * j2 * reach * reach
    si, ci = sincos(target.i)
    p, q, s = 3.0 * ci * ci - 1.0, 5.0 * ci * ci - 1.0, 2.0 * si * ci
    s1, c1 = sincos(target.argp + kappa * q * t)
    half, k = 0.5 * t * t, 0.5 * kappa * t * t
    turned = 3.5 * k * q * e
    bent = 4.0 * k * q * e * e / eta2
    return (
        (t, -1.5 * n * half - 3.5 * k * (1.0 + eta) * p, turned * s1, -turned * c1, 0.0, 3.5 * k * s),
        (
            0.0,
            k * e * (4.0 + 3.0 * eta) / eta2 * p,
            c1 * t - bent * s1,
            s1 * t + bent * c1,
            0.0,
            -4.0 * k * e / eta2 * s,
        ),
        (0.0, 0.0, -s1 * t, c1 * t, 0.0, 0.0),
    )


@kernel
def transition(target: Kepler, t: float, mu: float, j2: float, radius: float):
    """The matrix on the six numbers and the three rates over `t` seconds, as nine row tuples (Eq. D2)."""
    m = transition_j2(target, t, mu, j2, radius)
    a, b, c = columns(target, t, mu, j2, radius)
    o = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return (
        (*m[0], a[0], b[0], c[0]),
        (*m[1], a[1], b[1], c[1]),
        (*m[2], a[2], b[2], c[2]),
        (*m[3], a[3], b[3], c[3]),
        (*m[4], a[4], b[4], c[4]),
        (*m[5], a[5], b[5], c[5]),
        (*o, 1.0, 0.0, 0.0),
        (*o, 0.0, 1.0, 0.0),
        (*o, 0.0, 0.0, 1.0),
    )


@kernel
def coast(
    six: Six, target: Kepler, t: float, mu: float, j2: float, radius: float, decay: float, rates: Rates
) -> Six:
    """The six mean numbers after `t` seconds of secular J2 and differential drag.

    Drag is told by `decay`, d(da)/dt on an eccentric orbit (`circularizing`), and by `rates`; they add.
    """
    x = coast_j2(six, target, t=t, mu=mu, j2=j2, radius=radius)
    a, b, c = columns(target, t, mu, j2, radius)
    one = circularizing(target.e, decay)
    u, v, w = rates.da + one.da, rates.along + one.along, rates.across + one.across
    return (
        x[0] + u * a[0] + v * b[0] + w * c[0],
        x[1] + u * a[1] + v * b[1] + w * c[1],
        x[2] + u * a[2] + v * b[2] + w * c[2],
        x[3] + u * a[3] + v * b[3] + w * c[3],
        x[4] + u * a[4] + v * b[4] + w * c[4],
        x[5] + u * a[5] + v * b[5] + w * c[5],
    )


@kernel
def rates_between(
    before: Six, after: Six, target: Kepler, t: float, mu: float, j2: float, radius: float
) -> Rates:
    """The rates that take `before` to `after` in `t` seconds (not zero); `target` at the start."""
    x = coast_j2(before, target, t=t, mu=mu, j2=j2, radius=radius)
    a, b, c = columns(target, t, mu, j2, radius)
    da = (after[0] - x[0]) / a[0]
    ex, ey = after[2] - x[2] - da * a[2], after[3] - x[3] - da * a[3]
    k = b[2] * c[3] - b[3] * c[2]
    return Rates(da, (ex * c[3] - ey * c[2]) / k, (b[2] * ey - b[3] * ex) / k)


@kernel
def decay(environment: Environment, orbit: Kepler, ballistic: float) -> Rates:
    """Mean rates by drag of a / a, of the eccentricity vector along the perigee, and across it; mean elements.

    Gauss's equations, a mean over time by the midpoint rule in the eccentric anomaly, at osculating places, because the
    short periods of J2 move them through a thirtieth of a scale height.
    """
    mu, e = environment.mu, orbit.e
    zero = (0.0, 0.0, 0.0)
    fall = along = across = 0.0
    for k in range(POINTS):
        big = 2.0 * math.pi * (k + 0.5) / POINTS
        s, c = sincos(big)
        here = orbit._replace(mean=big - e * s)
        r, v = state_from_kepler(osculating_from_mean(here, mu, environment.j2, environment.radius), mu)
        push, _ = drag(
            environment, ballistic_target=ballistic, ballistic_chaser=ballistic, rt=r, vt=v, dr=zero, dv=zero
        )
        u, x, y = gauss(mu, r, v, orbit, push)
        weight = (1.0 - e * c) / POINTS
        fall, along, across = fall + weight * u, along + weight * x, across + weight * y
    return Rates(fall, along, across)


@kernel
def gauss(mu: float, r: Vec, v: Vec, orbit: Kepler, push: Vec) -> tuple[float, float, float]:
    """Rates of a / a and of the eccentricity vector by an acceleration: along `orbit`'s perigee, and across it."""
    axes = hill_axes(r, v)
    radial, ahead, _ = into(axes, push)
    distance = math.sqrt(dot(r, r))
    climb, speed = dot(axes[0], v), dot(axes[1], v)
    h = distance * speed
    # the eccentricity vector is v x h / mu - r / |r|: its rate, on radial and along-track axes
    er, et = 2.0 * h * ahead / mu, -(h * radial + distance * climb * ahead) / mu
    s, c = angle_from_perigee(orbit, axes)
    a2 = 2.0 * orbit.a / mu * dot(v, push)
    return a2, c * er - s * et, s * er + c * et


@kernel
def angle_from_perigee(orbit: Kepler, axes: tuple[Vec, Vec, Vec]) -> tuple[float, float]:
    """Sine and cosine of the angle from the orbit's perigee to a place whose hill axes are given."""
    so, co = sincos(orbit.raan)
    sw, cw = sincos(orbit.argp)
    si, ci = sincos(orbit.i)
    toward = (co * cw - so * sw * ci, so * cw + co * sw * ci, sw * si)
    c, s = dot(toward, axes[0]), -dot(toward, axes[1])
    size = 1.0 / math.sqrt(c * c + s * s)
    return s * size, c * size


@kernel
def drag_rates(
    six: Six, target: Kepler, environment: Environment, ballistic_target: float, ballistic_chaser: float
) -> Rates:
    """Density-model-specific rates: of the chaser at its elements less those of the target (mean elements).

    `ballistic` is Cd A / m in m2/kg; the difference of height is felt through the density at the start.
    """
    other = elements_from_roe(six, target)
    a = decay(environment, target, ballistic_target)
    b = decay(environment, other, ballistic_chaser)
    s, c = sincos(wrap(other.argp - target.argp))
    return Rates(
        (1.0 + six[0]) * (b.da - a.da),
        c * b.along - s * b.across - a.along,
        s * b.along + c * b.across - a.across,
    )
