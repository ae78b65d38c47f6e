import numpy as np
import pytest

from rvd.core.signals import Outcome
from rvd.reporting.shown import Shown
from rvd.reporting.speed import DROP_AWAY, climbs, distance, draw_speed, fastest_share, fixture_range, speed
from tests.reporting.synthetic import PLAN, SCENE, made_up

FRONT = Shown(None, made_up(0, every=1.0))
SHOWN = [FRONT, Shown(1, made_up(1, spread=1.0)), Shown(2, made_up(2, Outcome.ABORTED, 1.0))]


@pytest.fixture(scope="module")
def figure():
    return draw_speed(SCENE, SHOWN)


def line(axes, start: str):
    return next(line for line in axes.lines if str(line.get_label()).startswith(start))


def test_the_limit_at_each_range_is_the_smallest_that_holds(figure):
    limit = line(figure.axes[1], "limit").get_ydata()
    away = distance(FRONT.flight.history)
    inside, outside = away < 250.0, away >= 1000.0
    assert np.all(limit[inside] == 10.0 / 60.0)
    assert np.all(limit[~inside & ~outside] == 1.5)
    assert np.isnan(limit[outside]).all() and outside.any()


def test_the_drop_away_line_stands_on_climbs_along_r_bar_only(figure):
    history = FRONT.flight.history
    drop = line(figure.axes[1], "1.8 n R").get_ydata()
    climbing = np.isin(
        history["leg"], [k for k, leg in enumerate(PLAN) if leg[1] in ("straight", "glideslope")]
    )
    assert np.array_equal(np.isfinite(drop), climbing)
    assert np.array_equal(climbs(SCENE, FRONT), climbing)
    assert drop[climbing] == pytest.approx(DROP_AWAY * SCENE.orbit_rate * history["rbar"][climbing])


def test_range_and_speed_are_those_of_the_flight(figure):
    history = FRONT.flight.history
    above, below = figure.axes[:2]
    assert line(above, "nominal flight").get_ydata() == pytest.approx(
        np.linalg.norm([history[f"fixture_{w}"] for w in ("vbar", "rbar", "hbar")], axis=0)
    )
    assert np.array_equal(line(below, "nominal flight").get_ydata(), speed(history))
    assert np.array_equal(line(above, "nominal flight").get_xdata(), history["t"] / 60.0)
    assert fixture_range(history)[0] == 5000.0


def test_speed_stands_against_distance_with_the_limit_there(figure):
    axes, history = figure.axes[2], FRONT.flight.history
    flown = next(line for line in axes.lines if line.get_linewidth() == 1.3)
    assert flown.get_xdata() == pytest.approx(distance(history))
    assert flown.get_ydata() == pytest.approx(speed(history))
    limit = line(axes, "limit")
    assert limit.get_xdata().tolist() == [0.0, 250.0, 250.0, 1000.0]
    assert limit.get_ydata() == pytest.approx([10.0 / 60.0, 10.0 / 60.0, 1.5, 1.5])
    left, right = axes.get_xlim()
    assert left > right  # an approach reads from left to right
    assert left > distance(history).max() and right < distance(history).min()


def test_legs_are_named_and_limits_are_in_the_legend(figure):
    assert {leg[0] for leg in PLAN} <= {text.get_text() for text in figure.axes[0].texts}
    words = " ".join(text.get_text() for text in figure.legends[0].get_texts())
    for wanted in ("limit at this range", "1.8 n R", "keep-out sphere, 200 m", "captured", "aborted"):
        assert wanted in words


def test_the_fastest_climb_in_units_of_n_r():
    history = {name: np.zeros(4) for name in FRONT.flight.history}
    history |= {"leg": np.array([0.0, 3.0, 3.0, 10.0]), "rbar": np.array([1.0, 500.0, 400.0, 1.0])}
    history["fixture_rbar"] = np.array([0.0, 498.0, 398.0, 0.0])
    history["rbar_rate"] = np.array([-9.0, -0.3, -0.4, -9.0])  # fast outside the climbs does not count
    flight = FRONT.flight._replace(history=history)
    assert fastest_share(SCENE, Shown(None, flight)) == pytest.approx(0.4 / (SCENE.orbit_rate * 400.0))
    still = FRONT.flight._replace(history={**history, "leg": np.zeros(4)})
    assert fastest_share(SCENE, Shown(None, still)) == 0.0


def test_a_descent_along_r_bar_is_no_climb():
    history = {name: np.zeros(3) for name in FRONT.flight.history}
    history |= {"leg": np.array([0.0, 3.0, 3.0]), "fixture_rbar": np.array([10.0, 10.0, 200.0])}
    assert not climbs(SCENE, Shown(None, FRONT.flight._replace(history=history))).any()
