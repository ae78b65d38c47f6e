import math

import numpy as np
import pytest
from scipy.special import bdtrc, gammaincinv

from rvd.statistics.binomial import clopper_pearson, failures_allowed, jeffreys, runs_required, wilson
from tests.statistics.oracles import binomial_cdf, pmf

# numbers of R 3.6.2 binom.test, in scipy/stats/tests/test_morestats.py (BSD-3)
R_BINOM_TEST = [
    (20, 100, 0.95, "upper", 0.0, 0.2772002496709138),
    (20, 100, 0.95, "lower", 0.1366613252458672, 1.0),
    (20, 100, 0.95, "two-sided", 0.1266555521019559, 0.2918426890886281),
    (3, 50, 0.99, "two-sided", 0.006872485, 0.202706269),
    (0, 10, 0.95, "two-sided", 0.0, 0.3084971),
    (10, 10, 0.95, "two-sided", 0.6915029, 1.0),
]


@pytest.mark.parametrize(("successes", "runs", "confidence", "side", "low", "high"), R_BINOM_TEST)
def test_clopper_pearson_gives_the_numbers_of_r(successes, runs, confidence, side, low, high):
    interval = clopper_pearson(successes, runs, confidence, side)
    assert interval.low == pytest.approx(low, rel=1e-6)
    assert interval.high == pytest.approx(high, rel=1e-6)


@pytest.mark.parametrize(("successes", "runs"), [(0, 7), (3, 20), (999, 1000), (58, 59), (7, 7)])
def test_a_clopper_pearson_bound_leaves_exactly_its_tail(successes, runs):
    low, high = clopper_pearson(successes, runs, 0.9)
    if successes:  # P(at least that many | low) = 5 %
        assert 1 - binomial_cdf(successes - 1, runs, low) == pytest.approx(0.05, rel=1e-9)
    if successes < runs:
        assert binomial_cdf(successes, runs, high) == pytest.approx(0.05, rel=1e-9)


@pytest.mark.parametrize(("confidence", "least"), [(0.9, 0.9), (0.95, 0.95), (0.99, 0.99)])
def test_clopper_pearson_covers_every_share_at_its_level(confidence, least):
    runs = 60
    intervals = [clopper_pearson(k, runs, confidence) for k in range(runs + 1)]
    for share in np.linspace(0.003, 0.997, 331):
        cover = sum(p for p, i in zip(pmf(runs, share), intervals, strict=True) if i.low <= share <= i.high)
        assert cover >= least - 1e-12


@pytest.mark.parametrize("interval", [wilson, jeffreys])
def test_score_and_bayesian_intervals_cover_on_average(interval):
    """Average coverage over the shares (deterministic): within 1 % of the stated 90 %, unlike Clopper-Pearson."""
    runs = 60
    intervals = [interval(k, runs, 0.9) for k in range(runs + 1)]
    shares = np.linspace(0.02, 0.98, 193)
    cover = [
        sum(p for p, i in zip(pmf(runs, s), intervals, strict=True) if i.low <= s <= i.high) for s in shares
    ]
    assert np.mean(cover) == pytest.approx(0.9, abs=0.01)


def test_wilson_gives_the_numbers_of_r():
    """prop.test(20, 100, correct=FALSE) in R: 0.1333669, 0.2888292; one-sided bounds nest in them."""
    assert wilson(20, 100, 0.95) == pytest.approx((0.1333669, 0.2888292), abs=1e-7)
    assert wilson(20, 100, 0.975, "lower") == pytest.approx((wilson(20, 100, 0.95).low, 1.0))
    assert wilson(20, 100, 0.975, "upper") == pytest.approx((0.0, wilson(20, 100, 0.95).high))


def test_the_mirror_image_has_the_mirrored_interval():
    for interval in (clopper_pearson, wilson, jeffreys):
        low, high = interval(7, 45, 0.8)
        mirrored = interval(38, 45, 0.8)
        assert (1 - high, 1 - low) == pytest.approx(tuple(mirrored), abs=1e-14)


def test_nothing_flown_says_nothing():
    assert clopper_pearson(0, 0, 0.9) == (0.0, 1.0)
    assert wilson(0, 0, 0.9) == (0.0, 1.0)


@pytest.mark.parametrize("bad", [(-1, 5, 0.9), (6, 5, 0.9), (1, 5, 1.0), (1, 5, 0.0)])
def test_impossible_counts_are_refused(bad):
    with pytest.raises(ValueError, match="not"):
        clopper_pearson(*bad)


# Hanson and Beard's consumer's risk form: runs and failures that show the share (docs of NASA/TP-2010-216447).
CONSUMER = [
    (0.9973, 0.90, [852, 1440, 1970, 2473, 2959, 3433, 3899]),
    (0.9973, 0.95, [1109, 1756, 2330, 2870]),
    (0.99, 0.90, [230, 388, 531]),
    # OpenTURNS python/test/t_Wilks_std.expout (numbers only)
    (0.95, 0.95, [59, 93, 124, 153, 181]),
    (0.95, 0.90, [45, 77, 105, 132, 158]),
    (0.90, 0.95, [29, 46, 61, 76, 89]),
    (0.90, 0.90, [22, 38, 52, 65, 78]),
]


@pytest.mark.parametrize(("share", "confidence", "runs"), CONSUMER)
def test_runs_required_and_failures_allowed_agree_with_the_tables(share, confidence, runs):
    for failures, n in enumerate(runs):
        assert runs_required(failures, share, confidence) == n
        assert failures_allowed(n, share, confidence) == failures
        assert failures_allowed(n - 1, share, confidence) == failures - 1


@pytest.mark.parametrize(("runs", "allowed"), [(2000, 2), (3000, 4), (5000, 8), (10000, 19)])
def test_failures_allowed_in_the_usual_campaigns(runs, allowed):
    assert failures_allowed(runs, 0.9973, 0.90) == allowed


@pytest.mark.parametrize("share", [0.5, 0.9, 0.9973])
def test_allowed_failures_are_those_whose_lower_bound_shows_the_share(share):
    for runs in (1, 10, 59, 500, 2000):
        allowed = failures_allowed(runs, share, 0.9)
        shown = [f for f in range(runs + 1) if clopper_pearson(runs - f, runs, 0.9, "lower").low >= share]
        assert max(shown, default=-1) == allowed


def test_two_thousand_simulated_campaigns_are_covered():
    """False-alarm rate 1e-6: a true 90 % interval fails this with P(Binomial(2000, 0.1) > limit) < 1e-6."""
    rng = np.random.default_rng(20131)
    share, runs = 0.97, 300
    missed = {"two-sided": 0, "lower": 0, "upper": 0}
    for k in rng.binomial(runs, share, 2000):
        for side in missed:
            low, high = clopper_pearson(int(k), runs, 0.9, side)
            missed[side] += not low <= share <= high
    limit = next(m for m in range(2000) if bdtrc(m, 2000, 0.1) < 1e-6)
    assert all(0 < count <= limit for count in missed.values())


# ---- more runs than a 32-bit number holds


@pytest.mark.parametrize("miss", [1e-8, 1e-9, 1e-10, 1e-12])
@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.999])
def test_runs_without_failure_show_a_share_near_one(miss, confidence):
    """The fewest n with (1 - p)^n <= 1 - confidence, by logarithms; p is what a share of 64 bits leaves of it."""
    share = 1.0 - miss
    needed = math.log(1.0 - confidence) / math.log1p(-(1.0 - share))
    assert runs_required(0, share, confidence) == pytest.approx(needed, rel=1e-9, abs=1.0)


@pytest.mark.parametrize("failures", [0, 1, 5, 40])
def test_rare_failures_are_those_of_poisson_s_law(failures):
    """For p to 0 the count is Poisson's: n p is the quantile of the gamma distribution of failures + 1."""
    runs = runs_required(failures, 1.0 - 1e-10, 0.9)
    assert runs * (1.0 - (1.0 - 1e-10)) == pytest.approx(gammaincinv(failures + 1, 0.9), rel=1e-8)
    assert failures_allowed(runs, 1.0 - 1e-10, 0.9) == failures
    assert failures_allowed(runs - runs // 1000, 1.0 - 1e-10, 0.9) == failures - 1


def test_intervals_of_ten_billion_runs():
    """Beside the normal law, which the binomial is to 1e-5 there; and n failures of none by the exact power."""
    runs, share = 10**10, 0.3
    sigma = math.sqrt(share * (1.0 - share) / runs)
    for interval in (clopper_pearson, wilson, jeffreys):
        low, high = interval(int(share * runs), runs, 0.9)
        assert ((low - share) / sigma, (high - share) / sigma) == pytest.approx(
            (-1.6448536, 1.6448536), abs=1e-4
        )
    assert clopper_pearson(runs, runs, 0.9, "lower").low == pytest.approx(0.1 ** (1.0 / runs), abs=1e-16)


def test_what_no_number_of_runs_shows_is_refused():
    with pytest.raises(ValueError, match=r"takes more than 2\^53 runs"):
        runs_required(0, 1.0 - 2.0**-53, 0.9)
