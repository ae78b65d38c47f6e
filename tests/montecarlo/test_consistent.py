"""Tests of all runs together: what they say of filters that know themselves and of those that do not."""

import numpy as np
import pytest

from rvd.case.requirement import Requirement
from rvd.errors import CaseError
from rvd.montecarlo.consistent import columns_of, epochs, judged
from rvd.montecarlo.verdict import Judgement, exit_code, failing, verdict

LEGS = ("far", "near", "back")


def table(scale=1.0, runs=1000, seed=3):
    rng = np.random.default_rng(seed)
    rows = {"outcome": np.ones(runs)}
    for leg in LEGS:
        rows[f"nees.{leg}"] = scale * rng.chisquare(6.0, runs)
        rows[f"nis.{leg}"] = rng.chisquare(3.0, runs)
        rows[f"numbers.{leg}"] = np.full(runs, 3.0)
    rows["nees.back"][10:] = np.nan  # a fall-back that ten runs flew
    return rows


def test_a_filter_that_knows_itself_meets_it_and_no_run_fails():
    """At 99.9 %: false alarm 1e-3 on the seed drawn."""
    requirement = Requirement("nees_consistent", confidence=0.999, legs=LEGS)
    (finding,) = verdict(table(), [requirement])
    assert finding.judgement is Judgement.MET
    assert (finding.runs, finding.failures) == (1000, 0)
    assert not failing(table(), requirement).any()
    assert "2 of 2 legs" in finding.sentence
    assert finding.to_json()["estimate"] is None


@pytest.mark.parametrize("scale", [4.0, 0.25, 1.2])
def test_one_told_half_double_or_a_tenth_too_little_of_its_noise_does_not(scale):
    (finding,) = verdict(table(scale), [Requirement("nees_consistent", confidence=0.95, legs=LEGS)])
    assert finding.judgement is Judgement.NOT_MET
    assert exit_code([finding]) == 1
    (other,) = verdict(table(scale), [Requirement("nis_consistent", confidence=0.999, legs=LEGS)])
    assert other.judgement is Judgement.MET


def test_a_leg_that_few_runs_fly_is_left_out():
    assert [epoch.leg for epoch in epochs(table(), "nees_consistent", LEGS, 0.95)] == ["far", "near"]


def test_without_runs_nothing_is_decided():
    assert judged(table(runs=0), "nis_consistent", LEGS, 0.95)[0] is None
    (finding,) = verdict(table(runs=0), [Requirement("nis_consistent", confidence=0.95, legs=LEGS)])
    assert finding.judgement is Judgement.UNDECIDED


def test_the_bands_hold_together():
    """400 campaigns of a true filter at 90 %: rejected in 10 % at most, within three sigmas of that count."""
    rejected = sum(
        judged(table(runs=60, seed=k), "nis_consistent", LEGS, 0.9)[0] is False for k in range(400)
    )
    assert 15 < rejected < 40 + 3 * 6


def test_a_table_without_the_columns_is_refused():
    with pytest.raises(CaseError, match="neither an outcome nor a column"):
        verdict({"outcome": np.ones(3)}, [Requirement("nees_consistent", confidence=0.95, legs=LEGS)])
    assert columns_of("nis_consistent", ("a",)) == ["nis.a", "numbers.a"]
