"""Where the Moon and the Sun are at many instants: `rvd.core.orbit.ephemeris` over arrays.

t: (...), seconds of TDB past J2000. Results are (positions, velocities) (..., 3), m and m/s, ICRF, geometric.
ephemeris: of rvd.orbit.spice, or the package's DE440 (2020 to 2044); RvdError for instants that it does not cover.
"""

import numpy as np

from rvd.array_arguments import ArgumentError, brief, numbers
from rvd.core.kernel import Row, Sheet, entry, inside, over_arrays
from rvd.core.orbit import ephemeris as places
from rvd.core.orbit.ephemeris import Ephemeris, check_covered, de440

__all__ = ["earth_from_moon", "moon_from_earth", "sun_from_earth", "sun_from_moon", "tables"]


def __dir__() -> list[str]:
    return sorted(__all__)


def tables(ephemeris) -> Ephemeris:
    """The tables given, or the package's DE440 for None."""
    if ephemeris is None:
        return de440()
    if not isinstance(ephemeris, Ephemeris):
        raise ArgumentError(f"ephemeris is one of rvd.orbit.spice, or None, not {brief(ephemeris)}")
    return ephemeris


over_arrays(tables, "make the tables before, and give them")


@entry
def _fill(table: Ephemeris, kind: int, t: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(t.size):
        r, v = places.moon_from_earth(t[i], table)
        if kind == 1:
            r, v = places.sun_from_earth(t[i], table)
        elif kind == 2:
            r, v = places.earth_from_moon(t[i], table)
        elif kind == 3:
            r, v = places.sun_from_moon(t[i], table)
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = r
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = v


def _of(kind: int, t, ephemeris) -> tuple[np.ndarray, np.ndarray]:
    array, table = numbers("t", t), tables(ephemeris)
    if array.size:
        check_covered(table, float(np.min(array)), float(np.max(array)))
    r, v = np.empty((array.size, 3)), np.empty((array.size, 3))
    _fill(table, kind, np.ascontiguousarray(array.reshape(-1)), r, v)
    return r.reshape(*array.shape, 3), v.reshape(*array.shape, 3)


def moon_from_earth(t, ephemeris=None) -> tuple[np.ndarray, np.ndarray]:
    """The Moon from the Earth."""
    return _of(0, t, ephemeris)


inside(moon_from_earth, places.moon_from_earth)


def sun_from_earth(t, ephemeris=None) -> tuple[np.ndarray, np.ndarray]:
    """The Sun from the Earth."""
    return _of(1, t, ephemeris)


inside(sun_from_earth, places.sun_from_earth)


def earth_from_moon(t, ephemeris=None) -> tuple[np.ndarray, np.ndarray]:
    """The Earth from the Moon."""
    return _of(2, t, ephemeris)


inside(earth_from_moon, places.earth_from_moon)


def sun_from_moon(t, ephemeris=None) -> tuple[np.ndarray, np.ndarray]:
    """The Sun from the Moon."""
    return _of(3, t, ephemeris)


inside(sun_from_moon, places.sun_from_moon)
