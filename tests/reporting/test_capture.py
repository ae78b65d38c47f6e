import numpy as np
import pytest

from rvd.core.signals import Outcome
from rvd.reporting.capture import draw_capture, drifting
from rvd.reporting.shown import Shown
from tests.reporting.synthetic import SCENE, made_up, made_up_table

FRONT = Shown(None, made_up(0, spread=0.3, every=1.0))
TABLE = made_up_table()


@pytest.fixture(scope="module")
def campaign():
    shown = [FRONT, *(Shown(k, made_up(k, spread=1.0)) for k in range(1, 6))]
    return draw_capture(SCENE, shown, TABLE)


def test_the_box_is_drawn_to_its_half_widths_and_lies_inside_the_panel(campaign):
    for axes in campaign.axes[:2]:
        box = next(line for line in axes.lines if line.get_label() == "limit")
        assert {tuple(corner) for corner in box.get_xydata()} == {
            (x, y) for x in (-1.0, 1.0) for y in (-1.0, 1.0)
        }
        assert min(axes.get_xlim()) < -1.0 and max(axes.get_ylim()) > 1.0


def test_down_points_down_and_forward_to_the_side_of_v_bar(campaign):
    side, above = campaign.axes[:2]
    assert side.get_ylim()[0] > side.get_ylim()[1]
    assert (
        above.get_ylim()[0] > above.get_ylim()[1]
    )  # from above, with forward to the right, starboard is down
    assert side.get_xlim()[0] < side.get_xlim()[1]
    mirrored, turned = draw_capture(SCENE, [FRONT], TABLE, "left").axes[:2]
    assert mirrored.get_xlim()[0] > mirrored.get_xlim()[1]
    assert turned.get_ylim()[0] < turned.get_ylim()[1]


def test_only_the_free_drift_is_drawn(campaign):
    history, mask = FRONT.flight.history, drifting(SCENE, FRONT)
    assert mask.sum() == 99 and mask[-1] and not mask[0]
    line = next(line for line in campaign.axes[0].lines if line.get_label().startswith("nominal"))
    assert np.array_equal(line.get_ydata(), history["offset_down"][mask])


def test_runs_have_ellipses_of_three_sigma_at_release_and_at_the_end(campaign):
    line = next(line for line in campaign.axes[0].lines if "3 sigma of 5 runs" in line.get_label())
    middles = [
        part.mean(axis=0) for part in np.split(line.get_xydata(), np.flatnonzero(np.isnan(line.get_xdata())))
    ]
    assert len(middles) == 3  # two, and what follows the last gap
    alone = draw_capture(SCENE, [FRONT], TABLE)
    assert not [line for line in alone.axes[0].lines if "sigma" in line.get_label()]


def test_every_released_run_is_in_the_histogram_and_in_the_shares(campaign):
    histogram, shares = campaign.axes[2:]
    released = int((TABLE["since"] >= 0.0).sum())
    assert f"{released} of {TABLE['since'].size} runs" in histogram.get_title()
    assert released < TABLE["since"].size
    # Stacked bars: those of the last layer stand on the ones below.
    tops = {}
    for patch in (patch for layer in histogram.containers for patch in layer):
        tops[patch.get_x()] = max(tops.get(patch.get_x(), 0.0), patch.get_y() + patch.get_height())
    assert sum(tops.values()) == released
    curves = [line for line in shares.lines if line.get_label() != "limit"]
    assert len(curves) == 4 and all(line.get_ydata()[-1] == 1.0 for line in curves)
    speed = next(line for line in curves if line.get_label() == "speed")
    assert speed.get_xdata()[-1] == pytest.approx(np.nanmax(TABLE["box_speed"]) / SCENE.limits.speed)


def test_the_limit_is_marked_where_it_is(campaign):
    limit = next(line for line in campaign.axes[2].lines if "limit" in line.get_label())
    assert limit.get_xdata()[0] == pytest.approx(6.0)


def test_one_flight_is_shown_in_time():
    left, right = draw_capture(SCENE, [FRONT]).axes[2:]
    assert {line.get_label() for line in left.lines} >= {"forward", "starboard", "down"}
    attitude = next(line for line in right.lines if line.get_label().startswith("attitude"))
    expected = FRONT.flight.history["angle"][drifting(SCENE, FRONT)] / SCENE.limits.angle
    assert np.array_equal(attitude.get_ydata(), expected)


def test_a_flight_that_came_to_no_free_drift_says_so():
    aborted = Shown(None, made_up(3, Outcome.ABORTED))
    figure = draw_capture(SCENE, [aborted])
    assert "no flight came to free drift" in {text.get_text() for text in figure.axes[0].texts}
