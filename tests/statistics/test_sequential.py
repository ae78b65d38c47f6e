import itertools

import numpy as np
import pytest
from scipy.special import bdtrc

from rvd.statistics.binomial import failures_allowed
from rvd.statistics.sequential import first_stop, looks, rule


def test_the_looks_are_fixed_beforehand_and_end_with_the_last_run():
    assert looks(100) == (20, 23, 26, 30, 34, 40, 46, 53, 61, 70, 80, 93, 100)
    assert looks(5) == (5,) and looks(20) == (20,) and looks(1) == (1,)
    for most in (21, 1000, 100000):
        found = looks(most)
        assert list(found) == sorted(set(found)) and found[-1] == most
    assert len(looks(100000)) < 70


@pytest.mark.parametrize(
    ("share", "confidence", "most"), [(0.9973, 0.9, 10000), (0.95, 0.95, 500), (0.5, 0.9, 200)]
)
def test_each_error_is_within_its_level_and_uses_most_of_it(share, confidence, most):
    found = rule(share, confidence, most)
    level = 1.0 - confidence
    assert 0.75 * level < found.error_met <= level * (1 + 1e-12)
    assert 0.75 * level < found.error_not_met <= level * (1 + 1e-12)
    assert all(m < n for m, n in zip(found.met, found.not_met, strict=True))
    assert max(found.met) >= 0


def test_the_errors_are_those_of_every_path():
    """All 2^13 paths of a rule of 13 runs, enumerated."""
    found = rule(0.7, 0.8, 13)
    small = found.__class__(0.7, 0.8, (4, 9, 13), (0, 1, 3), (4, 6, 7), 0.0, 0.0)
    for one in (found, small):
        chance = {True: 0.0, False: 0.0}
        for path in itertools.product((0, 1), repeat=13):
            fails = np.cumsum(path)
            stop = first_stop(one, [int(fails[n - 1]) for n in one.looks])
            if stop is not None:
                chance[stop.met] += 0.3 ** sum(path) * 0.7 ** (13 - sum(path))
        if one is found:
            assert chance[True] == pytest.approx(found.error_met, abs=1e-12)
            assert chance[False] == pytest.approx(found.error_not_met, abs=1e-12)


def simulate(found, share, campaigns, rng):
    """Counts of met, not met, undecided, and the mean number of runs."""
    steps = np.diff((0, *found.looks))
    failures = np.cumsum(rng.binomial(steps, 1.0 - share, size=(campaigns, steps.size)), axis=1)
    met, not_met = failures <= np.array(found.met), failures >= np.array(found.not_met)
    first = np.argmax(met | not_met, axis=1)
    decided = (met | not_met).any(axis=1)
    at = np.arange(campaigns)
    runs = np.where(decided, np.array(found.looks)[first], found.looks[-1])
    return (met[at, first] & decided).sum(), (not_met[at, first] & decided).sum(), runs.mean()


def most_alarms(campaigns, level):
    """A true rate of `level` exceeds this with a chance of 1e-6."""
    return next(m for m in range(campaigns) if bdtrc(m, campaigns, level) < 1e-6)


@pytest.mark.parametrize(("share", "most"), [(0.9973, 10000), (0.99, 3000)])
def test_simulated_campaigns_are_decided_wrongly_no_more_often_than_stated(share, most):
    """20,000 campaigns at the requirement and on either side of it; false-alarm rate 1e-6 a comparison."""
    found, rng = rule(share, 0.9, most), np.random.default_rng(5)
    limit = most_alarms(20000, 0.1)
    bad = 1.0 - share
    met, not_met, _ = simulate(found, share, 20000, rng)
    assert 0 < met <= limit and 0 < not_met <= limit
    met, _, _ = simulate(found, 1.0 - 1.2 * bad, 20000, rng)
    assert met <= limit
    _, not_met, _ = simulate(found, 1.0 - 0.8 * bad, 20000, rng)
    assert not_met <= limit


def test_looking_at_the_plain_bound_each_time_would_err_more():
    """What the rule is for: the fixed-size bound, looked at as often, is wrong in more than 10 % of campaigns."""
    share, most, rng = 0.99, 3000, np.random.default_rng(6)
    when = looks(most)
    plain = [failures_allowed(n, share, 0.9) for n in when]
    steps = np.diff((0, *when))
    failures = np.cumsum(rng.binomial(steps, 0.01, size=(20000, steps.size)), axis=1)
    wrong = (failures <= np.array(plain)).any(axis=1).sum()
    assert wrong > 1.5 * most_alarms(20000, 0.1)


def test_clear_cases_are_decided_early():
    found, rng = rule(0.9973, 0.9, 10000), np.random.default_rng(7)
    met, _, runs = simulate(found, 1.0, 1000, rng)
    assert met == 1000 and runs < 2000
    _, not_met, runs = simulate(found, 0.9, 1000, rng)
    assert not_met > 990 and runs < 100


def test_an_impossible_rule_is_refused():
    for bad in [(1.0, 0.9, 10), (0.9, 0.3, 10), (0.9, 0.9, 0)]:
        with pytest.raises(ValueError, match=r"share between|0\.5 or more|at least one run"):
            rule(*bad)
