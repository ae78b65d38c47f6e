"""Instants of UTC: one reader for cases and arrays, and the table of leap seconds.

Sources: ISO 8601-1:2019 for what a text means; IERS Bulletin C for the leap seconds (all of them to date; none since
2017-01-01). The reader is ours because Python's, and the libraries that read dates, know no second 60.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import numpy as np

from rvd.errors import RvdError

#: (UTC date from which it holds, TAI - UTC in whole seconds)
LEAP_SECONDS = (
    ("1972-01-01", 10), ("1972-07-01", 11), ("1973-01-01", 12), ("1974-01-01", 13), ("1975-01-01", 14),
    ("1976-01-01", 15), ("1977-01-01", 16), ("1978-01-01", 17), ("1979-01-01", 18), ("1980-01-01", 19),
    ("1981-07-01", 20), ("1982-07-01", 21), ("1983-07-01", 22), ("1985-07-01", 23), ("1988-01-01", 24),
    ("1990-01-01", 25), ("1991-01-01", 26), ("1992-07-01", 27), ("1993-07-01", 28), ("1994-07-01", 29),
    ("1996-01-01", 30), ("1997-07-01", 31), ("1999-01-01", 32), ("2006-01-01", 33), ("2009-01-01", 34),
    ("2012-07-01", 35), ("2015-07-01", 36), ("2017-01-01", 37),
)  # fmt: skip

DAY = 86400
SECOND = 1_000_000_000
"""Nanoseconds."""

_NOON_2000 = datetime(2000, 1, 1, 12)
_EXAMPLE = 'write "2026-03-01T12:00:00Z"'

#: The days that end with a second 60.
_LONG_DAYS = frozenset(date.fromisoformat(since) - timedelta(days=1) for since, _ in LEAP_SECONDS[1:])

_ISO = re.compile(
    r"""
    (?P<year>[0-9]{4})
    (?: (?P<dash>-?) (?P<month>[0-9]{2}) (?P=dash) (?P<day>[0-9]{2})
      | (?P<hyphen>-?) W(?P<week>[0-9]{2}) (?P=hyphen) (?P<weekday>[1-7])
      | -? (?P<ordinal>[0-9]{3})
    )
    (?: [Tt ]
        (?P<hour>[0-9]{2}) (?: (?P<colon>:?) (?P<minute>[0-9]{2}) (?: (?P=colon) (?P<second>[0-9]{2}) )? )?
        (?: [.,] (?P<fraction>[0-9]{1,30}) )?
        (?P<zone> [Zz] | (?P<sign>[+-]) (?P<ahead>[0-9]{2}) (?: :? (?P<minutes>[0-9]{2}) )? )?
    )?
    """,
    re.VERBOSE,
)


class UtcError(RvdError):
    """What was given is no instant of UTC: `what` is wrong with it, and the `remedy`."""

    def __init__(self, what: str, remedy: str = _EXAMPLE):
        self.what, self.remedy = what, remedy
        super().__init__(f"{what}; {remedy}")


@dataclass(frozen=True, order=True)
class Utc:
    """An instant of UTC to the nanosecond, on the calendar; in a leap second `second` is 60. Later ones are greater."""

    year: int
    month: int
    day: int
    hour: int = 0
    minute: int = 0
    second: int = 0
    nanosecond: int = 0

    @property
    def microsecond(self) -> int:
        """The nanoseconds cut to microseconds, as in a `datetime`."""
        return self.nanosecond // 1000

    def isoformat(self, digits: int | None = None) -> str:
        """ISO 8601, as "2026-03-01T12:00:00.5Z": with `digits` (0 to 9) after the point, else as many as it takes."""
        fraction = f"{self.nanosecond:09d}"
        fraction = fraction.rstrip("0") if digits is None else fraction[:digits]
        day = f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        time = f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}"
        return f"{day}T{time}{'.' if fraction else ''}{fraction}Z"

    def __str__(self) -> str:
        return self.isoformat()

    def counted(self) -> int:
        """Nanoseconds since 2000-01-01T12:00:00Z with every day counted as 86,400 s, as computers' clocks do.

        A second 60 so counts as the second 0 that follows it; `rvd.core.orbit.timescales.tt_from_utc` counts them all.
        """
        days = date(self.year, self.month, self.day).toordinal() - _NOON_2000.toordinal()
        seconds = days * DAY + self.hour * 3600 + self.minute * 60 + self.second - DAY // 2
        return seconds * SECOND + self.nanosecond


def utc_at(counted: int) -> Utc:
    """The instant so many nanoseconds after 2000-01-01T12:00:00Z, every day counted as 86,400 s: `counted`'s inverse.

    Raises OverflowError beyond the years 1 to 9999.
    """
    seconds, rest = divmod(counted, SECOND)
    moment = _NOON_2000 + timedelta(seconds=seconds)
    return Utc(
        year=moment.year,
        month=moment.month,
        day=moment.day,
        hour=moment.hour,
        minute=moment.minute,
        second=moment.second,
        nanosecond=rest,
    )


def last_second(instant: Utc) -> Utc:
    """The same part of second 60 at the end of the instant's day."""
    return replace(instant, hour=23, minute=59, second=60)


def read_utc(value: object, *, zone_needed: bool = False) -> Utc:
    """The instant that a text of ISO 8601, a `datetime` with a zone or a numpy.datetime64 names.

    A text holds a date by month and day, by week and weekday ("2026-W09-7") or by day of the year ("2026-060"), with
    or without dashes; "T", "t" or a space; a time to the hour, minute or second, with or without colons, whose last
    element may have a fraction after a point or a comma; and "Z", or an offset from UTC. What is left out of the time
    is zero, and "T24:00" is the midnight that ends the day. Without a zone a text is taken as UTC, or refused where
    `zone_needed`; a `datetime` without one is refused; numpy.datetime64 is UTC. Second 60 is read where there was a
    leap second. Nanoseconds are kept.

    Raises UtcError for whatever is no instant. Example: `read_utc("2017-01-01T08:59:60,5+09:00")`.
    """
    text = _text_of(value)
    found = _ISO.fullmatch(text)
    if found is None:
        raise UtcError(f"{_quoted(text)} is no instant")
    if found["zone"] is None and (zone_needed or isinstance(value, datetime)):
        hint = f"{text}Z" if found["hour"] else f"{text}T00:00:00Z"
        raise UtcError("an instant without a zone may be off by hours", f'write "{hint}"')
    hour, minute, second, fraction = _time(text, found)
    leap = second == 60
    local = (_day(text, found) - _NOON_2000.toordinal()) * DAY - DAY // 2
    seconds = local + hour * 3600 + minute * 60 + (59 if leap else second) - _offset(text, found)
    try:
        instant = utc_at(seconds * SECOND + fraction)
    except OverflowError:
        raise UtcError(f"{_quoted(text)} is too far away") from None
    if not leap:
        return instant
    day = date(instant.year, instant.month, instant.day)
    if (instant.hour, instant.minute) != (23, 59) or day not in _LONG_DAYS:
        raise UtcError(f"{_quoted(text)}: there was no leap second then", "write a second from 0 to 59")
    return last_second(instant)


def _text_of(value: object) -> str:
    """What is given, as a text of ISO 8601."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Utc):
        return value.isoformat()
    if isinstance(value, np.datetime64):
        if np.isnat(value):
            raise UtcError("NaT is no instant")
        whole = np.datetime_data(value.dtype)[0] in ("D", "W")
        return f"{value}T00Z" if whole else f"{value}Z"
    if not isinstance(value, datetime):
        raise UtcError(f"{_quoted(str(value))[1:-1]} stands where an instant belongs")
    try:
        return (value.astimezone(UTC) if value.tzinfo is not None else value).isoformat()
    except OverflowError:
        raise UtcError("the datetime is too far away") from None


def _day(text: str, found: re.Match[str]) -> int:
    """The date as Python counts days."""
    year, parts = int(found["year"]), found.groupdict()
    try:
        if parts["month"]:
            return date(year, int(parts["month"]), int(parts["day"])).toordinal()
        if parts["week"]:
            return date.fromisocalendar(year, int(parts["week"]), int(parts["weekday"])).toordinal()
        day = date(year, 1, 1) + timedelta(days=int(parts["ordinal"]) - 1)
    except (ValueError, OverflowError):
        raise UtcError(f"{_quoted(text)} names a day that does not exist") from None
    if day.year != year:
        raise UtcError(f"{_quoted(text)} names a day that does not exist")
    return day.toordinal()


def _time(text: str, found: re.Match[str]) -> tuple[int, int, int, int]:
    """Hour, minute, second, and the nanoseconds that a fraction of the last of them adds."""
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    size = 3600
    if found["minute"]:
        size = 60
    if found["second"]:
        size = 1
    # exact, cut to whole nanoseconds
    fraction = int(Fraction(f"0.{found['fraction'] or 0}") * size * SECOND)
    midnight = hour == 24 and minute == second == fraction == 0
    if not (hour < 24 or midnight) or minute > 59 or second > 60:
        raise UtcError(f"{_quoted(text)} names a time that does not exist")
    return hour, minute, second, fraction


def _offset(text: str, found: re.Match[str]) -> int:
    """Seconds by which the text's clock is ahead of UTC."""
    if not found["sign"]:
        return 0
    hours, minutes = int(found["ahead"]), int(found["minutes"] or 0)
    if hours > 23 or minutes > 59:
        raise UtcError(f"{_quoted(text)} has an offset that no clock has")
    ahead = hours * 3600 + minutes * 60
    return -ahead if found["sign"] == "-" else ahead


def _quoted(text: str) -> str:
    shown = "".join(c if c.isprintable() else "?" for c in text)
    return f'"{shown}"' if len(shown) <= 40 else f'"{shown[:37]}..."'
