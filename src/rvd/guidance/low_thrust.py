"""Transfers between circular orbits under a small thrust that never stops, with a change of plane.

Source: T. N. Edelbaum, ARS Journal 31 (1961) 1079-1089; J. A. Kechichian, J. Guidance, Control and Dynamics 20 (1997)
988-994. Valid where the thrust is far below gravity at the largest radius on the way (its acceleration times r2 / mu
there, as a share of one, is about the error), and turns are many. A large tilt leads far out, at 1.9 rad beyond any
orbit: look at what `after` gives half way. Within a turn the yaw keeps its size; no yaw that does costs less. Turning
it within each turn as well saves some 3 % from a low orbit to a stationary one (D. A. Vallado 2013, section 6.7).
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import low_thrust

__all__ = ["after", "burning", "cost"]


def __dir__() -> list[str]:
    return sorted(__all__)


_cost = by_rows(low_thrust.cost, "tilt must be from 0 to 2 rad", r_from=positive, r_to=positive, mu=positive)
_after = by_rows(
    low_thrust.after,
    "tilt must be from 0 to 2 rad, spent from zero to the cost of the transfer, and the orbits must not be the same",
    r_from=positive,
    r_to=positive,
    mu=positive,
    parts=True,
)
_burning = by_rows(low_thrust.burning, "dv and flow must not be below zero", push=positive)


def cost(r_from, r_to, tilt, mu) -> np.ndarray:
    """Delta-v (...), m/s, of a transfer from circle to circle under a small thrust.

    r_from, r_to: (...), m; tilt: (...), rad, between the planes, 0 to 2; mu: (...), m3/s2. It is the same both ways.
    Raises ArgumentError for others.

    >>> round(float(cost(7000e3, 42166e3, np.radians(28.5), 3.986004418e14)), 2)
    5783.77
    """
    return _cost(r_from, r_to, tilt, mu)


def after(r_from, r_to, tilt, spent, mu) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Radius (m), tilt turned so far (rad) and yaw of the thrust (rad), each (...), when `spent` (m/s) is.

    r_from, r_to, tilt, mu: as in `cost`; spent: (...), m/s, from 0 to the cost. The yaw stands between the velocity
    and the thrust, 0 to pi: cos(yaw) of the thrust is along the velocity, below zero where the orbit sinks, and
    sin(yaw) along the normal, with the sign of the cosine of the angle from the node (that in which the final plane
    rises through the first). Raises ArgumentError for others.

    >>> r, turned, yaw = after(7000e3, 42166e3, np.radians(28.5), (0.0, 3000.0, 5783.0), 3.986004418e14)
    >>> (r / 1e3).round(1).tolist(), np.degrees(turned).round(3).tolist(), np.degrees(yaw).round(2).tolist()
    ([7000.0, 16636.8, 42157.6], [0.0, 8.444, 28.492], [21.98, 35.25, 66.74])
    """
    return _after(r_from, r_to, tilt, spent, mu)


def burning(dv, push, flow) -> np.ndarray:
    """Time (...), s, in which a thrust gives `dv`, with the mass that it loses.

    dv: (...), m/s, from zero; push: (...), m/s2, acceleration at first; flow: (...), 1/s, mass lost a second over the
    mass at first, from zero. Raises ArgumentError for others.

    >>> (burning(5783.78, 3.5e-4, (0.0, 1e-8)) / 86400.0).round(2).tolist()
    [191.26, 176.3]
    """
    return _burning(dv, push, flow)


all_inside(globals(), low_thrust)
