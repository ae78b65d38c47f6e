import math

import numpy as np
import pytest

from rvd.core.flight.history import HISTORY, LEGS
from rvd.core.flight.reason import (
    PLACE,
    Reason,
    clock,
    first_broken,
    leg_before,
    reason_of,
    where,
    why,
)
from rvd.core.goals.box import COLUMNS as BOX_COLUMNS
from rvd.core.goals.goals import GoalKind
from rvd.core.goals.touch import COLUMNS as TOUCH_COLUMNS
from rvd.core.rules.rules import SCORE
from rvd.core.signals import Alarm, Outcome, Tally

from ..goals.scenes import goal

BOX = goal(GoalKind.BOX, 1.5, 1.5, 1.5, 0.01, 0.03, 0.1, 0.004)
TOUCH = goal(GoalKind.TOUCH, 0.6, 0.6, 0.05, 0.10, 0.04, 0.10, 0.07, 0.07, 0.0035, 0.0035)
CLEAR = goal(GoalKind.CLEAR, 200.0)
SEEN = {GoalKind.BOX: BOX_COLUMNS, GoalKind.TOUCH: TOUCH_COLUMNS}
"""Names of the numbers that a goal has seen."""
NAMES = ("wait", "climb", "box")
NAN = math.nan


def tally(outcome, alarm=Alarm.NONE, leg=1, t_end=5000.0, kind=GoalKind.BOX, **more):
    """A flight that ended so; more are its numbers, also what its goal has seen."""
    seen = {name: f"goal_{k}" for k, name in enumerate(SEEN.get(kind, ()))}
    known = dict.fromkeys(Tally._fields, NAN)
    known |= {"outcome": float(outcome), "alarm": float(alarm), "leg": float(leg), "t_end": t_end}
    known |= {seen.get(name, name): value for name, value in more.items()}
    return Tally(**known)


def leg_log(**entered):
    legs = np.full((len(NAMES) + 1, len(LEGS)), NAN)
    for name, (t, *place) in entered.items():
        k = (*NAMES, "abort").index(name)
        legs[k, LEGS.index("t")] = t
        legs[k, [LEGS.index(column) for column in PLACE]] = place
    return legs


def last(vbar, rbar, hbar):
    line = np.zeros(len(HISTORY))
    line[[HISTORY.index(column) for column in PLACE]] = vbar, rbar, hbar
    return line


def test_every_alarm_and_every_outcome_but_success_has_its_reasons():
    for alarm in Alarm:
        if alarm is not Alarm.NONE:
            assert reason_of(tally(Outcome.ABORTED, alarm), BOX).sentence == alarm.sentence
    for outcome in Outcome:
        if outcome not in (Outcome.FLYING, Outcome.ABORTED):
            assert (reason_of(tally(outcome), BOX) is Reason.NONE) == outcome.success
    sentences = [reason.sentence for reason in Reason]
    assert len(set(sentences)) == len(sentences) and max(Reason) < 128


@pytest.mark.parametrize(
    ("passed", "reason"),
    [
        ({}, Reason.LEFT_BOX),
        ({"release_speed": 0.011, "box_speed": 0.04}, Reason.RELEASE_SPEED),
        ({"box_speed": 0.031}, Reason.BOX_SPEED),
        ({"box_angle": 0.11}, Reason.BOX_ANGLE),
        ({"box_rate": 0.005}, Reason.BOX_RATE),
    ],
)
def test_a_free_drift_that_failed_says_which_limit_it_passed(passed, reason):
    within = {"release_speed": 0.01, "box_speed": 0.03, "box_angle": 0.1, "box_rate": 0.004}
    assert reason_of(tally(Outcome.LEFT_BOX, **{**within, **passed}), BOX) is reason


@pytest.mark.parametrize(
    ("passed", "reason"),
    [
        ({}, Reason.TOUCH_ABORTING),
        ({"closing_speed": 0.0096}, Reason.TOUCH_SLOW),
        ({"closing_speed": 0.11}, Reason.TOUCH_FAST),
        ({"lateral_speed": 0.041}, Reason.TOUCH_ASKEW),
        ({"lateral_offset": 0.11, "roll": 0.08}, Reason.TOUCH_OFF),
        ({"tilt": 0.071}, Reason.TOUCH_TILT),
        ({"roll": 0.071}, Reason.TOUCH_ROLL),
        ({"tilt_rate": 0.0036}, Reason.TOUCH_RATE),
        ({"roll_rate": 0.0036}, Reason.TOUCH_RATE),
    ],
)
def test_a_contact_that_does_not_dock_says_which_limit_it_passed(passed, reason):
    within = dict.fromkeys(TOUCH_COLUMNS, 0.0) | {"closing_speed": 0.07}
    missed = tally(Outcome.MISSED, kind=GoalKind.TOUCH, **{**within, **passed})
    assert reason_of(missed, TOUCH) is reason


def test_what_came_back_and_what_was_not_there_are_told():
    assert reason_of(tally(Outcome.MISSED), CLEAR) is Reason.CAME_BACK
    assert reason_of(tally(Outcome.MISSED), goal(GoalKind.REACH, 1.0, 1.0, 1.0)) is Reason.NOT_THERE


def test_a_plan_flown_to_its_end_is_no_time_out():
    assert reason_of(tally(Outcome.STOPPED), BOX) is Reason.PLAN_OVER
    assert reason_of(tally(Outcome.UNFINISHED), BOX) is Reason.TIME_OVER


def test_a_goal_that_was_reached_has_no_reason():
    assert why(tally(Outcome.CAPTURED), leg_log(), last(0, 0, 0), NAMES, BOX) is None


def test_an_alarm_is_told_with_the_leg_the_time_and_the_place_at_which_it_rose():
    legs = leg_log(
        wait=(0.0, -5000.0, 0.0, 0.0), climb=(3000.0, 0.0, 500.0, 0.0), abort=(4210.0, -2.0, 311.96, 0.0)
    )
    found = why(
        tally(Outcome.ABORTED, Alarm.ATTITUDE, leg=3, t_end=7800.0), legs, last(9e3, 0, 0), NAMES, BOX
    )
    assert (found.reason, found.leg, found.leg_name, found.t) == (Reason.ALARM_ATTITUDE, 1, "climb", 4210.0)
    assert found.columns == [4.0, 1.0, 4210.0, -2.0, 311.96, 0.0]
    assert found.sentence == (
        "the believed attitude error passed the monitored limit, "
        'on leg "climb", 1:10:10 after the start, 312.0 m below and 2.00 m behind the berthing point'
    )


def scores(*rows):
    """Scores of rules: a row for each of margin, time of the first violation, leg and place."""
    return np.array(rows, dtype=float).reshape(-1, len(SCORE))


def test_the_rule_that_was_broken_first_is_told_with_its_place_and_its_worst():
    kept = (3.0, NAN, NAN, NAN, NAN, NAN)
    later = (-0.002, 5000.0, 2.0, 0.0, 10.0, 0.0)
    first = (-0.0234, 4000.0, 1.0, 1.0, 40.0, -0.5)
    names = (("corridor", "rad"), ("keep_out", "m"), ("speed", "m/s"))
    found = first_broken(scores(later, kept, first), names, NAMES)
    assert found.columns == [2.0, 1.0, 4000.0, 1.0, 40.0, -0.5]
    assert found.sentence == (
        'the rule "speed" was broken, by 0.0234 m/s at the worst, first on leg "climb", 1:06:40 after the start, '
        "40.0 m below, 1.00 m ahead and 0.50 m to port of the berthing point"
    )
    angle = first_broken(scores(later), names[:1], NAMES)
    assert angle.sentence.startswith(
        'the rule "corridor" was broken, by 0.115 deg at the worst, first on leg "box"'
    )


def test_a_flight_that_kept_every_rule_broke_none():
    assert first_broken(scores((3.0, NAN, NAN, NAN, NAN, NAN)), (("keep_out", "m"),), NAMES) is None
    assert first_broken(scores(), (), NAMES) is None


def test_a_contact_on_an_abort_names_the_alarm_before_it():
    legs = leg_log(climb=(3000.0, 0, 0, 0), abort=(4000.0, 0, 300, 0))
    found = why(
        tally(Outcome.CONTACT, Alarm.LASER, leg=3, t_end=4100.0),
        legs,
        last(NAN, NAN, NAN),
        NAMES,
        BOX,
    )
    assert found.sentence == (
        'the chaser touched the target, and not at its goal, on leg "abort", 1:08:20 after the start; '
        "called off 0:01:40 before: the rendezvous laser was lost on a leg that needs it"
    )


def test_the_leg_before_an_abort_is_the_last_one_entered():
    legs = leg_log(
        wait=(0.0, 0, 0, 0), box=(3000.0, 0, 0, 0), climb=(4000.0, 0, 0, 0), abort=(4500.0, 0, 0, 0)
    )
    assert leg_before(legs) == 1  # it was flown again after a retreat


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ((0.0, 10.0, 0.0), "10.0 m below the berthing point"),
        ((-5000.0, -60.0, 0.0), "60.0 m above and 5,000 m behind the berthing point"),
        ((3.0, 0.0, 0.0), "3.00 m ahead of the berthing point"),
        ((0.001, 0.002, -0.001), "at the berthing point"),
        ((NAN, 1.0, 1.0), ""),
    ],
)
def test_places_are_said_as_the_case_says_them(place, words):
    assert where(*place) == words


def test_times_are_said_as_on_a_clock():
    assert [clock(s) for s in (0.0, 59.4, 59.6, 3600.0, 20_345.0)] == [
        "0:00:00", "0:00:59", "0:01:00", "1:00:00", "5:39:05",
    ]  # fmt: skip
