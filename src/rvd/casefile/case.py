"""A case: what it says, and the file it was read from. From parsed TOML to a `Case`, everything wrong said at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import PrivateAttr, ValidationError

from rvd.case.dispersion import KINDS, DisperseEntry
from rvd.case.legs import LegCase
from rvd.case.limits import rule_margins
from rvd.case.own_law import LawText
from rvd.case.paths import find_path
from rvd.case.requirement import Requirement
from rvd.case.schema import CaseSchema
from rvd.case.values import brief
from rvd.errors import CaseError

from .agreement import disagreements
from .change import changed
from .disperse import read_entry
from .faults import Fault, dotted, fault_error, faults_of, raise_faults
from .keys import Place, Spot, spot_of
from .own import own_laws
from .parts import leaves
from .require import Known, read_require
from .sequence import timed_out
from .write import written


class Case(CaseSchema):
    """A case: the plan, what differs from it, and what must hold.

    Attribute names are the file's keys, values are SI and radians, nothing can be changed. `rvd.load` makes one from a
    file; `with_values` makes another from one.
    """

    _path: Path = PrivateAttr(default=Path())
    _text: str = PrivateAttr(default="")
    _parts: tuple[Path, ...] = PrivateAttr(default=())
    _spots: Mapping[Place, Spot] = PrivateAttr(default_factory=dict)
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
        return self._text or self.written()

    def written(self, files: Mapping[tuple[str, ...], str] | None = None) -> str:
        """A text that would load as it; `files` gives other names to files that it names, by the keys there."""
        return written(self, self._raw, self._laws, files or {})

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
        for place, value in leaves((), self._raw):
            yield dotted(place, names), value, spot_of(self._spots, place) or Spot(self._path, 0)

    @property
    def own_laws(self) -> dict[str, LawText]:
        """The laws that are functions in files, by the word that names them, as read with the case."""
        return self._laws

    def settles(self, leg: LegCase) -> bool:
        """Whether a leg waits for its tolerances: what the orbit's own motion flies leaves them to the next leg."""
        law = self._laws.get(leg.law)
        return leg.settles and (law is None or not law.frame)

    @property
    def code(self) -> dict[str, bytes]:
        """What the files of the user's own laws hold, by their names: what results take along."""
        return {law.file: law.content for law in self._laws.values() if not law.shipped}

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
        try:
            raw = changed(self, self._raw, values)
        except KeyError as error:
            fault = Fault(error.args, "there is no such place", "see the case")
            raise fault_error(self._path, fault, {}) from None
        return checked(raw, self._path, {}, si=True)

    def without_dispersions(self) -> Case:
        """The case in which no run differs from the plan, but for the noise of the sensors and of the pulses."""
        return self.with_values({"disperse": None})

    def without_noise(self) -> Case:
        """The case whose sensors have no white noise and whose pulses do not vary; the flight software expects both."""
        marks = {entry.path: find_path(entry.path).mark for entry in self.disperse}
        noisy = [path for path, mark in marks.items() if mark.noise or mark.chance]
        return self.with_values({"sensors.noise": 0.0, **{f"disperse.{path}": None for path in noisy}})


def checked(raw: dict[str, Any], path: Path, spots: Mapping[Place, Spot], si: bool = False) -> Case:
    """The case that parsed TOML holds in full; `si`: bare numbers are SI. Raises CaseError with every fault."""
    faults: list[Fault] = []
    given, raw = raw, timed_out(raw, si, faults)
    entries = _entries(raw.get("disperse", {}), si, faults, path.parent)
    names = leg_names(raw)
    known = Known([name for name in names if name], rule_margins(raw))
    requires = _requires(raw.get("require", []), known, si, faults)
    legs, laws = own_laws(raw.get("leg", []), path.parent, si, faults)
    case: Case | None = None
    try:
        values = {**raw, "disperse": entries, "require": requires}
        values |= {"leg": legs} if "leg" in raw else {}
        case = Case.model_validate(values, context={"si": si})
    except ValidationError as error:
        faults += faults_of(error, Case)
    if case is not None:
        case._path, case._raw, case._laws, case._spots = path, given, laws, spots
        faults += disagreements(case, path.parent)
    raise_faults(path, faults, spots, names)
    assert case is not None
    return case


# ---- the parts with readers of their own


def _entries(raw: Any, si: bool, faults: list[Fault], folder: Path) -> tuple[DisperseEntry, ...]:
    if not isinstance(raw, Mapping):
        faults.append(Fault(("disperse",), f"{brief(raw)} stands where a table belongs", "write [disperse]"))
        return ()
    entries = []
    for key, value in raw.items():
        try:
            entries.append(read_entry(key, value, si, folder))
        except CaseError as error:
            whole = _unquoted(key, value)
            what, remedy = error.what, error.remedy
            if whole != key:
                what, remedy = "the key is not in quotes", f'write "{whole}" = {{ ... }}'
            faults.append(Fault(("disperse", key), what, remedy))
    return tuple(entries)


def _unquoted(key: str, value: Any) -> str:
    """The key a user meant who forgot the quotes, so that TOML made tables of its parts."""
    while isinstance(value, Mapping) and value and not any(kind in value for kind in KINDS):
        first, inside = next(iter(value.items()))
        if not isinstance(inside, Mapping):
            break
        key, value = f"{key}.{first}", inside
    return key


def _requires(raw: Any, known: Known, si: bool, faults: list[Fault]) -> tuple[Requirement, ...]:
    if not isinstance(raw, list | tuple):
        faults.append(
            Fault(("require",), "requirements are a list of tables", "write [[require]] above each")
        )
        return ()
    found = []
    for k, value in enumerate(raw):
        try:
            found.append(read_require(value, known, si))
        except CaseError as error:
            place: Place = ("require", k, error.key) if error.key else ("require", k)
            faults.append(Fault(place, error.what, error.remedy))
    return tuple(found)


def leg_names(raw: Mapping[str, Any]) -> list[str]:
    """The names of the legs as they are written, in their order; empty where one has none."""
    legs = raw.get("leg", [])
    if not isinstance(legs, list | tuple):
        return []
    names = [leg.get("name") if isinstance(leg, Mapping) else None for leg in legs]
    return [name if isinstance(name, str) else "" for name in names]
