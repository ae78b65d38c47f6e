from datetime import UTC, datetime

import numpy as np
import pytest

from rvd.core.orbit import timescales as scalar
from rvd.core.orbit.utc import Utc
from rvd.errors import ArgumentError
from rvd.orbit import timescales

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TT = 825638469.184


@pytest.mark.parametrize(
    "utc",
    [
        "2026-03-01T12:00:00Z",
        "2026-03-01T21:00:00,0+09:00",
        np.array("2026-03-01T12:00:00Z"),
        NOON,
        np.datetime64("2026-03-01T12:00:00"),
        Utc(2026, 3, 1, 12),
        ["2026-03-01T12:00:00Z", "2026-03-01T12:00:00.000Z"],
        [NOON, NOON],
        np.array(["2026-03-01T12:00", "2026-03-01T12:00:00"], dtype="datetime64[ns]"),
        [[NOON, "2026-03-01T12:00:00Z", np.datetime64("2026-03-01T12:00:00")]],
    ],
)
def test_texts_datetimes_and_numpys_are_read(utc):
    tt = timescales.tt_from_utc(utc)
    assert tt.shape == np.shape(utc) and tt.dtype == float
    assert np.all(tt == TT)
    assert np.all(timescales.tdb_from_utc(utc) == scalar.tdb_from_tt(TT))


def test_no_instants_give_no_numbers():
    assert timescales.tt_from_utc([]).shape == (0,)
    assert timescales.utc_from_tt(np.empty((0, 2))).shape == (0, 2)


@pytest.mark.parametrize(
    ("utc", "sentence"),
    [
        (5.0, "holds numbers, not instants"),
        (True, "holds numbers, not instants"),
        (None, "None stands where an instant belongs"),
        (b"2026-03-01T12:00:00Z", "not instants"),
        (np.datetime64("NaT"), "NaT is no instant"),
        (datetime(2026, 3, 1), "without a zone"),
        (["2026-03-01T12:00:00Z", "2026-02-30T12:00:00Z"], "utc, number 1 of 2: .* day that does not exist"),
        ("1970-01-01T00:00:00Z", "begins in 1972"),
        (np.datetime64("1971-12-31T23:59:59"), "begins in 1972"),
        ([["2026-03-01T12:00:00Z"], []], "rows differ in length"),
        (np.ma.masked_array(["2026-03-01T12:00:00Z"], mask=[True]), "masked"),
    ],
)
def test_what_is_no_instant_gets_a_sentence(utc, sentence):
    with pytest.raises(ArgumentError, match=sentence) as caught:
        timescales.tt_from_utc(utc)
    assert "\n" not in str(caught.value)


def test_what_is_written_is_read_back_at_the_end_of_a_leap_second():
    end = float(timescales.tt_from_utc("2017-01-01T00:00:00Z"))
    tt = end + np.arange(-200, 200) * np.spacing(end)
    assert np.max(np.abs(timescales.tt_from_utc(timescales.utc_from_tt(tt)) - tt)) < 6e-7


@pytest.mark.parametrize(("tt", "sentence"), [(-9e8, "begins in 1972"), (2.6e11, "after the year 9999")])
def test_what_cannot_be_written_gets_a_sentence(tt, sentence):
    with pytest.raises(ArgumentError, match=f"tt, number 1 of 2: .*{sentence}"):
        timescales.utc_from_tt([0.0, tt])
