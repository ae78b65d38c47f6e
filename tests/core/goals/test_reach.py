import pytest

from rvd.core.goals.goal import GOING_ON
from rvd.core.goals.goals import GoalKind, follow
from rvd.core.goals.reach import START
from rvd.core.signals import Outcome

from .scenes import goal, moment, stand

GOAL = goal(GoalKind.REACH, 10.0, 0.1, 0.2)
THERE = stand(offset=(6.0, 0.0, 0.0), velocity=(0.05, 0.0, 0.0))


def at(t, of=THERE, **changes):
    return follow(GOAL, START, moment(of, of, t=t, needed=600.0, **changes))


def test_it_is_judged_at_its_time_and_not_before():
    assert at(598.0)[1] == GOING_ON
    seen, verdict = at(599.0)
    assert verdict == Outcome.REACHED and seen[:3] == pytest.approx((6.0, 0.05, 0.0))


@pytest.mark.parametrize(
    "off", [{"offset": (10.1, 0.0, 0.0)}, {"velocity": (0.11, 0.0, 0.0)}, {"turn": (0.0, 0.3, 0.0)}]
)
def test_whoever_is_elsewhere_then_has_missed_it(off):
    assert at(599.0, stand(**off))[1] == Outcome.MISSED


def test_on_an_abort_it_is_missed():
    assert at(599.0, onward=False)[1] == Outcome.MISSED
