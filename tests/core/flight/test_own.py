"""Laws of the user's own in flight: the house's law copied flies the same bits; what goes wrong is an outcome."""

import numpy as np
import pytest

from rvd.core.flight.history import HISTORY
from rvd.core.flight.moments import Moments
from rvd.core.safety.passive import During
from rvd.core.signals import Alarm, Outcome
from rvd.montecarlo.mission import Mission
from tests.own_case import HEAD, LINE, LINES, own_case
from validation.speed.own_law import copied

from .htv import case, mission, nominal

LINE_AT = [leg.name for leg in case().leg].index(LINE)


def flown(folder, text, **changes):
    """Mission and nominal flight of the case with the law of this text on the line below the station."""
    ready = Mission(own_case(folder, HEAD + text, **changes))
    return ready, ready.flight(None, 2013)


def test_the_house_s_straight_line_as_a_user_s_law_is_the_same_flight_to_the_bit(tmp_path):
    ready = Mission(own_case(tmp_path, copied(), "copied", LINES))
    flight = ready.flight(None, 2013)
    assert flight.tally == nominal().tally
    for name in HISTORY:
        np.testing.assert_array_equal(flight.history[name], nominal().history[name], name)
    for name in Moments._fields:
        np.testing.assert_array_equal(getattr(flight.moments, name), getattr(nominal().moments, name), name)


STOPS = {
    "no number": "x = 0.0 / (now.s - now.s)\n    return track((x, x, x), (0, 0, 0))",
    "infinite": "return gain((math.inf, 0.0, 0.0), over=True)",
    "an exception": "if now.s >= 0.0:\n        raise ValueError('no')\n    return coast()",
    "a place in a tuple that is not there": "return gain((now.r_leg[int(now.s) + 5], 0.0, 0.0))",
}


@pytest.mark.parametrize("what", STOPS)
def test_a_law_that_gives_no_number_aborts_the_flight(tmp_path, what):
    _, flight = flown(tmp_path, f"@own_law\ndef mine(leg, now):\n    {STOPS[what]}\n")
    assert flight.outcome == Outcome.ABORTED and Alarm(int(flight.tally.alarm)) == Alarm.LAW
    entered, aborted = flight.legs["t"][LINE_AT], flight.legs["t"][-1]
    assert aborted == entered + 1.0  # the next tick, at 1 Hz
    assert np.isfinite(flight.history["vbar"]).all()


def test_a_law_may_burn_and_coast_in_stages(tmp_path):
    text = """
@own_law(dv="m/s", wait="s")
def mine(leg, now, dv, wait=600.0):
    want = (now.v_entry_leg[0], now.v_entry_leg[1] + dv, now.v_entry_leg[2])
    left = (want[0] - now.v_leg[0], want[1] - now.v_leg[1], want[2] - now.v_leg[2])
    small = abs(left[0]) + abs(left[1]) + abs(left[2]) < 0.01
    if now.stage < 0.5 and not small:
        return gain(left)
    return coast(stage=1.0, over=now.s > wait)
"""
    burn = {f"leg.{LINE}.parameters": {"dv": -0.2}, f"leg.{LINE}.needs": None, f"leg.{LINE}.arrived": None}
    _, flight = flown(tmp_path, text, **burn, **{f"leg.{LINE}.speed": None})
    h, at = flight.history, flight.history["leg"] == LINE_AT
    first, last = h["vbar_rate"][at][0], h["vbar_rate"][at][h["stage"][at] > 0.5][0]
    assert last - first == pytest.approx(-0.2, abs=0.05)
    assert flight.legs["t"][LINE_AT + 1] - flight.legs["t"][LINE_AT] == pytest.approx(611.0, abs=11.0)
    stages = h["stage"][at]
    assert stages[0] == 0.0 and set(stages) == {0.0, 1.0} and np.all(np.diff(stages) >= 0.0)
    # While it burns every second is kept, and judged as a burn is.
    doing = flight.moments.during[flight.moments.leg == LINE_AT]
    assert {During.MIDCOURSE, During.LINE} >= set(doing[1:]) and During.MIDCOURSE in doing


def test_numbers_and_several_laws_reach_their_legs(tmp_path):
    text = """
@own_law(offset="m")
def aside(leg, now, offset, rise=0.0):
    r = leg.to_leg
    return track((r[0] + rise, r[1] + offset, r[2]), (0.0, 0.0, 0.0), over=now.s > 300.0)


@own_law
def still(leg, now):
    return track(leg.to_leg, (0.0, 0.0, 0.0), over=True)
"""
    hold = "hold point: yaw-around"
    changes = {
        "leg.RI.law": "my_laws.py:aside", "leg.RI.parameters": {"offset": 30.0}, "leg.RI.arrived": None,
        "leg.RI.at_least": 600.0, f"leg.{hold}.law": "my_laws.py:still",
    }  # fmt: skip
    plain = case().leg[2]
    ready = Mission(own_case(tmp_path, HEAD + text, legs=(), **changes))
    flight = ready.flight(None, 2013)
    h = flight.history
    ri = (h["leg"] == 2.0) & (h["t"] > flight.legs["t"][3] - 60.0)
    assert np.abs(h["fixture_vbar"][ri] - plain.to.vbar - 30.0).max() < 6.0
    held = (h["leg"] == 4.0) & (h["t"] > flight.legs["t"][5] - 60.0)
    assert np.abs(h["fixture_vbar"][held]).max() < 3.0 and flight.outcome == Outcome.CAPTURED


def test_an_order_to_hold_and_to_resume_enters_the_law_anew(tmp_path):
    """The law copied follows its line from where it was resumed, and arrives."""
    orders = [{"at": 4700.0, "what": "hold"}, {"at": 5000.0, "what": "resume"}]
    own = Mission(own_case(tmp_path, copied(), "copied", command=orders))
    house = Mission(case().with_values({"command": orders}))
    a, b = own.flight(None, 2013), house.flight(None, 2013)
    assert a.tally == b.tally and a.outcome == Outcome.CAPTURED
    assert a.tally != nominal().tally


def test_aborts_are_flown_from_a_law_of_the_user_s_own(tmp_path):
    own = Mission(own_case(tmp_path, copied(), "copied", LINES))
    assert own.aborts(8, None, 2013) == mission().aborts(8, None, 2013)
