import numpy as np
import pytest
from scipy.stats import binom, chi2

from rvd.assembly.build import build
from rvd.casefile import load
from rvd.casefile.disperse import read_entry
from rvd.casefile.require import Known, read_require
from rvd.montecarlo.distributions import (
    Choice,
    Exponential,
    LogNormal,
    Normal,
    Triangular,
    TruncatedNormal,
    Uniform,
)
from rvd.montecarlo.draws import draw_rows, drawn_slots
from rvd.montecarlo.mission import distribution_of, plan_of, spelt_out
from tests.casefile.small import HTV

RUNS = 400


@pytest.fixture(scope="module")
def built():
    return build(load(HTV))


@pytest.fixture(scope="module")
def rows(built):
    plan = plan_of(built)
    return draw_rows(plan.draws, plan.nominal, 1, np.arange(RUNS))


def test_every_dispersion_changes_what_it_names_and_nothing_else(built, rows):
    named = {slot for entry in spelt_out(built.case, built.names) for slot in entry.slots}
    changed = {name for name, column in zip(built.names, rows.T, strict=True) if len(set(column)) > RUNS / 2}
    assert changed == named
    still = [k for k, name in enumerate(built.names) if name not in named]
    assert (rows[:, still] == built.row[still]).all()
    assert {built.names[slot] for slot in drawn_slots(plan_of(built).draws)} == named


def test_a_dispersion_taken_away_moves_no_other_draw(built, rows):
    case = built.case.with_values({"disperse.chaser.mass": None})
    plan = plan_of(build(case))
    other = draw_rows(plan.draws, plan.nominal, 1, np.arange(RUNS))
    moved = {name for name, a, b in zip(built.names, rows.T, other.T, strict=True) if (a != b).any()}
    assert moved == {"chaser.mass"}


def test_the_start_drawn_has_the_covariance_asked_for(built):
    # The scatter of n draws is Wishart; whitened by the covariance asked for, n times the sum of its squares is
    # chi-square with 6 n degrees of freedom, and the correlation asked for is seen within 5 of its sigmas.
    # Two-sided at 1e-6 each: a false alarm in 500,000 seeds; the seed is fixed.
    n = 20_000
    plan = plan_of(built)
    group = next(draw for draw in plan.draws if draw.path == "start")
    drawn = (
        draw_rows([group], plan.nominal, 3, np.arange(n))[:, list(group.slots)]
        - plan.nominal[list(group.slots)]
    )
    white = np.linalg.solve(np.linalg.cholesky(np.array(group.covariance)), drawn.T)
    low, high = chi2.ppf([5e-7, 1.0 - 5e-7], 6 * n)
    assert low < (white**2).sum() < high
    correlation = np.corrcoef(drawn.T)
    names = [built.names[slot] for slot in group.slots]
    i, j = names.index("start.vbar"), names.index("start.rbar_rate")
    assert abs(correlation[i, j] + 0.5) < 5.0 * (1.0 - 0.25) / np.sqrt(n)


@pytest.mark.parametrize(
    ("key", "line", "distribution"),
    [
        ("start.vbar", {"normal": "50 m"}, Normal(50.0, 0.0)),
        ("chaser.mass", {"normal": "3 %"}, Normal(0.03, 1.0)),
        ("chaser.mass", {"normal": "20 kg", "within": "60 kg"}, TruncatedNormal(20.0, -60.0, 60.0, 0.0)),
        ("chaser.mass", {"normal": "1 %", "within": "3 %"}, TruncatedNormal(0.01, 0.97, 1.03, 1.0)),
        ("chaser.mass", {"uniform": ["15 kg", "16 kg"]}, Uniform(15.0, 16.0)),
        ("chaser.mass", {"triangular": ["1 kg", "2 kg", "4 kg"]}, Triangular(1.0, 2.0, 4.0)),
        ("chaser.mass", {"lognormal": "40 %"}, LogNormal(0.4)),
        ("sensors.gps.fault_since", {"exponential": "0.36 1/h"}, Exponential(1e-4)),
        ("chaser.mass", {"choice": ["1 kg", "2 kg"], "weights": [3, 1]}, Choice((1.0, 2.0), (3.0, 1.0))),
    ],
)
def test_a_line_becomes_its_distribution(key, line, distribution):
    assert distribution_of(read_entry(key, line)) == distribution


RATE = 0.05 / 3600.0
BY_RATE = {
    "disperse.chaser.thrusters.fault": {"choice": ["stuck-off"]},
    "disperse.chaser.thrusters.fault_since": {"exponential": "0.05 1/h"},
    "disperse.sensors.gps.fault": {"choice": ["none", "frozen"], "weights": [1, 1]},
    "disperse.sensors.gps.fault_since": {"exponential": "0.05 1/h"},
}


def times_by_rate(built, sampling: str, runs: int) -> np.ndarray:
    """When the fault of each nozzle begins, and of GPS in the last column, float64[runs, 33]."""
    plan = plan_of(build(built.case.with_values(BY_RATE | {"campaign.sampling": sampling})))
    rows = draw_rows(plan.draws, plan.nominal, 4, np.arange(runs), plan.sampler(runs))
    slots = [k for k, name in enumerate(built.names) if name.startswith("chaser.thrusters.fault_since.")]
    return rows[:, [*slots, built.names.index("sensors.gps.fault.since")]]


def test_faults_by_a_rate_begin_as_often_as_it_says(built):
    """Of n exponential times twice the sum times the rate is chi-square with 2 n degrees of freedom; the number within
    a flight of 4 h is binomial, by 1 - exp(-rate 4 h). Both of all nozzles and of GPS, two-sided at 1e-6 each: a false
    alarm in 250,000 seeds; the seed is fixed.
    """
    n, flight = 5000, 4.0 * 3600.0
    times = times_by_rate(built, "plain", n)
    for some in (times[:, :-1], times[:, -1]):
        low, high = chi2.ppf([5e-7, 1.0 - 5e-7], 2 * some.size)
        assert low < 2.0 * RATE * some.sum() < high
        least, most = binom.ppf([5e-7, 1.0 - 5e-7], some.size, -np.expm1(-RATE * flight))
        assert least <= np.count_nonzero(some < flight) <= most
    assert len(np.unique(times)) == times.size  # each nozzle by itself


@pytest.mark.parametrize("sampling", ["latin-hypercube", "sobol"])
def test_even_samples_of_faults_by_a_rate_are_even(built, sampling):
    """Of 256 runs as many as are expected, to one, begin before any time: each is drawn from a part of its own."""
    times, runs = times_by_rate(built, sampling, 256), np.arange(256)
    expected = -256.0 * np.expm1(-RATE * np.sort(times, axis=0))
    assert np.abs(expected - runs[:, None]).max() <= 1.0


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (
            {"what": "captured", "at_least": 0.9973},
            "captured in at least 99.73 % of runs, at 90 % confidence",
        ),
        ({"what": "contact", "at_most": 0}, "contact in no run flown"),
        (
            {"what": "propellant_used", "at_most": "300 kg", "share": 0.99},
            "propellant_used at most 300 kg in at least 99 % of runs, at 90 % confidence",
        ),
        (
            {
                "what": ["captured", {"what": "closest", "at_least": "1 m"}],
                "at_least": 0.9,
                "confidence": 0.95,
            },
            "captured and closest at least 1 m in at least 90 % of runs, at 95 % confidence",
        ),
    ],
)
def test_a_requirement_of_a_case_is_one_of_the_verdict(table, sentence):
    assert read_require(table, Known([], {})).sentence == sentence


def test_a_case_without_dispersions_flies_its_nominal_row(built):
    plan = plan_of(build(built.case.without_dispersions()))
    assert plan.draws == ()
    assert (draw_rows(plan.draws, plan.nominal, 5, np.arange(3)) == built.row).all()
