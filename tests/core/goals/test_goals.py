"""The family of goals: what every member has, and what the case says of it."""

import math

import pytest

from rvd.case.limits import GOALS, SUCCESS
from rvd.case.results import GOAL_COLUMNS, QUANTITIES
from rvd.core.goals.goal import GOING_ON
from rvd.core.goals.goals import WORDS, GoalKind, follow, is_docking
from rvd.core.kernel import leaves
from rvd.core.signals import SUCCESSES

from .scenes import goal, moment, stand


def test_the_case_knows_every_goal_its_word_and_its_columns():
    assert set(GOALS) == set(WORDS) == set(SUCCESS) == set(GOAL_COLUMNS)
    for word, kind in WORDS.items():
        assert SUCCESS[word] == kind.module.SUCCESS.word and GOAL_COLUMNS[word] == kind.module.COLUMNS
        assert set(kind.module.COLUMNS) <= set(QUANTITIES)
    assert {kind.module.SUCCESS for kind in GoalKind} == set(SUCCESSES)


@pytest.mark.parametrize("kind", list(GoalKind))
def test_every_goal_goes_on_far_away_and_says_nothing_that_is_not_so(kind):
    of = goal(kind, *[1.0] * len(leaves(kind.module.NUMBERS)))
    away = stand(offset=(500.0, 0.0, 0.0), velocity=(5.0, 0.0, 0.0))
    limits = {"needed": 1e9, "away": 0.5, "closest": 0.5}
    seen, verdict = follow(of, kind.module.START, moment(away, away, **limits))
    assert verdict == GOING_ON and len(seen) == 8
    assert all(math.isnan(x) or x <= 0.0 for x in seen)


def test_the_rings_would_meet_near_the_axis_of_a_touch_alone():
    touch = goal(GoalKind.TOUCH, 0.6, 0.6, 0.05, 0.10, 0.04, 0.10, 0.07, 0.07, 0.0035, 0.0035)
    assert is_docking(touch, stand(offset=(-0.3, 1.1, 0.4))) and not is_docking(
        touch, stand(offset=(0.0, 1.1, 0.6))
    )
    assert not is_docking(goal(GoalKind.HOLD, 1.0, 1.0, 1.0), stand())
