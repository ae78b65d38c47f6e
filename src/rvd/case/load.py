"""From a case file to a `Case`: read, check, and say everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rvd.errors import CaseError

from .agreement import disagreements
from .disperse import KINDS, DisperseEntry, read_entry
from .doubts import with_doubts
from .faults import Fault, faults_of, raise_faults
from .keys import Place, Spot
from .own import own_laws
from .parts import joined, read_source, refuse_later
from .require import Require, read_require
from .schema import Case
from .sequence import spelled_out, timed_out
from .values import brief


def load(path: str | Path) -> Case:
    """The case in a file, with the parts that it uses. Raises CaseError, with every fault, for what cannot be flown."""
    own = read_source(Path(path))
    refuse_later(own)
    source, parts = joined(own)
    faults: list[Fault] = []
    sequence = spelled_out(source.raw, source.spots, faults)
    raise_faults(own.path, faults, source.spots, _leg_names(source.raw))
    case = checked(with_doubts(sequence.raw, sequence.spots), own.path, sequence.spots)
    case._text, case._parts = own.text, parts
    return case


def checked(raw: dict[str, Any], path: Path, spots: Mapping[Place, Spot], si: bool = False) -> Case:
    """The case that parsed TOML holds in full; `si`: bare numbers are SI. Raises CaseError with every fault."""
    faults: list[Fault] = []
    given, raw = raw, timed_out(raw, si)
    entries = _entries(raw.get("disperse", {}), si, faults, path.parent)
    names = _leg_names(raw)
    requires = _requires(raw.get("require", []), [name for name in names if name], si, faults)
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
        faults += disagreements(case)
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


def _requires(raw: Any, legs: list[str], si: bool, faults: list[Fault]) -> tuple[Require, ...]:
    if not isinstance(raw, list | tuple):
        faults.append(
            Fault(("require",), "requirements are a list of tables", "write [[require]] above each")
        )
        return ()
    found = []
    for k, value in enumerate(raw):
        try:
            found.append(read_require(value, legs, si))
        except CaseError as error:
            place: Place = ("require", k, error.key) if error.key else ("require", k)
            faults.append(Fault(place, error.what, error.remedy))
    return tuple(found)


def _leg_names(raw: Mapping[str, Any]) -> list[str]:
    """The names of the legs as they are written, in their order; empty where one has none."""
    legs = raw.get("leg", [])
    if not isinstance(legs, list | tuple):
        return []
    names = [leg.get("name") if isinstance(leg, Mapping) else None for leg in legs]
    return [name if isinstance(name, str) else "" for name in names]
