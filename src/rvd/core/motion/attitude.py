"""Attitudes: modified Rodrigues parameters, the angle between two, pointing, and the motion of a free body.


Source: F. L. Markley, J. L. Crassidis, Fundamentals of Spacecraft Attitude Determination and Control, 2014,
section 3.7.
"""

import math

from rvd.core.algebra.elementary import atan2
from rvd.core.algebra.mat import Sym, sym_inverse
from rvd.core.algebra.quat import conjugate, multiply, normalize
from rvd.core.algebra.vec import norm
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.motion.domains import MOST_STEPS, TURN
from rvd.core.motion.rigid import angular_acceleration
from rvd.core.motion.rigid import step as turn_step
from rvd.core.orbit import frames


@kernel
def mrp_from_quat(q: Quat) -> Vec:
    """Modified Rodrigues parameters of the short set (|sigma| <= 1), e tan(phi / 4); Schaub & Junkins, section 3.6."""
    x, y, z, w = normalize(q)
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
    x, y, z, w = multiply(conjugate(normalize(p)), normalize(q))
    return 2.0 * atan2(math.sqrt(x * x + y * y + z * z), abs(w))


@kernel
def hill_pointing(r: Vec, v: Vec) -> tuple[Quat, Vec]:
    """(q_eci_hill, rate in hill axes, rad/s) of a body held to the hill frame."""
    return frames.q_eci_hill(r, v), (0.0, 0.0, frames.hill_rate(r, v))


@kernel
def lvlh_pointing(r: Vec, v: Vec) -> tuple[Quat, Vec]:
    """(q_eci_lvlh, rate in lvlh axes, rad/s) of a body held to forward, starboard, down."""
    return frames.q_eci_lvlh(r, v), (0.0, -frames.hill_rate(r, v), 0.0)


@kernel
def parts_of(h: float, w: Vec, acceleration: Vec) -> float:
    """Into how many steps one of `h` seconds is parted, so that the body turns by at most `TURN` in the first."""
    turn = max(norm(w), math.sqrt(norm(acceleration))) * abs(h)
    return max(1.0, math.ceil(turn / TURN))


@kernel
def coast(q: Quat, w: Vec, inertia: Sym, t: float, torque: Vec, step: float) -> tuple[Quat, Vec]:
    """(q_a_body, w) after `t` seconds under a torque that is constant in body axes.

    Steps of Runge-Kutta of at most `step` seconds and of at most `TURN`; NaN where that takes more than `MOST_STEPS`.
    """
    inverse, p, u = sym_inverse(inertia), normalize(q), w
    steps = int(max(1.0, math.ceil(abs(t) / step)))
    h, taken = t / steps, 0.0
    for _ in range(steps):
        left, parts = h, math.inf
        while parts > 1.0:
            parts = parts_of(left, u, angular_acceleration(inertia, inverse, u, torque))
            p, u = turn_step(inertia, inverse, p, u, torque_body=torque, h=left / parts)
            left -= left / parts
            taken += 1.0
            if not taken <= MOST_STEPS or math.isnan(u[0]):
                none = (math.nan, math.nan, math.nan)
                return (math.nan, math.nan, math.nan, math.nan), none
    return p, u
