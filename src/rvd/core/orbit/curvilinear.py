"""Curvilinear relative coordinates: height, arc along the target's orbit, arc across it, and their rates.

    x = |r'| - r          y = r theta (theta: angle in the target's plane)          z = r phi (angle out of it)
with r the target's radius. Linear models read in these coordinates err by far less along track than in hill,
because a separation along the orbit is not a separation in height (F. J. de Bruijn, E. Gill, D. Choukroun,
J. Guidance, Control, and Dynamics 34(4), 2011, 1179).
"""

import math

from rvd.core.algebra.elementary import asin, atan2, sincos
from rvd.core.kernel import Vec, kernel


@kernel
def curvilinear_from_hill(r: Vec, v: Vec, radius: float, radius_rate: float) -> tuple[Vec, Vec]:
    """(position, rate) in curvilinear coordinates; `radius`, `radius_rate`: the target's, m and m/s."""
    x, y, z = radius + r[0], r[1], r[2]
    u, w, q = radius_rate + v[0], v[1], v[2]
    flat2 = x * x + y * y
    full2 = flat2 + z * z
    flat, full = math.sqrt(flat2), math.sqrt(full2)
    # |r'| - r without cancellation
    height = (r[0] * (2.0 * radius + r[0]) + y * y + z * z) / (full + radius)
    theta, phi = atan2(y, x), asin(z / full)
    theta_rate = (x * w - y * u) / flat2
    climb = (x * u + y * w + z * q) / full
    phi_rate = (q - z * climb / full) / flat
    return (height, radius * theta, radius * phi), (
        climb - radius_rate,
        radius_rate * theta + radius * theta_rate,
        radius_rate * phi + radius * phi_rate,
    )


@kernel
def hill_from_curvilinear(position: Vec, velocity: Vec, radius: float, radius_rate: float) -> tuple[Vec, Vec]:
    """The inverse of `curvilinear_from_hill`: (r, v) in hill."""
    full, theta, phi = radius + position[0], position[1] / radius, position[2] / radius
    climb = radius_rate + velocity[0]
    theta_rate = (velocity[1] - radius_rate * theta) / radius
    phi_rate = (velocity[2] - radius_rate * phi) / radius
    s, c = sincos(theta)
    sp, cp = sincos(phi)
    half, _ = sincos(0.5 * theta)
    half_p, _ = sincos(0.5 * phi)
    less = -2.0 * (half * half + half_p * half_p - 2.0 * half * half * half_p * half_p)  # cos cos - 1
    flat = full * cp
    flat_rate = climb * cp - full * sp * phi_rate
    return (position[0] + full * less, flat * s, full * sp), (
        flat_rate * c - flat * s * theta_rate - radius_rate,
        flat_rate * s + flat * c * theta_rate,
        climb * sp + full * cp * phi_rate,
    )
