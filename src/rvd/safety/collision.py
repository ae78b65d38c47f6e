"""Probability of collision in a short encounter: a normal distribution over a disc in the encounter plane.

x, y (...), m, are the miss in the principal axes of the combined covariance in that plane, sx, sy (...), m, its sigmas
there, above zero, and radius (...), m, the sum of both hard-body radii. `encounter_plane` gives the first four.
Source: as named in each; a survey is R. Serra et al., J. Guidance, Control, and Dynamics 39(5), 2016, 1009-1021.
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.safety.toolbox import collision

__all__ = ["alfano", "chan", "encounter_plane", "foster"]


def __dir__() -> list[str]:
    return sorted(__all__)


_encounter_plane = by_rows(
    collision.encounter_plane, "v is zero, or the covariance is not positive definite across it", parts=True
)
_FAR = "the radius is too large against the sigmas: take alfano"
_foster = by_rows(collision.foster, _FAR, sx=positive, sy=positive, radius=positive)
_alfano = by_rows(collision.alfano, sx=positive, sy=positive, radius=positive)
_chan = by_rows(collision.chan, _FAR, at_once=True, sx=positive, sy=positive, radius=positive)


def encounter_plane(r, v, covariance) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Miss and sigmas (x, y, sx, sy), each (...), m, in the principal axes across the relative velocity.

    r, v: (..., 3), m and m/s, the other craft's state less the own at the closest approach, any axes; covariance:
    (..., 6), m2, (xx, yy, zz, xy, xz, yz) of r in those axes, the sum of both craft's. sx is the smaller sigma; x and y
    are given without sign. Source: Foster and Estes 1992.

    >>> found = encounter_plane((10.0, 0.0, 5.0), (0.0, 7000.0, 0.0), (400.0, 9e4, 2500.0, 0.0, 0.0, 0.0))
    >>> [round(float(one), 6) for one in found]
    [10.0, 5.0, 20.0, 50.0]
    """
    return _encounter_plane(r, v, covariance)


def foster(x, y, sx, sy, radius) -> np.ndarray:
    """Probability (...) by the integral over the disc in circles and angles.

    Twelve digits; raises ArgumentError where the radius is beyond 40 of the smaller sigma. Source: J. L. Foster, H. S.
    Estes, A Parametric Analysis of Orbital Debris Collision Probability and Maneuver Rate, NASA JSC-25898, 1992.

    >>> f"{float(foster(0.0, 10.0, 25.0, 50.0, 5.0)):.6e}"
    '9.741512e-03'
    """
    return _foster(x, y, sx, sy, radius)


def alfano(x, y, sx, sy, radius) -> np.ndarray:
    """Probability (...) by chords of the disc, each with the normal probability along it.

    Twelve digits while the radius is below 25 of the smaller sigma, five beyond, however large it is.
    Source: S. Alfano, A Numerical Implementation of Spherical Object Collision Probability, J. Astronautical Sciences
    53(1), 2005, 103-109; here by Gauss and Legendre's rule in place of Simpson's.

    >>> f"{float(alfano(0.0, 10.0, 25.0, 50.0, 5.0)):.6e}"
    '9.741512e-03'
    """
    return _alfano(x, y, sx, sy, radius)


def chan(x, y, sx, sy, radius) -> np.ndarray:
    """Probability (...) by Chan's series: a disc of equal area in scaled axes.

    An approximation, quick, and good where the radius is small against the sigmas: to 0.1 % at a tenth, far out less.
    Raises ArgumentError where the radius is beyond 35 of the mean sigma (sx sy)^(1/2).
    Source: F. K. Chan, Spacecraft Collision Probability, 2008, chapter 5.

    >>> f"{float(chan(0.0, 10.0, 25.0, 50.0, 5.0)):.6e}"
    '9.754113e-03'
    """
    return _chan(x, y, sx, sy, radius)


all_inside(globals(), collision)
