"""Why flights of the last ten metres end otherwise than in capture, and that both ways to fly tell the same."""

import numpy as np
import pytest

from rvd.assembly.flyer import REASON
from rvd.core.flight.reason import Reason
from rvd.core.signals import Alarm, Outcome
from rvd.montecarlo.mission import Mission
from tests.short_case import short_case

CASES = {
    "commanded": (
        {"command": [{"at": 15.0, "what": "abort"}]}, Outcome.ABORTED, Reason.ALARM_COMMANDED, "box", 15.0,
    ),
    "slow arm": ({"goal.time": 400.0}, Outcome.STOPPED, Reason.PLAN_OVER, "free drift", None),
    "no time": (
        {"limit": 60.0, "leg.box.at_least": 50.0, "leg.box.at_most": 55.0, "leg.free drift.at_most": 58.0},
        Outcome.UNFINISHED, Reason.TIME_OVER, "free drift", 60.0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_flight_says_why_where_and_when_it_failed(name):
    changes, outcome, reason, leg, t = CASES[name]
    mission = Mission(short_case(changes))
    flight = mission.flight(None, 5)
    assert flight.outcome is outcome
    assert (flight.why.reason, flight.why.leg_name) == (reason, leg)
    assert flight.why.t == pytest.approx(t if t is not None else flight.tally.t_end, abs=0.6)
    assert flight.why.rbar == pytest.approx(10.0, abs=1.5) and abs(flight.why.vbar) < 1.5
    assert flight.why.alarm is (Alarm.COMMANDED if name == "commanded" else Alarm.NONE)
    # A campaign, which logs no history, stores the same numbers.
    stored = mission.flyer.fly(mission.built.row[None], 5, np.array([0]))[0]
    columns = [column for column, _ in mission.flyer.columns]
    assert stored[[columns.index(column) for column in REASON]].tolist() == flight.why.columns


def test_a_capture_has_no_reason():
    mission = Mission(short_case())
    flight = mission.flight(None, 5)
    assert flight.outcome is Outcome.CAPTURED and flight.why is None
    assert all(np.isnan(flight.result[column]) for column in REASON)


def test_what_a_flight_runs_is_ready_once_it_is_prepared():
    flyer = Mission(short_case()).flyer
    flyer.prepare()
    assert flyer.is_ready()
