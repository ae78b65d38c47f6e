"""Unit quaternions (x, y, z, w), scalar last, Hamilton product.

`q_a_b` takes components in b to components in a: `v_a = rotate(q_a_b, v_b)`.
"""

import math

from rvd.core.algebra.elementary import atan2, sincos
from rvd.core.algebra.vec import add, cross, dot, norm, scale
from rvd.core.kernel import Quat, Vec, kernel


@kernel
def identity() -> Quat:
    """The rotation that changes nothing."""
    return (0.0, 0.0, 0.0, 1.0)


@kernel
def multiply(q_a_b: Quat, q_b_c: Quat) -> Quat:
    """q_a_c: first b from c, then a from b."""
    x, y, z, w = q_a_b
    a, b, c, d = q_b_c
    return (
        w * a + x * d + y * c - z * b,
        w * b - x * c + y * d + z * a,
        w * c + x * b - y * a + z * d,
        w * d - x * a - y * b - z * c,
    )


@kernel
def conjugate(q_a_b: Quat) -> Quat:
    """q_b_a, the inverse of a unit quaternion."""
    return (-q_a_b[0], -q_a_b[1], -q_a_b[2], q_a_b[3])


@kernel
def normalize(q: Quat) -> Quat:
    """q over its length, which must not vanish; the sign is kept."""
    k = 1.0 / math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3])
    return (k * q[0], k * q[1], k * q[2], k * q[3])


@kernel
def rotate(q_a_b: Quat, v_b: Vec) -> Vec:
    """The components in a of a vector given in b."""
    u = (q_a_b[0], q_a_b[1], q_a_b[2])
    t = scale(2.0, cross(u, v_b))
    return add(add(v_b, scale(q_a_b[3], t)), cross(u, t))


@kernel
def unrotate(q_a_b: Quat, v_a: Vec) -> Vec:
    """The components in b of a vector given in a."""
    return rotate(conjugate(q_a_b), v_a)


@kernel
def from_rotvec(turn: Vec) -> Quat:
    """q_a_b of the frame b that comes from a by turning about `turn` through |turn| rad."""
    angle = norm(turn)
    turned = angle > 0.0
    s, c = sincos(0.5 * angle)
    k = s / (angle if turned else 1.0)
    k = k if turned else 0.5
    return (k * turn[0], k * turn[1], k * turn[2], c)


@kernel
def from_small_rotvec(turn: Vec) -> Quat:
    """`from_rotvec` without sine and cosine, for turns to a quarter of a radian: off by |turn|^5 / 120, 8e-6 there."""
    k = 0.5 + dot(turn, turn) / 24.0
    return normalize((k * turn[0], k * turn[1], k * turn[2], 1.0))


@kernel
def to_rotvec(q_a_b: Quat) -> Vec:
    """The shortest turn (rad, up to pi) that takes a into b; undoes `from_rotvec`."""
    x, y, z, w = q_a_b
    s = norm((x, y, z))
    turned = s > 0.0
    k = atan2(s, abs(w)) / (s if turned else 1.0)
    k = 2.0 * (k if turned else 1.0)
    k = -k if w < 0.0 else k
    return (k * x, k * y, k * z)


@kernel
def select(condition: bool, p: Quat, q: Quat) -> Quat:
    """p where the condition holds, else q."""
    x, y = p[0] if condition else q[0], p[1] if condition else q[1]
    return (x, y, p[2] if condition else q[2], p[3] if condition else q[3])


@kernel
def from_axes(x_a: Vec, y_a: Vec, z_a: Vec) -> Quat:
    """q_a_b from the unit vectors of b given in a (orthonormal, right-handed); w >= 0.

    Shepperd, J. Guidance and Control 1(3), 1978: divides by the largest of the four components.
    """
    a, b, c = x_a[0], y_a[1], z_a[2]
    yz, xz, xy = y_a[2] + z_a[1], z_a[0] + x_a[2], x_a[1] + y_a[0]
    x, y, z = y_a[2] - z_a[1], z_a[0] - x_a[2], x_a[1] - y_a[0]
    trace = a + b + c
    q = select(a > b, (1.0 + a - b - c, xy, xz, x), (xy, 1.0 - a + b - c, yz, y))
    most = a if a > b else b
    q = select(c > most, (xz, yz, 1.0 - a - b + c, z), q)
    most = c if c > most else most
    q = normalize(select(trace > most, (x, y, z, 1.0 + trace), q))
    return select(q[3] < 0.0, (-q[0], -q[1], -q[2], -q[3]), q)
