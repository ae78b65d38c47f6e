"""Co-elliptic orbits about a circular one: drift at a constant height, and transfers between heights.

Frame: hill; x is the height over the target's orbit, m (below it x < 0), y the place along track; `n` is the target's
mean motion, rad/s. Neglected: separation over orbit radius, eccentricity, J2, drag.
Source: W. Fehse, Automated Rendezvous and Docking of Spacecraft, 2003, sections 3.2.3 and 3.3.2, from the equations of
Clohessy and Wiltshire 1960.
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import coelliptic

__all__ = ["drift_height", "drift_time", "hohmann", "tpi_place", "velocity"]


def __dir__() -> list[str]:
    return sorted(__all__)


_velocity = by_rows(coelliptic.velocity, n=positive)
_drift_time = by_rows(
    coelliptic.drift_time,
    "at this height the chaser does not drift this way (below the target it gains)",
    n=positive,
)
_drift_height = by_rows(coelliptic.drift_height, n=positive, t=positive)
_hohmann = by_rows(coelliptic.hohmann, n=positive)
_tpi_place = by_rows(coelliptic.tpi_place, "elevation must be above 0 and below a right angle")


def velocity(x, n) -> np.ndarray:
    """Velocity (..., 3), m/s, at height x that keeps this height: (0, -3/2 n x, 0).

    x: (...), m; n: (...), rad/s, above zero.

    >>> velocity(-10e3, 0.00113).tolist()
    [0.0, 16.95, 0.0]
    """
    return _velocity(x, n)


def drift_time(x, along, n) -> np.ndarray:
    """Time (...), s, in which a chaser on a co-elliptic at height x drifts by `along` metres.

    x, along: (...), m, signed; n: (...), rad/s. Raises ArgumentError where it drifts the other way, or not at all.

    >>> round(float(drift_time(-10e3, 50e3, 0.00113)), 1)
    2949.9
    """
    return _drift_time(x, along, n)


def drift_height(along, n, t) -> np.ndarray:
    """Height (...), m, at which a chaser on a co-elliptic drifts by `along` metres in `t` seconds.

    along: (...), m, signed; n: (...), rad/s; t: (...), s, above zero.

    >>> round(float(drift_height(50e3, 0.00113, 2949.85)), 1)
    -10000.0
    """
    return _drift_height(along, n, t)


def hohmann(x_from, x_to, n) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """From one co-elliptic height to another in half a turn: first, second burn (..., 3), time and advance (...).

    x_from, x_to: (...), m; n: (...), rad/s. Both burns are n (x_to - x_from) / 4 along track; the chaser advances by
    -3 pi / 4 (x_from + x_to) along track meanwhile, which is the drift at the mean height.

    >>> first, second, t, advance = hohmann(-10e3, -5e3, 0.00113)
    >>> first.tolist(), round(float(t), 1), round(float(advance), 1)
    ([0.0, 1.4124999999999999, 0.0], 2780.2, 35342.9)
    """
    return _hohmann(x_from, x_to, n)


def tpi_place(x, elevation) -> np.ndarray:
    """Place along track (...), m, on a co-elliptic at height x, from which the target stands `elevation` rad high.

    x: (...), m; elevation: (...), rad, over the horizon toward the target, above 0 and below pi/2 (ArgumentError).
    Of a chaser below it is behind, of one above ahead. 27 degrees were flown by Gemini, Apollo and the Shuttle.

    >>> round(float(tpi_place(-10e3, 0.4747)), 1)
    -19459.3
    """
    return _tpi_place(x, elevation)


all_inside(globals(), coelliptic)
