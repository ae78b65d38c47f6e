import math
import time

import matplotlib
import matplotlib.style
import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.offsetbox import AnchoredOffsetbox

from rvd.core.signals import Outcome
from rvd.reporting.corridor import across, at_places, corridor_length, draw_corridor, lengths, views, zones
from rvd.reporting.scene import hill
from rvd.reporting.shown import Shown
from rvd.reporting.style import BLACK, png
from tests.reporting.synthetic import PLAN, SCENE, made_up

SHOWN = [
    Shown(None, made_up(0)),
    Shown(1, made_up(1, spread=1.0)),
    Shown(2, made_up(2, Outcome.CONTACT, 1.0)),
]


@pytest.fixture(scope="module")
def figure():
    return draw_corridor(SCENE, SHOWN)


def sides(figure):
    """The panels in the plane of the orbit."""
    return [axes for axes in figure.axes if "V-bar" in axes.get_xlabel() and "R-bar" in axes.get_ylabel()]


def compass(axes):
    """The words beside the arrows of a panel."""
    (box,) = [artist for artist in axes.artists if isinstance(artist, AnchoredOffsetbox)]
    return {text.get_text(): text for text in box.get_child().get_children()[2:]}


def labels(figure) -> set[str]:
    return {text.get_text() for text in figure.legends[0].get_texts()}


def test_three_panels_from_the_side_and_three_across_the_plane(figure):
    assert len(sides(figure)) == 3
    planes = [
        (axes.get_xlabel()[:5], axes.get_ylabel()[:5]) for axes in figure.axes if axes not in sides(figure)
    ]
    assert planes == [("V-bar", "H-bar"), ("H-bar", "R-bar"), ("H-bar", "R-bar")]


def test_r_bar_points_down_and_v_bar_to_the_right(figure):
    for axes in sides(figure):
        left, right = axes.get_xlim()
        bottom, top = axes.get_ylim()
        assert left < right and bottom > top
        assert axes.get_aspect() == 1.0


def test_from_above_starboard_is_down_and_along_the_v_bar_to_the_right(figure):
    above, *along = [axes for axes in figure.axes if axes not in sides(figure)]
    assert above.yaxis_inverted() and not above.xaxis_inverted()
    for axes in along:
        assert axes.yaxis_inverted() and not axes.xaxis_inverted() and axes.get_aspect() == 1.0


def test_v_bar_points_to_the_left_where_asked():
    figure = draw_corridor(SCENE, SHOWN, "left")
    for axes in sides(figure):
        left, right = axes.get_xlim()
        assert left > right
        assert compass(axes)["velocity"].get_ha() == "right"
    above = figure.axes[1]
    assert above.xaxis_inverted() and not above.yaxis_inverted()  # no view is a mirror image


def test_every_panel_says_which_way_is_which(figure):
    for axes in sides(figure):
        words = compass(axes)
        assert words["velocity"].get_position()[1] > words["to Earth"].get_position()[1]
        assert words["velocity"].get_ha() == "left"
        assert "m)" in axes.get_xlabel() and "m)" in axes.get_ylabel()
    assert [set(compass(axes)) for axes in figure.axes if axes not in sides(figure)] == [
        {"velocity", "H-bar"}, {"H-bar", "to Earth"}, {"H-bar", "to Earth"},
    ]  # fmt: skip


def test_the_nominal_path_is_drawn_as_flown_and_in_front(figure):
    history = SHOWN[0].flight.history
    for axes in sides(figure):
        line = next(line for line in axes.lines if line.get_label().startswith("nominal flight"))
        assert np.array_equal(line.get_xdata(), history["fixture_vbar"])
        assert np.array_equal(line.get_ydata(), history["fixture_rbar"])
        assert line.get_color() == BLACK
        assert all(line.get_zorder() > others.get_zorder() for others in axes.collections)


def test_across_the_plane_a_path_is_that_within_the_panel(figure):
    """Seen along the V-bar, what was flown kilometres behind would lie over the corridor."""
    history = SHOWN[0].flight.history
    last = next(line for line in figure.axes[-1].lines if line.get_label().startswith("nominal flight"))
    low, high = views(SCENE, SHOWN)[-1].vbar
    near = (history["fixture_vbar"] >= low) & (history["fixture_vbar"] <= high)
    assert 0 < near.sum() < near.size
    assert np.array_equal(last.get_xdata(), np.where(near, history["fixture_hbar"], np.nan), equal_nan=True)
    assert np.array_equal(last.get_ydata(), np.where(near, history["fixture_rbar"], np.nan), equal_nan=True)


def test_the_spread_across_the_plane_is_that_of_the_runs_that_reached_the_goal():
    """Paths 1, 2 and 4 m aside of the R-bar: 3 sigma about their mean, wherever they lie along it."""
    down = np.linspace(40.0, 10.0, 31)
    flights = []
    for aside in (1.0, 2.0, 4.0):
        flight = made_up(0)
        path = {"fixture_vbar": 0.0 * down, "fixture_rbar": down, "fixture_hbar": aside + 0.0 * down}
        path = {name: np.interp(flight.history["t"], np.linspace(0, 12e3, 31), x) for name, x in path.items()}
        flights.append(flight._replace(history=flight.history | path))
    figure = draw_corridor(SCENE, [SHOWN[0], *(Shown(k, flight) for k, flight in enumerate(flights))])
    last = figure.axes[-1]
    (tube,) = [patch for patch in last.patches if str(patch.get_label()).startswith("3 sigma of 3 runs")]
    mean, spread = 7.0 / 3.0, 3.0 * np.std([1.0, 2.0, 4.0], ddof=1)
    ends = tube.get_path().get_extents()
    assert (ends.x0, ends.x1) == pytest.approx((mean - spread, mean + spread), abs=1e-9)
    assert f"3 sigma in H-bar: {spread:.2g} m" in last.get_title(loc="left")


def test_a_path_is_where_it_last_crossed_a_place():
    path = np.array([(0.0, 0.0, 0.0), (10.0, 0.0, 0.0), (4.0, 0.0, 6.0), (np.nan,) * 3, (9.0, 0.0, 0.0)])
    found = at_places([path], 0, np.array([-1.0, 2.0, 7.0]))[0]
    assert np.isnan(found[0]).all()
    assert found[1].tolist() == [2.0, 0.0, 0.0] and found[2].tolist() == [7.0, 0.0, 3.0]


def test_every_other_run_is_a_line_under_the_name_of_its_outcome(figure):
    for axes in sides(figure):
        lines = [c for c in axes.collections if isinstance(c, LineCollection)]
        drawn = {c.get_label(): len(c.get_segments()) for c in lines}
        assert drawn == {"captured": 1, "contact": 1}
    assert {"captured", "contact", "flight ended badly", "nominal flight: captured"} <= labels(figure)


def test_zones_and_box_are_in_the_legend_with_their_sizes(figure):
    wanted = {"approach ellipsoid", "keep-out sphere, 200 m", "corridor, 10° within 250 m", "capture box"}
    assert wanted <= labels(figure)


def test_each_hold_is_named_once_in_the_panel_where_it_lies(figure):
    holds = {name for name, law, *_ in PLAN if law == "hold"}
    named = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert sorted(text for text in named if text in holds) == sorted(holds)


def test_the_first_panel_holds_the_whole_flight_and_the_ellipsoid():
    view = views(SCENE, SHOWN)[0]
    history = SHOWN[0].flight.history
    assert (
        view.vbar[0] < history["fixture_vbar"].min() and view.vbar[1] > SCENE.centre[0] + SCENE.ellipsoid[0]
    )
    assert (
        view.rbar[0] < SCENE.centre[1] - SCENE.ellipsoid[1] and view.rbar[1] > history["fixture_rbar"].max()
    )


def test_the_panels_are_as_long_as_parts_of_the_plan():
    """500 m of 5 km and 30 m of 500 m are places of the plan; a plan half as large has panels half as long."""
    assert lengths(SCENE, 5000.0) == (500.0, 30.0)
    half = [leg._replace(to=tuple(0.5 * x for x in leg.to)) for leg in SCENE.legs]
    assert lengths(SCENE._replace(legs=tuple(half), place=(0.0, 5.0, 0.0)), 2500.0) == (250.0, 15.0)
    _, middle, last = views(SCENE, SHOWN)
    assert middle.rbar[1] > 500.0 > 0.5 * middle.rbar[1] and middle.title == "last 500 m"
    assert last.rbar[1] > 30.0 > 0.5 * last.rbar[1]
    assert middle.named[0] == last.named[1]  # each hold is named in one panel


def test_a_flight_deep_inside_the_ellipsoid_is_drawn_without_it():
    wide = SCENE._replace(ellipsoid=(40e3, 20e3, 20e3))
    view = views(wide, SHOWN)[0]
    assert view.vbar[1] - view.vbar[0] < 20e3
    assert view.vbar[1] > wide.centre[0] + wide.keep_out and view.rbar[0] < wide.centre[1] - wide.keep_out


def test_the_last_panels_of_a_short_approach_differ():
    """Of places at 300, 250, 100, 30 and 12 m: the corridor, and the last 30 m."""
    legs = [SCENE.legs[0]._replace(to=(0.0, float(r), 0.0)) for r in (300, 250, 100, 30, 12)]
    assert lengths(SCENE._replace(legs=tuple(legs), place=(0.0, 12.0, 0.0)), 312.0) == (250.0, 30.0)


def test_a_plan_without_near_places_has_the_corridor_and_the_box():
    bare = SCENE._replace(legs=SCENE.legs[:1])
    middle, last = lengths(bare, 5000.0)
    assert middle == 250.0 and last == 20.0
    assert draw_corridor(bare, SHOWN).axes


def test_the_cone_opens_by_its_angle_and_ends_where_it_is_armed(figure):
    cone = next(line for line in sides(figure)[1].lines if line.get_label().startswith("corridor"))
    first, apex, last = cone.get_xydata()
    assert apex.tolist() == [0.0, 0.0]
    for v, r in (first, last):
        assert math.atan2(abs(v), r) == pytest.approx(SCENE.corridor, abs=1e-12)
        assert r == pytest.approx(corridor_length(SCENE))
    end = corridor_length(SCENE) * np.array(SCENE.axis)
    assert np.linalg.norm(end - SCENE.centre) == pytest.approx(SCENE.corridor_from, rel=1e-12)


def test_a_v_bar_approach_turns_the_panels_with_the_corridor():
    ahead = SCENE._replace(axis=(1.0, 0.0, 0.0), place=(10.0, 0.0, 0.0))
    _, middle, last = views(ahead, SHOWN)
    assert middle.vbar[1] > 500.0 > middle.rbar[1] and last.vbar == pytest.approx((-6.0, 34.5))
    figure = draw_corridor(ahead, SHOWN)
    assert across(ahead) == "V-H" and all("V-bar" in axes.get_xlabel() for axes in figure.axes)
    cone = next(line for line in sides(figure)[1].lines if line.get_label().startswith("corridor"))
    v, r = cone.get_xydata()[0]
    assert v > abs(r)


def test_a_dark_style_of_the_users_changes_nothing():
    with matplotlib.style.context("dark_background"):
        dark = draw_corridor(SCENE, SHOWN)
    assert png(dark) == png(draw_corridor(SCENE, SHOWN))


def test_no_global_setting_changes_and_no_window_is_opened():
    import subprocess
    import sys

    before = dict(matplotlib.rcParams)
    draw_corridor(SCENE, SHOWN)
    assert dict(matplotlib.rcParams) == before
    probe = (
        "import sys; from rvd.reporting.corridor import draw_corridor; from rvd.reporting.shown import Shown; "
        "from tests.reporting.synthetic import SCENE, made_up; draw_corridor(SCENE, [Shown(None, made_up())]); "
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", probe], cwd=str(_root())).returncode == 0


def _root():
    from pathlib import Path

    return Path(__file__).parents[2]


def test_zones_beyond_all_measure_are_drawn_in_no_time():
    """Dashes along a rim of a billion metres once took for ever."""
    from matplotlib.figure import Figure

    far = SCENE._replace(keep_out=1e9, corridor_from=1e10)
    axes = Figure().subplots()
    zones(axes, far)
    axes.set_xlim(-10.0, 10.0)
    axes.set_ylim(-10.0, 10.0)
    begin = time.process_time()
    png(axes.figure)
    assert time.process_time() - begin < 20.0


def test_a_corridor_with_a_width_at_the_port_is_drawn_from_behind_it(monkeypatch):
    drawn = []
    monkeypatch.setattr("rvd.plot.cone", lambda *given, **named: drawn.append((given[1:], named["label"])))
    wide = SCENE._replace(corridor_width=1.0)
    zones(None, wide._replace(ellipsoid=(0.0, 0.0, 0.0), keep_out=0.0))
    ((apex, axis, half_angle, length), label) = drawn[0]
    behind = 1.0 / math.tan(wide.corridor)
    np.testing.assert_allclose(apex, -behind * np.array(hill(*wide.axis)))
    assert half_angle == wide.corridor and length == pytest.approx(corridor_length(wide) + behind)
    assert label.endswith("within 250 m, ±1 m at the berthing point") and np.allclose(axis, hill(*wide.axis))
