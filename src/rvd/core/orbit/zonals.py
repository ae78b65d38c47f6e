"""Zonal gravity to degree six.

Source: O. Montenbruck, E. Gill, Satellite Orbits, 2000, section 3.2: the gradient of
-(mu / r) J_n (R / r)^n P_n(z / r), with +z of the axes as the pole.
"""

import math

from rvd.core.kernel import Vec, kernel

Zonals = tuple[float, float, float, float, float]  # J2 to J6


@kernel
def acceleration(mu: float, radius: float, j: Zonals, r: Vec) -> Vec:
    """Acceleration (m/s2) of J2 to J6, without the central term."""
    x, y, z = r
    d2 = x * x + y * y + z * z
    d = math.sqrt(d2)
    u = z / d
    u2 = u * u
    q = radius / d
    k2 = j[0] * q * q
    k3 = j[1] * q * q * q
    k4 = j[2] * q * q * q * q
    k5 = j[3] * q * q * q * q * q
    k6 = j[4] * q * q * q * q * q * q
    p2, s2 = 0.5 * (3.0 * u2 - 1.0), 3.0 * u
    p3, s3 = 0.5 * u * (5.0 * u2 - 3.0), 1.5 * (5.0 * u2 - 1.0)
    p4, s4 = 0.125 * (u2 * (35.0 * u2 - 30.0) + 3.0), 2.5 * u * (7.0 * u2 - 3.0)
    p5, s5 = 0.125 * u * (u2 * (63.0 * u2 - 70.0) + 15.0), 1.875 * (u2 * (21.0 * u2 - 14.0) + 1.0)
    p6 = 0.0625 * (u2 * (u2 * (231.0 * u2 - 315.0) + 105.0) - 5.0)
    s6 = 2.625 * u * (u2 * (33.0 * u2 - 30.0) + 5.0)
    out = 3.0 * k2 * p2 + 4.0 * k3 * p3 + 5.0 * k4 * p4 + 6.0 * k5 * p5 + 7.0 * k6 * p6
    up = k2 * s2 + k3 * s3 + k4 * s4 + k5 * s5 + k6 * s6
    g = mu / d2
    radial = g * (out + u * up) / d
    return radial * x, radial * y, radial * z - g * up


@kernel
def relative(mu: float, radius: float, j: Zonals, rt: Vec, dr: Vec) -> Vec:
    """Acceleration of the chaser relative to the target by the zonals, as a plain difference.

    For J3 to J6 this is exact enough: they reach 3e-5 m/s2, so the difference errs by 1e-20 m/s2. J2 is part of
    motion.nonlinear, formed without subtraction: give zero for it here.
    """
    a = acceleration(mu, radius, j, rt)
    b = acceleration(mu, radius, j, (rt[0] + dr[0], rt[1] + dr[1], rt[2] + dr[2]))
    return b[0] - a[0], b[1] - a[1], b[2] - a[2]
