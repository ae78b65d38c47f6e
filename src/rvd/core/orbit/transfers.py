"""Coplanar impulsive transfers between circular orbits: Hohmann, bi-elliptic, phasing.

Source: Vallado, Fundamentals of Astrodynamics, section 6.3 and 6.6. Plain Python: these are for planning.
"""

import math


def speed(mu: float, r: float, a: float) -> float:
    """Vis-viva: speed (m/s) at radius `r` on an orbit of semi-major axis `a`."""
    return math.sqrt(mu * (2.0 / r - 1.0 / a))


def hohmann(mu: float, r1: float, r2: float) -> tuple[float, float, float]:
    """(first impulse, second impulse, time of flight): signed m/s along the velocity, s."""
    a = 0.5 * (r1 + r2)
    first = speed(mu, r1, a) - speed(mu, r1, r1)
    second = speed(mu, r2, r2) - speed(mu, r2, a)
    return first, second, math.pi * math.sqrt(a**3 / mu)


def bielliptic(mu: float, r1: float, rb: float, r2: float) -> tuple[float, float, float, float]:
    """(three impulses, time of flight) by way of the radius `rb`; signed m/s along the velocity, s."""
    a, b = 0.5 * (r1 + rb), 0.5 * (rb + r2)
    return (
        speed(mu, r1, a) - speed(mu, r1, r1),
        speed(mu, rb, b) - speed(mu, rb, a),
        speed(mu, r2, r2) - speed(mu, r2, b),
        math.pi * (math.sqrt(a**3 / mu) + math.sqrt(b**3 / mu)),
    )


def phasing(mu: float, a: float, angle: float, revolutions: int) -> tuple[float, float]:
    """(time, dv): catch a target `angle` rad behind (negative: ahead) on the same circle in whole revolutions.

    dv is the signed sum of the impulse into the phasing ellipse and the equal one out of it, 2 (v - v circular).
    """
    time = (2.0 * math.pi * revolutions + angle) * math.sqrt(a**3 / mu)
    ellipse = (mu * (time / (2.0 * math.pi * revolutions)) ** 2) ** (1.0 / 3.0)
    return time, 2.0 * (speed(mu, a, ellipse) - speed(mu, a, a))
