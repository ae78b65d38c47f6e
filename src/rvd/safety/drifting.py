"""How near a chaser comes to the target if it loses all thrust, and the burn that keeps two craft apart.

Frame: hill (x outward, y along track, z normal), rates seen there; `n` is the mean motion, rad/s. Clohessy-Wiltshire
motion: separation over orbit radius, eccentricity, J2 and drag are neglected.
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.safety.toolbox import drifting

__all__ = ["avoiding_burn", "closest_approach"]


def __dir__() -> list[str]:
    return sorted(__all__)


_closest_approach = by_rows(
    drifting.closest_approach,
    "n horizon is beyond 1e6 rad, where sines lose their digits",
    parts=True,
    at_once=True,
    n=positive,
    horizon=positive,
)
_avoiding_burn = by_rows(
    drifting.avoiding_burn,
    "v is zero, or after this time no burn moves the place across v: take another time",
    miss=positive,
    n=positive,
    t=positive,
)


def closest_approach(r, v, n, horizon) -> tuple[np.ndarray, np.ndarray]:
    """Least distance (...), m, from the target and its time (...), s, over `horizon` seconds of free drift.

    r, v: (..., 3), m and m/s, hill; n: (...), rad/s; horizon: (...), s, above zero. Between samples too: the sign of
    the range rate tells where a minimum is. Give all states of any trajectory for its passive safety, and a day of
    horizon. Source: W. Fehse 2003, section 4.1 (passive trajectory protection).

    >>> distance, t = closest_approach((-200.0, -1000.0, 0.0), (0.0, 0.3, 0.0), 0.00113, 86400.0)
    >>> round(float(distance), 2), round(float(t), 1)
    (328.91, 2300.1)
    """
    return _closest_approach(r, v, n, horizon)


def avoiding_burn(r, v, miss, n, t) -> np.ndarray:
    """The least burn (..., 3), m/s, `t` seconds before an encounter, that makes the miss distance `miss` there.

    r, v: (..., 3), own place and velocity less the other craft's at the closest approach, in own hill axes; miss:
    (...), m, wanted across v; n: (...), own mean motion, rad/s; t: (...), s. Zero where the miss is as large already.
    The burn moves the own place by Phi_rv dv (Clohessy-Wiltshire); short encounter. Source: C. Bombardelli, J.
    Hernando-Ayuso, J. Guidance, Control, and Dynamics 38(6), 2015, 1055-1070 (the least burn by a quadratic form).

    >>> dv = avoiding_burn((20.0, -30.0, 10.0), (100.0, -7000.0, 9000.0), 1000.0, 0.00106, 3000.0)
    >>> dv.round(4).tolist()
    [0.0358, 0.1084, 0.0003]
    """
    return _avoiding_burn(r, v, miss, n, t)


all_inside(globals(), drifting)
