"""The case as Python holds it: attribute names are the file's keys, values are SI and radians, nothing can be changed.

`load` makes one from a file; `with_values` makes another from one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, PrivateAttr

from rvd.core.orbit.utc import Utc
from rvd.errors import CaseError

from .disperse import DisperseEntry
from .faults import Fault, dotted, fault_error
from .keys import Place as Keys
from .keys import Spot, spot_of
from .legs import Abort, Command, GainSet, LegCase, NozzleSet
from .limits import Capture, Monitors, Passive, Rules
from .own import LawText
from .parts import SCHEMA
from .paths import is_lost_by_chance, is_noise
from .require import Require
from .sensors import Navigation, Sensors
from .sequence import NOT_OF_MODES
from .table import Mission, Name, Table, Title
from .values import Kind
from .vehicles import Atmosphere, Chaser, Start, Target
from .words import Instant, Whole, Word

SAMPLINGS = ("plain", "latin-hypercube", "sobol")
"""How the runs of a campaign may be spread over the dispersions."""


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


class Case(Table):
    """A case: the plan, what differs from it, and what must hold."""

    schema_: Annotated[int, Whole(1, SCHEMA)] = Field(alias="schema")
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
    atmosphere: Atmosphere
    """The air."""
    start: Start
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
    abort: Abort
    """What an alarm on board leads to."""
    command: tuple[Command, ...] = ()
    """Orders from outside, at most four."""
    monitors: Monitors
    """What the monitors on board allow."""
    rules: Rules
    """What the truth must keep."""
    capture: Capture
    """The capture box."""
    passive: Passive | None = None
    """What is asked of lost thrust."""
    disperse: Annotated[tuple[DisperseEntry, ...], Parsed(_LINE, "a line for each key")] = ()
    """What differs from run to run."""
    campaign: Campaign = Campaign()
    """How many runs, and their seed."""
    require: Annotated[tuple[Require, ...], Parsed(_REQUIRE, "one table a requirement")] = ()
    """What must hold of the runs."""

    _path: Path = PrivateAttr(default=Path())
    _text: str = PrivateAttr(default="")
    _parts: tuple[Path, ...] = PrivateAttr(default=())
    _spots: Mapping[Keys, Spot] = PrivateAttr(default_factory=dict)
    _raw: dict[str, Any] = PrivateAttr(default_factory=dict)
    _laws: dict[str, LawText] = PrivateAttr(default_factory=dict)

    def __repr__(self) -> str:
        flown, asked = f"{len(self.leg)} legs", f"{len(self.require)} requirements"
        varied = f"{len(self.disperse)} lines of dispersions"
        head = f"Case {self.title!r} ({self._path.name})"
        return f"{head}\n  {flown}, {varied}, {asked}, {self.campaign.runs} runs"

    @property
    def path(self) -> Path:
        """The file it was read from."""
        return self._path

    @property
    def folder(self) -> Path:
        """Where the files it names are looked for."""
        return self._path.parent

    @property
    def text(self) -> str:
        """The file's text; of a case changed in Python, one that would load as it."""
        from .write import written

        return self._text or written(self)

    @property
    def from_file(self) -> bool:
        """Whether it is as its file has it, not changed in Python."""
        return bool(self._text)

    @property
    def parts(self) -> tuple[Path, ...]:
        """The files of the parts that it uses."""
        return self._parts

    @property
    def origins(self) -> Iterator[tuple[str, Any, Spot]]:
        """Every key that is given, with its value as it is written, and the file and line where it stands."""
        names = [leg.name for leg in self.leg]
        for place, value in _leaves((), self._raw):
            yield dotted(place, names), value, spot_of(self._spots, place) or Spot(self._path, 0)

    @property
    def own_laws(self) -> dict[str, LawText]:
        """The laws of the user's own that its legs fly, by the word that names them, as read with the case."""
        return self._laws

    @property
    def covariances(self) -> dict[str, str]:
        """The tables that hold a covariance, by the path of the line of `[disperse]` that names them."""
        lines = self._raw.get("disperse", {})
        return {
            path: line["covariance"]
            for path, line in lines.items()
            if isinstance(line.get("covariance"), str)
        }

    def error(self, place: tuple[str | int, ...], what: str, remedy: str) -> CaseError:
        """The error for something wrong at a place of this case (its keys, from the outside in), with its line."""
        fault = Fault(place, what, remedy)
        return fault_error(self._path, fault, self._spots, [leg.name for leg in self.leg])

    def with_values(self, values: Mapping[str, Any]) -> Case:
        """Another case with some keys changed: dotted paths to numbers in SI, or to what a file would hold.

        `None` takes a key or a table away, and with it what is dispersed in it. A leg goes by its number or its name
        (`leg.RI.settle`), a line of `[disperse]` by its key (`disperse.chaser.mass`). Raises CaseError.
        """
        from .change import changed

        return changed(self, values)

    def without_dispersions(self) -> Case:
        """The case in which no run differs from the plan, but for the noise of the sensors and of the pulses."""
        return self.with_values({"disperse": None})

    def without_noise(self) -> Case:
        """The case whose sensors have no white noise and whose pulses do not vary; the flight software expects both."""
        noisy = [e.path for e in self.disperse if any(is_noise(s) or is_lost_by_chance(s) for s in e.slots)]
        return self.with_values({"sensors.noise": 0.0, **{f"disperse.{path}": None for path in noisy}})


def _leaves(place: Keys, value: Any) -> Iterator[tuple[Keys, Any]]:
    """The values in nested tables, with their places; a list of tables is a table by numbers."""
    if isinstance(value, Mapping):
        inside: Any = value.items()
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        inside = enumerate(value)
    else:
        yield place, value
        return
    for key, one in inside:
        yield from _leaves((*place, key), one)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a case file, for editors. A part may give any key, so that none is required of the case."""
    schema = Case.model_json_schema(by_alias=True)
    part = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    for table in (schema, *schema["$defs"].values()):
        table.pop("required", None)
        if table.get("type") == "object" and "properties" in table:
            table["properties"]["use"] = part
    place = {"anyOf": [{"$ref": "#/$defs/Place"}, {"type": "string"}]}
    leg = schema["$defs"]["LegCase"]["properties"]
    mode = {key: value for key, value in leg.items() if key not in NOT_OF_MODES}
    hold = {"anyOf": [{"type": "string"}, {"type": "object", "properties": dict(leg)}]}
    leg |= {"to": place, "aim": place, "mode": {"type": "string"}, "hold": hold}
    schema["$defs"]["Start"]["properties"]["at"] = place
    schema["$defs"]["Capture"]["properties"]["at"] = place
    schema["properties"] |= {
        "place": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Place"}},
        "mode": {"type": "object", "additionalProperties": {"type": "object", "properties": mode}},
        "without": {"type": "array", "items": {"type": "string"}},
    }
    return schema
