"""A far rendezvous in five burns: NC, NH, NSR, TPI and the braking at the end, about a circular orbit.

Frame: hill; x is the height over the target's orbit, y the place along track, m; `n` is the target's mean motion,
rad/s. Neglected: separation over orbit radius, eccentricity, J2, drag.
Source: J. L. Goodman, History of Space Shuttle Rendezvous, JSC-63400, 2011 (the burns and their names); the equations
are those of Clohessy and Wiltshire 1960.
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import approach

__all__ = ["five_burns"]


def __dir__() -> list[str]:
    return sorted(__all__)


_five_burns = by_rows(
    approach.five_burns,
    "TPI comes before the last co-elliptic begins (fewer turns, or a later TPI), the elevation is not between "
    "0 and a right angle, turns is no whole number, or the last transfer does not exist",
    n=positive,
    t_tpi=positive,
    transfer=positive,
)


def five_burns(x, y, x_last, elevation, turns, t_tpi, transfer, to, n) -> tuple[np.ndarray, np.ndarray]:
    """Times (..., 5), s from the first, and burns (..., 5, 3), m/s, of NC, NH, NSR, TPI and the braking.

    The chaser drifts at height x (m), place y along track, and burns NC at once: it turns at the height that brings it
    to TPI at the time `t_tpi` (s). NH follows `turns` and a half turns later, NSR half a turn after it puts the
    chaser on the co-elliptic at x_last; TPI burns where the target stands `elevation` (rad) over the horizon, and
    after `transfer` seconds the last burn stops the chaser at `to` (..., 3), hill. So t_tpi + transfer is the time of
    arrival. All others: (...), SI. Raises ArgumentError where a plan does not exist. A midcourse correction (MC) is
    `hops.to_state` from what navigation then knows to the same place and time.

    >>> t, dv = five_burns(-30e3, -1200e3, -10e3, 0.4712, 3, 24000.0, 2000.0, (0.0, -500.0, 0.0), 0.00113)
    >>> t.round(0).tolist(), dv[:, 1].round(3).tolist()
    ([0.0, 19461.0, 22241.0, 24000.0, 26000.0], [-1.0, 5.65, 6.65, 3.067, 2.583])
    """
    return _five_burns(x, y, x_last, elevation, turns, t_tpi, transfer, to, n)


all_inside(globals(), approach)
