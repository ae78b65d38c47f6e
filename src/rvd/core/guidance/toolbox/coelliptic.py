"""Co-elliptic orbits about a circular one: drift at a constant height, and transfers between heights.

Frame and signs as in `hops`: x is the height over the target's orbit (below it x < 0), y the place along track.
Source: Fehse 2003, section 3.2.3 and 3.3.2; Clohessy and Wiltshire 1960.
"""

import math

from rvd.core.algebra.allowed import above_zero, not_negative
from rvd.core.algebra.elementary import sincos
from rvd.core.kernel import Vec, kernel


@kernel
def velocity(x: float, n: float) -> Vec:
    """The velocity at height x that keeps this height: (0, -3/2 n x, 0)."""
    return (0.0, -1.5 * above_zero(n) * x, 0.0)


@kernel
def drift_time(x: float, along: float, n: float) -> float:
    """The time in which a chaser at height x drifts by `along`; NaN where it drifts the other way."""
    return not_negative(-along / (1.5 * above_zero(n) * x))


@kernel
def drift_height(along: float, n: float, t: float) -> float:
    """The height at which a chaser drifts by `along` in `t` seconds."""
    return -along / (1.5 * above_zero(n) * above_zero(t))


@kernel
def hohmann(x_from: float, x_to: float, n: float) -> tuple[Vec, Vec, float, float]:
    """Both burns, the time and the advance along track from one co-elliptic height to another, in half a turn.

    Each burn is n (x_to - x_from) / 4; the advance is -3 pi / 4 (x_from + x_to), the drift at
    the mean height.
    """
    dv = 0.25 * above_zero(n) * (x_to - x_from)
    return (0.0, dv, 0.0), (0.0, dv, 0.0), math.pi / n, -0.75 * math.pi * (x_from + x_to)


@kernel
def tpi_place(x: float, elevation: float) -> float:
    """Where along track, on a co-elliptic at height x, the line to the target stands `elevation` over the horizon.

    The horizon points along track to a chaser below, against it to one above. NaN beyond 0 to pi/2.
    """
    s, c = sincos(elevation)
    inside = (elevation > 0.0) & (elevation < 0.5 * math.pi)
    return x * c / s if inside else math.nan
