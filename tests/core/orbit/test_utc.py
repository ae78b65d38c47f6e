import pickle
import re
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.orbit.utc import LEAP_SECONDS, Utc, UtcError, read_utc, utc_at
from rvd.errors import RvdError

NOON = Utc(2026, 3, 1, 12)
HALF = 500_000_000

#: 1 March 2026 is a Sunday, day 60 of its year in week 9.
FORMS = [
    ("2026-03-01T12:00:00Z", NOON),
    ("2026-03-01T12:00:00+00:00", NOON),
    ("2026-03-01T12:00:00-00:00", NOON),
    ("2026-03-01t12:00:00z", NOON),
    ("2026-03-01 12:00:00Z", NOON),
    ("  2026-03-01T12:00:00Z\n", NOON),
    ("2026-03-01T12:00Z", NOON),
    ("2026-03-01T12Z", NOON),
    ("20260301T120000Z", NOON),
    ("20260301T1200Z", NOON),
    ("20260301T12Z", NOON),
    ("2026-060T12:00:00Z", NOON),
    ("2026060T120000Z", NOON),
    ("2026-W09-7T12:00:00Z", NOON),
    ("2026W097T120000Z", NOON),
    ("2026-03-01T21:00:00+09:00", NOON),
    ("2026-03-01T21:00:00+0900", NOON),
    ("2026-03-01T21:00:00+09", NOON),
    ("2026-03-01T06:30:00-05:30", NOON),
    ("2026-03-01T12:00:00", NOON),
    ("2026-03-01", Utc(2026, 3, 1)),
    ("2026-03-01T24:00:00Z", Utc(2026, 3, 2)),
    ("2026-02-28T24:00Z", Utc(2026, 3, 1)),
    ("2026-03-01T24:00:00.000Z", Utc(2026, 3, 2)),
    ("2026-03-01T24:00:00+09:00", Utc(2026, 3, 1, 15)),
    ("2026-01-01T00:30:00+01:00", Utc(2025, 12, 31, 23, 30)),
    ("2026-03-01T12:00:00.5Z", Utc(2026, 3, 1, 12, 0, 0, HALF)),
    ("2026-03-01T12:00:00,5Z", Utc(2026, 3, 1, 12, 0, 0, HALF)),
    ("20260301T120000,5+0000", Utc(2026, 3, 1, 12, 0, 0, HALF)),
    ("2026-03-01T21:00:00.123456+09:00", Utc(2026, 3, 1, 12, 0, 0, 123_456_000)),
    ("2026-03-01T12:00:00.123456789Z", Utc(2026, 3, 1, 12, 0, 0, 123_456_789)),
    ("2026-03-01T12:00:00.1234567899999Z", Utc(2026, 3, 1, 12, 0, 0, 123_456_789)),
    ("2026-03-01T12:30,5Z", Utc(2026, 3, 1, 12, 30, 30)),
    ("2026-03-01T12:30.25Z", Utc(2026, 3, 1, 12, 30, 15)),
    ("2026-03-01T1230.25Z", Utc(2026, 3, 1, 12, 30, 15)),
    ("2026-03-01T12,5Z", Utc(2026, 3, 1, 12, 30)),
    ("2026-03-01T12.0125Z", Utc(2026, 3, 1, 12, 0, 45)),
    ("2026-03-01T21,5+09:00", Utc(2026, 3, 1, 12, 30)),
    ("0001-01-01T00:00:00Z", Utc(1, 1, 1)),
    ("9999-12-31T23:59:59.999999999Z", Utc(9999, 12, 31, 23, 59, 59, 999_999_999)),
    ("2024-366T00:00Z", Utc(2024, 12, 31)),
    ("2020-W53-7T00Z", Utc(2021, 1, 3)),
    # second 60 belongs to the eve, whatever the clock that shows it
    ("2016-12-31T23:59:60Z", Utc(2016, 12, 31, 23, 59, 60)),
    ("2017-01-01T08:59:60+09:00", Utc(2016, 12, 31, 23, 59, 60)),
    ("2016-12-31T18:59:60,25-05:00", Utc(2016, 12, 31, 23, 59, 60, 250_000_000)),
    ("20161231T235960.75Z", Utc(2016, 12, 31, 23, 59, 60, 750_000_000)),
    ("2016-366T23:59:60Z", Utc(2016, 12, 31, 23, 59, 60)),
    (datetime(2026, 3, 1, 12, tzinfo=UTC), NOON),
    (datetime(2026, 3, 1, 21, 0, 0, 250, tzinfo=timezone(timedelta(hours=9))), Utc(2026, 3, 1, 12, 0, 0, 250_000)),
    (datetime(2026, 3, 1, 11, 15, 30, tzinfo=timezone(-timedelta(minutes=44, seconds=30))), NOON),
    (np.datetime64("2026-03-01T12:00:00"), NOON),
    (np.datetime64("2026-03-01T12"), NOON),
    (np.datetime64("2026-03-01T12:00:00.123456789"), Utc(2026, 3, 1, 12, 0, 0, 123_456_789)),
    (np.datetime64("2026-03-01"), Utc(2026, 3, 1)),
    (np.str_("2026-03-01T12:00:00Z"), NOON),
    (NOON, NOON),
]  # fmt: skip


@pytest.mark.parametrize(("given", "instant"), FORMS)
def test_every_form_that_tools_write(given, instant):
    assert read_utc(given) == instant
    assert read_utc(instant.isoformat()) == instant
    assert read_utc(str(instant), zone_needed=True) == instant
    assert pickle.loads(pickle.dumps(instant)) == instant


#: (what, a word of the sentence)
WRONG = [
    *((text, "is no instant") for text in (
        "", "yesterday", "NaN", "2026", "2026-03", "2026-W09", "2026-3-1T12:00Z", "26-03-01T12:00Z",
        "2026-0301T12:00Z", "202603-01T12:00Z", "2026-W097T12Z", "2026W09-7T12Z", "2026-W09-8T12Z", "2026-W09-0T12Z",
        "+002026-03-01T12Z", "-2026-03-01T12Z", "12026-03-01T12Z", "2026/03/01 12:00:00Z", "01.03.2026 12:00Z",
        "2026-03-01T12:0Z", "2026-03-01T1:00Z", "2026-03-01T12:00:0Z", "2026-03-01T12:0000Z", "2026-03-01T1200:00Z",
        "2026-03-01T", "2026-03-01Z", "2026-03-01  12:00Z", "2026-03-01_12:00Z", "2026-03-01T12:00:00 Z",
        "2026-03-01T12:00:00.Z", "2026-03-01T12:00:00,Z", "2026-03-01T12:00:00.5e1Z", "2026-03-01T12:00:00.1_5Z",
        "2026-03-01T12:00:00.-5Z", "2026-03-01T12:00:00.+5Z", "2026-03-01T12:00:00. 5Z", "2026-03-01T12:00:00.5.5Z",
        "2026-03-01T12.5:00Z", "2026-03-01T12:00.5:00Z", "2026-03-01T12:00:00.٣Z", "٢026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.5" + "0" * 10000 + "Z", "2026-03-01T12:00:00ZZ", "2026-03-01T12:00:00Z+09:00",
        "2026-03-01T12:00:00 UTC", "2026-03-01T12:00:00+9", "2026-03-01T12:00:00+09:0", "2026-03-01T12:00:00+09:00:30",
        "2026-03-01T12:00:00+-9:00", "2026-03-01T12:00:00Z 2026-03-01T12:00:00Z",
    )),
    *((text, "a day that does not exist") for text in (
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-03-00T00:00:00Z", "0000-01-01T00:00:00Z", "2026-366T00Z", "2026-000T00Z", "2026-W54-1T00Z",
        "2026-W00-1T00Z", "2021-W53-1T00Z", "0000-001T00Z",
    )),
    *((text, "a time that does not exist") for text in (
        "2026-03-01T25:00Z", "2026-03-01T24:01Z", "2026-03-01T24:00:01Z", "2026-03-01T24:00:00.1Z",
        "2026-03-01T24,5Z", "2026-03-01T12:60Z", "2026-03-01T12:00:61Z", "2016-12-31T23:59:61Z",
        "2026-03-01T24:00:60Z",
    )),
    *((text, "no clock has") for text in ("2026-03-01T12:00+24:00", "2026-03-01T12:00+09:60", "2026-03-01T12-9900")),
    *((text, "too far away") for text in (
        "9999-12-31T24:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-01:00", "9999-365T23,9-12",
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
    )),
    *((text, "no leap second then") for text in (
        "2026-03-01T12:00:60Z", "2017-01-01T00:00:60Z", "2017-01-01T12:30:60Z", "2015-07-01T05:00:60Z",
        "2016-12-31T12:00:60Z", "2016-06-30T23:59:60Z", "2016-12-31T23:58:60Z", "2016-12-31T22:59:60Z",
        "2016-12-31T23:59:60+09:00", "2017-01-01T09:59:60+09:00", "2017-01-01T23:59:60Z", "2016-12-30T23:59:60Z",
        "1971-12-31T23:59:60Z", "2026-12-31T23:59:60.5Z",
    )),
    *((value, "stands where an instant belongs") for value in (
        5.0, 0, None, True, date(2026, 3, 1), timedelta(1), b"2026-03-01T12:00:00Z", ["2026-03-01T12:00:00Z"],
        np.timedelta64(1, "s"), np.float64(5.0),
    )),
    (np.datetime64("NaT"), "NaT is no instant"),
    (np.datetime64("2026"), "is no instant"),
    (np.datetime64("2026-03"), "is no instant"),
    (np.datetime64("-0100-01-01T00:00:00"), "is no instant"),
    (datetime(2026, 3, 1, 12), "without a zone"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "sentence"), WRONG, ids=lambda x: str(x)[:40])
def test_what_is_no_instant_is_refused(given, sentence):
    with pytest.raises(UtcError, match=sentence) as caught:
        read_utc(given)
    assert (
        isinstance(caught.value, RvdError) and "\n" not in str(caught.value) and len(str(caught.value)) < 140
    )
    assert str(caught.value) == f"{caught.value.what}; {caught.value.remedy}"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("text", ["2026-03-01T12:00:00", "2026-03-01", "20260301T12,5"])
def test_a_zone_may_be_needed(text):
    with pytest.raises(UtcError, match="without a zone may be off by hours") as caught:
        read_utc(text, zone_needed=True)
    remedy = re.search('"(.*)"', caught.value.remedy)[1]
    assert read_utc(remedy, zone_needed=True) == read_utc(text)


DAYS = [date(year, month, 1) for year in range(1972, 2031) for month in range(1, 13)]


def test_a_leap_second_is_on_its_dates_and_nowhere_else():
    """The first of every month and the day before it, 1972 to 2030: second 60 exists on 27 eves."""
    found = []
    for day in [*DAYS, *(day - timedelta(days=1) for day in DAYS)]:
        for clock in ("23:59:60Z", "00:00:60Z", "11:59:60Z"):
            try:
                found.append((read_utc(f"{day}T{clock}"), clock))
            except UtcError:
                continue
    eves = [date.fromisoformat(since) - timedelta(days=1) for since, _ in LEAP_SECONDS[1:]]
    assert len(eves) == 27
    assert sorted(found) == [(Utc(d.year, d.month, d.day, 23, 59, 60), "23:59:60Z") for d in eves]


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31)))
def test_what_python_writes_is_what_python_meant(moment):
    """Python's own text in every zone of the world whose offset is whole minutes, and the `datetime` in all of them."""
    plain = moment.astimezone(UTC)
    there = Utc(*plain.timetuple()[:6], plain.microsecond * 1000)
    assert read_utc(moment) == there
    if moment.utcoffset().total_seconds() % 60.0 == 0.0:
        assert read_utc(moment.isoformat()) == read_utc(str(moment)) == there
    assert there.microsecond == plain.microsecond
    epoch = datetime(2000, 1, 1, 12, tzinfo=UTC)
    assert there.counted() == (plain - epoch) // timedelta(microseconds=1) * 1000


@given(st.integers(-63_000_000_000_000_000_000, 252_000_000_000_000_000_000))
def test_a_count_and_its_instant(counted):
    instant = utc_at(counted)
    assert instant.counted() == counted
    assert instant < utc_at(counted + 1)
    assert read_utc(instant.isoformat(9)) == instant


def test_later_instants_are_greater_through_a_leap_second():
    texts = [
        "2016-12-31T23:59:59.9Z",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.9Z",
        "2017-01-01T00:00:00Z",
    ]
    instants = [read_utc(text) for text in texts]
    assert instants == sorted(instants)
    assert instants[1].isoformat(3) == "2016-12-31T23:59:60.000Z"
