"""Many instants between time scales: `rvd.core.orbit.timescales` over arrays.

An instant of UTC is a text of ISO 8601 ("2026-03-01T12:00:00Z"; without a zone it is UTC), a `datetime` with a zone,
or a numpy.datetime64, which is UTC and knows no leap second: `orbit.utc` tells what is read. The others
are seconds past J2000 of their scale.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from rvd.array_arguments import ArgumentError, numbers
from rvd.core.kernel import inside, over_arrays, plain
from rvd.core.orbit import timescales
from rvd.errors import RvdError

__all__ = ["tdb_from_tt", "tdb_from_utc", "tt_from_tdb", "tt_from_utc", "utc_from_tdb", "utc_from_tt"]


def __dir__() -> list[str]:
    return sorted(__all__)


def _read(law: Callable[[Any], float], utc) -> np.ndarray:
    try:
        array = np.asarray(utc)
    except (TypeError, ValueError):
        raise ArgumentError("utc is not an array of instants: its rows differ in length") from None
    if isinstance(utc, np.ma.MaskedArray) and np.any(np.ma.getmaskarray(utc)):
        raise ArgumentError("utc has masked entries; leave them out")
    if array.size and array.dtype.kind not in "UTMO":
        raise ArgumentError(
            'utc holds numbers, not instants: write "2026-03-01T12:00:00Z", or an array of such'
        )
    return _each(law, "utc", array).astype(float)


def _written(law: Callable[[float], str], name: str, value) -> np.ndarray:
    return _each(law, name, numbers(name, value)).astype(str)


def _each(law: Callable[[Any], Any], name: str, array: np.ndarray) -> np.ndarray:
    """The law of every entry; what it refuses is named by its number."""
    found = np.empty(array.size, dtype=object)
    for k, one in enumerate(array.ravel()):
        try:
            found[k] = law(one)
        except RvdError as error:
            place = name if array.size == 1 else f"{name}, number {k} of {array.size}"
            raise ArgumentError(f"{place}: {error}") from None
    return found.reshape(array.shape)


def tt_from_utc(utc) -> np.ndarray:
    """Seconds of TT past J2000 (...) of UTC instants (...). Raises ArgumentError for what is none from 1972 on."""
    return _read(timescales.tt_from_utc, utc)


def tdb_from_utc(utc) -> np.ndarray:
    """Seconds of TDB past J2000 (...) of UTC instants (...)."""
    return _read(timescales.tdb_from_utc, utc)


def utc_from_tt(tt) -> np.ndarray:
    """UTC instants (...), texts to the microsecond, of seconds of TT past J2000 (...).

    `tt_from_utc` reads them back, to the microsecond. Raises ArgumentError before 1972 and after the year 9999.
    """
    return _written(timescales.utc_from_tt, "tt", tt)


def utc_from_tdb(tdb) -> np.ndarray:
    """UTC instants (...), texts to the microsecond, of seconds of TDB past J2000 (...)."""
    return _written(timescales.utc_from_tdb, "tdb", tdb)


def tdb_from_tt(tt) -> np.ndarray:
    """Seconds of TDB past J2000 (...) from those of TT."""
    array = numbers("tt", tt)
    return array + np.array([plain(timescales.tdb_minus_tt)(x) for x in array.ravel()]).reshape(array.shape)


inside(tdb_from_tt, timescales.tdb_from_tt)


def tt_from_tdb(tdb) -> np.ndarray:
    """Seconds of TT past J2000 (...) from those of TDB."""
    array = numbers("tdb", tdb)
    return array - np.array([plain(timescales.tdb_minus_tt)(x) for x in array.ravel()]).reshape(array.shape)


inside(tt_from_tdb, timescales.tt_from_tdb)


_READ = "read instants before, and give seconds of TT or TDB"
_WRITE = "give back seconds, and write instants after"
over_arrays(tt_from_utc, _READ)
over_arrays(tdb_from_utc, _READ)
over_arrays(utc_from_tt, _WRITE)
over_arrays(utc_from_tdb, _WRITE)
