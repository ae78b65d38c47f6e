import numpy as np
import pytest

from rvd.reporting.consistency import draw_consistency, over_time
from rvd.reporting.shown import Shown
from rvd.statistics.consistency import consistency
from tests.reporting.synthetic import PLAN, SCENE, made_up, made_up_table

FRONT = Shown(None, made_up(0, every=60.0))
RUNS = [FRONT, *(Shown(k, made_up(k, every=60.0)) for k in range(1, 9))]


def test_the_mean_is_over_the_runs_at_one_time_and_leaves_the_nominal_flight_out():
    times, tests = over_time(RUNS, "nees")
    k = 17
    at = [one.flight.history["nees"][one.flight.history["t"] == times[k]] for one in RUNS[1:]]
    assert tests[k] == consistency(np.concatenate(at), 6, 0.95)
    assert tests[k].runs == 8


def test_one_flight_has_the_band_of_one():
    _, tests = over_time([FRONT], "nis")
    assert tests[3].runs == 1
    assert tests[3].band == pytest.approx(
        (0.0719, 3.116), abs=1e-3
    )  # chi-square of 3 at 2.5 and 97.5 %, over 3


def test_a_campaign_shows_every_leg_with_its_band():
    figure = draw_consistency(SCENE, RUNS, made_up_table())
    assert len(figure.axes) >= 3
    below = figure.axes[2]
    points = [line for line in below.lines if line.get_label() in ("NEES", "NIS")]
    assert [len(line.get_xdata()) for line in points] == [len(PLAN), len(PLAN)]
    assert all(0.7 < y < 1.4 for line in points for y in line.get_ydata())
    assert len(draw_consistency(SCENE, [FRONT]).axes) == 2


def test_a_reading_that_never_came_leaves_no_line():
    flight = made_up(0, every=60.0)
    flight.history["numbers"][:] = 0.0
    axes = draw_consistency(SCENE, [Shown(None, flight)]).axes[1]
    assert not [line for line in axes.lines if line.get_label() == "nominal flight"]


def test_a_filter_that_ran_away_is_drawn_as_far_as_it_is_finite():
    flight = made_up(0, every=60.0)
    flight.history["nees"][-5:] = (1e30, np.inf, 0.0, np.nan, -1.0)
    low, high = draw_consistency(SCENE, [Shown(None, flight)]).axes[0].get_ylim()
    assert 0.0 < low < 1.0 < high < np.inf
