"""What a case may say, table by table: attribute names are the file's keys, values are SI and radians.

`rvd.load` makes a case from a file.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from rvd.core.orbit.utc import Utc

from .dispersion import DisperseEntry
from .drawn import Drawn
from .legs import Abort, Command, GainSet, LegCase, NozzleSet
from .limits import Goal, Monitors, Passive, Rule
from .requirement import Requirement
from .sensors import Navigation, Sensors
from .table import Mission, Name, Table, Title
from .values import Kind
from .vehicles import Atmosphere, Chaser, Start, Target
from .words import Instant, Whole, Word

SCHEMA = 2
"""The number of the schema; a file of another one is refused."""

SAMPLINGS = ("plain", "latin-hypercube", "sobol")
"""How the runs of a campaign may be spread over the dispersions."""


ORDERED = 4
"""Orders that a case may give; the row holds so many."""


class Parsed(Kind):
    """A part of the file that its own reader has read before the schema sees it."""

    def __init__(self, description: dict[str, Any], words: str) -> None:
        self._description, self._words = description, words

    def read(self, value: Any, si: bool) -> Any:
        return value

    def described(self) -> dict[str, Any]:
        return self._description

    @property
    def words(self) -> str:
        return self._words


_LINE: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "object"}}
_REQUIRE: dict[str, Any] = {
    "type": "array",
    "items": {"type": "object", "required": ["what"], "properties": {"what": {"type": ["string", "array"]}}},
}


class Campaign(Table):
    """How many runs a campaign flies, and the seed of their draws."""

    runs: Annotated[int, Whole(1, 10**9)] = 1000
    """How many."""
    seed: Annotated[int, Whole(0, 2**63 - 1)] = 1
    """Two seeds share no draw."""
    sampling: Annotated[str, Word(SAMPLINGS, "a way to sample")] = "plain"
    """Runs drawn independently, or spread more evenly; only the first may be stopped as soon as it decides."""
    draws: Annotated[str, Word(empty=True)] = ""
    """A table flown as given, its path from the case file's folder (CSV or Parquet): one run a line, a column for
    each number of the row by its name (`start.vbar`), in SI units, whatever `[disperse]` says of it."""


class CaseSchema(Table):
    """A case: the plan, what differs from it, and what must hold."""

    schema_: Annotated[int, Whole(SCHEMA, SCHEMA)] = Field(alias="schema")
    """The number of the schema the file is written in."""
    title: Title
    """What the case is called."""
    epoch: Annotated[Utc, Instant()]
    """When it starts (UTC)."""
    source: Annotated[str, Word(empty=True, most=10_000, lines=True)] = ""
    """Where its numbers come from."""
    limit: Mission
    """A longer flight is over."""
    target: Target
    """The target."""
    chaser: Chaser
    """The chaser."""
    atmosphere: Atmosphere = Atmosphere(density=0.0)
    """The air; none, where it is left out."""
    start: Annotated[Start, Drawn()]
    """Where the chaser starts."""
    sensors: Sensors
    """The sensors aboard."""
    navigation: Navigation
    """What the filters are told."""
    control: dict[Name, GainSet]
    """Sets of gains by name."""
    nozzles: dict[Name, NozzleSet]
    """Sets of nozzles by name."""
    leg: tuple[LegCase, ...]
    """The legs, in the order they are flown."""
    abort: Abort | None = None
    """What an alarm on board leads to; where it is left out, no burn leads away and the flight ends a second later."""
    command: Annotated[tuple[Command, ...], Drawn(count=ORDERED)] = ()
    """Orders from outside, at most four."""
    monitors: Monitors = Monitors()
    """What the monitors on board allow; nothing is watched, where it is left out."""
    rules: dict[Name, Rule] = Field(default={})
    """What the truth must keep, by name."""
    goal: Goal
    """What it is flown for."""
    passive: Passive | None = None
    """What is asked of lost thrust."""
    disperse: Annotated[tuple[DisperseEntry, ...], Parsed(_LINE, "a line for each key")] = ()
    """What differs from run to run."""
    campaign: Campaign = Campaign()
    """How many runs, and their seed."""
    require: Annotated[tuple[Requirement, ...], Parsed(_REQUIRE, "one table a requirement")] = ()
    """What must hold of the runs."""
