import pytest

from rvd.core.goals.goal import GOING_ON
from rvd.core.goals.goals import GoalKind, follow
from rvd.core.goals.hold import START
from rvd.core.signals import Outcome

from .scenes import goal, moment, stand

GOAL = goal(GoalKind.HOLD, 1.0, 0.02, 0.05)
THERE = stand(offset=(0.6, 0.0, 0.0), velocity=(0.01, 0.0, 0.0))


def held(steps, of=THERE, was=START, **changes):
    """Progress and verdict after so many steps of 1 s."""
    verdict = GOING_ON
    for k in range(steps):
        was, verdict = follow(GOAL, was, moment(of, of, t=float(k), **{"needed": 30.0, **changes}))
    return was, verdict


def test_it_is_held_once_it_was_there_for_the_whole_time():
    assert held(30)[1] == GOING_ON
    seen, verdict = held(31)
    assert verdict == Outcome.HELD and seen[:4] == pytest.approx((1.0, 0.6, 0.01, 0.0))


@pytest.mark.parametrize(
    "off", [{"offset": (1.1, 0.0, 0.0)}, {"velocity": (0.03, 0.0, 0.0)}, {"turn": (0.06, 0.0, 0.0)}]
)
def test_a_step_outside_its_limits_starts_the_time_anew(off):
    was, _ = held(20)
    seen, verdict = follow(GOAL, was, moment(THERE, stand(**off), t=20.0, needed=30.0))
    assert (seen[0], verdict) == (-1.0, GOING_ON)


def test_nothing_is_held_on_an_abort():
    assert held(40, onward=False)[1] == GOING_ON
