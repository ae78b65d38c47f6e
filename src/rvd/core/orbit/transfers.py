"""Coplanar impulsive transfers between circular orbits: Hohmann, bi-elliptic, phasing.

Source: Vallado, Fundamentals of Astrodynamics, section 6.3 and 6.6."""

import math

from rvd.core.algebra.elementary import exp, log
from rvd.core.kernel import kernel


@kernel
def speed(r: float, a: float, mu: float) -> float:
    """Vis-viva: speed (m/s) at radius `r` on an orbit of semi-major axis `a`."""
    return math.sqrt(mu * (2.0 / r - 1.0 / a))


@kernel
def hohmann(r1: float, r2: float, mu: float) -> tuple[float, float, float]:
    """(first impulse, second impulse, time of flight): signed m/s along the velocity, s."""
    a = 0.5 * (r1 + r2)
    first = speed(r1, a, mu) - speed(r1, r1, mu)
    second = speed(r2, r2, mu) - speed(r2, a, mu)
    return first, second, math.pi * math.sqrt(a * a * a / mu)


@kernel
def bielliptic(r1: float, rb: float, r2: float, mu: float) -> tuple[float, float, float, float]:
    """(three impulses, time of flight) by way of the radius `rb`; signed m/s along the velocity, s."""
    a, b = 0.5 * (r1 + rb), 0.5 * (rb + r2)
    return (
        speed(r1, a, mu) - speed(r1, r1, mu),
        speed(rb, b, mu) - speed(rb, a, mu),
        speed(r2, r2, mu) - speed(r2, b, mu),
        math.pi * (math.sqrt(a * a * a / mu) + math.sqrt(b * b * b / mu)),
    )


@kernel
def phasing(a: float, angle: float, revolutions: float, mu: float) -> tuple[float, float]:
    """(time, dv): catch a target `angle` rad behind (negative: ahead) on the same circle in whole revolutions.

    dv is the signed sum of the impulse into the phasing ellipse and the equal one out of it, 2 (v - v circular).
    """
    time = (2.0 * math.pi * revolutions + angle) * math.sqrt(a * a * a / mu)
    # of the ellipse's period over the circle's: semi-major axes go as periods to the power 2/3
    share = 1.0 + angle / (2.0 * math.pi * revolutions)
    ellipse = a * exp(2.0 / 3.0 * log(share))
    return time, 2.0 * (speed(a, ellipse, mu) - speed(a, a, mu))
