import json

import numpy as np
import pytest

from rvd.case.requirement import Requirement
from rvd.core.signals import Outcome
from rvd.montecarlo.batches import batches, edges, envelope, size_needed, worst
from rvd.montecarlo.distributions import Choice, Normal
from rvd.montecarlo.draws import Draw
from rvd.montecarlo.run import run_campaign
from rvd.montecarlo.verdict import Judgement, verdict
from rvd.statistics.binomial import clopper_pearson
from tests.montecarlo.cheap import CheapFlyer, plan

MET, NOT_MET, UNDECIDED = Judgement.MET, Judgement.NOT_MET, Judgement.UNDECIDED
SHARE, CONFIDENCE, SIZE = 0.95, 0.90, 200
CAPTURED = Requirement("captured", at_least=SHARE, confidence=CONFIDENCE)


def table_of(failed) -> dict[str, np.ndarray]:
    outcome = np.where(failed, Outcome.LEFT_BOX.value, Outcome.CAPTURED.value)
    return {"outcome": outcome, "miss_m": np.where(failed, 9.0, 1.0)}


def simulated(shares, campaigns, luck):
    """Judgements of campaigns whose batch k has a share shares[k] of good runs."""
    found = []
    for _ in range(campaigns):
        failed = np.concatenate([luck.random(SIZE) >= share for share in shares])
        found.append(verdict(table_of(failed), [CAPTURED], every=(SIZE,))[0].judgement)
    return np.array(found)


def too_many(trials: int, chance: float) -> int:
    """A count of events that a chance not above `chance` exceeds once in 10,000 tests."""
    from scipy.stats import binom

    return int(binom.ppf(1.0 - 1e-4, trials, chance))


def test_batches_begin_where_any_value_changes():
    assert edges((100,), 250) == [0, 100, 200, 250]
    assert edges((100, 150), 400) == [0, 100, 150, 200, 300, 400]
    assert edges((1000,), 250) == [0, 250]
    assert edges((100,), 0) == [0, 0]


def test_each_batch_has_its_exact_bounds():
    failed = np.zeros(450, dtype=bool)
    failed[[3, 205, 210, 449]] = True
    found = batches(failed, np.ones(450, dtype=bool), (200,), SHARE, CONFIDENCE)
    assert [(b.first, b.last, b.runs, b.failures) for b in found] == [
        (0, 200, 200, 1), (200, 400, 200, 2), (400, 450, 50, 1)
    ]  # fmt: skip
    for b in found:
        good = b.runs - b.failures
        assert b.interval.low == clopper_pearson(good, b.runs, CONFIDENCE, "lower").low
        assert b.interval.high == clopper_pearson(good, b.runs, CONFIDENCE, "upper").high
    assert worst(found) is found[2]
    assert envelope(found) == (found[2].interval.low, max(b.interval.high for b in found))
    assert size_needed(found, SHARE, CONFIDENCE) == 77  # one failure among 77 runs shows 95 % at 90 %


def test_a_bad_batch_among_good_ones_is_not_averaged_away():
    """The mixture shows 95 % at 90 %; one value in twenty gives a vehicle that fails one time in four."""
    failed = np.zeros(20 * SIZE, dtype=bool)
    failed[7 * SIZE : 7 * SIZE + 50] = True
    (pooled,) = verdict(table_of(failed), [CAPTURED])
    (nested,) = verdict(table_of(failed), [CAPTURED], every=(SIZE,))
    assert (pooled.judgement, nested.judgement) == (MET, NOT_MET)
    assert "in 20 batches, the worst runs 1400 to 1599 with 150 of 200" in nested.sentence
    assert nested.interval.low == pytest.approx(clopper_pearson(150, 200, 0.9, "lower").low)
    assert nested.runs_needed is None and nested.estimate == pooled.estimate
    assert json.loads(json.dumps(nested.to_json()))["batches"][7][:3] == [1400, 1600, 50]


def test_a_vehicle_with_one_bad_value_is_met_no_more_often_than_stated():
    """False alarm: 1 in 10,000. The bad batch lies at the requirement's edge, the others never fail."""
    luck, trials = np.random.default_rng(1), 2000
    found = simulated([1.0, 1.0, SHARE - 1e-9, 1.0], trials, luck)
    assert 0 < (found == MET).sum() <= too_many(trials, 1.0 - CONFIDENCE)


def test_a_vehicle_that_just_holds_for_every_value_is_refused_no_more_often_than_stated():
    """False alarm: 1 in 10,000. Without Bonferroni's share of the error this comes out near 60 %."""
    luck, trials = np.random.default_rng(2), 2000
    found = simulated([SHARE] * 10, trials, luck)
    assert 0 < (found == NOT_MET).sum() <= too_many(trials, 1.0 - CONFIDENCE)


def test_a_good_vehicle_is_met_and_a_bad_one_is_not():
    luck = np.random.default_rng(3)
    assert (simulated([0.99, 0.995, 1.0], 200, luck) == MET).mean() > 0.9
    assert (simulated([1.0, 0.80, 1.0], 200, luck) == NOT_MET).mean() > 0.99


def test_what_would_decide_is_said():
    failed = np.zeros(230, dtype=bool)
    (unfinished,) = verdict(table_of(failed), [CAPTURED], every=(200,))
    assert (
        unfinished.judgement is UNDECIDED and unfinished.runs_still_needed == 15
    )  # 45 runs without a failure
    more = np.zeros(245, dtype=bool)
    assert verdict(table_of(more), [CAPTURED], every=(200,))[0].judgement is MET
    (small,) = verdict(table_of(failed), [CAPTURED], every=(30,))
    assert small.judgement is UNDECIDED and small.runs_still_needed == 0
    assert "batches of 45 runs would show it" in small.sentence


def test_limits_and_rare_events_and_every_run_are_judged_by_batch_too():
    failed = np.zeros(400, dtype=bool)
    failed[200:240] = True
    asked = [
        Requirement("miss_m", at_most=2.0, share=SHARE, unit="m"),
        Requirement("left_box", at_most=0.05),
        Requirement("captured", at_least=1.0),
    ]
    limit, rare, all_runs = verdict(table_of(failed), asked, every=(200,))
    assert [f.judgement for f in (limit, rare, all_runs)] == [NOT_MET] * 3
    assert limit.value == 9.0 and limit.value_interval == (1.0, 9.0)
    assert rare.interval.high == pytest.approx(1.0 - clopper_pearson(160, 200, 0.9, "lower").low)
    assert "the worst runs 200 to 399 with 40 of 200" in rare.sentence
    assert verdict(table_of(failed[:200]), asked[2:], every=(100,))[0].judgement is MET


def test_a_campaign_of_nested_draws_is_judged_by_its_batches():
    """One value in two puts every start 2.4 sigmas off; runs of a batch share it."""
    draws = (Draw("start.vbar", (0,), Normal(1.0)), Draw("chaser.mass", (3,), Choice((0.0, 2.4)), every=250))

    class Offset(CheapFlyer):
        def fly(self, rows, seed, runs):
            moved = rows.copy()
            moved[:, 0] += rows[:, 3] - 4.0
            return super().fly(moved, seed, runs)

    results = run_campaign(plan(draws=draws), Offset(), 7, 2000, jobs=1)
    (finding,) = results.findings
    drawn = results.table()["chaser.mass"].to_numpy().reshape(-1, 250)
    assert (drawn == drawn[:, :1]).all() and len(set(drawn[:, 0])) == 2
    assert [b.first for b in finding.batches] == list(range(0, 2000, 250))
    bad = drawn[:, 0] == drawn.max()
    assert [b.excluded for b in finding.batches] == list(bad)
    assert [b.shown for b in finding.batches] == list(~bad)
    assert finding.judgement is NOT_MET
    assert finding.note == "judged in every batch of runs that share what is unknown but fixed"
