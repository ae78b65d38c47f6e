"""The circular restricted three-body problem in its synodic frame, with its variational equations.

Non-dimensional: the primaries are one apart, their masses sum to one, the frame turns at one. Origin at the
barycentre, larger primary at (-mu, 0, 0), smaller at (1 - mu, 0, 0). Velocities are those seen in the turning frame.
Source: V. Szebehely, Theory of Orbits, 1967, chapter 1; Vallado section 12.7.
"""

import math

import numpy as np

from rvd.core.kernel import Vec, kernel

Six = tuple[float, float, float, float, float, float]


@kernel
def acceleration(mu: float, r: Vec, v: Vec) -> Vec:
    """Acceleration in the synodic frame."""
    x, y, z = r
    a, b = x + mu, x + mu - 1.0
    plane = y * y + z * z
    d2, e2 = a * a + plane, b * b + plane
    k = (1.0 - mu) / (d2 * math.sqrt(d2))
    m = mu / (e2 * math.sqrt(e2))
    return (2.0 * v[1] + x - k * a - m * b, -2.0 * v[0] + y - (k + m) * y, -(k + m) * z)


@kernel
def gradient(mu: float, r: Vec) -> tuple[float, float, float, float, float, float]:
    """Second derivatives of the pseudo-potential: xx, yy, zz, xy, xz, yz."""
    x, y, z = r
    a, b = x + mu, x + mu - 1.0
    plane = y * y + z * z
    d2, e2 = a * a + plane, b * b + plane
    k = (1.0 - mu) / (d2 * math.sqrt(d2))
    m = mu / (e2 * math.sqrt(e2))
    p, q = 3.0 * k / d2, 3.0 * m / e2
    return (
        1.0 - k - m + p * a * a + q * b * b,
        1.0 - k - m + (p + q) * y * y,
        -k - m + (p + q) * z * z,
        (p * a + q * b) * y,
        (p * a + q * b) * z,
        (p + q) * y * z,
    )


@kernel
def jacobi(state: Six, mu: float) -> float:
    """Jacobi's constant x2 + y2 + 2 (1 - mu) / r1 + 2 mu / r2 - v2."""
    x, y, z, u, v, w = state
    a, b = x + mu, x + mu - 1.0
    plane = y * y + z * z
    near = 2.0 * (1.0 - mu) / math.sqrt(a * a + plane) + 2.0 * mu / math.sqrt(b * b + plane)
    return x * x + y * y + near - (u * u + v * v + w * w)


@kernel
def slope(mu: float, state: np.ndarray, out: np.ndarray) -> None:
    """Writes the derivative of six numbers, or of 42 (state, then the transition matrix by rows), to `out`."""
    r, v = (state[0], state[1], state[2]), (state[3], state[4], state[5])
    a = acceleration(mu, r, v)
    for i in range(3):
        out[i] = state[3 + i]
    out[3], out[4], out[5] = a[0], a[1], a[2]
    if state.size == 42:
        xx, yy, zz, xy, xz, yz = gradient(mu, r)
        for j in range(6):
            p, q, s = state[6 + j], state[12 + j], state[18 + j]
            u, w = state[24 + j], state[30 + j]
            out[6 + j], out[12 + j], out[18 + j] = u, w, state[36 + j]
            out[24 + j] = xx * p + xy * q + xz * s + 2.0 * w
            out[30 + j] = xy * p + yy * q + yz * s - 2.0 * u
            out[36 + j] = xz * p + yz * q + zz * s
