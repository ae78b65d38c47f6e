import json
import math

import numpy as np
import pytest
from scipy.special import bdtrc

from rvd.campaign.requirement import Condition, Requirement
from rvd.campaign.verdict import Judgement, count_outcomes, exit_code, holds, judge, verdict
from rvd.errors import CaseError
from rvd.signals import Outcome
from rvd.statistics.binomial import clopper_pearson

MET, NOT_MET, UNDECIDED = Judgement.MET, Judgement.NOT_MET, Judgement.UNDECIDED
CAPTURED = Requirement("captured", at_least=0.9973, confidence=0.90)


def campaign(runs: int, failures: int) -> dict[str, np.ndarray]:
    outcome = np.full(runs, Outcome.CAPTURED.value, dtype=np.int64)
    outcome[:failures] = Outcome.CORRIDOR.value
    return {"outcome": outcome, "fuel_kg": np.arange(runs, dtype=float)}


@pytest.mark.parametrize(
    ("runs", "failures", "judgement", "more"),
    [
        (1000, 0, MET, 0),
        (1000, 1, UNDECIDED, 440),
        (1000, 2, UNDECIDED, 970),
        (851, 0, UNDECIDED, 1),
        (852, 0, MET, 0),
        (1439, 1, UNDECIDED, 1),
        (1440, 1, MET, 0),
        (1970, 2, MET, 0),
        (1000, 6, NOT_MET, 0),
        (1000, 5, UNDECIDED, 2433),
        (0, 0, UNDECIDED, 852),
        (1, 1, NOT_MET, 0),
    ],
)
def test_the_share_of_captures_at_ninety_percent(runs, failures, judgement, more):
    """Runs and failures allowed by the consumer's risk form, Hanson and Beard, NASA/TP-2010-216447."""
    (finding,) = verdict(campaign(runs, failures), [CAPTURED])
    assert finding.judgement is judgement
    assert (finding.runs, finding.failures) == (runs, failures)
    assert finding.runs_still_needed == more
    assert finding.interval.low == clopper_pearson(runs - failures, runs, 0.9, "lower").low
    if judgement is NOT_MET:
        assert finding.interval.high < 0.9973 and finding.runs_needed is None
    elif judgement is MET:
        assert finding.interval.low >= 0.9973
    else:
        assert finding.interval.low < 0.9973 <= finding.interval.high


def test_the_runs_still_needed_are_right():
    for runs, failures in [(1000, 1), (300, 1), (2500, 4)]:
        (finding,) = verdict(campaign(runs, failures), [CAPTURED])
        enough = runs + finding.runs_still_needed
        assert verdict(campaign(enough, failures), [CAPTURED])[0].judgement is MET
        assert verdict(campaign(enough - 1, failures), [CAPTURED])[0].judgement is UNDECIDED


def test_a_rare_event_is_the_mirror_image():
    table = campaign(1000, 1)
    (rare,) = verdict(table, [Requirement("corridor", at_most=0.0027)])
    (share,) = verdict(table, [CAPTURED])
    assert (rare.judgement, rare.failures, rare.runs_needed) == (share.judgement, 1, share.runs_needed)
    assert rare.estimate == pytest.approx(0.001)
    assert rare.interval == pytest.approx((1 - share.interval.high, 1 - share.interval.low))
    assert "1 of 1000 runs" in rare.sentence


def test_a_limit_at_a_share_is_the_order_statistic_bound():
    fuel = np.arange(1.0, 60.0)  # 59 runs show 95 % at 95 %: the largest is the bound
    table = {"outcome": np.ones(59), "fuel_kg": fuel}

    def finding(limit):
        return verdict(table, [Requirement("fuel_kg", at_most=limit, share=0.95, confidence=0.95)])[0]

    assert finding(59.0).judgement is MET
    assert finding(58.5).judgement is UNDECIDED
    assert finding(30.0).judgement is NOT_MET
    assert finding(59.0).value_interval.high == 59.0
    assert finding(59.0).value == 57.0
    assert finding(58.5).runs_needed == 93


def test_a_lower_limit_mirrors_an_upper_one():
    rng = np.random.default_rng(0)
    x = rng.normal(size=400)
    table = {"outcome": np.ones(400), "x": x, "minus": -x}
    (low,) = verdict(table, [Requirement("x", at_least=-1.5, share=0.9)])
    (high,) = verdict(table, [Requirement("minus", at_most=1.5, share=0.9)])
    assert low.judgement is high.judgement
    assert low.value == -high.value
    assert low.value_interval == (-high.value_interval.high, -high.value_interval.low)
    (both,) = verdict(table, [Requirement("x", at_least=-3.5, at_most=3.5, share=0.9)])
    assert both.judgement is MET and both.value is None


def test_a_value_that_is_not_a_number_fails_every_condition():
    table = {
        "outcome": np.ones(4),
        "x": np.array([1.0, math.nan, 1.0, 1.0]),
        "flag": np.array([1.0, math.nan, 0.0, 1]),
    }
    failures = {
        Requirement("x", at_most=2.0, share=0.5): 1,
        Requirement("x", at_least=0.0, share=0.5): 1,
        Requirement("flag", at_least=0.5): 2,
        Requirement("flag", at_most=0.5): 3,
        Requirement(all_of=(Condition("x", at_most=2.0), Condition("flag")), at_least=0.5): 2,
    }
    for requirement, expected in failures.items():
        (finding,) = verdict(table, [requirement])
        assert (finding.runs, finding.failures) == (4, expected), requirement.sentence
    (open_bound,) = verdict(table, [Requirement("x", at_most=2.0, share=0.9, confidence=0.5)])
    assert open_bound.to_json()["value"] is None  # the quantile is infinite


def test_a_lost_or_diverged_run_is_a_failure():
    table = campaign(1000, 0)
    table["outcome"][3] = Outcome.LOST.value
    table["outcome"][4] = Outcome.DIVERGED.value
    assert verdict(table, [CAPTURED])[0].failures == 2


def test_conjunctions_fail_where_any_part_fails():
    table = campaign(1000, 10)  # runs 0..9 fail, fuel is the run number
    both = Requirement(all_of=(Condition("captured"), Condition("fuel_kg", at_most=989.0)), at_least=0.95)
    (finding,) = verdict(table, [both])
    assert finding.failures == 20
    assert list(np.flatnonzero(holds(table, both.conditions[1]))) == list(range(990))


def test_every_run_flown_says_nothing_beyond_them():
    assert verdict(campaign(10, 0), [Requirement("captured", at_least=1.0)])[0].judgement is MET
    assert verdict(campaign(10, 1), [Requirement("captured", at_least=1.0)])[0].judgement is NOT_MET
    assert verdict(campaign(0, 0), [Requirement("captured", at_least=1.0)])[0].judgement is UNDECIDED


def test_outcomes_are_counted_to_the_last_run():
    counts = count_outcomes(campaign(100, 7)["outcome"])
    assert counts == {Outcome.CAPTURED: 93, Outcome.CORRIDOR: 7}
    assert list(counts) == [Outcome.CAPTURED, Outcome.CORRIDOR]
    assert count_outcomes(np.array([])) == {}


def test_exit_codes():
    met, undecided, not_met = (verdict(campaign(1000, f), [CAPTURED])[0] for f in (0, 1, 6))
    assert exit_code([]) == exit_code([met]) == 0
    assert exit_code([met, undecided]) == 3
    assert exit_code([undecided, not_met, met]) == 1


def test_names_that_mean_nothing_get_a_suggestion():
    with pytest.raises(CaseError, match="did you mean 'captured'"):
        verdict(campaign(3, 0), [Requirement("capturd", at_least=0.9)])
    with pytest.raises(CaseError, match="did you mean 'fuel_kg'"):
        verdict(campaign(3, 0), [Requirement("fuel", at_most=3.0, share=0.9)])
    with pytest.raises(CaseError, match="columns are fuel_kg, outcome"):
        verdict(campaign(3, 0), [Requirement("zzz", at_most=3.0, share=0.9)])


def test_findings_are_plain_json():
    requirements = [CAPTURED, Requirement("fuel_kg", at_most=995.0, share=0.9973)]
    for finding in verdict(campaign(1000, 1), requirements, note="bounds assume independent runs"):
        record = json.loads(json.dumps(finding.to_json(), allow_nan=False))
        assert record["judgement"] == finding.judgement.value
        assert record["sentence"] == finding.sentence
        assert record["sentence"].endswith("bounds assume independent runs")
        assert record["requirement"]["confidence"] == 0.9


def test_a_wrong_verdict_is_as_rare_as_its_confidence_says():
    """4,000 campaigns whose true share is exactly, or just short of, the requirement.

    False-alarm rate 1e-6: a true error rate of 10 % would exceed the limit with P(Binomial(4000, 0.1) > limit) < 1e-6.
    """
    rng = np.random.default_rng(11)
    limit = next(m for m in range(4000) if bdtrc(m, 4000, 0.1) < 1e-6)
    for share, wrong in ((0.97, {MET}), (0.9699, {MET}), (0.97, {NOT_MET})):
        counts = sum(judge(int(f), 500, 0.97, 0.9) in wrong for f in rng.binomial(500, 1 - share, 4000))
        assert 0 < counts <= limit


def test_a_limit_without_a_share_is_not_taken_for_a_share():
    for keys in ({"at_most": 0.3}, {"at_least": 0.3}):
        with pytest.raises(CaseError, match="share beside it"):
            verdict(campaign(3, 0), [Requirement("fuel_kg", **keys)])
