import math

import numpy as np
import pytest
from scipy import stats
from scipy.special import bdtrc

from rvd.statistics.paired import mean_difference, share_difference


def test_mean_difference_is_students():
    rng = np.random.default_rng(1)
    first = rng.normal(size=40)
    second = first + 0.3 + 0.1 * rng.normal(size=40)
    ours = mean_difference(first, second, 0.95)
    theirs = stats.ttest_rel(second, first).confidence_interval(0.95)
    assert ours.estimate == pytest.approx((second - first).mean())
    assert tuple(ours.interval) == pytest.approx((theirs.low, theirs.high), rel=1e-12)


def test_pairing_sees_what_two_samples_hide():
    rng = np.random.default_rng(2)
    first = 100.0 * rng.normal(size=200)
    ours = mean_difference(first, first + 1.0 + rng.normal(size=200), 0.99)
    assert ours.interval.low > 0.0
    assert ours.interval.high - ours.interval.low < 1.0


def test_missing_values_and_lengths_are_refused_not_dropped():
    with pytest.raises(ValueError, match="1 paired runs have no finite"):
        mean_difference([1.0, 2.0], [1.0, math.nan], 0.9)
    with pytest.raises(ValueError, match="equal lengths"):
        mean_difference([1.0, 2.0], [1.0], 0.9)
    with pytest.raises(ValueError, match="equal lengths"):
        share_difference([True], [True, False], 0.9)


def test_one_run_has_no_interval():
    assert mean_difference([1.0], [3.0], 0.9) == (2.0, (-math.inf, math.inf), 1)
    assert share_difference([], [], 0.9).interval == (-1.0, 1.0)


def test_share_difference_counts_only_the_runs_that_differ():
    first = np.zeros(1000, dtype=bool)
    second = first.copy()
    second[:20] = True
    ours = share_difference(first, second, 0.9)
    assert ours.estimate == 0.02
    assert 0.0 < ours.interval.low < 0.02 < ours.interval.high < 0.05
    back = share_difference(second, first, 0.9)
    assert tuple(back.interval) == pytest.approx((-ours.interval.high, -ours.interval.low), abs=1e-12)


def test_share_difference_covers():
    """False-alarm rate 1e-6; the interval is conservative by construction (Bonferroni)."""
    rng = np.random.default_rng(3)
    missed = 0
    for _ in range(2000):
        u = rng.random(150)
        first, second = u < 0.8, (u + 0.1 * rng.random(150)) < 0.82
        low, high = share_difference(first, second, 0.9).interval
        truth = _share_second() - 0.8
        missed += not low <= truth <= high
    limit = next(m for m in range(2000) if bdtrc(m, 2000, 0.1) < 1e-6)
    assert missed <= limit


def _share_second() -> float:
    """P(u + 0.1 v < 0.82) for independent uniform u, v."""
    return 0.82 - 0.05
