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
def curvilinear_from_hill(r: float, r_rate: float, r_hill: Vec, v_hill: Vec) -> tuple[Vec, Vec]:
    """(position, rate) in curvilinear coordinates; `r`, `r_rate`: the target's radius (m) and its rate (m/s)."""
    x, y, z = r + r_hill[0], r_hill[1], r_hill[2]
    u, v, w = r_rate + v_hill[0], v_hill[1], v_hill[2]
    flat2 = x * x + y * y
    full2 = flat2 + z * z
    flat, full = math.sqrt(flat2), math.sqrt(full2)
    # |r'| - r without cancellation
    height = (r_hill[0] * (2.0 * r + r_hill[0]) + y * y + z * z) / (full + r)
    theta, phi = atan2(y, x), asin(z / full)
    theta_rate = (x * v - y * u) / flat2
    climb = (x * u + y * v + z * w) / full
    phi_rate = (w - z * climb / full) / flat
    return (height, r * theta, r * phi), (
        climb - r_rate,
        r_rate * theta + r * theta_rate,
        r_rate * phi + r * phi_rate,
    )


@kernel
def hill_from_curvilinear(r: float, r_rate: float, position: Vec, rate: Vec) -> tuple[Vec, Vec]:
    """The inverse of `curvilinear_from_hill`: (r_hill, v_hill)."""
    full, theta, phi = r + position[0], position[1] / r, position[2] / r
    climb = r_rate + rate[0]
    theta_rate = (rate[1] - r_rate * theta) / r
    phi_rate = (rate[2] - r_rate * phi) / r
    s, c = sincos(theta)
    sp, cp = sincos(phi)
    half, _ = sincos(0.5 * theta)
    half_p, _ = sincos(0.5 * phi)
    less = -2.0 * (half * half + half_p * half_p - 2.0 * half * half * half_p * half_p)  # cos cos - 1
    flat = full * cp
    flat_rate = climb * cp - full * sp * phi_rate
    return (position[0] + full * less, flat * s, full * sp), (
        flat_rate * c - flat * s * theta_rate - r_rate,
        flat_rate * s + flat * c * theta_rate,
        climb * sp + full * cp * phi_rate,
    )
