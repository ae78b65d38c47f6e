"""First contact of a docking system against the limits of its standard.

Source: International Docking System Standard, Interface Definition Document, revision E, October 2016, table 3.3.1.1-2:
closing 0.05 to 0.10 m/s, lateral 0.04 m/s and 0.10 m, pitch and yaw together and roll 0.20 deg/s and 4 deg each.
"""

import numpy as np

from rvd.by_rows import all_inside, by_rows
from rvd.core.safety.toolbox import contact

__all__ = ["idss"]


def __dir__() -> list[str]:
    return sorted(__all__)


_idss = by_rows(contact.idss, "q is not of length one")


def idss(r, v, q, w) -> np.ndarray:
    """Margins (..., 7) at first contact, positive inside the limits of the standard.

    r, v: (..., 3), m and m/s, place and velocity of the chaser's port against the target's; q: (..., 4), scalar last,
    of length one to 1e-3, from the chaser's port axes to the target's; w: (..., 3), rad/s, its rate; all in the
    target's port axes, x outward. Ports that face one another without roll differ by half a turn about z. The seven:
    closing rate, lateral rate (m/s), rate of pitch and yaw, of roll (rad/s), lateral misalignment (m), misalignment of
    pitch and yaw, of roll (rad). Contact is within the standard where all are positive.

    >>> facing = (0.0, 0.0, 1.0, 0.0)
    >>> idss((0.0, 0.05, 0.0), (-0.07, 0.01, 0.0), facing, (0.0, 0.001, 0.0)).round(4).tolist()
    [0.02, 0.03, 0.0025, 0.0035, 0.05, 0.0698, 0.0698]
    """
    return _idss(r, v, q, w)


all_inside(globals(), contact)
