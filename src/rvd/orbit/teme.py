"""States of many craft between TEME, J2000 and GCRF: `rvd.core.orbit.teme` over arrays.

r, v: (..., 3), m and m/s; tt: (...), seconds of TT past J2000 (`rvd.orbit.timescales.tt_from_utc`). GCRF needs the
offsets of the celestial pole that the IERS publishes for the 1980 theory, dpsi and deps, rad.
"""

import numpy as np

from rvd.array_arguments import rows, shaped
from rvd.core.orbit import teme

__all__ = ["gcrf_from_teme", "j2000_from_teme", "teme_from_gcrf", "teme_from_j2000"]


def __dir__() -> list[str]:
    return sorted(__all__)


def _turned(r, v, plain: dict, outward: bool) -> tuple[np.ndarray, np.ndarray]:
    lead, (r, v, *instants) = rows({"r": r, "v": v}, plain)
    a, b = np.empty_like(r), np.empty_like(v)
    when, which = np.unique(np.stack(instants, axis=1), axis=0, return_inverse=True)
    for k, instant in enumerate(when):
        matrix, mine = teme.j2000_from_teme(*map(float, instant)), np.ravel(which) == k
        turn = matrix.T if outward else matrix
        a[mine], b[mine] = r[mine] @ turn, v[mine] @ turn
    return shaped(lead, a), shaped(lead, b)


def j2000_from_teme(r, v, tt) -> tuple[np.ndarray, np.ndarray]:
    """States (..., 3) on the axes of J2000 from TEME, the axes of two-line elements; off GCRF by 2 m at low orbit."""
    return _turned(r, v, {"tt": tt}, True)


def teme_from_j2000(r, v, tt) -> tuple[np.ndarray, np.ndarray]:
    """The inverse of `j2000_from_teme`."""
    return _turned(r, v, {"tt": tt}, False)


def gcrf_from_teme(r, v, tt, dpsi, deps) -> tuple[np.ndarray, np.ndarray]:
    """States (..., 3) on the axes of GCRF from TEME, with the celestial pole's offsets; good to 1 mas."""
    return _turned(r, v, {"tt": tt, "dpsi": dpsi, "deps": deps}, True)


def teme_from_gcrf(r, v, tt, dpsi, deps) -> tuple[np.ndarray, np.ndarray]:
    """The inverse of `gcrf_from_teme`."""
    return _turned(r, v, {"tt": tt, "dpsi": dpsi, "deps": deps}, False)
