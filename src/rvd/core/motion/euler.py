"""Euler angles of any sequence of axes both ways, their rates, Gibbs vectors, and products of attitudes.

q_a_body takes body components to axes a. Angles turn a into the body about three axes in order, each carried along by
the turns before it; a sequence holds their numbers, as (3, 2, 1) of yaw, pitch and roll.
Source: H. Schaub, J. L. Junkins, Analytical Mechanics of Space Systems, 2018, sections 3.3 to 3.5; the angles from a
quaternion are E. Bernardes, S. Viollet, PLoS ONE 17(11), 2022, algorithm 1.
"""

import math

from rvd.core.algebra.allowed import angle, unit_quat
from rvd.core.algebra.elementary import atan2, sincos
from rvd.core.algebra.quat import multiply, unrotate
from rvd.core.algebra.vec import cross, dot
from rvd.core.kernel import Quat, Vec, kernel


@kernel
def is_sequence(axes: Vec) -> bool:
    """Whether three numbers name axes 1 to 3, no two alike in a row."""
    a, b, c = axes
    known = ((a == 1.0) | (a == 2.0) | (a == 3.0)) & ((c == 1.0) | (c == 2.0) | (c == 3.0))
    return known & ((b == 1.0) | (b == 2.0) | (b == 3.0)) & (a != b) & (b != c)


@kernel
def _axis(number: float) -> Vec:
    """The unit vector of axis 1, 2 or 3."""
    return (1.0 if number == 1.0 else 0.0, 1.0 if number == 2.0 else 0.0, 1.0 if number == 3.0 else 0.0)


@kernel
def _about(number: float, turn: float) -> Quat:
    """The quaternion of a turn about axis 1, 2 or 3."""
    s, c = sincos(0.5 * angle(turn))
    x, y, z = _axis(number)
    return (s * x, s * y, s * z, c)


@kernel
def quat_from_euler(angles: Vec, axes: Vec) -> Quat:
    """q_a_body of three turns in order; NaN where the axes are no sequence."""
    q = multiply(multiply(_about(axes[0], angles[0]), _about(axes[1], angles[1])), _about(axes[2], angles[2]))
    good = 0.0 if is_sequence(axes) else math.nan
    return (q[0] + good, q[1], q[2], q[3])


@kernel
def euler_from_quat(q: Quat, axes: Vec) -> Vec:
    """The three angles of a sequence: first and last within pi; the middle one within pi/2, or 0 to pi where the first
    axis is the last. Where the turns are not told apart (middle angle at its end) the last is zero.
    """
    sound = is_sequence(axes)
    p = unit_quat(q)
    i, j = int(axes[0]) - 1 if sound else 2, int(axes[1]) - 1 if sound else 1
    last = int(axes[2]) - 1 if sound else 0
    twice = i == last
    # the axis that a sequence with the same ends leaves out
    k = 3 - i - j if twice else last
    sign = 0.5 * (i - j) * (j - k) * (k - i)
    # Bernardes and Viollet turn about fixed axes: the last of ours is their first
    sign = sign if twice else -sign
    first, final = (i, k) if twice else (k, i)
    a, b, c, d = p[3], p[first], p[j], p[final] * (-sign if twice else sign)
    if not twice:
        a, b, c, d = a - c, b + d, c + a, d - b
    middle = 2.0 * atan2(math.sqrt(c * c + d * d), math.sqrt(a * a + b * b))
    plus, minus = atan2(b, a), atan2(d, c)
    one, three = plus - minus, plus + minus
    if middle < 1e-12:
        one, three = (2.0 * plus, 0.0) if twice else (0.0, 2.0 * plus)
    elif middle > math.pi - 1e-12:
        one, three = (-2.0 * minus, 0.0) if twice else (0.0, 2.0 * minus)
    good = 0.0 if sound else math.nan
    if twice:
        return (_wrapped(one) + good, middle, _wrapped(three))
    return (_wrapped(sign * three) + good, middle - 0.5 * math.pi, _wrapped(one))


@kernel
def _wrapped(turn: float) -> float:
    """An angle between -2 pi and 2 pi, within pi."""
    low = turn + 2.0 * math.pi if turn <= -math.pi else turn
    return low - 2.0 * math.pi if low > math.pi else low


@kernel
def euler_rates(angles: Vec, axes: Vec, w: Vec) -> Vec:
    """Rates of the three angles from the body's rate w, body axes; NaN where two of the axes coincide.

    w is the sum of the rates about the three axes, each seen in the body; the three numbers follow by Cramer's rule.
    """
    second, third = _about(axes[1], angles[1]), _about(axes[2], angles[2])
    e1 = unrotate(third, unrotate(second, _axis(axes[0])))
    e2 = unrotate(third, _axis(axes[1]))
    e3 = _axis(axes[2])
    across = cross(e2, e3)
    volume = dot(e1, across)
    usable = is_sequence(axes) & (abs(volume) > 1e-9) & (abs(angle(angles[0])) >= 0.0)
    k = 1.0 / volume if usable else math.nan
    return (k * dot(w, across), k * dot(e1, cross(w, e3)), k * dot(e1, cross(e2, w)))


@kernel
def gibbs_from_quat(q: Quat) -> Vec:
    """Gibbs' vector e tan(phi / 2); NaN at half a turn."""
    x, y, z, w = unit_quat(q)
    k = 1.0 / (w if abs(w) > 1e-12 else math.nan)
    return (k * x, k * y, k * z)


@kernel
def quat_from_gibbs(g: Vec) -> Quat:
    """Quaternion, scalar last and positive, of Gibbs' vector."""
    k = 1.0 / math.sqrt(1.0 + dot(g, g))
    return (k * g[0], k * g[1], k * g[2], k)


@kernel
def compose(q_a_b: Quat, q_b_c: Quat) -> Quat:
    """q_a_c of two attitudes, each of length one."""
    return multiply(unit_quat(q_a_b), unit_quat(q_b_c))
