"""The tables of what must hold in flight: the monitors on board, the rules on the truth, the goal."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Annotated, Any, ClassVar

from pydantic import Field

from rvd.core.goals.goals import GoalKind
from rvd.core.rules.rules import RuleKind

from .drawn import Drawn
from .kinded import Keys, Kinded, keys_of
from .lists import Several
from .results import MARGIN
from .table import (
    Angle,
    AngleLimit,
    Angles,
    Distance,
    Mission,
    Name,
    Period,
    Place,
    Reach,
    SpeedLimit,
    Table,
)
from .values import Quantity
from .words import Whole, Word

ZONES = ("outside", "ellipsoid", "sphere")
"""What a leg may enter: nothing, the approach ellipsoid, the keep-out sphere through the corridor."""

OWN_OR_LEVEL = ("own", "level")
"""The axes of a frame on the target: those that turn with it, or those of a level one."""


REACTIONS = ("abort", "retreat", "hold")
"""What an alarm may lead to, in the order of the kernel's numbers."""

React = Annotated[str, Word(REACTIONS, "a reaction")]


class Reactions(Table):
    """What each monitor leads to: the abort; the leg's fallback while tries are left, else the abort; or a hold where
    the chaser is until the alarm is over or the leg's time is up (on a transfer or a burn: the abort)."""

    corridor: React = "abort"
    """Of the corridor."""
    speed: React = "abort"
    """Of the speed."""
    sigma: React = "abort"
    """Of the believed position's sigma."""
    angle: React = "abort"
    """Of the attitude."""
    reserve: React = "abort"
    """Of the propellant."""
    laser_age: React = "abort"
    """Of the laser."""


class Monitors(Table):
    """What the monitors on board allow of a belief before they call an alarm; what is left out is not watched."""

    corridor: AngleLimit | None = None
    """Half angle of the corridor about the rules' axis."""
    corridor_from: Distance | None = None
    """The corridor and the speed are watched within this distance; everywhere, where it is left out."""
    speed: SpeedLimit | None = None
    """Largest speed within `corridor_from`."""
    sigma: Reach | None = None
    """Largest sigma of the believed position ..."""
    sigma_within: Distance | None = None
    """... within this distance; everywhere, where it is left out."""
    angle: AngleLimit | None = None
    """Largest angle from the attitude the leg asks for."""
    reserve: Annotated[float, Quantity("kg", least=0.0)] = 0.0
    """Propellant kept."""
    laser_age: Period | None = None
    """Longest silence of the laser on a leg that needs it."""
    then: Reactions = Reactions()
    """What each of these leads to."""


RULES: Mapping[str, Keys] = {kind.word: keys_of(kind.module) for kind in RuleKind}
"""The kinds of rules: the keys that each needs, and those that it may have."""

UNITS: Mapping[str, str] = {kind.word: kind.module.UNIT for kind in RuleKind}
"""The unit of the margin of each kind."""


class Rule(Kinded):
    """What the truth must keep. A rule scores, and the flight goes on.

    Its worst margin and its first violation are told.
    """

    modules: ClassVar[Mapping[str, ModuleType]] = {kind.word: kind.module for kind in RuleKind}
    always: ClassVar[tuple[str, ...]] = ("kind", "from", "zones")

    kind: Annotated[str, Word(tuple(RULES), "a kind of rule")]
    """Of which kind it is."""
    from_: Distance | None = Field(default=None, alias="from")
    """It is watched within this distance of the centres of mass; everywhere, where it is left out."""
    zones: Annotated[tuple[str, ...], Several(Word(ZONES, "a zone"), 1, len(ZONES))] = ZONES
    """The zones of the legs on which it is watched; never on an abort, which may cross any line on its way out."""


GOALS: Mapping[str, Keys] = {kind.word: keys_of(kind.module) for kind in GoalKind}
"""The kinds of goals: the keys that each needs, and those that it may have."""

SUCCESS: Mapping[str, str] = {kind.word: kind.module.SUCCESS.word for kind in GoalKind}
"""The word of the outcome by which each kind is reached."""


class Goal(Kinded):
    """What the mission is flown for, judged on the truth; a flight that reaches it, or misses it, is over."""

    modules: ClassVar[Mapping[str, ModuleType]] = {kind.word: kind.module for kind in GoalKind}
    noun: ClassVar[str] = "the goal"

    kind: Annotated[str, Word(tuple(GOALS), "a kind of goal")]
    """Of which kind it is."""
    port: Name | None = None
    """The port of the target that a docking leads to; the places of the case are from it, as from a berthing point."""
    of: Name | None = None
    """The port of the chaser that is led there; the places of the case are of it, as of a grapple fixture."""
    at: Place | None = None
    """The place, from the berthing point: the centre of a box, where to hold, what to reach."""
    axes: Annotated[str, Word(OWN_OR_LEVEL, "a kind of axes")] = "own"
    """On which axes place, attitude and speed count: those that turn with the target, or those of a level one. A hold
    that does not follow the target's swing counts on level ones."""
    attitude: Angles = Angles()
    """Of the chaser there, against level, or against the target as level."""
    roll: Angle = 0.0
    """Of mated ports about the axis, from where their roll datums point the same way."""
    time: Annotated[Period | None, Drawn("arm.{key}", count=3)] = None
    """How long an arm needs, or a hold or an absence lasts; of `reach`, when. Of the draws, at the first try, the
    second, and all later ones."""


class Passive(Table):
    """What a campaign asks of lost thrust: drifts from many moments of every flight."""

    drift: Mission
    """How long each drift is."""
    in_burn: Annotated[int, Whole(2, 1000)] = 10
    """Moments in each burn, at equal shares of its velocity gain."""
    elsewhere: Annotated[int, Whole(1, 1000)] = 3
    """Moments in every other stretch of the flight, at equal times."""
    attitude: Annotated[str, Word(("tumbling", "held"), "an attitude to drift in")] = "tumbling"
    """The drag of the drift: of the mean area, or of the attitude to the wind when thrust was lost."""


def rule_margins(raw: Mapping[str, Any]) -> dict[str, str]:
    """The columns of the margins of a case's rules, and their units (SI)."""
    rules = raw.get("rules", {})
    found = rules.items() if isinstance(rules, Mapping) else ()
    kinds = {name: rule.get("kind") for name, rule in found if isinstance(rule, Mapping)}
    return {f"{name}{MARGIN}": UNITS[str(kind)] for name, kind in kinds.items() if kind in UNITS}
