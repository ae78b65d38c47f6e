"""States of many craft between TEME, J2000 and GCRF: `rvd.core.orbit.teme` over arrays.

r, v: (..., 3), m and m/s; tt: (...), seconds of TT past J2000 (`rvd.orbit.timescales.tt_from_utc`). GCRF needs the
offsets of the celestial pole that the IERS publishes for the 1980 theory, dpsi and deps, rad.
"""

import numpy as np

from rvd.by_rows import all_inside, by_rows
from rvd.core.orbit import teme

__all__ = ["gcrf_from_teme", "j2000_from_teme", "teme_from_gcrf", "teme_from_j2000"]


def __dir__() -> list[str]:
    return sorted(__all__)


_j2000_from_teme = by_rows(teme.j2000_from_teme)
_teme_from_j2000 = by_rows(teme.teme_from_j2000)
_gcrf_from_teme = by_rows(teme.gcrf_from_teme)
_teme_from_gcrf = by_rows(teme.teme_from_gcrf)


def j2000_from_teme(r, v, tt) -> tuple[np.ndarray, np.ndarray]:
    """States (..., 3) on the axes of J2000 from TEME, the axes of two-line elements; off GCRF by 2 m at low orbit."""
    return _j2000_from_teme(r, v, tt)


def teme_from_j2000(r, v, tt) -> tuple[np.ndarray, np.ndarray]:
    """The inverse of `j2000_from_teme`."""
    return _teme_from_j2000(r, v, tt)


def gcrf_from_teme(r, v, tt, dpsi, deps) -> tuple[np.ndarray, np.ndarray]:
    """States (..., 3) on the axes of GCRF from TEME, with the celestial pole's offsets; good to 1 mas."""
    return _gcrf_from_teme(r, v, tt, dpsi, deps)


def teme_from_gcrf(r, v, tt, dpsi, deps) -> tuple[np.ndarray, np.ndarray]:
    """The inverse of `gcrf_from_teme`."""
    return _teme_from_gcrf(r, v, tt, dpsi, deps)


all_inside(globals(), teme)
