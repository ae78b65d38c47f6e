"""Two burns that carry a chaser along the V-bar or the R-bar, or to a point, about a circular orbit.

Frame: hill (x outward, y along track, z normal); velocities are rates seen in the rotating frame; `n` is the target's
mean motion, rad/s. Burns are impulses, m/s. Neglected: separation over orbit radius, eccentricity, J2, drag.
Source: W. Fehse, Automated Rendezvous and Docking of Spacecraft, 2003, section 3.3.2, from the equations of
W. H. Clohessy and R. S. Wiltshire, J. Aerospace Sci. 27 (1960) 653-658.
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import hops

__all__ = ["rbar_radial", "rbar_tangential", "to_state", "vbar_radial", "vbar_tangential"]

Hop = tuple[np.ndarray, np.ndarray, np.ndarray]


def __dir__() -> list[str]:
    return sorted(__all__)


_vbar_tangential = by_rows(hops.vbar_tangential, n=positive)
_vbar_radial = by_rows(hops.vbar_radial, n=positive)
_rbar_tangential = by_rows(
    hops.rbar_tangential, "both points are equally far from the target, so no such hop ends", n=positive
)
_rbar_radial = by_rows(
    hops.rbar_radial,
    "the points are equal, or not on one side of the target, so no such hop ends",
    n=positive,
)
_to_state = by_rows(
    hops.to_state,
    "near whole or half turns no burn chooses the place: take another time",
    n=positive,
    t=positive,
)


def vbar_tangential(along, n) -> Hop:
    """Hop along the V-bar in one revolution, by two burns along track: first, second (..., 3) and time (...).

    along: (...), m, signed, + ahead; n: (...), rad/s. The first burn is -n along / (6 pi), the second its opposite:
    the chaser loops once, below the V-bar where it goes ahead. Raises ArgumentError where n is not above zero.

    >>> first, second, t = vbar_tangential(1000.0, 0.00113)
    >>> first.round(4).tolist(), second.round(4).tolist(), round(float(t), 1)
    ([0.0, -0.0599, 0.0], [0.0, 0.0599, 0.0], 5560.3)
    """
    return _vbar_tangential(along, n)


def vbar_radial(along, n) -> Hop:
    """Hop along the V-bar in half a revolution, by two radial burns: first, second (..., 3) and time (...).

    along: (...), m, signed, + ahead; n: (...), rad/s. Each burn is -n along / 4; the path stays within a quarter of
    `along` of the V-bar, and without the second burn the chaser comes back after a whole revolution.

    >>> first, second, t = vbar_radial(-400.0, 0.00113)
    >>> first.round(3).tolist(), round(float(t), 1)
    ([0.113, 0.0, 0.0], 2780.2)
    """
    return _vbar_radial(along, n)


def rbar_tangential(x_from, x_to, n) -> Hop:
    """Hop along the R-bar, from rest to rest; the burn at the point farther away is along track.

    x_from, x_to: (...), m, heights over the target's orbit; n: (...), rad/s. Gives first, second (..., 3) and the time
    (...), which follows: half a revolution to the opposite point, up to a whole one to the same point. Raises
    ArgumentError where both are equally far from the target.

    >>> first, second, t = rbar_tangential(-500.0, -200.0, 0.00113)
    >>> first.round(4).tolist(), second.round(4).tolist(), round(float(t), 1)
    ([0.0, 1.0716, 0.0], [0.4346, -0.3936, -0.0], 4387.9)
    """
    return _rbar_tangential(x_from, x_to, n)


def rbar_radial(x_from, x_to, n) -> Hop:
    """Hop along the R-bar on one side of the target, from rest to rest; the burn at the nearer point is radial.

    x_from, x_to: (...), m, both below or both above; n: (...), rad/s. Gives first, second (..., 3) and the time (...),
    which follows: half a revolution where one is seven times as far as the other. Raises ArgumentError where the
    points are equal or on two sides.

    >>> first, second, t = rbar_radial(-200.0, -500.0, 0.00113)
    >>> first.round(4).tolist(), second.round(4).tolist(), round(float(t), 1)
    ([0.4222, 0.0, 0.0], [0.7232, -0.678, 0.0], 1495.1)
    """
    return _rbar_radial(x_from, x_to, n)


def to_state(r, v, to, v_to, n, t) -> tuple[np.ndarray, np.ndarray]:
    """Burns now and at arrival (..., 3), m/s, that bring the state (r, v) to the state (to, v_to) in `t` seconds.

    r, v, to, v_to: (..., 3), m and m/s, hill; n: (...), rad/s; t: (...), s, above zero. Source: Vallado, Fundamentals
    of Astrodynamics, section 6.8, with a velocity at the end. Raises ArgumentError within 1e-3 rad of the times at
    which no burn chooses the place: in plane whole turns and 1.4067, 2.4453, ... of them, out of plane half turns.

    >>> r, v, to, v_to = (-500.0, -2000.0, 0.0), (0.0, 0.85, 0.0), (0.0, -100.0, 0.0), (0.0, 0.1, 0.0)
    >>> first, second = to_state(r, v, to, v_to, 0.00113, 1800.0)
    >>> first.round(4).tolist(), second.round(4).tolist()
    ([-0.4334, 0.3267, 0.0], [-0.7827, 0.0533, 0.0])
    """
    return _to_state(r, v, to, v_to, n, t)


all_inside(globals(), hops)
