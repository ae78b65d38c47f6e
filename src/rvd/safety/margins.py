"""Margins of states to limits: positive where the limit is kept, in the unit of what is limited.

r and v may be in any axes, the same for all of a call. Over a whole trajectory, between its samples too:
`rvd.safety.trajectories.least_margin`. Source of what is limited: W. Fehse, Automated Rendezvous and Docking of
Spacecraft, 2003, chapters 4 and 5 (corridors, keep-out zones and speed limits of approaches); each is its definition.
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.safety.toolbox import margins

__all__ = ["cone", "ellipsoid", "speed", "sphere"]


def __dir__() -> list[str]:
    return sorted(__all__)


_cone = by_rows(margins.cone, "axis is a zero vector, or half_angle not above 0 and below a right angle")
_sphere = by_rows(margins.sphere, radius=positive)
_ellipsoid = by_rows(margins.ellipsoid, "a half axis is not above zero")
_speed = by_rows(margins.speed, "at_contact, slope and most must not be below zero")


def cone(r, apex, axis, half_angle) -> np.ndarray:
    """Distance (...), m, inside the surface of an approach cone, normal to it; negative outside, and behind the apex.

    r, apex: (..., 3), m; axis: (..., 3), not zero, from the apex into the cone; half_angle: (...), rad, above 0 and
    below pi/2. It is along sin(half_angle) - across cos(half_angle). Source: plane geometry; Fehse 2003, chapter 5.

    >>> cone([(0.0, -100.0, 0.0), (30.0, -100.0, 0.0)], (0.0, 0.0, 0.0), (0.0, -1.0, 0.0), 0.1745).round(2).tolist()
    [17.36, -12.18]
    """
    return _cone(r, apex, axis, half_angle)


def sphere(r, centre, radius) -> np.ndarray:
    """Distance (...), m, outside a sphere to keep out of; negative within.

    r, centre: (..., 3), m; radius: (...), m, above zero. It is |r - centre| - radius. Source: Fehse 2003, chapter 5.

    >>> sphere((0.0, -250.0, 0.0), (0.0, 0.0, 0.0), 200.0).tolist()
    50.0
    """
    return _sphere(r, centre, radius)


def ellipsoid(r, centre, half_axes) -> np.ndarray:
    """Distance (...), m, outside an ellipsoid to keep out of; negative within.

    r, centre: (..., 3), m; half_axes: (..., 3), m, above zero, along the axes of r. It is the true distance to the
    surface. Source: D. Eberly, Distance from a Point to an Ellipse, an Ellipsoid, or a Hyperellipsoid, 2013.

    >>> ellipsoid((0.0, -2500.0, 0.0), (0.0, 0.0, 0.0), (1000.0, 2000.0, 1000.0)).round(6).tolist()
    500.0
    """
    return _ellipsoid(r, centre, half_axes)


def speed(r, v, at_contact, slope, most) -> np.ndarray:
    """The limit of the speed at this distance less the speed (...), m/s; negative where it is too quick.

    r, v: (..., 3), m and m/s; the limit is at_contact (...), m/s, plus slope (...), 1/s, times |r|, and `most` (...),
    m/s, at the most. None below zero. Source: the profile of a glideslope, Fehse 2003, chapter 3, as a limit.

    >>> speed((0.0, -50.0, 0.0), (0.0, 0.2, 0.0), 0.05, 0.01, 0.3).round(3).tolist()
    0.1
    """
    return _speed(r, v, at_contact, slope, most)


all_inside(globals(), margins)
