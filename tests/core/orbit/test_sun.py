"""The Sun by a short series, beside the ephemeris that knows better."""

import numpy as np
import pytest

from rvd.core.orbit.ephemeris import de440, span, sun_from_earth
from rvd.core.orbit.sun import sun_from_earth_series, sun_table
from rvd.core.orbit.utc import Utc


def test_the_series_agrees_with_the_ephemeris_to_a_hundredth_of_a_degree():
    first, last = span(de440())
    times = np.linspace(first + 1.0, last - 1.0, 300)
    true = np.array([sun_from_earth(t, de440())[0] for t in times])
    series = np.array([sun_from_earth_series(t) for t in times])
    unit = [x / np.linalg.norm(x, axis=1)[:, None] for x in (true, series)]
    angle = np.degrees(np.arcsin(np.linalg.norm(np.cross(*unit), axis=1)))
    assert angle.max() < 0.01
    far = np.linalg.norm(series, axis=1) / np.linalg.norm(true, axis=1)
    assert np.abs(far - 1.0).max() < 1e-3


def test_the_sun_of_an_equinox():
    """20 March 2013, 11:02 UTC: the longitude of date is zero; by that of J2000, 13.2 years of precession less."""
    x, y, z = sun_table(Utc(2013, 3, 20, 11, 2), 600.0, 1)[0, 5:]
    assert np.degrees(np.arctan2(np.hypot(y, z), x)) == pytest.approx(13.2 * 50.29 / 3600.0, abs=0.02)
    assert y < 0.0 and z < 0.0


def test_the_sun_of_a_leap_second_stands_between_its_neighbours():
    before, within, after = (
        sun_table(Utc(2016, 12, 31, 23, 59, second, half), 600.0, 1)[0, 6]
        for second, half in ((59, 0), (60, 500_000_000), (60, 999_999_999))
    )
    assert before < within < after
    assert after == pytest.approx(sun_table(Utc(2017, 1, 1, 0, 0, 1), 600.0, 1)[0, 6], rel=1e-12)


def test_a_table_holds_a_sun_that_does_not_pull():
    begin = Utc(2013, 8, 9, 7, 57)
    table = sun_table(begin, 600.0, 7)
    assert table.shape == (7, 8) and not np.any(table[:, :5])
    np.testing.assert_allclose(sun_table(begin, 3600.0, 2)[1], table[6], rtol=1e-12)
    first, last = (row[5:] / np.linalg.norm(row[5:]) for row in (table[0], table[6]))
    assert np.degrees(np.arccos(first @ last)) == pytest.approx(360.0 / 365.25 / 24.0, rel=0.05)
