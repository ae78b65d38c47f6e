import pytest

from rvd.core.goals.clear import START
from rvd.core.goals.goal import GOING_ON
from rvd.core.goals.goals import GoalKind, follow
from rvd.core.signals import Outcome

from .scenes import goal, moment, stand

GOAL = goal(GoalKind.CLEAR, 500.0)


def left(distances, was=START, **changes):
    """Progress and verdict as the distance goes through these, a step of 1 s each."""
    verdict, before = GOING_ON, distances[0]
    for k, away in enumerate(distances):
        step = moment(stand(), stand(), t=float(k), away=away, closest=min(before, away), needed=10.0)
        was, verdict = follow(GOAL, was, step._replace(**changes))
        before = away
        if verdict != GOING_ON:
            break
    return was, verdict


def test_it_is_clear_once_it_was_beyond_for_the_whole_time():
    seen, verdict = left([400.0, 499.0, *[510.0 + k for k in range(11)]])
    assert verdict == Outcome.CLEAR and seen[:2] == pytest.approx((3.0, 510.0))
    assert left([400.0, *[510.0] * 10])[1] == GOING_ON


def test_who_comes_back_has_missed_it():
    seen, verdict = left([510.0, 520.0, 505.0, 499.9])
    assert verdict == Outcome.MISSED and seen[1] == pytest.approx(499.9)


def test_an_abort_that_leads_away_is_no_departure():
    assert left([510.0] * 20, onward=False)[1] == GOING_ON


def test_an_abort_that_leads_away_clears_nothing():
    assert left([600.0] * 12)[1] == Outcome.CLEAR
    was, verdict = left([600.0] * 5)
    assert verdict == GOING_ON and was[0] > 0.0
    assert left([600.0] * 12, was=was, onward=False)[1] == GOING_ON
