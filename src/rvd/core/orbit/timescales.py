"""UTC, TAI, TT and TDB. Instants inside are seconds of TDB (or TT) past J2000 (2000-01-01 12:00 of that scale).

Sources: leap seconds, orbit.utc; TT = TAI + 32.184 s; TDB - TT, T. D. Moyer, Celestial Mechanics 23 (1981), the
one-term form of the SPICE toolkit, good to 30 us. A float64 holds seconds past J2000 to 0.1 us until 2050.
"""

import math
from datetime import date
from fractions import Fraction

from rvd.core.algebra.elementary import sin
from rvd.core.kernel import kernel, plain
from rvd.core.orbit.utc import LEAP_SECONDS, SECOND, Utc, UtcError, last_second, read_utc, utc_at
from rvd.errors import RvdError

TT_MINUS_TAI = 32.184

_TT_MINUS_TAI = 32_184_000_000  # ns
_TOO_EARLY = "UTC with leap seconds begins in 1972"
_FIRST = Utc(1972, 1, 1)

#: (nanoseconds since 2000-01-01T12:00:00Z without leap seconds from which it holds, TAI - UTC in nanoseconds)
_STEPS = tuple(
    (Utc(day.year, day.month, day.day).counted(), value * SECOND)
    for day, value in ((date.fromisoformat(since), value) for since, value in LEAP_SECONDS)
)


def tai_minus_utc(instant: Utc) -> int:
    """TAI - UTC in seconds, at an instant of UTC. Raises RvdError before 1972."""
    if instant < _FIRST:
        raise UtcError(f"{instant}: {_TOO_EARLY}", "write a later instant")
    # a leap second still has the difference of its day
    midnight = Utc(instant.year, instant.month, instant.day).counted()
    return next(value for since, value in reversed(_STEPS) if since <= midnight) // SECOND


def tt_from_utc(utc: object) -> float:
    """Seconds of TT past J2000 of an instant of UTC: what `rvd.core.orbit.utc.read_utc` reads, from 1972 on.

    Raises RvdError for what is no such instant. Example: `tt_from_utc("2026-03-01T12:00:00Z")`.
    """
    instant = read_utc(utc)
    return (instant.counted() + tai_minus_utc(instant) * SECOND + _TT_MINUS_TAI) / SECOND


def tdb_from_utc(utc: object) -> float:
    """Seconds of TDB past J2000 of an instant of UTC, as `tt_from_utc` takes it."""
    return plain(tdb_from_tt)(tt_from_utc(utc))


@kernel
def tdb_minus_tt(t: float) -> float:
    """TDB - TT in seconds (at most 1.7 ms), `t` seconds past J2000 of either."""
    mean = 6.239996 + 1.99096871e-7 * t
    return 1.657e-3 * sin(mean + 1.671e-2 * sin(mean))


@kernel
def tdb_from_tt(tt: float) -> float:
    """Seconds of TDB past J2000 from those of TT."""
    return tt + tdb_minus_tt(tt)


@kernel
def tt_from_tdb(tdb: float) -> float:
    """Seconds of TT past J2000 from those of TDB."""
    return tdb - tdb_minus_tt(tdb)


def utc_from_tt(tt: float) -> str:
    """The UTC instant, to the microsecond, of seconds of TT past J2000; `tt_from_utc` reads it back.

    Raises RvdError before 1972, after the year 9999 and for what is not finite.
    """
    if not math.isfinite(tt):
        raise RvdError(f"{tt} is no instant")
    tai = round(Fraction(tt) * 1_000_000) * 1000 - _TT_MINUS_TAI
    for since, value in reversed(_STEPS):
        begins = since + value
        if tai >= begins:
            return _written(tai - value)
        if tai >= begins - SECOND and (since, value) != _STEPS[0]:
            # the last second before a new difference is the leap second: second 59 once more, counted as 60
            last = utc_at(since - SECOND + (tai - begins) % SECOND)
            return last_second(last).isoformat(6)
    raise RvdError(_TOO_EARLY)


def _written(counted: int) -> str:
    try:
        return utc_at(counted).isoformat(6)
    except OverflowError:
        raise RvdError("the instant is after the year 9999") from None


def utc_from_tdb(tdb: float) -> str:
    """The UTC instant, to the microsecond, of seconds of TDB past J2000."""
    return utc_from_tt(plain(tt_from_tdb)(tdb))
