"""Many instants between time scales: `rvd.orbit.timescales` over arrays.

A UTC instant is an ISO 8601 text ("2026-03-01T12:00:00Z"); the others are seconds past J2000 of their scale.
"""

from collections.abc import Callable

import numpy as np

from rvd.arrays.check import ArgumentError, numbers
from rvd.orbit import timescales

#: The year 9999, s past J2000.
LAST = 2.5e11


def _read(law: Callable[[str], float], utc) -> np.ndarray:
    texts = np.asarray(utc)
    if texts.dtype.kind != "U":
        raise ArgumentError('utc is not text: write "2026-03-01T12:00:00Z", or an array of such')
    return np.array([law(str(text)) for text in texts.ravel()], dtype=float).reshape(texts.shape)


def _written(law: Callable[[float], str], name: str, value) -> np.ndarray:
    array = numbers(name, value)
    if np.any(np.abs(array) > LAST):
        raise ArgumentError(f"{name} is no instant of the years up to 9999")
    return np.array([law(float(x)) for x in array.ravel()], dtype=str).reshape(array.shape)


def tt_from_utc(utc) -> np.ndarray:
    """Seconds of TT past J2000 (...) of UTC instants (...). Raises RvdError for what is no instant from 1972 on."""
    return _read(timescales.tt_from_utc, utc)


def tdb_from_utc(utc) -> np.ndarray:
    """Seconds of TDB past J2000 (...) of UTC instants (...)."""
    return _read(timescales.tdb_from_utc, utc)


def utc_from_tt(tt) -> np.ndarray:
    """UTC instants (...), texts to the microsecond, of seconds of TT past J2000 (...)."""
    return _written(timescales.utc_from_tt, "tt", tt)


def utc_from_tdb(tdb) -> np.ndarray:
    """UTC instants (...), texts to the microsecond, of seconds of TDB past J2000 (...)."""
    return _written(timescales.utc_from_tdb, "tdb", tdb)


def tdb_from_tt(tt) -> np.ndarray:
    """Seconds of TDB past J2000 (...) from those of TT."""
    array = numbers("tt", tt)
    return array + np.array([timescales.tdb_minus_tt(x) for x in array.ravel()]).reshape(array.shape)


def tt_from_tdb(tdb) -> np.ndarray:
    """Seconds of TT past J2000 (...) from those of TDB."""
    array = numbers("tdb", tdb)
    return array - np.array([timescales.tdb_minus_tt(x) for x in array.ravel()]).reshape(array.shape)
