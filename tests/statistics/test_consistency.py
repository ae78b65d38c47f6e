"""Bands of normalised squares beside SciPy's chi-square, and what they say of simulated filters."""

import numpy as np
import pytest
from scipy.stats import chi2

from rvd.statistics.consistency import consistency


def test_the_band_is_that_of_all_the_numbers_together():
    """Bar-Shalom, Li, Kirubarajan 2001, example of 5.4.2: 50 runs of 2 numbers, 95 %: 1.5 to 2.6 for the sum of 2."""
    got = consistency(np.full(50, 2.0), 2, 0.95)
    low, high = chi2.ppf([0.025, 0.975], 100) / 50.0
    assert (2.0 * got.band.low, 2.0 * got.band.high) == pytest.approx((low, high), rel=1e-12)
    assert (round(low, 1), round(high, 1)) == (1.5, 2.6)
    assert got.mean == 1.0 and got.inside and got.runs == 50


def test_runs_without_a_value_are_no_epoch():
    got = consistency([6.0, np.nan, 3.0, 5.0], [6.0, 6.0, 3.0, 0.0], 0.95)
    assert (got.mean, got.runs) == (1.0, 2)
    empty = consistency([np.nan], 6, 0.95)
    assert empty.runs == 0 and np.isnan(empty.mean) and not empty.inside


@pytest.mark.parametrize("told, inside", [(1.0, True), (0.5, False), (2.0, False)])
def test_a_filter_told_the_truth_is_inside_and_one_told_half_or_double_is_not(told, inside):
    """1,000 runs of 6 numbers at 99.9 %: false alarm 1e-3 on the one seed that is drawn."""
    errors = np.random.default_rng(7).standard_normal((1000, 6))
    assert consistency(((errors / told) ** 2).sum(axis=1), 6, 0.999).inside is inside


@pytest.mark.parametrize("squares, confidence", [([[1.0]], 0.95), ([1.0], 0.0), ([1.0], 1.0)])
def test_nonsense_is_refused(squares, confidence):
    with pytest.raises(ValueError, match=r"one number a run|a share between 0 and 1"):
        consistency(squares, 6, confidence)


def test_lengths_that_differ_are_refused():
    with pytest.raises(ValueError):
        consistency([1.0, 2.0], [6.0, 6.0, 6.0], 0.95)
