"""Burns that change relative orbital elements, about a circular orbit.

`ei` are the six elements times the semi-major axis, m, as in `natural`; u is the mean argument of latitude, rad. A burn
of dv along track changes da by 2 dv / n and (ex, ey) by 2 dv / n (cos u, sin u); one of dv across the plane changes
(ix, iy) by dv / n (cos u, sin u).
Source: S. D'Amico, Autonomous Formation Flying in Low Earth Orbit, TU Delft 2010, chapter 2 (Gauss' equations for
near-circular orbits); G. Gaias, S. D'Amico, J. Guidance, Control, and Dynamics 38(6), 2015, 1036-1049.
"""

import math

from rvd.core.algebra.allowed import above_zero, angle
from rvd.core.algebra.elementary import atan2, sincos
from rvd.core.kernel import Vec, kernel

Six = tuple[float, float, float, float, float, float]


@kernel
def burn(ei: Six, dv: Vec, u: float, n: float) -> Six:
    """The six elements after a burn dv (hill) at u: Gauss' equations to first order."""
    n = above_zero(n)
    s, c = sincos(angle(u))
    x, y, z = dv[0] / n, dv[1] / n, dv[2] / n
    return (
        ei[0] + 2.0 * y,
        ei[1] - 2.0 * x,
        ei[2] + s * x + 2.0 * c * y,
        ei[3] - c * x + 2.0 * s * y,
        ei[4] + c * z,
        ei[5] + s * z,
    )


@kernel
def drift(ei: Six, swept: float) -> Six:
    """The six elements after the target has swept `swept` rad: dl changes by -3/2 da a radian."""
    return (ei[0], ei[1] - 1.5 * ei[0] * swept, ei[2], ei[3], ei[4], ei[5])


@kernel
def _positive(turn: float) -> float:
    """An angle from 0 to 2 pi."""
    return turn + 2.0 * math.pi if turn < 0.0 else turn


@kernel
def out_of_plane(ei: Six, ei_to: Six, n: float) -> tuple[float, float]:
    """Where to burn (u, rad, 0 to 2 pi) and the one burn across the plane that turns (ix, iy) to those of `ei_to`."""
    dx, dy = ei_to[4] - ei[4], ei_to[5] - ei[5]
    return _positive(atan2(dy, dx)), above_zero(n) * math.sqrt(dx * dx + dy * dy)


@kernel
def in_plane_pair(ei: Six, ei_to: Six, n: float) -> tuple[float, float, float]:
    """Where to burn first (u, rad, 0 to 2 pi), the burn there and the one half a turn later, both along track.

    Together they change da, ex and ey to those of `ei_to`; dl is left to what follows.
    """
    dx, dy = ei_to[2] - ei[2], ei_to[3] - ei[3]
    size, da = math.sqrt(dx * dx + dy * dy), ei_to[0] - ei[0]
    k = 0.25 * above_zero(n)
    return _positive(atan2(dy, dx)), k * (da + size), k * (da - size)


@kernel
def three_burns(ei: Six, ei_to: Six, turns: float, n: float) -> tuple[float, Vec]:
    """Where to burn first (u, rad, 0 to 2 pi) and three burns along track: there, half a turn and `turns` later.

    They change da, dl, ex and ey to those of `ei_to`, counted from `ei` at the first burn to the moment of the last:
    three linear equations, of which the sum of first and last and the second follow from da and (ex, ey), and their
    shares from dl.
    """
    n = above_zero(n)
    dx, dy = ei_to[2] - ei[2], ei_to[3] - ei[3]
    size, da = math.sqrt(dx * dx + dy * dy), ei_to[0] - ei[0]
    whole = turns if (turns == math.floor(turns)) & (turns >= 1.0) else math.nan
    swept = 2.0 * math.pi * whole
    second = 0.25 * n * (da - size)
    ends = 0.25 * n * (da + size)
    # dl at the last burn: -3/2 (da swept + 2 first / n swept + 2 second / n (swept - pi))
    along = ei_to[1] - ei[1] + 1.5 * ei[0] * swept
    first = -(along * n / 3.0 + second * (swept - math.pi)) / swept
    return _positive(atan2(dy, dx)), (first, second, ends - first)
