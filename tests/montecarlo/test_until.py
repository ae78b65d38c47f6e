import numpy as np
import pytest
from scipy.special import bdtrc

from rvd.case.requirement import Requirement
from rvd.core.signals import Outcome
from rvd.errors import CaseError, StoreError
from rvd.montecarlo.distributions import Normal
from rvd.montecarlo.draws import Draw
from rvd.montecarlo.run import run_campaign
from rvd.montecarlo.until import decision, run_until_decided
from rvd.montecarlo.verdict import Judgement
from rvd.statistics.sequential import looks, rule
from rvd.store import digest
from tests.montecarlo.cheap import CheapFlyer, plan

# the cheap flyer captures |N(0, 1)| < 2.5: a share of 0.98758
EASY, HARD, CLOSE = (Requirement("captured", at_least=share) for share in (0.95, 0.999, 0.98758))


@pytest.mark.parametrize(("requirement", "judgement"), [(EASY, Judgement.MET), (HARD, Judgement.NOT_MET)])
def test_it_stops_at_a_look_once_decided(requirement, judgement):
    results = run_until_decided(plan(requirements=(requirement,)), CheapFlyer(), 7, 5000)
    (finding,) = results.findings
    assert finding.judgement is judgement
    assert results.runs == results.flown == finding.runs < 2500
    assert results.runs in looks(5000)
    assert sum(results.counts.values()) == results.runs
    bounds = rule(requirement.needed, 0.9, 5000)
    at = bounds.looks.index(results.runs)
    assert (
        finding.failures <= bounds.met[at]
        if finding.judgement is Judgement.MET
        else bounds.not_met[at] <= finding.failures
    )
    assert "wrong in 10 % of campaigns at the most" in finding.sentence
    assert finding.runs_still_needed == 0


def test_each_requirement_is_judged_at_its_own_look():
    both = run_until_decided(plan(requirements=(EASY, HARD)), CheapFlyer(), 7, 5000)
    alone = [
        run_until_decided(plan(requirements=(r,)), CheapFlyer(), 7, 5000).findings[0] for r in (EASY, HARD)
    ]
    assert both.findings == alone
    assert both.runs == max(finding.runs for finding in alone)


def test_undecided_at_the_end_says_so():
    results = run_until_decided(plan(requirements=(CLOSE,)), CheapFlyer(), 7, 300)
    assert results.findings[0].judgement is Judgement.UNDECIDED
    assert results.runs == 300 and results.findings[0].runs_still_needed == 0


def test_every_run_flown_is_decided_by_a_failure_or_by_the_end():
    every = Requirement("captured", at_least=1.0)
    broken = run_until_decided(plan(requirements=(every,)), CheapFlyer(), 7, 5000)
    assert broken.findings[0].judgement is Judgement.NOT_MET and broken.runs < 5000
    calm = (Draw("start.vbar", (0,), Normal(0.1)),)
    kept = run_until_decided(plan(requirements=(every,), draws=calm), CheapFlyer(), 7, 100)
    assert kept.findings[0].judgement is Judgement.MET and kept.runs == 100


def test_workers_folders_and_interruptions_change_nothing(tmp_path):
    asked = plan(requirements=(EASY,))
    first = run_until_decided(asked, CheapFlyer(), 7, 3000)

    class Tired(CheapFlyer):
        def fly(self, rows, seed, runs):
            if (runs >= 100).any():
                raise KeyboardInterrupt
            return super().fly(rows, seed, runs)

    with pytest.raises(KeyboardInterrupt):
        run_until_decided(asked, Tired(), 7, 3000, jobs=1, out=tmp_path)
    again = run_until_decided(asked, CheapFlyer(), 7, 3000, jobs=3, out=tmp_path)
    assert again.findings == first.findings and again.runs == first.runs
    assert digest(again.table().slice(0, first.runs)) == digest(first.table())
    assert run_until_decided(asked, CheapFlyer(), 7, 3000, out=tmp_path).flown == 0


def test_the_most_runs_cannot_be_changed_afterwards(tmp_path):
    asked = plan(requirements=(EASY,))
    run_until_decided(asked, CheapFlyer(), 7, 2000, out=tmp_path)
    with pytest.raises(StoreError, match=r"until_decided \(2000 there, 3000 now\)"):
        run_until_decided(asked, CheapFlyer(), 7, 3000, out=tmp_path)
    with pytest.raises(StoreError, match="until_decided differ"):
        run_campaign(asked, CheapFlyer(), 7, 3000, out=tmp_path)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"sampling": "sobol"}, "independent runs"),
        ({"draws": (Draw("start.vbar", (0,), Normal(1.0), every=10),)}, "independent runs"),
        ({"requirements": ()}, "nothing to decide"),
        ({"requirements": (Requirement("captured", at_least=0.9, confidence=0.3),)}, "0.5 or more"),
    ],
)
def test_what_has_no_sequential_rule_is_refused(change, why):
    with pytest.raises(CaseError, match=why):
        run_until_decided(plan(**change), CheapFlyer(), 7, 100)


def test_whole_campaigns_are_decided_wrongly_no_more_often_than_stated():
    """100 campaigns from draws to verdict at a share just short of the requirement.

    False-alarm rate 1e-6: P(Binomial(100, 0.1) > 27) = 3.5e-7.
    """
    asked = plan(requirements=(Requirement("captured", at_least=0.9876),))
    met = [
        run_until_decided(asked, CheapFlyer(), seed, 300, jobs=1).findings[0].judgement is Judgement.MET
        for seed in range(100)
    ]
    assert 0 < np.sum(met) <= 27


# ---- a requirement on some of the runs

MISS = {"what": "miss_m", "at_most": 20.0}


def test_it_looks_when_so_many_of_the_judged_runs_are_there():
    """The miss has a value in captured runs only: looks and bounds are those of that many runs."""
    asked = Requirement(**MISS, share=0.8, of="captured")
    results = run_until_decided(plan(requirements=(asked,)), CheapFlyer(), 7, 5000)
    (finding,) = results.findings
    assert finding.judgement is Judgement.MET
    assert finding.runs in looks(5000) and finding.runs < finding.flown <= results.runs < 5000
    rows = results.table().slice(0, finding.flown)
    miss = rows["miss_m"].to_numpy()
    assert rows["captured"][finding.flown - 1].as_py()  # it ends with the judged run that decided
    assert (finding.runs, finding.failures) == (np.isfinite(miss).sum(), (miss > 20.0).sum())
    bounds = rule(0.8, 0.9, 5000)
    assert finding.failures <= bounds.met[bounds.looks.index(finding.runs)]


def test_of_runs_that_never_come_nothing_is_decided():
    for share in (0.8, 1.0):
        asked = Requirement(**MISS, share=share, of="contact")
        results = run_until_decided(plan(requirements=(asked,)), CheapFlyer(), 7, 60)
        assert results.findings[0].judgement is Judgement.UNDECIDED and results.runs == 60


def test_all_judged_runs_are_decided_at_the_end():
    asked = Requirement("miss_m", at_most=1e3, share=1.0, of="captured")
    results = run_until_decided(plan(requirements=(asked,)), CheapFlyer(), 7, 200)
    assert results.findings[0].judgement is Judgement.MET and results.findings[0].flown <= 200
    assert results.findings[0].runs == results.counts[Outcome.CAPTURED]


def test_a_failure_after_the_last_look_is_seen_too():
    """25 of 30 runs are judged, looks are at 20 and 23: the failure of the 25th decides at the end."""
    outcome = np.full(30, Outcome.CAPTURED.value)
    outcome[:5] = Outcome.ABORTED.value
    table = {"outcome": outcome, "x": np.where(np.arange(30) == 29, 9.0, 1.0)}
    asked = Requirement("x", at_most=5.0, share=1.0, of="captured")
    assert 25 not in looks(30)
    assert decision(table, asked, 30) == (25, 1, False)


def test_judged_runs_are_decided_wrongly_no_more_often_than_stated():
    """2,000 campaigns whose captured share varies, the judged share just short of what is required.

    False-alarm rate 1e-6: P(Binomial(2000, 0.1) > limit) < 1e-6.
    """
    limit = next(m for m in range(2000) if bdtrc(m, 2000, 0.1) < 1e-6)
    rng, asked, met = np.random.default_rng(9), Requirement("x", at_most=1.0, share=0.9, of="captured"), 0
    for _ in range(2000):
        outcome = np.where(rng.random(200) < 0.6, Outcome.CAPTURED.value, Outcome.ABORTED.value)
        stop = decision({"outcome": outcome, "x": np.where(rng.random(200) < 0.8999, 0.5, 2.0)}, asked, 200)
        met += stop is not None and stop.met
    assert 0 < met <= limit
