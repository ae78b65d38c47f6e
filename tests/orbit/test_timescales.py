import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rvd.errors import RvdError
from rvd.orbit import timescales as scales


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


@pytest.mark.parametrize(
    "text", ["yesterday", "1971-12-31T00:00:00Z", "2026-03-01T12:00:60Z", "2026-13-01T00:00:00Z", ""]
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(RvdError):
        scales.tt_from_utc(text)


def test_before_leap_seconds_there_is_no_utc():
    with pytest.raises(RvdError):
        scales.utc_from_tt(-9e8)
