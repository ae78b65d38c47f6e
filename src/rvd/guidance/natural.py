"""Natural motion about a target: ellipses, safety ellipses, teardrops, circumnavigation.

Frame: hill (x outward, y along track, z normal), velocity as the rate seen there; u is the mean argument of latitude,
rad, and n the target's mean motion, rad/s. `ei` (..., 6) are the relative elements times the target's semi-major axis,
m: (da, dl, ex, ey, ix, iy), with dl the mean place along track, (ex, ey) the relative eccentricity vector and (ix, iy)
the relative inclination vector. About a circle, to first order in the separation.
Source: S. D'Amico, Autonomous Formation Flying in Low Earth Orbit, TU Delft 2010, chapter 2; as named in each.
"""

import numpy as np

from rvd.array_arguments import angle, positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import natural
from rvd.orbit.elements import ellipses

__all__ = [
    "circumnavigating",
    "circumnavigation",
    "ellipse_velocity",
    "from_ei",
    "least_separation",
    "safety_ellipse",
    "teardrop",
    "teardrop_by_dwell",
    "to_ei",
]


def __dir__() -> list[str]:
    return sorted(__all__)


_ellipse_velocity = by_rows(natural.ellipse_velocity, n=positive)
_circumnavigation = by_rows(natural.circumnavigation, "tilt must be within a right angle", n=positive)
_from_ei = by_rows(natural.from_ei, u=angle, n=positive)
_to_ei = by_rows(natural.to_ei, u=angle, n=positive)
_safety_ellipse = by_rows(natural.safety_ellipse, phase=angle, u=angle, n=positive)
_least_separation = by_rows(natural.least_separation)
_teardrop = by_rows(
    natural.teardrop, "turn and burn are equal: there is no teardrop between them", n=positive
)
_teardrop_by_dwell = by_rows(
    natural.teardrop_by_dwell, "dwell must be below a revolution", dwell=positive, n=positive
)
_circumnavigating = by_rows(
    natural.circumnavigating,
    "the chaser's orbit is no ellipse of e from 0 to 0.999, or one of both is equatorial",
    target=ellipses,
)


def ellipse_velocity(x, y, centre, n) -> np.ndarray:
    """Velocity (..., 3), m/s, at (x, y, z) on the 2:1 ellipse about (0, centre, 0): it does not drift.

    x, y, centre: (...), m; n: (...), rad/s. It is (n (y - centre) / 2, -2 n x, 0): add any vz for motion across the
    plane. Source: Clohessy and Wiltshire 1960.

    >>> ellipse_velocity(0.0, -100.0, 0.0, 0.00113).round(4).tolist()
    [-0.0565, -0.0, 0.0]
    """
    return _ellipse_velocity(x, y, centre, n)


def circumnavigation(along, tilt, n) -> np.ndarray:
    """Velocity (..., 3), m/s, with which a chaser on the V-bar at y = along begins to circle the target.

    along: (...), m; tilt: (...), rad, within a right angle: z reaches tan(tilt) times the largest x, so 60 degrees give
    a circle; n: (...), rad/s. The target is circled once a revolution. Source: Clohessy and Wiltshire 1960.

    >>> circumnavigation(-50.0, 1.0471975512, 0.0011569).round(6).tolist()
    [-0.028922, 0.0, 0.050095]
    """
    return _circumnavigation(along, tilt, n)


def from_ei(ei, u, n) -> tuple[np.ndarray, np.ndarray]:
    """Place and velocity (..., 3), m and m/s, hill, from the six relative elements in metres.

    ei: (..., 6); u: (...), rad; n: (...), rad/s. Source: D'Amico 2010, eq. 2.17 and 2.18.

    >>> r, v = from_ei((0.0, 0.0, 0.0, 300.0, 0.0, 100.0), 0.0, 0.00113)
    >>> r.tolist(), v.round(3).tolist()
    ([0.0, -600.0, -100.0], [-0.339, 0.0, 0.0])
    """
    return _from_ei(ei, u, n)


def to_ei(r, v, u, n) -> np.ndarray:
    """The six relative elements (..., 6), m, from place and velocity in hill: the inverse of `from_ei`.

    r, v: (..., 3), m and m/s; u: (...), rad; n: (...), rad/s. Source: D'Amico 2010, eq. 2.17 and 2.18.

    >>> to_ei((0.0, -600.0, -100.0), (-0.339, 0.0, 0.0), 0.0, 0.00113).round(6).tolist()
    [0.0, 0.0, 0.0, 300.0, 0.0, 100.0]
    """
    return _to_ei(r, v, u, n)


def safety_ellipse(radial, normal, along, phase, u, n) -> tuple[np.ndarray, np.ndarray]:
    """Place and velocity (..., 3), m and m/s, hill, on a safety ellipse about (0, along, 0).

    radial, normal: (...), m, how far it reaches in x and z; along: (...), m; phase: (...), rad, the direction of both
    vectors; u: (...), rad; n: (...), rad/s. The relative eccentricity and inclination vectors are parallel: where the
    chaser is at the target's height it is farthest across the plane, and any drift along track passes the target by.
    Source: D'Amico 2010, section 2.2.

    >>> r, v = safety_ellipse(100.0, 80.0, 0.0, 1.5707963268, 0.0, 0.00113)
    >>> r.round(3).tolist(), v.round(3).tolist()
    ([0.0, -200.0, -80.0], [-0.113, -0.0, -0.0])
    """
    return _safety_ellipse(radial, normal, along, phase, u, n)


def least_separation(ei) -> np.ndarray:
    """Least distance (...), m, normal to the flight path over a revolution: how near an orbit comes to the V-bar.

    ei: (..., 6), m; dl plays no part. For da = 0 it is D'Amico 2010, eq. 2.22 (number unverified); with
    a drift it is searched for.

    >>> round(float(least_separation((0.0, 0.0, 0.0, 300.0, 0.0, 100.0))), 3)
    100.0
    """
    return _least_separation(ei)


def teardrop(turn, burn, n) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Velocity after each burn, the burn (..., 3), m/s, and the time between two (...), s, of a teardrop on the R-bar.

    turn, burn: (...), m, heights on the R-bar of the round end and of the pointed one, where a radial burn sends the
    chaser round again; n: (...), rad/s. The chaser begins at (burn, 0, 0) with the first result. Raises ArgumentError
    where both heights are equal. Source: Clohessy and Wiltshire 1960, solved for y = 0 at half of the time.

    >>> v, dv, dwell = teardrop(-100.0, -150.0, 0.0011569)
    >>> v.round(5).tolist(), dv.round(5).tolist(), round(float(dwell), 1)
    ([0.21404, 0.07676, 0.0], [0.42808, 0.0, 0.0], 912.6)
    """
    return _teardrop(turn, burn, n)


def teardrop_by_dwell(burn, dwell, n) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Velocity after each burn, the burn (..., 3), m/s, and the height of the turn (...), m, of a teardrop.

    burn: (...), m, the height of the pointed end; dwell: (...), s, the time between two burns, below a revolution
    (ArgumentError); n: (...), rad/s. Source: Clohessy and Wiltshire 1960: two impulses to the same place.

    >>> v, dv, turn = teardrop_by_dwell(-150.0, 2000.0, 0.0011569)
    >>> v.round(5).tolist(), round(float(turn), 3)
    ([0.24331, 0.20686, 0.0], -12.677)
    """
    return _teardrop_by_dwell(burn, dwell, n)


def circumnavigating(target, radial, normal, along, drift, phase) -> np.ndarray:
    """Elements (..., 6) of a chaser that circles a target on an ellipse: (a, e, i, raan, argp, mean), m and rad.

    target: (..., 6), the same elements of the target; radial: (...), m, how far the chaser goes below and above;
    normal: (...), m, and across the plane; along: (...), m, where along track its path is centred; drift: (...), m a
    revolution along track, about a circle; phase: (...), rad after the perigee, where the planes cross.

    About a circle the path is what is asked for, and about an ellipse for `radial`. What is turned by the node and by
    `along` is the true anomaly at the moment: about an ellipse of eccentricity e the path is then off, along track and
    outward, by about e normal / tan i and e along. Fly it before you use it there. Source: D. Tong, Generating
    Orbital Elements for Natural Motion Circumnavigation Guidance, 2024, section 4. Keplerian; not near the equator.

    >>> chaser = circumnavigating((7e6, 0.1, 0.2, 0.3, 0.0, 0.0), 100.0, 50.0, 0.0, 0.0, 0.5)
    >>> round(float(chaser[0]), 3), round(float(7e6 * (chaser[1] - 0.1)), 3), round(float(7e6 * (chaser[2] - 0.2)), 3)
    (7000000.0, 100.0, 43.879)
    """
    return _circumnavigating(target, radial, normal, along, drift, phase)


all_inside(globals(), natural)
