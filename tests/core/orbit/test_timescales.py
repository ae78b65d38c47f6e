import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.orbit import timescales as scales
from rvd.core.orbit.utc import read_utc
from rvd.errors import RvdError


@pytest.mark.parametrize(
    ("text", "tt"),
    [
        ("2000-01-01T11:58:55.816Z", 0.0),  # J2000.0 TT
        ("2017-01-01T00:00:00Z", 536500869.184),
        ("2016-12-31T23:59:60.5Z", 536500868.684),
        ("2016-12-31T23:59:59Z", 536500867.184),
        ("2026-03-01T12:00:00", 825638469.184),
        ("2026-03-01T13:00:00+01:00", 825638469.184),
    ],
)
def test_known_instants(text, tt):
    assert math.isclose(scales.tt_from_utc(text), tt, abs_tol=1e-6)


@given(st.floats(-8e8, 1.4e9))
def test_there_and_back(tt):
    assert abs(scales.tt_from_utc(scales.utc_from_tt(tt)) - tt) < 2e-6
    assert abs(scales.tt_from_tdb(scales.tdb_from_tt(tt)) - tt) < 3e-7


@pytest.mark.parametrize("since", [since for since, _ in scales.LEAP_SECONDS[1:]])
def test_every_leap_second_is_one_second_long(since):
    after = scales.tt_from_utc(f"{since}T00:00:00Z")
    assert scales.utc_from_tt(after - 0.5).endswith(":60.500000Z")
    assert math.isclose(scales.tt_from_utc(scales.utc_from_tt(after - 0.5)), after - 0.5, abs_tol=2e-6)
    assert scales.utc_from_tt(after - 1.5).endswith(":59.500000Z")


def test_tdb_swings_by_less_than_two_milliseconds_a_year():
    values = [scales.tdb_minus_tt(86400.0 * day) for day in range(366)]
    assert 1.6e-3 < max(values) < 1.7e-3
    assert -1.7e-3 < min(values) < -1.6e-3


@pytest.mark.parametrize("text", ["yesterday", "1971-12-31T23:59:59Z", "2026-03-01T12:00:60Z", ""])
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(RvdError):
        scales.tt_from_utc(text)


def test_before_leap_seconds_there_is_no_utc():
    """Nor is a second 60 written before the first of 1972, where there was none."""
    first = scales.tt_from_utc("1972-01-01T00:00:00Z")
    assert scales.utc_from_tt(first) == "1972-01-01T00:00:00.000000Z"
    for tt in (-9e8, first - 0.5, first - 1e-6, -math.inf):
        with pytest.raises(RvdError):
            scales.utc_from_tt(tt)


@pytest.mark.parametrize("tt", [math.nan, math.inf, 2.6e11, 1e300])
def test_beyond_the_calendar_nothing_is_written(tt):
    with pytest.raises(RvdError, match=r"is no instant|after the year 9999"):
        scales.utc_from_tt(tt)


@pytest.mark.parametrize(("since", "value"), scales.LEAP_SECONDS[1:])
def test_around_a_leap_second_what_is_written_is_read_back(since, value):
    """Every float64 within a microsecond of its begin, its middle and its end, and each tenth of a second about it."""
    end = scales.tt_from_utc(f"{since}T00:00:00Z")
    nearby = np.arange(-12, 13) * np.spacing(end)
    times = np.concatenate(
        [end - back + nearby for back in (1.0, 0.5, 0.0)] + [end + np.arange(-20, 20) / 10.0]
    )
    for tt in map(float, times):
        written = scales.utc_from_tt(tt)
        assert abs(scales.tt_from_utc(written) - tt) <= 6e-7, written
        assert len(written) == 27
    assert scales.tai_minus_utc(read_utc(f"{since}T00:00:00Z")) == value
    assert scales.tai_minus_utc(read_utc(scales.utc_from_tt(end - 0.5))) == value - 1


@given(st.floats(-8.8e8, 2.5e11))
def test_over_eight_thousand_years_what_is_written_is_read_back(tt):
    """To half a microsecond, or to the last digit that a float64 has there."""
    enough = max(6e-7, 2.0 * float(np.spacing(abs(tt))))
    assert abs(scales.tt_from_utc(scales.utc_from_tt(tt)) - tt) <= enough
