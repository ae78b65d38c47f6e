"""What the world outside says: gates, orders, an arm that is slow. Each ends as the case says, never in contact."""

import numpy as np
import pytest

from rvd.core.signals import Alarm, Outcome
from rvd.montecarlo.mission import Mission

from .htv import case, mission

LEGS = list(mission().built.leg_names)
NAMES = list(mission().built.names)
BOX, DRIFT, BACK = LEGS.index("box"), LEGS.index("free drift"), LEGS.index("back to 30 m")


def flown(of: Mission | None = None, **slots):
    """The nominal flight with some slots of the row put: a word of the name and a value, `__` for a dot."""
    of = of or mission()
    row = of.built.row.copy()
    for name, value in slots.items():
        row[NAMES.index(name.replace("__", "."))] = value
    return of.flyer.flight(row, 2013, 0, 10)


def visits(flight, leg: int) -> int:
    """How many times a leg was entered, as the history shows."""
    at = flight.history["leg"] == leg
    return int(np.sum(at[1:] & ~at[:-1]))


def test_a_gate_is_opened_after_its_delay():
    late = flown(**{"gates__delay__parking point": 300.0})
    assert late.outcome == Outcome.CAPTURED
    nominal = flown()
    assert late.tally.t_end - nominal.tally.t_end == pytest.approx(240.0, abs=30.0)


def test_a_gate_refused_once_at_the_box_sends_back_and_the_second_try_captures():
    flight = flown(gates__refused__box=1.0)
    assert flight.outcome == Outcome.CAPTURED
    assert (visits(flight, BACK), visits(flight, BOX)) == (1, 2)


def test_a_gate_refused_for_good_ends_in_the_abort_once_the_tries_are_spent():
    flight = flown(gates__refused__box=99.0)
    assert (flight.outcome, flight.tally.alarm) == (Outcome.ABORTED, Alarm.REFUSED)
    assert visits(flight, BACK) == 2


def test_a_gate_without_a_fallback_that_is_refused_aborts():
    flight = flown(**{"gates__refused__parking point": 1.0})
    assert (flight.outcome, flight.tally.alarm) == (Outcome.ABORTED, Alarm.REFUSED)


def test_an_arm_that_is_slow_times_out_and_both_bodies_try_again():
    """110 s of the 120 s allowed is a capture; an arm of 130 s never is, and the last drift ends the plan."""
    assert flown(arm__time__0=110.0, arm__time__1=110.0, arm__time__2=110.0).outcome == Outcome.CAPTURED
    slow = flown(arm__time__0=130.0, arm__time__1=130.0, arm__time__2=130.0)
    assert slow.outcome == Outcome.STOPPED
    assert (visits(slow, BACK), visits(slow, DRIFT)) == (2, 3)


def test_an_arm_that_is_slow_once_captures_at_the_second_try():
    flight = flown(arm__time__0=130.0)
    assert flight.outcome == Outcome.CAPTURED
    assert visits(flight, DRIFT) == 2


def test_without_a_retreat_a_slow_arm_has_one_drift():
    once = Mission(case().with_values({"leg.free drift.fallback": None}))
    slow = flown(once, arm__time__0=130.0, arm__time__1=130.0, arm__time__2=130.0)
    assert slow.outcome == Outcome.STOPPED
    assert visits(slow, BACK) == 0


@pytest.mark.parametrize(
    "minute", [1.0, 9.0, 30.0, 50.0, 73.0, 85.0, 110.0, 140.0, 175.0, 195.0, 207.0, 209.9]
)
def test_an_abort_is_obeyed_at_any_time_and_touches_nothing(minute):
    flight = flown(command__0__what=6.0, command__0__at=60.0 * minute)
    assert (flight.outcome, flight.tally.alarm) == (Outcome.ABORTED, Alarm.COMMANDED)


def test_a_hold_stops_the_climb_and_a_resume_takes_it_up():
    """No nozzle may blow toward the station, so the orbit alone brakes and the hold settles within 15 min."""
    flight = flown(command__0__what=3.0, command__0__at=8700.0, command__1__what=4.0, command__1__at=10000.0)
    assert flight.outcome == Outcome.CAPTURED
    h = flight.history
    held = (h["t"] > 9600.0) & (h["t"] < 10000.0)
    assert np.ptp(h["rbar"][held]) < 3.0
    assert flight.tally.t_end > flown().tally.t_end + 1000.0


def test_a_hold_that_is_never_resumed_runs_out_of_time():
    flight = flown(command__0__what=3.0, command__0__at=8700.0)
    assert (flight.outcome, flight.tally.alarm) == (Outcome.ABORTED, Alarm.TIME_OUT)


def test_a_hold_on_the_transfer_is_not_the_crews_to_give():
    assert flown(command__0__what=3.0, command__0__at=2000.0).tally == flown().tally


def test_a_retreat_in_free_drift_takes_both_bodies_back():
    flight = flown(command__0__what=5.0, command__0__at=12600.0)
    assert visits(flight, BACK) == 1
    assert flight.outcome == Outcome.CAPTURED


def test_a_laser_outage_of_a_minute_at_100_m_is_flown_through():
    t = flown().history
    since = float(t["t"][np.flatnonzero((t["fixture_rbar"] < 100.0) & (t["t"] > 6000.0))[0]])
    names = {"sensors__laser__out_since": since}
    assert flown(**names, sensors__laser__out_until=since + 60.0).outcome == Outcome.CAPTURED
    gone = flown(**names, sensors__laser__out_until=1e9)
    assert (gone.outcome, gone.tally.alarm) == (Outcome.ABORTED, Alarm.LASER)
