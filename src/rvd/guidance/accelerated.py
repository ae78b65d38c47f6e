"""Relative motion under an acceleration that is constant in hill axes.

Frame: hill (x outward, y along track, z normal), rotating; velocity is the rate seen there. Neglected: separation over
orbit radius, J2, drag.
Source: W. Fehse, Automated Rendezvous and Docking of Spacecraft, 2003, section 3.2 (circle: Clohessy-Wiltshire with
constant forces); K. Yamanaka, F. Ankersen, J. Guidance, Control, and Dynamics 25(1), 2002, 60-66 (ellipse).
"""

import numpy as np

from rvd.array_arguments import angle, eccentricity, numbers, positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import accelerated

__all__ = ["cw", "yamanaka_ankersen"]


def __dir__() -> list[str]:
    return sorted(__all__)


_cw = by_rows(accelerated.cw, "n t is beyond 1e6 rad, where sines lose their digits", n=positive, t=numbers)
_yamanaka_ankersen = by_rows(
    accelerated.yamanaka_ankersen,
    "e is above 0.999, or the path is longer than 800 turns",
    at_once=True,
    mu=positive,
    p=positive,
    e=eccentricity,
    nu=angle,
)


def cw(r, v, push, n, t) -> tuple[np.ndarray, np.ndarray]:
    """Places and velocities (..., 3) after `t` seconds about a circle under a constant acceleration.

    r, v: (..., 3), m and m/s, hill; push: (..., 3), m/s2, constant in hill axes; n: (...), rad/s; t: (...), s, any
    sign. Closed form.

    >>> r, v = cw((0.0, -100.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.001, 0.0), 0.00113, 120.0)
    >>> r.round(3).tolist(), v.round(4).tolist()
    ([0.65, -92.844, 0.0], [0.0162, 0.1185, 0.0])
    """
    return _cw(r, v, push, n, t)


def yamanaka_ankersen(r, v, push, mu, p, e, nu, t) -> tuple[np.ndarray, np.ndarray]:
    """Places and velocities (..., 3) after `t` seconds about an ellipse under a constant acceleration.

    r, v: (..., 3), m and m/s, hill; push: (..., 3), m/s2, constant in hill axes; mu: m3/s2; p: semi-latus rectum, m; e:
    0 to 0.999; nu: true anomaly at the start, rad; t: s, any sign; all (...). The pushes of each moment are carried on
    by the linear matrix and added up by Gauss and Legendre's rule, eight points in each half radian of eccentric
    anomaly.

    >>> rest, push = (0.0, 0.0, 0.0), (0.0, 0.001, 0.0)
    >>> r, v = yamanaka_ankersen((0.0, -100.0, 0.0), rest, push, 3.986004418e14, 7e6, 0.2, 1.0, 120.0)
    >>> r.round(3).tolist(), v.round(4).tolist()
    ([1.111, -93.005, 0.0], [0.0244, 0.1155, 0.0])
    """
    return _yamanaka_ankersen(r, v, push, mu, p, e, nu, t)


all_inside(globals(), accelerated)
