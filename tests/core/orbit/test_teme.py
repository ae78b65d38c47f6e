import math

import numpy as np
import pytest

from rvd.core.orbit import teme

NOON = 825638469.184  # 2026-03-01 12:00 UTC


@pytest.mark.parametrize("tt", [0.0, NOON, -3e8, 1.3e9])
def test_turns_are_rotations_and_undo_each_other(tt):
    for turn in (np.array(teme.turn(tt, 1e-7, -2e-7)), np.array(teme.precession(tt))):
        assert np.allclose(turn @ turn.T, np.eye(3), atol=1e-15)
        assert math.isclose(np.linalg.det(turn), 1.0, abs_tol=1e-14)
    r, v = (6.8e6, 1e5, 2e5), (-1e2, 4.6e3, 6.1e3)
    there = teme.gcrf_from_teme(r, v, tt, 1e-7, -2e-7)
    assert np.allclose(teme.teme_from_gcrf(*there, tt, 1e-7, -2e-7)[0], r, rtol=1e-14)
    assert np.allclose(teme.teme_from_j2000(*teme.j2000_from_teme(r, v, tt), tt)[1], v, rtol=1e-14)


def test_precession_is_nothing_at_j2000_and_fifty_arcsec_a_year():
    assert np.array_equal(teme.precession(0.0), np.eye(3))
    year = np.array(teme.precession(365.25 * 86400.0))
    # Moon and Sun turn the equator by 50.3878 arcsec a year, the planets take 0.1055 from the right ascension (Lieske)
    tilt = teme.obliquity(0.0)
    assert math.isclose(-year[0, 1] / teme.ARCSEC, 50.3878 * math.cos(tilt) - 0.1055, abs_tol=1e-3)
    assert math.isclose(-year[0, 2] / teme.ARCSEC, 50.3878 * math.sin(tilt), abs_tol=1e-3)


def test_nutation_is_dominated_by_the_node():
    """17.2 arcsec in longitude and 9.2 in obliquity over 18.6 years."""
    times = np.arange(0.0, 18.6 * 365.25, 5.0) * 86400.0
    both = np.array([teme.nutation(float(t)) for t in times]) / teme.ARCSEC
    assert 17.2 < np.max(np.abs(both[:, 0])) < 19.5
    assert 9.2 < np.max(np.abs(both[:, 1])) < 10.2


def test_the_pole_of_teme_is_that_of_the_true_equator():
    pole = np.array(teme.turn(NOON, 0.0, 0.0))[2]
    assert np.allclose(pole, teme.tod_from_j2000(NOON, *teme.nutation(NOON))[2], atol=1e-16)
    # twenty-six years of precession move it by 520 arcsec
    assert math.isclose(math.acos(pole[2]) / teme.ARCSEC, 20.04 * 26.16, abs_tol=10.0)


def test_small_terms_belong_to_the_equation_of_the_equinoxes():
    longitude, _ = teme.nutation(NOON)
    rest = teme.equation_of_the_equinoxes(NOON, longitude) - longitude * math.cos(teme.obliquity(NOON))
    assert abs(rest) < 0.0027 * teme.ARCSEC
    assert rest != 0.0
