import math

import numpy as np
import pytest
from scipy.special import bdtrc

from rvd.statistics.binomial import clopper_pearson
from rvd.statistics.order import lower_rank, quantile, quantile_interval, upper_rank
from tests.statistics.oracles import binomial_cdf


@pytest.mark.parametrize(
    ("runs", "share", "confidence"), [(59, 0.95, 0.95), (100, 0.5, 0.9), (1000, 0.9973, 0.9)]
)
def test_ranks_are_the_tightest_that_keep_the_confidence(runs, share, confidence):
    upper = upper_rank(runs, share, confidence)
    assert binomial_cdf(upper - 1, runs, share) >= confidence > binomial_cdf(upper - 2, runs, share)
    lower = lower_rank(runs, share, confidence)
    at_least = 1 - binomial_cdf(lower - 1, runs, share)
    assert at_least >= confidence > 1 - binomial_cdf(lower, runs, share)


@pytest.mark.parametrize(("runs", "rank_from_top"), [(59, 1), (93, 2), (124, 3), (153, 4), (181, 5)])
def test_wilks_95_95(runs, rank_from_top):
    """The largest of 59, the second of 93, ... (OpenTURNS t_Wilks_std.expout)."""
    assert upper_rank(runs, 0.95, 0.95) == runs + 1 - rank_from_top
    assert upper_rank(runs - 1, 0.95, 0.95) == runs - 1 + 1 - rank_from_top + 1
    assert lower_rank(runs, 0.05, 0.95) == rank_from_top


def test_too_few_runs_leave_the_bound_open():
    values = np.arange(58.0)
    assert quantile_interval(values, 0.95, 0.95, "upper") == (-math.inf, math.inf)
    assert quantile_interval(np.arange(59.0), 0.95, 0.95, "upper") == (-math.inf, 58.0)
    assert quantile_interval([], 0.95, 0.95) == (-math.inf, math.inf)


def test_a_value_that_is_not_a_number_is_never_within_the_limit():
    values = np.array([1.0, math.nan, 3.0, 2.0] * 50)
    assert quantile(values, 0.5) == 2.0
    assert quantile(values, 0.8) == math.inf
    assert quantile_interval(values, 0.9, 0.9).high == math.inf
    assert quantile_interval(values, 0.1, 0.9).low == -math.inf
    assert math.isnan(quantile([], 0.5))


def test_quantile_is_the_smallest_value_that_enough_runs_keep():
    values = np.arange(1.0, 21.0)
    for percent in range(1, 101):
        kept = quantile(values, percent / 100)
        assert 20 * percent / 100 - 1e-6 <= (values <= kept).sum() < 20 * percent / 100 + 1


def test_bound_within_a_limit_is_the_same_judgement_as_the_share_within_it():
    """X(r) <= limit if and only if the Clopper-Pearson bound of the share within the limit reaches the quantile."""
    rng = np.random.default_rng(5)
    seen = set()
    for _ in range(200):
        values = rng.normal(size=int(rng.integers(30, 200)))
        limit = rng.uniform(1.0, 2.5)
        within = int((values <= limit).sum())
        by_rank = quantile_interval(values, 0.9, 0.9, "upper").high <= limit
        by_share = clopper_pearson(within, values.size, 0.9, "lower").low >= 0.9
        assert by_rank == by_share
        seen.add(by_rank)
    assert seen == {True, False}


@pytest.mark.parametrize("side", ["two-sided", "lower", "upper"])
def test_two_thousand_simulated_campaigns_are_covered(side):
    """False-alarm rate 1e-6 for a true 90 % interval of the 95 % quantile, from 200 runs each."""
    rng = np.random.default_rng(77)
    truth = -math.log(0.05)
    missed = 0
    for values in rng.exponential(size=(2000, 200)):
        low, high = quantile_interval(values, 0.95, 0.9, side)
        missed += not low <= truth <= high
    limit = next(m for m in range(2000) if bdtrc(m, 2000, 0.1) < 1e-6)
    assert 0 < missed <= limit


@pytest.mark.parametrize("share", [0.5, 0.9973, 1.0 - 1e-9])
def test_ranks_among_three_billion(share):
    """Within 1 % of a sigma of the normal law's, or of Poisson's at the end, and mirrored."""
    runs = 3 * 10**9
    upper = upper_rank(runs, share, 0.9)
    from_top = runs + 1 - upper
    if share < 0.999:
        sigma = math.sqrt(runs * share * (1.0 - share))
        assert (upper - runs * share) / sigma == pytest.approx(1.2815516, abs=0.01)
    else:  # the largest k whose P(Poisson(3) <= k - 1) is at most 0.1
        assert from_top == 1
    assert lower_rank(runs, 1.0 - share, 0.9) == pytest.approx(from_top, abs=1)


@pytest.mark.parametrize(
    ("runs", "share", "confidence", "rank"),
    [(10, 1e-300, 0.9, 0), (2**53, 1e-17, 0.9, 0), (2**53, 1e-16, 0.5, 1), (2**53, 1e-15, 0.9, 5)],
)
def test_a_rank_below_the_quantile_at_a_share_near_zero(runs, share, confidence, rank):
    """The count below it is Poisson of mean 0.09, 0.9, 9.007: P(1 or more) 0.59, P(5 or more) 0.945, 6: 0.885."""
    assert lower_rank(runs, share, confidence) == rank
