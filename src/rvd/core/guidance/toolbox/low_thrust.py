"""Spirals between circular orbits under a small thrust that never stops, with a change of plane.

Source: T. N. Edelbaum, Propulsion requirements for controllable satellites, ARS Journal 31 (1961) 1079-1089, as
J. A. Kechichian has it, J. Guidance, Control and Dynamics 20 (1997) 988-994. The orbit stays nearly circular; within
a turn the yaw is constant but for its sign, which follows the side of the line in which the planes cross.
With the speed as radius and pi/2 times the tilt as angle the cheapest way is a straight line, as long as its delta-v.
"""

import math

from rvd.core.algebra.allowed import above_zero, not_negative
from rvd.core.algebra.elementary import atan2, exp, sincos
from rvd.core.kernel import kernel

#: The largest change of plane, rad: beyond it the straight line would lead behind an infinite orbit.
MOST_TILTED = 2.0


@kernel
def _line(r_from: float, r_to: float, tilt: float, mu: float) -> tuple[float, float, float]:
    """The speed at the begin, and the line from there to the end: along that speed, and across it."""
    mu = above_zero(mu)
    first, last = math.sqrt(mu / above_zero(r_from)), math.sqrt(mu / above_zero(r_to))
    whole = tilt if (tilt >= 0.0) & (tilt <= MOST_TILTED) else math.nan
    s, _ = sincos(0.5 * math.pi * whole)
    half, _ = sincos(0.25 * math.pi * whole)
    # last cos - first, without the cancellation of speeds that are nearly equal and of a small angle
    faster = mu * (r_from - r_to) / (r_from * r_to * (first + last))
    return first, faster - 2.0 * last * half * half, last * s


@kernel
def cost(r_from: float, r_to: float, tilt: float, mu: float) -> float:
    """The delta-v of the whole transfer (Edelbaum's equation, by the law of cosines)."""
    _, a, b = _line(r_from, r_to, tilt, mu)
    return math.sqrt(a * a + b * b)


@kernel
def after(r_from: float, r_to: float, tilt: float, spent: float, mu: float) -> tuple[float, float, float]:
    """Radius, tilt turned so far, and yaw of the thrust, when `spent` of the delta-v is.

    The tangent of the yaw is what the line turns at that place over what it slows.
    """
    first, a, b = _line(r_from, r_to, tilt, mu)
    whole = math.sqrt(a * a + b * b)
    share = not_negative(spent) / above_zero(whole)
    share = share if share <= 1.0 + 1e-12 else math.nan
    x, y = first + share * a, share * b
    square = x * x + y * y
    turned = atan2(y, x) / (0.5 * math.pi)
    # toward the centre of the plane of speed and tilt, and across
    slower, across = -(a * x + b * y), b * x - a * y
    return mu / above_zero(square), turned, atan2(across, slower)


@kernel
def burning(dv: float, push: float, flow: float) -> float:
    """The time in which a thrust gives `dv`; `push` is its acceleration, `flow` the share of mass lost, both at first.

    (1 - exp(-flow dv / push)) / flow by the rocket's equation; dv / push without loss.
    """
    rate = not_negative(flow) / above_zero(push)
    return dv / push * _lightened(rate * not_negative(dv))


@kernel
def _lightened(x: float) -> float:
    """(1 - exp(-x)) / x, by its series where that would cancel."""
    if x > 0.5:
        return (1.0 - exp(-x)) / x
    total, term = 1.0, 1.0
    for k in range(2, 18):
        term *= -x / k
        total += term
    return total
