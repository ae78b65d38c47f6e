import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.signals import Outcome
from rvd.reporting.timeline import entries, mark_legs, spread, stretch, visits
from tests.reporting.synthetic import PLAN, SCENE, made_up


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
    from rvd.reporting.style import blank

    axes = list(blank(6, 4).subplots(2, 1))
    mark_legs(axes, SCENE, made_up())
    assert [len(place.lines) for place in axes] == [len(PLAN), len(PLAN)]
    assert {text.get_text() for text in axes[0].texts} == {leg[0] for leg in PLAN}
    assert axes[1].get_xlim()[0] == 0.0


def test_a_leg_flown_again_is_named_again_and_its_last_entry_is_exact():
    flight = made_up(every=5.0)
    history = dict(flight.history)
    legs = {name: column.copy() for name, column in flight.legs.items()}
    # From the box back to the parking point (leg 6) and up again, as after a refused gate.
    history["leg"] = np.concatenate([history["leg"], [6.0, 6.0, 7.0, 8.0]])
    for name in history:
        if name != "leg":
            more = history[name][-1] + (5.0 * np.arange(1, 5) if name == "t" else np.zeros(4))
            history[name] = np.append(history[name], more)
    end = flight.history["t"][-1]
    for number, t in ((6, end + 3.2), (7, end + 12.2), (8, end + 17.2)):
        legs["t"][number] = t
    found = visits(SCENE, flight._replace(history=history, legs=legs))
    assert [visit.leg for visit in found] == [*range(10), 6, 7, 8]
    assert [visit.t for visit in found[-3:]] == [end + 3.2, end + 12.2, end + 17.2]
    assert found[6].t == flight.legs["t"][6] and found[6].name == found[10].name == "parking point"


def test_the_last_unbroken_stretch():
    def last(text: str) -> str:
        return "".join("x" if m else "." for m in stretch(np.array([c == "x" for c in text])))

    assert last("..xx..xxx.") == "......xxx."
    assert last("xxx") == "xxx" and last("x..") == "x.." and last("...") == "..."
    assert stretch(np.zeros(0, dtype=bool)).size == 0
