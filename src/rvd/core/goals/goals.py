"""The family of goals: the list of its members, and the kernel that asks the one of a case.

A goal is a module of this package, named as its member is in small letters, with

    NUMBERS                         the record of its limits: what a case may write of it, under the same keys
    NEEDS, TAKES                    of the keys that goals share (port, of, at, axes, attitude, roll, time) those that
                                    it needs and those that it may have
    COLUMNS                         what it sees, by name, in the order of its `Progress`
    START                           what it has seen before the first step
    SUCCESS                         the outcome that it is reached by
    says(numbers, words) -> lines   what it asks for, in words; `words` has its keys with words in place of numbers
    follow(goal, was, moment) -> (Progress, int)
                                    what it has seen after a step, and its verdict (`GOING_ON`, or an outcome)

To add one: its module, its test, and a line here. A case names it by its word. The marks of its fields are told in
`rvd.core.kernel.parameters`.
"""

from enum import IntEnum
from importlib import import_module
from types import ModuleType

from rvd.core.algebra.quat import unrotate
from rvd.core.goals.goal import Goal, Moment, Progress, Stand
from rvd.core.goals.touch import across, touch_of
from rvd.core.kernel import dispatch, kernel


class GoalKind(IntEnum):
    """The goals that a mission may have."""

    BOX = 0
    TOUCH = 1
    HOLD = 2
    CLEAR = 3
    REACH = 4

    @property
    def word(self) -> str:
        """What a case calls it."""
        return self.name.lower()

    @property
    def module(self) -> ModuleType:
        """Where it is."""
        return import_module(f"rvd.core.goals.{self.word}")


WORDS = {goal.word: goal for goal in GoalKind}
"""The goals by the words that cases use."""


_follow = dispatch(
    "follow_the_goal", "goal, was, moment", "goal.kind", {kind: kind.module.follow for kind in GoalKind}
)

TOUCH = GoalKind.TOUCH.value


@kernel
def is_docking(goal: Goal, stand: Stand) -> bool:
    """Whether the goal is a touch, and the chaser's port so near to the axis that the rings would meet."""
    if int(goal.kind) != TOUCH:
        return False
    limits = touch_of(goal.numbers)
    return across(unrotate(goal.q_target_goal, stand.offset)) <= limits.ring_radius + limits.port_radius


@kernel
def follow(goal: Goal, was: Progress, moment: Moment) -> tuple[Progress, int]:
    """What the goal has seen after a step, and its verdict."""
    return _follow(goal, was, moment)
