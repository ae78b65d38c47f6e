"""Attitudes to fly: eigenaxis turns, looking at a point, mating with a port.

Quaternions have the scalar last; q_a_b takes components in b to those in a. Rates are in body axes.
Source: B. Wie, Space Vehicle Dynamics and Control, 2008, section 7.3 (eigenaxis turns); M. D. Shuster, S. D. Oh,
J. Guidance and Control 4(1), 1981, 70-77 (TRIAD).
"""

import math

from rvd.core.algebra.allowed import above_zero, unit_quat
from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.quat import conjugate, from_axes, from_rotvec, multiply, rotate, to_rotvec
from rvd.core.algebra.vec import axpy, cross, norm, scale, sub
from rvd.core.kernel import Quat, Vec, kernel


@kernel
def _turn(angle: float, rate: float, acceleration: float) -> tuple[float, float, float]:
    """Rate, time of a ramp, and whole time of a turn from rest to rest."""
    a = above_zero(acceleration)
    most = math.sqrt(angle * a)
    w = above_zero(rate)
    w = (most if most < w else w) + 0.0 * most
    return w, w / a, (angle / w + w / a) if w > 0.0 else 0.0 * w


@kernel
def slew_time(q_from: Quat, q_to: Quat, rate: float, acceleration: float) -> float:
    """Time of the eigenaxis turn from one attitude to another, from rest to rest."""
    turn = to_rotvec(multiply(conjugate(unit_quat(q_from)), unit_quat(q_to)))
    _, _, whole = _turn(norm(turn), rate, acceleration)
    return whole


@kernel
def slew(q_from: Quat, q_to: Quat, rate: float, acceleration: float, t: float) -> tuple[Quat, Vec, Vec]:
    """Attitude, rate and angular acceleration on that turn `t` seconds after its start; at rest before and after."""
    a = unit_quat(q_from)
    turn = to_rotvec(multiply(conjugate(a), unit_quat(q_to)))
    angle = norm(turn)
    w, ramp, whole = _turn(angle, rate, acceleration)
    left = whole - t
    turned, speed, change = w * (t - 0.5 * ramp), w, 0.0
    if left < ramp:
        turned, speed, change = angle - 0.5 * acceleration * left * left, acceleration * left, -acceleration
    if t < ramp:
        turned, speed, change = 0.5 * acceleration * t * t, acceleration * t, acceleration
    if (t <= 0.0) | (left <= 0.0):
        turned, speed, change = (0.0 if t <= 0.0 else angle) + 0.0 * (w + t), 0.0, 0.0
    share = 1.0 / (angle if angle > 0.0 else 1.0)
    return (
        multiply(a, from_rotvec(scale(turned * share, turn))),
        scale(speed * share, turn),
        scale(change * share, turn),
    )


@kernel
def _triad(first: Vec, second: Vec) -> Quat:
    """q_a_t of the axes t: x along `first`, z along first x second; NaN where they are parallel."""
    one = norm(first)
    x = scale(1.0 / above_zero(one), first)
    across = cross(x, second)
    size = norm(across)
    z = scale(1.0 / (size if size > 1e-9 * norm(second) else math.nan), across)
    return from_axes(x, cross(z, x), z)


@kernel
def look_at(r: Vec, to: Vec, up: Vec, bore: Vec, up_body: Vec) -> Quat:
    """q_a_body of a body at r whose axis `bore` points to `to`, and whose `up_body` lies as near to `up` as it can.

    TRIAD. NaN where two directions that have to differ are parallel, or one is zero.
    """
    return multiply(_triad(sub(to, r), up), conjugate(_triad(bore, up_body)))


@kernel
def mating(
    r_port: Vec, q_a_port: Quat, port_body: Vec, q_body_port: Quat, gap: float, roll: float
) -> tuple[Vec, Quat]:
    """Place and q_a_body of a chaser whose port faces the target's, `gap` m before it, rolled by `roll`.

    A port's axes are out, right, down: x leaves the vehicle. Facing ports have opposite x and, with no roll, the same
    z; the roll is about the target's x. q_body_port is of the chaser's port, port_body its place in the chaser.
    """
    target = unit_quat(q_a_port)
    s, c = sincos(0.5 * roll)
    facing = multiply((s, 0.0, 0.0, c), (0.0, 0.0, 1.0, 0.0))
    q = multiply(multiply(target, facing), conjugate(unit_quat(q_body_port)))
    ahead = axpy(gap, rotate(target, (1.0, 0.0, 0.0)), r_port)
    return sub(ahead, rotate(q, port_body)), q
