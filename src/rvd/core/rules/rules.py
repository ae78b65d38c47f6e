"""The family of rules: the list of its members, and the kernel that scores those of a case.

A rule scores, and the flight goes on: its worst margin and its first violation are kept. A kind is a module of this
package, named as its member is in small letters, with

    NUMBERS                              the record of its limits, of at most `NUMBERS_OF_A_RULE` numbers: what a case
                                         may write of it, under the same keys
    UNIT                                 the unit of its margin
    says(numbers, words) -> str          what it keeps, in words; `words` has its keys with words in place of numbers
    margin(rows, at, passage) -> float   the margin over a step, positive inside; its numbers stand at `rows[at]` and on

To add one: its module, its test, and a line here. A case names it by its word. The marks of its fields are told in
`rvd.core.kernel.parameters`.
"""

import math
from enum import IntEnum
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from rvd.core.algebra.vec import norm
from rvd.core.kernel import Row, Sheet, Table, dispatch, kernel
from rvd.core.rules.sight import Passage

FAR = 1.0e30
"""A limit that does not hold, and a margin that was never at stake: only inside a flight."""

NUMBERS_OF_A_RULE = 12
"""Numbers of each kind's own that a row holds."""

HEAD = 2
"""Numbers before those: the kind, and the distance of the centres of mass (m) within which the rule is armed."""

RULE = HEAD + NUMBERS_OF_A_RULE
"""Numbers of a row."""

SCORE = ("margin", "t", "leg", "vbar", "rbar", "hbar")
"""What is kept of a rule: its worst margin (`FAR`: never at stake); of its first violation the time (s; NaN: none),
the leg, and the grapple fixture's place from the berthing point (m)."""


class RuleKind(IntEnum):
    """The rules that a case may have."""

    SPHERE = 0
    ELLIPSOID = 1
    CONE = 2
    SPEED = 3
    HALF_SPACE = 4
    AXIAL_SPEED = 5
    ALTITUDE = 6
    HULL = 7

    @property
    def word(self) -> str:
        """What a case calls it."""
        return self.name.lower().replace("_", "-")

    @property
    def module(self) -> ModuleType:
        """Where it is."""
        return import_module(f"rvd.core.rules.{self.name.lower()}")


WORDS = {kind.word: kind for kind in RuleKind}
"""The kinds by the words that cases use."""


class Rules(NamedTuple):
    """The rules of a case."""

    #: Row after row of `RULE` numbers.
    rows: Row
    #: (rules, legs + 1): 1.0 where a rule holds on a leg, the last of them the abort, else 0.0.
    applies: Table
    #: Radius of the sphere that drifts after lost thrust must keep out of, m.
    keep_out: float
    #: Distance of the chaser's centre of mass from the berthing point below which it is a collision, m.
    contact: float
    #: 1.0 where a rule is of the clearance of the hulls, which is then computed at each step, else 0.0.
    of_hulls: float


_margin = dispatch(
    "margin_of_the_rule", "rows, at, passage", "rows[at - 2]", {kind: kind.module.margin for kind in RuleKind}
)


@kernel
def start_scores(scores: Sheet) -> None:
    """Nothing seen yet."""
    for k in range(scores.shape[0]):
        scores[k, 0] = FAR
        for i in range(1, scores.shape[1]):
            scores[k, i] = math.nan


@kernel
def score(rules: Rules, scores: Sheet, passage: Passage, leg: int, t: float) -> None:
    """Scores one step that ends at t (s), flown on a leg."""
    after = passage.after
    away = norm(after.r_hill)
    for k in range(scores.shape[0]):
        at = k * RULE + HEAD
        if (rules.applies[k, leg] > 0.5) & (away < rules.rows[at - 1]):
            margin = _margin(rules.rows, at, passage)
            scores[k, 0] = min(scores[k, 0], margin)
            if (margin < 0.0) & math.isnan(scores[k, 1]):
                fixture, apex = after.fixture_hill, after.apex_hill
                scores[k, 1], scores[k, 2] = t, float(leg)
                scores[k, 3], scores[k, 4] = fixture[1] - apex[1], apex[0] - fixture[0]
                scores[k, 5] = apex[2] - fixture[2]
