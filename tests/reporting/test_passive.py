import numpy as np
import pytest

from rvd.core.safety.passive import During
from rvd.montecarlo.mission import Mission
from rvd.reporting.passive import MARKS, Lost, draw_passive, drawn_steps, lost_thrust, worst
from rvd.reporting.scene import scene_of
from tests.reporting.synthetic import SCENE, made_up
from tests.short_case import short_case


def lost() -> Lost:
    """Six moments: two holds, three of a burn of which one is unsafe, and one inside the sphere."""
    during = np.array([During.HOLD, During.HOLD, *[During.FIRST_BURN] * 3, During.ASCENT])
    t = np.array([0.0, 60.0, 500.0, 520.0, 540.0, 9000.0])
    closest = np.array([4900.0, 4900.0, 900.0, 120.0, 800.0, 20.0])
    returned = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 230.0])
    paths = np.cumsum(np.ones((6, 10, 2)), axis=1) * np.arange(1.0, 7.0)[:, None, None]
    return Lost(during, t, closest, returned, paths, 86400.0, 200.0)


def test_a_moment_inside_the_sphere_is_judged_after_it_has_left():
    assert lost().judged.tolist() == [4900.0, 4900.0, 900.0, 120.0, 800.0, 230.0]
    assert lost().safe.tolist() == [True, True, True, False, True, True]


def test_every_kind_of_moment_has_a_colour_and_a_marker_of_its_own():
    assert set(MARKS) == set(During)
    assert (
        len({mark.colour for mark in MARKS.values()})
        == len({m.marker for m in MARKS.values()})
        == len(During)
    )


def test_each_class_has_its_worst_drift():
    found = worst(lost())
    assert found == {During.HOLD: 0, During.FIRST_BURN: 3, During.ASCENT: 5}  # 120 m, not the 800 m or 900 m
    paths, _ = draw_passive(SCENE, made_up(), lost()).axes
    marks = {MARKS[during].marker for during in found}
    begins = [tuple(line.get_xydata()[0]) for line in paths.lines if line.get_marker() in marks]
    assert sorted(begins) == [(1.0, 1.0), (4.0, 4.0), (6.0, 6.0)]
    crosses = [line for line in paths.lines if line.get_marker() == "x"]
    assert len(crosses) == 1  # the unsafe one, where it comes nearest


def test_a_drift_is_drawn_to_its_closest_approach_and_for_a_turn():
    day = np.linspace(0.0, 1.0, 1441)[:, None]
    far = np.array(SCENE.centre[:2]) + 1e4 * day * (1.0, 0.0) + (500.0, 0.0)
    late = far[::-1]
    both = lost()._replace(during=np.array([During.HOLD] * 2), paths=np.array([far, late]))
    assert drawn_steps(SCENE, both, 0) == int(2.0 * np.pi / SCENE.orbit_rate / 60.0) + 1
    assert drawn_steps(SCENE, both, 1) == 1441
    inside = both._replace(during=np.array([During.ASCENT] * 2), paths=np.array([far - (490.0, 0.0), late]))
    assert 1 < drawn_steps(SCENE, inside, 0) < 1441


def test_each_moment_is_a_dot_and_unsafe_ones_are_ringed():
    figure = draw_passive(SCENE, made_up(), lost())
    paths, moments = figure.axes
    dots = {line.get_label(): line.get_xdata() for line in moments.lines}
    assert dots["hold: 2 of 2 safe"].tolist() == [0.0, 1.0]
    assert dots["first burn: 2 of 3 safe"].size == 3 and dots["within the sphere: 1 of 1 safe"].size == 1
    assert dots["unsafe"].tolist() == [520.0 / 60.0]
    limit = next(line for line in moments.lines if "unsafe below" in str(line.get_label()))
    assert limit.get_ydata()[0] == 200.0
    assert paths.get_ylim()[0] > paths.get_ylim()[1]
    assert draw_passive(SCENE, made_up(), lost(), "left").axes[0].get_xlim()[0] > 0.0


def test_a_case_that_asks_for_no_drift_has_no_such_figure():
    mission = Mission(short_case())
    assert lost_thrust(mission, mission.flight(None, 1), scene_of(mission.built)) is None


def test_drifts_begin_where_the_flight_was():
    mission = Mission(short_case({"passive.drift": 3600.0}))
    flight, scene = mission.flight(None, 1), scene_of(mission.built)
    found = lost_thrust(mission, flight, scene)
    assert found is not None and found.seconds == 3600.0 and found.paths.shape[1] == 61
    history = flight.history
    for start, t in zip(found.paths[:, 0], found.t, strict=True):
        line = int(np.searchsorted(history["t"], t))
        here = (history["vbar"][line] + scene.centre[0], history["rbar"][line] + scene.centre[1])
        # Levelled with the hill frame: the station's own attitude is within its deadband of a few milliradians.
        assert start == pytest.approx(here, abs=0.05)
    assert np.all(found.closest <= np.hypot(history["vbar"], history["rbar"]).max() + 0.1)
