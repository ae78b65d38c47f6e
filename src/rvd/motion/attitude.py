"""Attitude from directions (Wahba's problem), and modified Rodrigues parameters.

Source: M. D. Shuster, S. D. Oh, J. Guidance and Control 4(1), 1981, 70-77 (QUEST, the method of sequential
rotations included), with Newton's iteration on Davenport's characteristic polynomial; F. L. Markley, J. L. Crassidis,
Fundamentals of Spacecraft Attitude Determination and Control, 2014, section 5.3.
"""

import math

import numpy as np

from rvd.algebra.quat import conjugate, multiply, normalize
from rvd.kernel import Quat, Vec, kernel

Profile = tuple[Vec, Vec, Vec]


@kernel
def profile(v_body: np.ndarray, v_a: np.ndarray, weights: np.ndarray) -> Profile:
    """Attitude profile matrix B = sum of weight b r', as row tuples, of (n, 3) unit vectors and n weights."""
    a = b = c = d = e = f = g = h = i = 0.0
    for k in range(weights.size):
        w = weights[k]
        x, y, z = w * v_body[k, 0], w * v_body[k, 1], w * v_body[k, 2]
        p, q, r = v_a[k, 0], v_a[k, 1], v_a[k, 2]
        a, b, c = a + x * p, b + x * q, c + x * r
        d, e, f = d + y * p, e + y * q, f + y * r
        g, h, i = g + z * p, h + z * q, i + z * r
    return (a, b, c), (d, e, f), (g, h, i)


@kernel
def largest(b: Profile, total: float) -> float:
    """Largest eigenvalue of Davenport's matrix, by Newton from the sum of weights (Shuster & Oh, Eq. 63-72)."""
    sigma = b[0][0] + b[1][1] + b[2][2]
    sxx, syy, szz = 2.0 * b[0][0], 2.0 * b[1][1], 2.0 * b[2][2]
    sxy, sxz, syz = b[0][1] + b[1][0], b[0][2] + b[2][0], b[1][2] + b[2][1]
    z = (b[1][2] - b[2][1], b[2][0] - b[0][2], b[0][1] - b[1][0])
    kappa = syy * szz - syz * syz + sxx * szz - sxz * sxz + sxx * syy - sxy * sxy
    delta = sxx * (syy * szz - syz * syz) - sxy * (sxy * szz - syz * sxz) + sxz * (sxy * syz - syy * sxz)
    sz = (
        sxx * z[0] + sxy * z[1] + sxz * z[2],
        sxy * z[0] + syy * z[1] + syz * z[2],
        sxz * z[0] + syz * z[1] + szz * z[2],
    )
    zz = z[0] * z[0] + z[1] * z[1] + z[2] * z[2]
    zsz = z[0] * sz[0] + z[1] * sz[1] + z[2] * sz[2]
    p, q = sigma * sigma - kappa, sigma * sigma + zz
    r = delta + zsz
    s = sz[0] * sz[0] + sz[1] * sz[1] + sz[2] * sz[2]
    constant = p * q + r * sigma - s
    value = total
    for _ in range(20):
        f = value * (value * (value * value - (p + q)) - r) + constant
        slope = value * (4.0 * value * value - 2.0 * (p + q)) - r
        step = f / slope if slope != 0.0 else 0.0
        value -= step
        if abs(step) <= 1e-16 * abs(value):
            break
    return value


@kernel
def unturned(b: Profile, value: float) -> tuple[Quat, float]:
    """Quaternion of the eigenvector (not yet unit length), and the size of its scalar part's share."""
    sigma = b[0][0] + b[1][1] + b[2][2]
    k = value + sigma
    sxx, syy, szz = k - 2.0 * b[0][0], k - 2.0 * b[1][1], k - 2.0 * b[2][2]
    sxy, sxz, syz = -(b[0][1] + b[1][0]), -(b[0][2] + b[2][0]), -(b[1][2] + b[2][1])
    z = (b[1][2] - b[2][1], b[2][0] - b[0][2], b[0][1] - b[1][0])
    # adjugate of (value + sigma) I - S, times z; its determinant is the scalar part
    axx, ayy, azz = syy * szz - syz * syz, sxx * szz - sxz * sxz, sxx * syy - sxy * sxy
    axy, axz, ayz = sxz * syz - sxy * szz, sxy * syz - sxz * syy, sxy * sxz - sxx * syz
    det = sxx * axx + sxy * axy + sxz * axz
    q = (
        axx * z[0] + axy * z[1] + axz * z[2],
        axy * z[0] + ayy * z[1] + ayz * z[2],
        axz * z[0] + ayz * z[1] + azz * z[2],
        det,
    )
    return q, abs(det)


@kernel
def quest(v_body: np.ndarray, v_a: np.ndarray, weights: np.ndarray) -> Quat:
    """q_a_body that best takes the (n, 3) unit vectors `v_body` to `v_a`, n >= 2 not all parallel.

    The reference axes are first turned by pi about the axis that leaves the largest scalar part, so that no
    attitude is singular. Parallel directions give NaN or an arbitrary turn about them: check before.
    """
    b = profile(v_body, v_a, weights)
    total = 0.0
    for k in range(weights.size):
        total += weights[k]
    value = largest(b, total)
    best, most = unturned(b, value)
    turn = (0.0, 0.0, 0.0, 1.0)
    for axis in range(3):
        sx = 1.0 if axis == 0 else -1.0
        sy = 1.0 if axis == 1 else -1.0
        sz = 1.0 if axis == 2 else -1.0
        turned = (
            (b[0][0] * sx, b[0][1] * sy, b[0][2] * sz),
            (b[1][0] * sx, b[1][1] * sy, b[1][2] * sz),
            (b[2][0] * sx, b[2][1] * sy, b[2][2] * sz),
        )
        q, size = unturned(turned, value)
        if size > most:
            best, most = q, size
            turn = (0.5 + 0.5 * sx, 0.5 + 0.5 * sy, 0.5 + 0.5 * sz, 0.0)
    # `best` takes turned reference components to the body in the sense of A(q); its conjugate is q_turned_body
    return multiply(turn, normalize(best))


@kernel
def mrp_from_quat(q: Quat) -> Vec:
    """Modified Rodrigues parameters of the short set (|sigma| <= 1), e tan(phi / 4); Schaub & Junkins, section 3.6."""
    x, y, z, w = q
    k = (1.0 if w >= 0.0 else -1.0) / (1.0 + abs(w))
    return k * x, k * y, k * z


@kernel
def quat_from_mrp(sigma: Vec) -> Quat:
    """Quaternion (scalar last) of modified Rodrigues parameters."""
    s2 = sigma[0] * sigma[0] + sigma[1] * sigma[1] + sigma[2] * sigma[2]
    k = 2.0 / (1.0 + s2)
    return k * sigma[0], k * sigma[1], k * sigma[2], (1.0 - s2) / (1.0 + s2)


@kernel
def angle_between(p: Quat, q: Quat) -> float:
    """Angle (rad, 0 to pi) of the turn between two attitudes."""
    x, y, z, w = multiply(conjugate(p), q)
    return 2.0 * math.atan2(math.sqrt(x * x + y * y + z * z), abs(w))
