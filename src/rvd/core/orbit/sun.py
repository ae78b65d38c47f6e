"""Where the Sun is to a hundredth of a degree, at any time of space flight: for shadows and for what it blinds.

Forces need `ephemeris`, which is exact and covers fewer years. Source: Montenbruck & Gill, Satellite Orbits, 2000,
eqs. 3.43 to 3.45 (mean equator and equinox of J2000), with the mean anomaly and the moving perihelion of Simon et al.,
Astronomy and Astrophysics 282 (1994) 663. Equal to DE440 to 0.01 deg from 2020 to 2044.
"""

import math

import numpy as np

from rvd.core.algebra.elementary import sincos
from rvd.core.kernel import Vec, kernel, plain
from rvd.core.orbit.utc import SECOND, Utc

OBLIQUITY = math.radians(23.43929111)

_RAD = math.radians(1.0)


@kernel
def sun_from_earth_series(seconds: float) -> Vec:
    """Position of the Sun from the Earth (m, ICRF) at seconds past J2000; UTC, TT or TDB make no difference."""
    centuries = seconds / (86400.0 * 36525.0)
    mean = (357.52911 + 35999.05029 * centuries) * _RAD
    (s1, c1), (s2, c2) = sincos(mean), sincos(2.0 * mean)
    turn = (6892.0 * s1 + 72.0 * s2) / 3600.0 * _RAD
    s, c = sincos((282.93735 + 0.32257 * centuries) * _RAD + mean + turn)
    r = (149.619 - 2.499 * c1 - 0.021 * c2) * 1e9
    tilt_s, tilt_c = sincos(OBLIQUITY)
    return (r * c, r * s * tilt_c, r * s * tilt_s)


def sun_table(begin: Utc, step: float, rows: int) -> np.ndarray:
    """Rows (n, 8) of third bodies, one every `step` s: none first, then the Sun's place; it does not pull (mu = 0)."""
    first = begin.counted() / SECOND
    table, place = np.zeros((rows, 8)), plain(sun_from_earth_series)
    for k in range(rows):
        table[k, 5:] = place(first + step * k)
    return table
