import json
import math

import numpy as np
import pytest
from scipy.special import bdtrc

from rvd.case.requirement import Condition, Requirement
from rvd.core.signals import Outcome
from rvd.errors import CaseError
from rvd.montecarlo.amounts import decimals, rounded
from rvd.montecarlo.verdict import Judgement, count_outcomes, exit_code, holds, judge, verdict
from rvd.statistics.binomial import clopper_pearson

MET, NOT_MET, UNDECIDED = Judgement.MET, Judgement.NOT_MET, Judgement.UNDECIDED
CAPTURED = Requirement("captured", at_least=0.9973, confidence=0.90)


def campaign(runs: int, failures: int) -> dict[str, np.ndarray]:
    outcome = np.full(runs, Outcome.CAPTURED.value, dtype=np.int64)
    outcome[:failures] = Outcome.LEFT_BOX.value
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
    (rare,) = verdict(table, [Requirement("left_box", at_most=0.0027)])
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
    assert counts == {Outcome.CAPTURED: 93, Outcome.LEFT_BOX: 7}
    assert list(counts) == [Outcome.CAPTURED, Outcome.LEFT_BOX]
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


# ---- runs that never came to what is asked of them


def mixed() -> dict[str, np.ndarray]:
    """20 runs: 9 captured and released at 1 to 9 mm/s, 2 released and lost from the box, 8 aborted, 1 lost."""
    counts = ((Outcome.CAPTURED, 9), (Outcome.LEFT_BOX, 2), (Outcome.ABORTED, 8), (Outcome.LOST, 1))
    outcome = np.concatenate([np.full(count, how.value) for how, count in counts])
    speed = np.concatenate([np.arange(1.0, 10.0), [20.0, 30.0], np.full(9, np.nan)])
    return {"outcome": outcome, "speed": speed, "angle": np.where(outcome == Outcome.ABORTED, 1.0, speed)}


@pytest.mark.parametrize(
    ("of", "runs", "failures", "missing"),
    [
        ("", 20, 11, 9),
        ("captured", 9, 0, 0),
        ("exists", 12, 3, 1),
        ("aborted", 8, 8, 8),
        ("contact", 0, 0, 0),
    ],
)
def test_a_requirement_judges_the_runs_it_names(of, runs, failures, missing):
    """Without `of` a run without a value fails; of those that have one, so does one of which nobody knows."""
    (finding,) = verdict(mixed(), [Requirement("speed", at_most=10.0, share=0.5, of=of)])
    assert (finding.runs, finding.failures, finding.missing, finding.flown) == (runs, failures, missing, 20)
    if runs:
        assert finding.interval.low == clopper_pearson(runs - failures, runs, 0.9, "lower").low
        assert finding.judgement is judge(failures, runs, 0.5, 0.9)


def test_the_sentence_says_how_many_runs_were_judged():
    def sentence(of):
        return verdict(mixed(), [Requirement("speed", at_most=10.0, share=0.5, of=of)])[0].sentence

    assert ": 9 of 20 runs, " in sentence("") and "; 9 of them without a value, which fails" in sentence("")
    assert ": 9 of the 9 of 20 runs that were captured; " in sentence("captured")
    assert ": 9 of the 12 of 20 runs in which it exists; " in sentence("exists")
    assert (
        ": nothing to judge: of 20 runs there are none that touched the target; 4 more such runs"
        in sentence("contact")
    )
    assert sentence("contact").startswith("UNDECIDED")


def test_the_sentence_says_once_that_each_bound_has_the_confidence():
    asked = Requirement("speed", at_most=10.0, share=0.5)
    for runs, told in [
        (40, ": 20 of 40 runs, 38.83 % to 61.17 % (each bound at 90 %); 50 % quantile 10 (8 to 13)"),
        (18, ": 10 of 18 runs; 50 % quantile 9 (6 to 13, each bound at 90 %)"),
    ]:
        speed = np.arange(1.0, runs + 1.0) if runs == 18 else np.repeat(np.arange(1.0, 21.0), 2)
        (finding,) = verdict({"outcome": np.ones(runs), "speed": speed}, [asked])
        assert told in finding.sentence and finding.sentence.count("each bound") == 1


@pytest.mark.parametrize(
    ("value", "ends", "unit", "texts"),
    [
        (66.7819, (65.919, math.inf), "kg", ("66.8 kg", "65.9 kg", None)),
        (42.5369, (-math.inf, 43.5008), "m", ("42.5 m", None, "43.6 m")),
        (0.00128438, (0.00122652, math.inf), "m/s", ("0.00128 m/s", "0.00122 m/s", None)),
        (12345.0, (11000.0, 13000.0), "m", ("12300 m", "11000 m", "13000 m")),
        (math.radians(1.2345), (math.radians(1.1), math.inf), "rad", ("1.2 deg", "1.1 deg", None)),
        (7.0, (7.0, 7.0), "", ("7", "7", "7")),
        (0.0, (0.0, math.inf), "m", ("0 m", "0 m", None)),
    ],
)
def test_a_quantile_has_the_digits_that_its_bounds_leave_and_bounds_go_outward(value, ends, unit, texts):
    places = decimals(value, ends, unit)
    assert rounded(value, unit, places) == texts[0]
    for end, way, text in zip(ends, (math.floor, math.ceil), texts[1:], strict=True):
        assert text is None or rounded(end, unit, places, way) == text


def test_the_quantile_is_that_of_the_judged_runs():
    """The median of nine releases is the fifth; of all twenty, eleven of which never released or too fast, none."""
    captured, all_of_them = (
        verdict(mixed(), [Requirement("speed", at_most=10.0, share=0.5, of=of)])[0] for of in ("captured", "")
    )
    assert captured.value == 5.0 and captured.value_interval.high == 7.0
    assert all_of_them.value == 20.0 and all_of_them.value_interval.high == math.inf
    (strict,) = verdict(mixed(), [Requirement("speed", at_most=10.0, share=0.9)])
    assert "; no 90 % quantile (at least 7)" in strict.sentence and "inf" not in strict.sentence


@pytest.mark.parametrize(
    ("asked", "failures"),
    [
        (Requirement("rules_kept", at_least=0.5), 4),
        (Requirement(all_of=(Condition("captured"), Condition("rules_kept")), at_least=0.3), 13),
        (Requirement("rules_kept", at_most=0.9), 17),
    ],
)
def test_rules_are_kept_whatever_became_of_a_run_and_nobody_knows_of_one_that_was_lost(asked, failures):
    """Two captured runs and one aborted broke a rule; of the lost one nothing is known, which fails either way."""
    kept = np.ones(20)
    kept[[0, 1, 12, 19]] = 0.0, 0.0, 0.0, np.nan
    (finding,) = verdict(mixed() | {"rules_kept": kept}, [asked])
    assert (finding.runs, finding.failures) == (20, failures)


def test_conditions_together_are_judged_where_all_of_them_exist():
    both = (Condition("speed", at_most=10.0), Condition("angle", at_most=10.0))
    (reached,) = verdict(mixed(), [Requirement(all_of=both, at_least=0.5, of="exists")])
    assert (reached.runs, reached.failures) == (12, 3) and "in which all of it exists" in reached.sentence
    (outcome,) = verdict(
        mixed(), [Requirement(all_of=(Condition("captured"), both[0]), at_least=0.5, of="exists")]
    )
    assert (outcome.runs, outcome.failures) == (12, 3)
    (all_runs,) = verdict(mixed(), [Requirement(all_of=both, at_least=0.5)])
    assert (all_runs.runs, all_runs.failures, all_runs.missing) == (20, 11, 9)


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_of_no_runs_nothing_is_known(share):
    (finding,) = verdict(mixed(), [Requirement("speed", at_most=10.0, share=share, of="empty")])
    assert finding.judgement is UNDECIDED and finding.value is None and exit_code([finding]) == 3
    record = json.loads(json.dumps(finding.to_json(), allow_nan=False))
    assert (record["runs"], record["flown"], record["estimate"], record["value"]) == (0, 20, None, None)
    assert record["requirement"]["of"] == "empty"


def test_every_captured_run_is_all_of_them():
    (finding,) = verdict(mixed(), [Requirement("speed", at_most=10.0, share=1.0, of="captured")])
    assert finding.judgement is MET
    assert finding.sentence.startswith(
        "MET: speed at most 10 in all of the runs that were captured: 9 of the 9 of 20"
    )


def test_the_confidence_is_that_of_the_judged_runs():
    """4,000 campaigns of 300 runs of which a varying half is captured, their share just short of what is required.

    False-alarm rate 1e-6, as above.
    """
    rng = np.random.default_rng(5)
    limit = next(m for m in range(4000) if bdtrc(m, 4000, 0.1) < 1e-6)
    asked, met = Requirement("speed", at_most=1.0, share=0.9, of="captured"), 0
    for _ in range(4000):
        outcome = np.where(rng.random(300) < 0.5, Outcome.CAPTURED.value, Outcome.ABORTED.value)
        speed = np.where(rng.random(300) < 0.8999, 0.5, 2.0)
        met += verdict({"outcome": outcome, "speed": speed}, [asked])[0].judgement is MET
    assert 0 < met <= limit


def test_batches_are_judged_on_their_own_runs():
    """Three batches of 20: the second has no captured run, of which nothing is known; then it has."""
    outcome = np.full(60, Outcome.CAPTURED.value)
    outcome[20:40] = Outcome.ABORTED.value
    table = {"outcome": outcome, "speed": np.where(outcome == Outcome.CAPTURED, 1.0, np.nan)}
    asked = [Requirement("speed", at_most=2.0, share=0.8, of="captured")]
    (finding,) = verdict(table, asked, every=(20,))
    assert finding.judgement is UNDECIDED
    assert [(batch.runs, batch.shown) for batch in finding.batches] == [(20, True), (0, False), (20, True)]
    assert "the worst runs 20 to 39 with 0 of 0" in finding.sentence and finding.value == 1.0
    table["outcome"] = np.full(60, Outcome.CAPTURED.value)
    table["speed"] = np.ones(60)
    assert verdict(table, asked, every=(20,))[0].judgement is MET


def test_more_judged_runs_in_the_last_batch_would_decide():
    """20 runs of a batch of 40, half of them captured: 11 are needed for 80 % at 90 %, and 10 are there."""
    outcome = np.tile([Outcome.CAPTURED.value, Outcome.ABORTED.value], 10)
    table = {"outcome": outcome, "speed": np.where(outcome == Outcome.CAPTURED, 1.0, np.nan)}
    (finding,) = verdict(table, [Requirement("speed", at_most=2.0, share=0.8, of="captured")], every=(40,))
    assert finding.judgement is UNDECIDED and finding.runs == 10 and finding.runs_needed == 11
    assert "; 1 more such runs without a failure would decide" in finding.sentence


def test_a_part_of_a_campaign_is_undecided():
    met = verdict(campaign(1000, 0), [CAPTURED])[0]
    assert exit_code([met], complete=False) == exit_code([], complete=False) == 3


def test_of_few_runs_no_interval_is_said():
    """Of two runs that hold, any share above a third is within it; machines get it all the same."""
    for runs, said in ((2, False), (19, False), (20, True)):
        (finding,) = verdict({"outcome": np.ones(runs)}, [Requirement("captured", at_least=0.9973)])
        assert (f"{runs} of {runs} runs, " in finding.sentence) == said
        assert "more runs without a failure would decide" in finding.sentence
        assert finding.to_json()["interval"][0] == pytest.approx(0.1 ** (1.0 / runs))


@pytest.mark.parametrize("unknown", [Outcome.LOST, Outcome.DIVERGED])
def test_a_run_of_which_nobody_knows_is_not_free_of_what_must_be_rare(unknown):
    table = campaign(500, 0)
    table["outcome"][:200] = unknown.value
    rare = Requirement("contact", at_most=0.01)
    (finding,) = verdict(table, [rare])
    assert finding.judgement is NOT_MET and finding.failures == 200
    (every,) = verdict(table, [Requirement("contact", at_most=0.5)])
    assert every.failures == 200
    # a requirement on that very outcome counts it alone
    other = Outcome.DIVERGED if unknown is Outcome.LOST else Outcome.LOST
    (named,) = verdict(table, [Requirement(unknown.name.lower(), at_most=0.5)])
    (twin,) = verdict(table, [Requirement(other.name.lower(), at_most=0.01)])
    assert named.failures == 200 and twin.failures == 0
