import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rvd.report.timeline import entries, mark_legs, spread
from rvd.signals import Outcome
from tests.report.synthetic import PLAN, SCENE, made_up


def test_legs_are_named_in_order_of_time():
    legs = entries(SCENE, made_up())
    assert [name for name, _ in legs] == [leg[0] for leg in PLAN]
    assert legs[1] == ("AI to RI", 480.0)


def test_a_leg_that_was_never_entered_is_left_out_and_an_abort_is_named():
    flight = made_up(1, Outcome.ABORTED)
    flight.legs["t"][-1] = 9000.0
    legs = entries(SCENE, flight)
    assert legs[-1] == ("abort", 9000.0)
    assert len(legs) == np.isfinite(flight.legs["t"]).sum()
    assert all(np.isfinite(t) for _, t in legs)


@given(st.lists(st.floats(0.0, 100.0), min_size=1, max_size=12))
def test_crowded_labels_are_moved_apart_in_order(places):
    moved = spread(sorted(places), 5.0, 100.0)
    assert np.all(np.diff(moved) >= 5.0 - 1e-9)
    assert max(moved) <= 100.0


def test_labels_with_room_stay_where_they_are():
    assert spread([0.0, 30.0, 70.0], 5.0, 100.0) == [0.0, 30.0, 70.0]


def test_every_leg_is_marked_in_every_panel():
    from rvd.report.style import blank

    axes = list(blank(6, 4).subplots(2, 1))
    mark_legs(axes, SCENE, made_up())
    assert [len(place.lines) for place in axes] == [len(PLAN), len(PLAN)]
    assert {text.get_text() for text in axes[0].texts} == {leg[0] for leg in PLAN}
    assert axes[1].get_xlim()[0] == 0.0
