import numpy as np
import pytest

from rvd.core.signals import Outcome
from rvd.reporting.contact import MOST, along_port, bound, conditions, draw_contact, touched
from rvd.reporting.shown import Shown
from rvd.statistics.order import quantile, upper_rank
from tests.reporting.synthetic import DOCKING, docked, made_up, made_up_contacts

FRONT = Shown(None, docked(0, every=1.0))
RUNS = [Shown(k, docked(k, Outcome.DOCKED if k != 3 else Outcome.MISSED, 1.0)) for k in range(1, 6)]
ABORTED = Shown(9, made_up(9, Outcome.ABORTED))
TABLE = made_up_contacts()
COLUMNS = (
    "closing_speed", "lateral_speed", "lateral_offset", "tilt", "roll", "tilt_rate", "roll_rate",
)  # fmt: skip
LIMITS = (0.1, 0.04, 0.1, *np.radians([4.0, 4.0, 0.2, 0.2]))


@pytest.fixture(scope="module")
def campaign():
    return draw_contact(DOCKING, [FRONT, *RUNS, ABORTED], TABLE)


def line(axes, start: str):
    return next(line for line in axes.lines if str(line.get_label()).startswith(start))


def test_the_limit_is_a_circle_about_the_port_s_axis(campaign):
    axes = campaign.axes[0]
    x, y = line(axes, "limit").get_data()
    assert np.hypot(x, y) == pytest.approx(0.1) and np.ptp(np.arctan2(y, x)) > 6.2
    assert axes.get_aspect() == 1.0
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    assert left < -0.1 and right > 0.1 and bottom > 0.1 > top  # down points down


def test_each_flight_ends_where_its_rings_touch_right_and_down_of_the_axis(campaign):
    ends = [tuple(line.get_xydata()[0]) for line in campaign.axes[0].lines if line.get_marker() == "o"]
    wanted = [
        (one.flight.history["offset_starboard"][-1], -one.flight.history["offset_forward"][-1])
        for one in (*RUNS, FRONT)
    ]
    assert np.array(sorted(ends)) == pytest.approx(np.array(sorted(wanted))) and len(ends) == 6
    assert not touched(ABORTED) and touched(RUNS[2])


def test_offsets_turn_with_the_port():
    """Out of it the last minute is flown at 0.08 m/s."""
    t, path = along_port(DOCKING, FRONT)
    assert t[0] == -60.0 and t[-1] == 0.0
    assert path[:, 0] == pytest.approx(-0.08 * t)
    ahead = DOCKING._replace(port=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)))
    assert along_port(ahead, FRONT)[1][:, 2] == pytest.approx(-0.08 * t)


def test_a_step_that_ends_behind_the_plane_is_cut_where_it_crosses_it():
    """At 0.08 m/s the last two lines lie 4 cm before the plane and 4 cm behind it: half of the step is left out."""
    history = FRONT.flight.history
    moved = {"offset_down": history["offset_down"] - 0.04, "offset_starboard": 0.01 * history["t"]}
    behind = FRONT.flight._replace(history=history | moved)
    t, path = along_port(DOCKING, Shown(None, behind))
    whole = 0.01 * history["t"][-1]
    assert t[-1] == pytest.approx(-0.5) and path[-1, :2] == pytest.approx((0.0, whole - 0.005), abs=1e-12)
    gone = Shown(None, behind._replace(outcome=Outcome.ABORTED))
    assert along_port(DOCKING, gone)[0][-1] == 0.0


def test_a_touch_far_out_is_still_in_the_panel():
    history = FRONT.flight.history
    far = FRONT.flight._replace(history=history | {"offset_forward": history["offset_forward"] + 0.3})
    axes = draw_contact(DOCKING, [Shown(None, far)]).axes[0]
    assert axes.get_ylim()[0] > 0.3 and axes.get_xlim()[1] > 0.3


def test_the_bound_of_all_runs_is_a_circle_beside_the_limit(campaign):
    values = np.sort(TABLE["lateral_offset"][~np.isnan(TABLE["lateral_offset"])])
    most = values[upper_rank(values.size, 0.99, 0.90) - 1]
    assert np.hypot(*line(campaign.axes[0], "99 % of 397 runs").get_data()) == pytest.approx(most)


def test_every_quantity_is_a_share_of_its_limit():
    assert [one.column for one in conditions(DOCKING)] == list(COLUMNS)
    assert [one.most for one in conditions(DOCKING)] == pytest.approx(LIMITS)
    assert [one.least for one in conditions(DOCKING)] == [0.05, *[0.0] * 6]
    assert conditions(DOCKING)[0].label == "closing speed\n50 to 100 mm/s"
    assert conditions(DOCKING)[3].label == "tilt\n4 deg"


def test_the_strips_are_quantiles_of_the_runs_that_touched(campaign):
    axes = campaign.axes[1]
    assert axes.get_title() == "contact of 397 of 400 runs"
    assert [label.get_text().partition("\n")[0] for label in axes.get_yticklabels()] == [
        one.words for one in conditions(DOCKING)
    ]
    there = ~np.isnan(TABLE["touch_time"])
    for row, (column, limit) in enumerate(zip(COLUMNS, LIMITS, strict=True)):
        values = TABLE[column][there] / limit
        (bar,) = [patch for patch in axes.patches if patch.get_y() < row < patch.get_y() + patch.get_height()]
        ends = (bar.get_x(), bar.get_x() + bar.get_width())
        assert ends == pytest.approx((quantile(values, 0.05), quantile(values, 0.95)))
        marks = [one for one in axes.lines if one.get_marker() == "D" and one.get_ydata()[0] == row]
        wanted = [bound(values), *([bound(values, 0.01)] if row == 0 else [])]
        assert marks[0].get_xdata() == pytest.approx(wanted)


def test_limits_stand_at_one_and_the_closing_speed_has_a_lower_one(campaign):
    axes = campaign.axes[1]
    assert line(axes, "limit").get_xdata()[0] == 1.0
    short = [one for one in axes.lines if one.get_linestyle() == "--" and str(one.get_label()) != "limit"]
    assert len(short) == 1 and short[0].get_xdata()[0] == pytest.approx(0.5)
    assert short[0].get_ydata()[0] < 0.0 < short[0].get_ydata()[1]


def test_the_runs_that_missed_are_dots(campaign):
    dots = [one for one in campaign.axes[1].lines if one.get_marker() == "o"]
    missed = TABLE["outcome"] == Outcome.MISSED
    assert len(dots) == 7
    for dot, column, limit in zip(dots, COLUMNS, LIMITS, strict=True):
        assert dot.get_xdata() == pytest.approx(TABLE[column][missed] / limit)


def test_shares_beyond_the_panel_are_counted():
    wild = {
        **TABLE,
        "lateral_speed": np.where(TABLE["outcome"] == Outcome.MISSED, 1.0, TABLE["lateral_speed"]),
    }
    axes = draw_contact(DOCKING, [FRONT], wild).axes[1]
    assert axes.get_xlim()[1] == MOST
    assert [text.get_text().strip() for text in axes.texts] == ["3 beyond"]


def test_few_runs_have_no_bound_and_the_figure_says_so():
    figure = draw_contact(DOCKING, [FRONT, *RUNS], made_up_contacts(60))
    assert "too few to bound the 99 % quantile" in figure.axes[1].get_title()
    assert not [one for one in figure.axes[1].lines if one.get_marker() == "D"]
    assert not [one for one in figure.axes[0].lines if "99 %" in str(one.get_label())]
    assert bound(np.ones(229)) == np.inf and bound(np.ones(230)) == 1.0


def test_one_flight_is_shown_in_time():
    axes = draw_contact(DOCKING, [FRONT]).axes[1]
    assert line(axes, "closing speed").get_ydata() == pytest.approx(0.8)
    offset = line(axes, "lateral offset").get_ydata()
    assert offset[-1] == pytest.approx(0.0) and offset[0] == pytest.approx(np.hypot(0.04, 0.02) / 0.1)
    angle = line(axes, "attitude").get_ydata()
    assert angle == pytest.approx(FRONT.flight.history["angle"][-61:] / np.radians(4.0))
    assert line(axes, "least closing speed").get_ydata()[0] == pytest.approx(0.5)


def test_without_a_contact_it_says_so():
    gone = {name: np.full(400, np.nan) for name in ("touch_time", *COLUMNS)}
    nothing = {**TABLE, **gone, "outcome": np.full(400, int(Outcome.ABORTED))}
    left, right = draw_contact(DOCKING, [ABORTED], nothing).axes
    assert "no flight came to contact" in {text.get_text() for text in left.texts}
    assert "no run came to contact" in {text.get_text() for text in right.texts}
    assert "0 of 400" in right.get_title() and "too few" not in right.get_title()
