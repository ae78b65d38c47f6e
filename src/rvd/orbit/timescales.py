"""UTC, TAI, TT and TDB. Instants inside are seconds of TDB (or TT) past J2000 (2000-01-01 12:00 of that scale).

Sources: leap seconds, IERS Bulletin C (all of them to date; none since 2017-01-01); TT = TAI + 32.184 s;
TDB - TT, T. D. Moyer, Celestial Mechanics 23 (1981), the one-term form of the SPICE toolkit, good to 30 us.
A float64 holds seconds past J2000 to 0.1 us until 2050.
"""

from datetime import UTC, datetime, timedelta

from rvd.algebra import elementary
from rvd.errors import RvdError
from rvd.kernel import plain

TT_MINUS_TAI = 32.184

#: (UTC date from which it holds, TAI - UTC in whole seconds)
LEAP_SECONDS = (
    ("1972-01-01", 10), ("1972-07-01", 11), ("1973-01-01", 12), ("1974-01-01", 13), ("1975-01-01", 14),
    ("1976-01-01", 15), ("1977-01-01", 16), ("1978-01-01", 17), ("1979-01-01", 18), ("1980-01-01", 19),
    ("1981-07-01", 20), ("1982-07-01", 21), ("1983-07-01", 22), ("1985-07-01", 23), ("1988-01-01", 24),
    ("1990-01-01", 25), ("1991-01-01", 26), ("1992-07-01", 27), ("1993-07-01", 28), ("1994-07-01", 29),
    ("1996-01-01", 30), ("1997-07-01", 31), ("1999-01-01", 32), ("2006-01-01", 33), ("2009-01-01", 34),
    ("2012-07-01", 35), ("2015-07-01", 36), ("2017-01-01", 37),
)  # fmt: skip

_NOON_2000 = datetime(2000, 1, 1, 12)


def instant(text: str) -> tuple[datetime, float]:
    """(UTC date and time to the whole second, rest of the second) of an ISO 8601 text; second 60 is understood.

    Raises RvdError for what is no UTC instant from 1972 on.
    """
    body = text.strip().removesuffix("Z")
    body, _, fraction = body.partition(".")
    leap = body.endswith(":60")
    try:
        moment = datetime.fromisoformat(body[:-2] + "59" if leap else body)
        rest = float("0." + fraction) if fraction else 0.0
    except ValueError:
        raise RvdError(f'{text!r} is no UTC instant: write "2026-03-01T12:00:00Z"') from None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    if moment < datetime(1972, 1, 1):
        raise RvdError(f"{text}: UTC with leap seconds begins in 1972")
    if leap and (moment + timedelta(seconds=1)).date().isoformat() not in dict(LEAP_SECONDS):
        raise RvdError(f"{text}: there was no leap second then")
    return moment, rest + (1.0 if leap else 0.0)


def tai_minus_utc(moment: datetime) -> int:
    """TAI - UTC in seconds, at a UTC date and time."""
    day = moment.date().isoformat()
    return next(value for since, value in reversed(LEAP_SECONDS) if since <= day)


def tt_from_utc(text: str) -> float:
    """Seconds of TT past J2000 of a UTC instant."""
    moment, rest = instant(text)
    whole = moment - _NOON_2000
    return whole.days * 86400 + whole.seconds + tai_minus_utc(moment) + (rest + TT_MINUS_TAI)


def tdb_from_utc(text: str) -> float:
    """Seconds of TDB past J2000 of a UTC instant."""
    return tdb_from_tt(tt_from_utc(text))


def tdb_minus_tt(t: float) -> float:
    """TDB - TT in seconds (at most 1.7 ms), `t` seconds past J2000 of either."""
    mean = 6.239996 + 1.99096871e-7 * t
    sin = plain(elementary.sin)
    return 1.657e-3 * sin(mean + 1.671e-2 * sin(mean))


def tdb_from_tt(tt: float) -> float:
    """Seconds of TDB past J2000 from those of TT."""
    return tt + tdb_minus_tt(tt)


def tt_from_tdb(tdb: float) -> float:
    """Seconds of TT past J2000 from those of TDB."""
    return tdb - tdb_minus_tt(tdb)


def utc_from_tt(tt: float) -> str:
    """The UTC instant, to the microsecond, of seconds of TT past J2000."""
    tai = tt - TT_MINUS_TAI
    for since, value in reversed(LEAP_SECONDS):
        begin = (datetime.fromisoformat(since) - _NOON_2000).total_seconds() + value
        # the second before a leap second's end is counted as :60
        if tai >= begin - 1.0 and tai < begin:
            moment = datetime.fromisoformat(since) - timedelta(seconds=1)
            return f"{moment:%Y-%m-%dT%H:%M}:60.{round((tai - begin + 1.0) * 1e6):06d}Z"
        if tai >= begin:
            moment = _NOON_2000 + timedelta(microseconds=round((tai - value) * 1e6))
            return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"
    raise RvdError("UTC with leap seconds begins in 1972")


def utc_from_tdb(tdb: float) -> str:
    """The UTC instant, to the microsecond, of seconds of TDB past J2000."""
    return utc_from_tt(tt_from_tdb(tdb))
