import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.signals import Outcome
from rvd.reporting.shown import Shown, by_outcome, choose_runs, failed, known, leading
from tests.reporting.synthetic import made_up

CAPTURED, LEFT = int(Outcome.CAPTURED), int(Outcome.LEFT_BOX)


def test_the_nominal_flight_leads():
    runs = [Shown(3, made_up(3)), Shown(None, made_up(0)), Shown(4, made_up(4))]
    assert leading(runs).run is None
    assert leading(runs[:1]).run == 3
    assert (leading(runs).name, leading(runs[:1]).name) == ("nominal flight", "run 3")


def test_a_figure_without_flights_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        leading([])


def test_the_runs_that_reached_the_goal_are_drawn_first_so_that_failures_lie_above_them():
    ends = {1: Outcome.CONTACT, 2: Outcome.CAPTURED, 3: Outcome.LEFT_BOX, 4: Outcome.CAPTURED}
    runs = [Shown(None, made_up(0)), *(Shown(k, made_up(k, end)) for k, end in ends.items())]
    groups = by_outcome(runs)
    assert list(groups) == [Outcome.CAPTURED, Outcome.LEFT_BOX, Outcome.CONTACT]
    assert [one.run for one in groups[Outcome.CAPTURED]] == [2, 4]
    assert sum(len(group) for group in groups.values()) == len(runs) - 1
    assert [failed(one) for one in runs] == [False, True, False, True, False]


@given(st.lists(st.sampled_from([CAPTURED, LEFT]), max_size=80), st.integers(0, 30))
def test_failures_are_chosen_before_captures(outcome, most):
    outcome = np.array(outcome, dtype=int)
    chosen = choose_runs(outcome, most)
    bad = np.flatnonzero(outcome == LEFT)
    assert len(chosen) == len(set(chosen)) == min(most, outcome.size)
    assert np.isin(bad, chosen).all() if bad.size <= most else np.isin(chosen, bad).all()


@given(st.lists(st.tuples(st.sampled_from([CAPTURED, LEFT]), st.booleans()), max_size=80), st.integers(0, 30))
def test_of_each_kind_those_whose_lines_are_kept_are_chosen_first(runs, most):
    outcome, kept = (np.array([run[k] for run in runs], dtype=t) for k, t in ((0, int), (1, bool)))
    chosen = choose_runs(outcome, most, kept)
    assert len(chosen) == len(set(chosen)) == min(most, outcome.size) and chosen == sorted(chosen)
    for kind, others in ((LEFT, 0), (CAPTURED, np.count_nonzero(outcome == LEFT))):
        mine = np.flatnonzero(outcome == kind)
        room = max(0, most - others)
        expected = mine[kept[mine]][:room]
        assert np.isin(expected, chosen).all()


def test_what_no_figure_draws_may_hold_no_number():
    """A leg without an aim, a fix without an innovation: once such a flight was cut to nothing."""
    flight = made_up(0)
    columns = ("aim_vbar", "innovation_1", "chaser_eci_x", "on.FA1")
    missing = {name: np.full(flight.history["t"].size, np.nan) for name in columns}
    shown = Shown(None, flight._replace(history=flight.history | missing))
    assert known(shown) is shown
    broken = {"sigma_vbar": np.where(flight.history["t"] < 600.0, 1.0, np.inf)}
    cut = known(Shown(None, flight._replace(history=flight.history | missing | broken)))
    assert cut.flight.history["t"].max() < 600.0 and cut.flight.history["aim_vbar"].size > 1


def test_captures_are_spread_over_the_campaign():
    assert choose_runs(np.full(101, CAPTURED), 5) == [0, 25, 50, 75, 100]


def test_lines_before_the_first_fix_are_drawn_and_those_of_a_divergence_are_not():
    flight = made_up(3)
    count = flight.history["t"].size
    flight.history["laser_age"][: count // 2] = np.nan
    assert known(Shown(3, flight)).flight.history["t"].size == count
    flight.history["vbar"][-5:] = np.nan
    assert known(Shown(3, flight)).flight.history["t"].size == count - 5
