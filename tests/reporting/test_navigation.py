import numpy as np
import pytest

from rvd.core.signals import Outcome
from rvd.reporting.navigation import KINDS, LINES, WORDS, draw_navigation, error, near, spread_of
from rvd.reporting.shown import SIGMAS, Shown
from tests.reporting.synthetic import PLAN, SCENE, made_up

FRONT = Shown(None, made_up(0, every=20.0))
RUNS = [Shown(k, made_up(k, spread=1.0, every=20.0)) for k in range(1, 12)]


@pytest.fixture(scope="module")
def figure():
    return draw_navigation(SCENE, [FRONT, RUNS[0]])


@pytest.fixture(scope="module")
def campaign():
    return draw_navigation(SCENE, [FRONT, *RUNS])


def rows(figure):
    """Axes by pairs, with the column, the sigma and the factor of each."""
    kinds = [(f"{name}{rate}", sigma, factor) for rate, sigma, _, factor in KINDS for name, _ in WORDS]
    return zip(np.reshape(figure.axes, (6, 2)), kinds, strict=True)


def test_the_error_is_believed_less_true(figure):
    history = FRONT.flight.history
    for places, (name, _, factor) in rows(figure):
        wanted = history[f"believed_{name}"] - history[name]
        assert np.array_equal(error(history, name), wanted)
        for axes in places:
            line = next(line for line in axes.lines if line.get_label() == "nominal flight")
            assert np.array_equal(line.get_ydata(), factor * wanted)
            assert axes.get_yscale() == "linear"


def test_the_band_is_three_believed_sigmas(figure):
    history = FRONT.flight.history
    for places, (name, _, factor) in rows(figure):
        band = next(c for c in places[0].collections if c.get_label().startswith("three sigma"))
        edge = band.get_paths()[0].vertices[:, 1]
        wanted = 3.0 * factor * history[f"sigma_{name}"].max()
        assert (edge.max(), edge.min()) == pytest.approx((wanted, -wanted))


def test_without_sigmas_of_the_axes_that_of_the_vector_bounds_them():
    history = {name: values for name, values in FRONT.flight.history.items() if name not in SIGMAS}
    axes = draw_navigation(SCENE, [Shown(None, FRONT.flight._replace(history=history))]).axes[0]
    edge = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert edge.max() == pytest.approx(3.0 * history["sigma_r"].max())


def test_zero_error_lies_in_the_middle_of_every_panel(figure):
    for axes in figure.axes:
        low, high = axes.get_ylim()
        assert low == -high


def test_the_end_has_a_panel_of_its_own_as_high_as_its_errors(campaign):
    begin = near(SCENE, FRONT)
    assert begin == 60.0 * sum(minutes for _, _, _, zone, minutes in PLAN if zone != "sphere")
    for (whole, end), _ in rows(campaign):
        assert whole.get_xlim()[0] == 0.0 and end.get_xlim()[0] == begin / 60.0
        assert end.get_ylim()[1] < whole.get_ylim()[1]
    far = [leg._replace(zone="outside") for leg in SCENE.legs]
    last = FRONT.flight.history["t"][-1]
    assert near(SCENE._replace(legs=tuple(far)), FRONT) == pytest.approx(2.0 / 3.0 * last)


def test_percentiles_are_those_of_the_runs():
    spread = spread_of([FRONT, *RUNS], "rbar")
    k = spread.t.size // 2
    values = [
        np.interp(spread.t[k], run.flight.history["t"], error(run.flight.history, "rbar")) for run in RUNS
    ]
    assert (spread.low[k], spread.median[k], spread.high[k]) == pytest.approx(
        np.percentile(values, (5, 50, 95))
    )


def test_percentiles_end_when_half_of_the_runs_have():
    aborted = [Shown(k, made_up(5 * k, Outcome.ABORTED, 1.0, 20.0)) for k in range(20, 26)]
    short = spread_of([FRONT, *RUNS[:8], *(run for run in aborted)], "rbar")
    assert np.isfinite(short.low[0]) and np.isfinite(short.low[-2])
    mostly = spread_of([FRONT, *RUNS[:4], *aborted], "rbar")
    assert np.isnan(mostly.low[-1]) and np.isfinite(mostly.low[0])


def test_few_runs_are_lines_and_many_are_percentiles_and_a_few_lines(figure, campaign):
    def runs(axes):
        return [line for line in axes.lines if line.get_linewidth() == 0.5]

    assert len(runs(figure.axes[0])) == 1 and len(runs(campaign.axes[0])) == LINES
    assert "5 % to 95 % of 11 runs" in [c.get_label() for c in campaign.axes[0].collections]
    assert spread_of([FRONT, RUNS[0]], "rbar") is None


def test_failures_are_among_the_few_lines():
    bad = Shown(99, made_up(3, Outcome.CONTACT, 1.0, 20.0))
    labels = [line.get_label() for line in draw_navigation(SCENE, [FRONT, *RUNS, bad]).axes[0].lines]
    assert "single runs, contact" in labels
