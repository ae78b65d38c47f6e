"""The family of goals: what every member has, and what the case says of it."""

import math

import pytest

from rvd.core.goals.goal import GOING_ON
from rvd.core.goals.goals import GoalKind, follow, is_docking
from rvd.core.kernel import leaves
from rvd.core.signals import SUCCESSES
from tests.core.added import run_with

from .scenes import goal, moment, stand


def test_no_two_goals_have_a_column_of_one_name_and_each_success_is_that_of_a_goal():
    names = [name for kind in GoalKind for name in kind.module.COLUMNS]
    assert len(names) == len(set(names))
    assert all(len(kind.module.COLUMNS) <= len(kind.module.START) for kind in GoalKind)
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


ADDED = '''"""Level: the chaser comes as high as the target, slowly enough."""

import math
from typing import Annotated, Any, NamedTuple

from rvd.core.goals.goal import GOING_ON, Goal, Moment, Progress
from rvd.core.kernel import Column, P, Row, kernel, load
from rvd.core.signals import Outcome


class Level(NamedTuple):
    """What counts as being there."""

    #: Greatest difference of height.
    within: Annotated[float, P("m", above=0.0)]
    #: Greatest speed against the target.
    slowly: Annotated[float, P("m/s", above=0.0)] = 1.0


NUMBERS = Level
NEEDS, TAKES = ("time",), ("port", "of")
SUCCESS = Outcome.REACHED
COLUMNS = {"level_since": Column("s", "since when it is as high", "where it ever was")}
START: Progress = (math.nan, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def says(level: Level, words: Any) -> tuple[str, ...]:
    """What it asks for."""
    return (f"as high within {words.within}, at most {words.slowly}, after {words.time}",)


@kernel
def follow(goal: Goal, was: Progress, moment: Moment) -> tuple[Progress, int]:
    """Whether it is as high."""
    level = load(Level, goal.numbers, 0, 0, 1)
    there = (abs(moment.after.offset[2]) <= level.within) & (moment.after.speed <= level.slowly)
    if there & (moment.t >= moment.needed):
        return (moment.t, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), Outcome.REACHED.value
    return was, GOING_ON
'''

LOOK = """
import sys
from typing import NamedTuple
from rvd.assembly.world import goal_of
from rvd.case.columns import column
from rvd.casefile import json_schema, load, say
from rvd.casefile.reference import reference
from rvd.core.goals.goals import GoalKind, follow
from rvd.core.signals import Outcome
from rvd.errors import CaseError
from rvd.montecarlo.mission import Mission

case = load(sys.argv[1])
asked = [{"what": "reached", "at_least": 0.9}, {"what": "level_since", "at_most": "1 h", "share": 0.9}]
case = case.with_values({"goal": {"kind": "level", "within": "5 m", "time": "60 s"}, "require": asked})
assert "  as high within 5 m, at most 1 m/s, after 60 s" in say(case).splitlines()
assert "goal.slowly = 1 m/s" in say(case)
assert [ask.unit for ask in case.require] == ["", "s"]


class Stand(NamedTuple):
    offset: tuple
    speed: float


class Moment(NamedTuple):
    after: Stand
    t: float
    needed: float


goal, start = goal_of(case), GoalKind.LEVEL.module.START
assert follow(goal, start, Moment(Stand((0.0, 0.0, 6.0), 0.5), 70.0, 60.0))[1] == 0
seen, verdict = follow(goal, start, Moment(Stand((0.0, 0.0, 4.0), 0.5), 70.0, 60.0))
assert (seen[0], verdict) == (70.0, Outcome.REACHED)

names = dict(Mission(case).flyer.columns)
assert "level_since" in names and "reached" in names
assert column("level_since").marks == {"unit": "s", "meaning": "since when it is as high"}
text = reference()
assert '#### `kind = "level"`' in text and "The chaser comes as high as the target, slowly enough." in text
assert "It needs `time`, and may have `port`, `of`." in text
assert '| `slowly` | `"1 m/s"` | 1 m/s | Greatest speed against the target. |' in text
assert "| `level_since` | `s` | where it ever was |" in text
keys = json_schema()["$defs"]["Goal"]["properties"]
assert keys["slowly"]["description"] == "Of the goal level: Greatest speed against the target."
assert "level" in keys["kind"]["enum"]
for key, what in (("at", "the goal level has no at"), ("within", "must be positive, not -1")):
    try:
        case.with_values({f"goal.{key}": {"rbar": "1 m"} if key == "at" else -1.0})
    except CaseError as error:
        assert (error.key, error.what) == (f"goal.{key}", what), error
    else:
        raise AssertionError(key)
"""


def test_a_goal_is_added_by_its_module_and_a_line_of_the_list(tmp_path):
    last, line = "    REACH = 4\n", "    LEVEL = 100\n"
    run_with(tmp_path, "core/goals/level.py", ADDED, "core/goals/goals.py", last, line, LOOK)
