"""Probability of collision along a drift: a slow encounter, where both the path's bend and the velocity's doubt count.

Frame: hill (x outward, y along track, z normal), rates seen there; `n` is the target's mean motion, rad/s. Free motion
by Clohessy and Wiltshire, under which a normal distribution stays normal: separation over orbit radius, eccentricity,
J2 and drag are neglected. Passes of seconds at kilometres a second: `rvd.safety.collision`.
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.safety.toolbox import long_encounter

__all__ = ["probability"]


def __dir__() -> list[str]:
    return sorted(__all__)


_probability = by_rows(
    long_encounter.probability,
    "the covariance is not positive definite, the radius is beyond 2000 of the middle sigma of the place, or n horizon "
    "is beyond 1e6 rad",
    at_once=True,
    radius=positive,
    n=positive,
    horizon=positive,
)


def probability(r, v, covariance, radius, n, horizon) -> np.ndarray:
    """Probability (...) that a drift of `horizon` seconds enters a sphere about the target, counted from above.

    r, v: (..., 3), m and m/s, hill; covariance: (..., 21), the lower triangle of that of (r, v), row by row as in a
    CDM: `P[numpy.tril_indices(6)]`, m and m/s; radius: (...), m; n: (...), rad/s; horizon: (...), s. It is the chance
    to be inside at the start plus the mean number of entries, the integral over time and sphere of the density of the
    places times the mean inward velocity, s phi(u/s) - u Phi(-u/s) of a normal u. Right where a path enters once at
    the most, else too large by the entries after the first; at most 1. To 1e-3 of its value, and 1e-12.

    The motion is that of Clohessy and Wiltshire. Against draws of two-body motion (Alfano 2009) it is up to 0.8 % off
    in cases 3 and 5 to 8, and 0.4 to 4 % in cases 1, 2 and 4, near a GEO of e = 0.012.
    Source: Coppola, AAS 12-247, 2012; D. T. Hall, J. Spacecraft and Rockets 58(3), 2021, 715-728 (mean number of
    entries).

    >>> spread = np.diag((20.0, 50.0, 20.0, 0.1, 0.1, 0.1)) ** 2
    >>> lower = spread[np.tril_indices(6)]
    >>> found = probability((-100.0, -600.0, 20.0), (0.0, 0.4, 0.0), lower, 50.0, 0.00113, 20000.0)
    >>> round(float(found), 5)
    0.0118
    """
    return _probability(r, v, covariance, radius, n, horizon)


all_inside(globals(), long_encounter)
