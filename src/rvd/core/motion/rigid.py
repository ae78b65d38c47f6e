"""A rigid body: Euler's equations with a full symmetric inertia, and its attitude as a quaternion.

Inertia is (xx, yy, zz, xy, xz, yz) in body axes, kg m2: the elements of the symmetric tensor (xy is the tensor's
element, minus the product of inertia). `q_a_body` takes body components to any inertial frame a; `w_body` is the
inertial rate in body axes.
"""

import math

from rvd.core.algebra.mat import sym_apply
from rvd.core.algebra.quat import multiply, normalize
from rvd.core.algebra.vec import add, axpy, cross, dot, scale, sub
from rvd.core.kernel import Quat, Vec, kernel

Inertia = tuple[float, float, float, float, float, float]


@kernel
def rate(q_a_body: Quat, w_body: Vec) -> Quat:
    """Time derivative of the quaternion: half of q times (w, 0)."""
    x, y, z, w = multiply(q_a_body, (w_body[0], w_body[1], w_body[2], 0.0))
    return (0.5 * x, 0.5 * y, 0.5 * z, 0.5 * w)


@kernel
def angular_acceleration(inertia: Inertia, inverse: Inertia, w_body: Vec, torque_body: Vec) -> Vec:
    """Euler's equation: inverse (torque - w x inertia w), rad/s2."""
    return sym_apply(inverse, sub(torque_body, cross(w_body, sym_apply(inertia, w_body))))


@kernel
def along(k: float, a: Quat, b: Quat) -> Quat:
    """k a + b, of quaternions."""
    return (k * a[0] + b[0], k * a[1] + b[1], k * a[2] + b[2], k * a[3] + b[3])


@kernel
def step(inertia: Inertia, inverse: Inertia, q_a_body: Quat, w_body: Vec, torque_body: Vec, h: float):
    """One Runge-Kutta step of `h` seconds under a torque constant in body axes: (q_a_body, w_body).

    `inverse` is the inverse inertia, in the same six-number form.
    """
    k = 0.5 * h
    p1 = rate(q_a_body, w_body)
    a1 = angular_acceleration(inertia, inverse, w_body, torque_body)
    w2 = axpy(k, a1, w_body)
    p2 = rate(along(k, p1, q_a_body), w2)
    a2 = angular_acceleration(inertia, inverse, w2, torque_body)
    w3 = axpy(k, a2, w_body)
    p3 = rate(along(k, p2, q_a_body), w3)
    a3 = angular_acceleration(inertia, inverse, w3, torque_body)
    w4 = axpy(h, a3, w_body)
    p4 = rate(along(h, p3, q_a_body), w4)
    a4 = angular_acceleration(inertia, inverse, w4, torque_body)
    q = along(h / 6.0, along(2.0, p2, along(2.0, p3, along(1.0, p1, p4))), q_a_body)
    w = axpy(h / 6.0, add(add(a1, a4), scale(2.0, add(a2, a3))), w_body)
    return normalize(q), w


@kernel
def gravity_gradient(r_body: Vec, inertia: Inertia, mu: float) -> Vec:
    """Torque about the centre of mass, N m, body axes; `r_body` runs from the central body to the centre of mass.

    3 mu r x (I r) / |r|^5: P. C. Hughes, Spacecraft Attitude Dynamics, 1986, section 8.1.
    """
    r2 = dot(r_body, r_body)
    return scale(3.0 * mu / (r2 * r2 * math.sqrt(r2)), cross(r_body, sym_apply(inertia, r_body)))


@kernel
def momentum(inertia: Inertia, w_body: Vec) -> Vec:
    """Angular momentum about the centre of mass in body axes, N m s."""
    return sym_apply(inertia, w_body)


@kernel
def energy(inertia: Inertia, w_body: Vec) -> float:
    """Rotational kinetic energy, J."""
    return 0.5 * dot(w_body, sym_apply(inertia, w_body))
