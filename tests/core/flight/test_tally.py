"""The tally: one short scene an outcome, and what is kept of a flight."""

import math

import numpy as np
import pytest

from rvd.core.flight.tally import (
    blank_tally,
    counted,
    moment_of,
    outcome_of,
    progress_of,
    result_of,
    with_progress,
)
from rvd.core.goals.box import START
from rvd.core.goals.goals import follow
from rvd.core.hull.hull import Clearance
from rvd.core.rules.sight import Sight, passage
from rvd.core.signals import Outcome, Trust
from tests.core.goals.scenes import BOX, stand
from tests.core.guidance.legs import belief, leg, memory

APEX = (-5.0, 15.0, 0.0)
CONTACT = 7.0
APART = Clearance(3.0, 1.0)
FREE = {"zone": 2.0, "free_drift": 1.0}
LEVEL = (0.0, 0.0, 0.0, 1.0)


def seen(r, v=(0.0, 0.0, 0.0), **changes) -> Sight:
    """A sight of the truth with the fixture 2.2 m above the centre of mass, in the middle of the box."""
    r = tuple(map(float, r))
    return Sight(r, v, APEX, (r[0] + 2.2, r[1], r[2]), LEVEL, orbit_radius=6.8e6, stand=stand(**changes))


def judged(before, after, of=None, tally=None, used=10.0, t=0.0, h=1.0, near=APART, **remembered):
    """The tally after a step, as the driver forms it."""
    m, passed = memory(of or leg(zone=2.0), **remembered), passage(before, after, 1e9)
    trust = Trust(6.0, 3.0, 3.0, 1.0, (1.0,) * 6)
    tally = counted(tally or blank_tally(START), passed, near, m, belief(), trust, used, 0.01, t, h)
    progress, verdict = follow(BOX, progress_of(tally), moment_of(passed, m, 99.0, t, h))
    end = outcome_of(passed, m, verdict, used / 1200.0, CONTACT, near.least)
    return with_progress(tally, progress)._replace(outcome=float(end))


def outcome(*arguments, **named) -> Outcome:
    return Outcome(int(judged(*arguments, **named).outcome))


FAR_BELOW, BELOW = seen((-600.0, 15.0, 0.0)), seen((-100.0, 15.0, 0.0))


def test_a_quiet_step_goes_on():
    assert outcome(BELOW, BELOW) == Outcome.FLYING


def test_hulls_that_meet_are_a_contact():
    assert outcome(BELOW, BELOW, near=Clearance(-0.001, 4.0)) == Outcome.CONTACT
    assert outcome(BELOW, BELOW, near=Clearance(0.001, 4.0)) == Outcome.FLYING


def test_the_least_clearance_keeps_its_pair_and_its_time():
    first = judged(BELOW, BELOW, near=Clearance(5.0, 2.0), t=10.0)
    assert (first.clearance, first.clearance_pair, first.clearance_time) == (5.0, 2.0, 11.0)
    later = judged(BELOW, BELOW, tally=first, near=Clearance(5.0, 2.0), t=20.0)
    assert (later.clearance, later.clearance_time) == (5.0, 11.0)
    nearer = judged(BELOW, BELOW, tally=first, near=Clearance(4.0, 3.0), t=20.0)
    assert (nearer.clearance, nearer.clearance_pair, nearer.clearance_time) == (4.0, 3.0, 21.0)
    assert math.isnan(result_of(blank_tally(START)).clearance)


def test_who_comes_too_near_to_the_berthing_point_touches():
    assert outcome(seen((-13.0, 15.0, 0.0)), seen((-11.0, 15.0, 0.0))) == Outcome.CONTACT


def test_an_abort_may_cross_lines_but_not_touch():
    away = {"alarm": 1.0, "of": leg(zone=2.0)}
    assert outcome(BELOW, seen((-100.0, 40.0, 0.0), (1.0, 0.0, 0.0)), **away) == Outcome.FLYING
    assert outcome(BELOW, BELOW, over=1.0, **away) == Outcome.ABORTED
    assert outcome(seen((-13.0, 15.0, 0.0)), seen((-11.0, 15.0, 0.0)), **away) == Outcome.CONTACT


def test_a_plan_flown_to_its_end_without_its_goal_is_stopped():
    assert outcome(BELOW, BELOW, over=1.0) == Outcome.STOPPED


def test_no_propellant_left():
    assert outcome(BELOW, BELOW, used=1200.0) == Outcome.EMPTY


def test_a_number_not_finite_is_a_divergence():
    assert outcome(BELOW, seen((math.nan, 0.0, 0.0))) == Outcome.DIVERGED
    assert outcome(BELOW, seen((-100.0, 15.0, 0.0), rate=math.inf)) == Outcome.DIVERGED


def in_box(**changes) -> Sight:
    """A sight of the truth in the middle of the box."""
    return seen((-17.2, 15.0, 0.0), **{"speed": 0.001, **changes})


IN_BOX = in_box()


def drift(worst: Sight, seconds: int):
    """A free drift of so many steps of 1 s, the last of which ends in `worst`."""
    tally = blank_tally(START)
    for k in range(seconds):
        after = worst if k == seconds - 1 else IN_BOX
        tally = judged(IN_BOX, after, of=leg(**FREE), tally=tally, t=500.0 + k)
        if tally.outcome:
            return k + 1, tally
    return seconds, tally


def test_a_capture_takes_the_whole_time_of_the_arm():
    steps, tally = drift(IN_BOX, 120)
    assert steps == 99
    assert tally.outcome == Outcome.CAPTURED
    assert progress_of(tally)[0] == 500.0 and progress_of(tally)[2] == 0.001


@pytest.mark.parametrize(
    "off",
    [{"offset": (0.0, 1.01, 0.0)}, {"speed": 0.031}, {"angle": 0.09}, {"rate": 0.002}],
)
def test_the_box_is_judged_to_the_last_second(off):
    steps, tally = drift(in_box(**off), 99)
    assert steps == 99
    assert tally.outcome == Outcome.LEFT_BOX


def test_a_release_too_fast_is_a_miss_at_once():
    fast = in_box(speed=0.007)
    assert outcome(fast, IN_BOX, of=leg(**FREE)) == Outcome.LEFT_BOX


def test_what_never_was_is_no_number_in_the_result():
    """Far out no release: nothing of the goal."""
    named = result_of(judged(FAR_BELOW, FAR_BELOW))._asdict()
    never = {name for name, value in named.items() if math.isnan(value)}
    assert never == {f"goal_{k}" for k in range(7)}
    assert all(abs(value) < 1e9 for name, value in named.items() if name not in never)
    assert math.isnan(result_of(blank_tally(START)).closest)


def test_a_release_is_in_the_result_though_the_flight_went_on_from_it():
    """Out of the drift again the release stands; the drift in which it ended there is none."""
    after = result_of(judged(IN_BOX, BELOW, tally=drift(IN_BOX, 3)[1], t=503.0))
    assert after.goal_2 == 0.001 and math.isnan(after.goal_0)
    assert result_of(drift(IN_BOX, 3)[1]).goal_0 == 500.0


def test_what_is_spent_adds_up_and_the_closest_stays():
    tally = judged(BELOW, seen((-90.0, 15.0, 0.0)))
    later = judged(BELOW, BELOW, tally=tally)
    assert later.closest == tally.closest < np.linalg.norm(BELOW.r_hill)
    assert later.delta_v == pytest.approx(0.02)


def test_a_goal_that_is_missed_outweighs_an_abort_and_no_propellant_but_not_a_contact():
    passed, m = passage(BELOW, BELOW, 1e9), memory(leg(), over=1.0, alarm=1.0)
    missed, reached = Outcome.MISSED.value, Outcome.DOCKED.value
    assert outcome_of(passed, m, missed, 1.0, CONTACT, 3.0) == Outcome.MISSED
    assert outcome_of(passed, m, reached, 0.5, CONTACT, 3.0) == Outcome.ABORTED
    assert outcome_of(passed, memory(leg(), over=1.0), reached, 0.5, CONTACT, 3.0) == Outcome.DOCKED
    assert outcome_of(passed, memory(leg()), reached, 1.0, CONTACT, 3.0) == Outcome.EMPTY
    assert outcome_of(passed, m, missed, 1.0, 1e3, 3.0) == Outcome.CONTACT
    assert outcome_of(passed, memory(leg()), 0, 0.5, 0.0, 3.0) == Outcome.FLYING
