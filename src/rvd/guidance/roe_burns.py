"""Burns that change relative orbital elements, about a circular orbit.

`ei` (..., 6) are the relative elements times the target's semi-major axis, m: (da, dl, ex, ey, ix, iy), as in
`rvd.guidance.natural`; u is the mean argument of latitude, rad; n the target's mean motion, rad/s; burns in hill, m/s.
Source: S. D'Amico, Autonomous Formation Flying in Low Earth Orbit, TU Delft 2010, chapter 2 (Gauss' equations for
near-circular orbits); G. Gaias, S. D'Amico, J. Guidance, Control, and Dynamics 38(6), 2015, 1036-1049. Without J2.
"""

import numpy as np

from rvd.array_arguments import angle, positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import roe_burns

__all__ = ["burn", "drift", "in_plane_pair", "out_of_plane", "three_burns"]


def __dir__() -> list[str]:
    return sorted(__all__)


_burn = by_rows(roe_burns.burn, u=angle, n=positive)
_drift = by_rows(roe_burns.drift)
_in_plane_pair = by_rows(roe_burns.in_plane_pair, n=positive, parts=True)
_out_of_plane = by_rows(roe_burns.out_of_plane, n=positive, parts=True)
_three_burns = by_rows(roe_burns.three_burns, "turns is a whole number above zero", n=positive)


def burn(ei, dv, u, n) -> np.ndarray:
    """The six elements (..., 6), m, after a burn dv (..., 3), m/s, hill, at u (...), rad.

    n: (...), rad/s. Gauss' equations to first order: along track da += 2 dv / n and
    (ex, ey) += 2 dv / n (cos u, sin u).

    >>> burn((0.0, 0.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.00113, 0.0), 0.0, 0.00113).tolist()
    [2.0, 0.0, 2.0, 0.0, 0.0, 0.0]
    """
    return _burn(ei, dv, u, n)


def drift(ei, swept) -> np.ndarray:
    """The six elements (..., 6), m, after the target has swept `swept` rad (...): dl changes by -3/2 da a radian.

    >>> drift((10.0, 0.0, 0.0, 0.0, 0.0, 0.0), 6.283185307179586).round(3).tolist()
    [10.0, -94.248, 0.0, 0.0, 0.0, 0.0]
    """
    return _drift(ei, swept)


def in_plane_pair(ei, ei_to, n) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where to burn (u, rad), the burn there and the one half a turn later (m/s, along track), each (...).

    ei, ei_to: (..., 6), m, before and wanted; n: (...), rad/s. da, ex and ey become those wanted; dl follows from the
    drift (`drift`). Of all burns for that change these are the least where it is mostly in (ex, ey).

    >>> u, first, second = in_plane_pair((0.0,) * 6, (0.0, 0.0, 0.0, 300.0, 0.0, 0.0), 0.00113)
    >>> round(float(u), 4), round(float(first), 5), round(float(second), 5)
    (1.5708, 0.08475, -0.08475)
    """
    return _in_plane_pair(ei, ei_to, n)


def out_of_plane(ei, ei_to, n) -> tuple[np.ndarray, np.ndarray]:
    """Where to burn (u, rad) and the burn across the plane (m/s, along z), each (...), to the wanted ix and iy.

    ei, ei_to: (..., 6), m; n: (...), rad/s. Half a turn later the opposite burn does the same.

    >>> u, dv = out_of_plane((0.0,) * 6, (0.0, 0.0, 0.0, 0.0, 0.0, 100.0), 0.00113)
    >>> round(float(u), 4), round(float(dv), 5)
    (1.5708, 0.113)
    """
    return _out_of_plane(ei, ei_to, n)


def three_burns(ei, ei_to, turns, n) -> tuple[np.ndarray, np.ndarray]:
    """Where to burn first (u (...), rad), and three burns along track (..., 3), m/s.

    The second comes half a turn after the first, the third `turns` whole turns after it. ei, ei_to: (..., 6), m, at the
    first burn, and wanted at the last: da, dl, ex and ey become those wanted. n: (...), rad/s. Raises ArgumentError
    where turns is no whole number above zero.

    >>> u, dv = three_burns((0.0, 500.0, 0.0, 100.0, 0.0, 0.0), (0.0, 0.0, 0.0, 300.0, 0.0, 0.0), 2, 0.00113)
    >>> round(float(u), 4), dv.round(5).tolist()
    (1.5708, [0.05736, -0.0565, -0.00086])
    """
    return _three_burns(ei, ei_to, turns, n)


all_inside(globals(), roe_burns)
