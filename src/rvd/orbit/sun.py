"""Where the Sun is to a hundredth of a degree, at any time of space flight: for shadows and for what it blinds.

Forces need `ephemeris`, which is exact and covers fewer years. Source: Montenbruck & Gill, Satellite Orbits, 2000,
eqs. 3.43 to 3.45 (mean equator and equinox of J2000), with the mean anomaly and the moving perihelion of Simon et al.,
Astronomy and Astrophysics 282 (1994) 663. Equal to DE440 to 0.01 deg from 2020 to 2044.
"""

from datetime import UTC, datetime, timedelta

import numpy as np

OBLIQUITY = np.radians(23.43929111)

_NOON_2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)


def sun_from_earth_series(seconds: np.ndarray) -> np.ndarray:
    """Positions (n, 3) of the Sun from the Earth (m, ICRF) at seconds past J2000; UTC, TT or TDB make no difference."""
    centuries = np.asarray(seconds, dtype=float) / (86400.0 * 36525.0)
    m = np.radians(357.52911 + 35999.05029 * centuries)
    turn = np.radians((6892.0 * np.sin(m) + 72.0 * np.sin(2.0 * m)) / 3600.0)
    longitude = np.radians(282.93735 + 0.32257 * centuries) + m + turn
    r = (149.619 - 2.499 * np.cos(m) - 0.021 * np.cos(2.0 * m)) * 1e9
    x, y = r * np.cos(longitude), r * np.sin(longitude)
    return np.stack([x, y * np.cos(OBLIQUITY), y * np.sin(OBLIQUITY)], axis=-1)


def sun_table(begin: datetime, step: float, rows: int) -> np.ndarray:
    """Rows (n, 8) of third bodies, one every `step` s: none first, then the Sun's place; it does not pull (mu = 0)."""
    first = (begin - _NOON_2000) / timedelta(seconds=1)
    table = np.zeros((rows, 8))
    table[:, 5:] = sun_from_earth_series(first + step * np.arange(rows))
    return table
