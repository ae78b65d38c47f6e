"""The faults of a case file, all at once: each one sentence with its file, line, key and remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from rvd.case.table import inner, kind_of
from rvd.case.values import brief
from rvd.errors import CaseError

from .keys import Place, Spot, spot_of


class Fault(NamedTuple):
    """One thing wrong: where in the case, what, and what to write."""

    place: Place
    what: str
    remedy: str


class ManyFaultsError(CaseError):
    """Several CaseErrors: the first is its own, `others` are the rest; `str()` has a line for each."""

    def __init__(self, errors: list[CaseError]):
        first = errors[0]
        super().__init__(first.file, first.line, first.key, first.what, first.remedy)
        self.others = tuple(errors[1:])
        self.args = ("\n".join(str(error) for error in errors),)

    def at(self, file="", line=0, key="") -> CaseError:
        """Itself: every error knows its place."""
        return self


def raise_faults(
    file: Path | str, faults: Iterable[Fault], spots: Mapping[Place, Spot], legs: Sequence[str] = ()
) -> None:
    """Raises CaseError for the faults, by file and line, those of the case's own file first; returns if there is none.

    `legs` are the names of the legs.
    """
    errors = [fault_error(file, fault, spots, legs) for fault in faults]
    errors.sort(key=lambda error: (error.file != str(file), error.file, error.line))
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ManyFaultsError(errors)


def fault_error(
    file: Path | str, fault: Fault, spots: Mapping[Place, Spot], legs: Sequence[str] = ()
) -> CaseError:
    """One fault as an error, with the file and the line of its place."""
    spot = spot_of(spots, fault.place)
    there, line = spot if spot is not None else (file, 0)
    return CaseError(there, line, dotted(fault.place, legs), fault.what, fault.remedy)


def dotted(place: Place, legs: Sequence[str] = ()) -> str:
    """A place as the user writes it, of a very long key its beginning; a leg goes by its name.

    A leg that has no name of its own is counted from 1.

    >>> dotted(("leg", 2, "speed"), ("wait", "transfer", "climb"))
    'leg.climb.speed'
    >>> dotted(("leg", 2, "name"))
    'leg 3.name'
    """
    words = [_short(str(part)) for part in place]
    if place[:1] == ("leg",) and len(place) > 1 and isinstance(place[1], int):
        k = place[1]
        named = k < len(legs) and legs[k] and legs.count(legs[k]) == 1
        words[:2] = [f"leg.{_short(legs[k])}" if named else f"leg {k + 1}"]
    return ".".join(words)


def _short(word: str) -> str:
    return word if len(word) <= 80 else f"{word[:77]}..."


def table_at(place: Place) -> str:
    """The name of a table in TOML, where elements of lists have no number."""
    return ".".join(part for part in place if isinstance(part, str))


def faults_of(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """The faults that Pydantic found, in our words."""
    entries = error.errors(include_url=False, include_input=True)
    # A key misspelt is also a key missing: once is enough.
    meant = {_meant(tuple(e["loc"]), model) for e in entries if e["type"] == "extra_forbidden"}
    wanted = [e for e in entries if e["type"] != "missing" or tuple(e["loc"]) not in meant]
    return [fault for entry in wanted for fault in _faults(entry, model)]


def _faults(entry: Any, model: type[BaseModel]) -> list[Fault]:
    # Pydantic puts "[key]" behind a name of the user's that is wrong itself.
    place: Place = tuple(part for part in entry["loc"] if part != "[key]")
    if entry["type"] == "rvd":
        told = entry["ctx"]["faults"]
        return [Fault((*place, *_keys_in(key)), what, remedy) for key, what, remedy in told]
    return [_fault(entry, place, model)]


def _keys_in(key: str | Place) -> Place:
    """A key of a table, one within a table of it, or none."""
    if isinstance(key, str):
        return (key,) if key else ()
    return key


def _fault(entry: Any, place: Place, model: type[BaseModel]) -> Fault:
    """What Pydantic says by itself."""
    kind = entry["type"]
    if kind == "extra_forbidden":
        return Fault(place, "the key is not known", _known_keys(place, model))
    if kind == "missing":
        return Fault(place, "the key is missing", f"write {_example(place, model)}")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return Fault(
            place, f"{brief(entry['input'])} stands where a table belongs", f"write [{table_at(place)}]"
        )
    if kind == "tuple_type":
        remedy = f"write [[{table_at(place)}]] above each"
        return Fault(place, f"{brief(entry['input'])} stands where a list of tables belongs", remedy)
    return Fault(
        place,
        f"{brief(entry['input'])} does not belong here: {entry['msg']}",
        "see the case file's reference",
    )


def _meant(place: Place, model: type[BaseModel]) -> Place | None:
    """The place that an unknown key is likely to mean."""
    near = difflib.get_close_matches(str(place[-1]), _keys(place[:-1], model), n=1, cutoff=0.6)
    return (*place[:-1], near[0]) if near else None


def _keys(place: Place, model: type[BaseModel]) -> list[str]:
    found = model_at(place, model)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


WRITTEN = {"Case": ("place", "mode", "without"), "LegCase": ("mode", "hold"), "Start": ("at",)}
"""What a file may hold beside the keys of the case that it stands for, by the table's model."""


def _known_keys(place: Place, model: type[BaseModel]) -> str:
    owner = model_at(place[:-1], model)
    beside = WRITTEN.get(owner.__name__, ()) if owner is not None else ()
    near = difflib.get_close_matches(str(place[-1]), beside, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    known, meant = _keys(place[:-1], model), _meant(place, model)
    if meant is not None:
        return f'did you mean "{meant[-1]}"?'
    return f"the keys are {', '.join(known)}" if known else "remove it"


def _example(place: Place, model: type[BaseModel]) -> str:
    owner = model_at(place[:-1], model)
    key = str(place[-1])
    field = next((f for n, f in (owner.model_fields if owner else {}).items() if key in (n, f.alias)), None)
    kind = kind_of(field) if field else None
    if kind is not None:
        return f"{key} = {kind.shown}"
    if field is not None and inner(field.annotation) is not None:
        return f"[[{table_at(place)}]]" if "tuple" in str(field.annotation) else f"[{table_at(place)}]"
    return f"{key} = ..."


def model_at(place: Place, model: type[BaseModel]) -> type[BaseModel] | None:
    """The model of the table at a place; None where there is none."""
    for part in place:
        if isinstance(part, int):
            continue
        field = next((f for n, f in model.model_fields.items() if part in (n, f.alias)), None)
        found = inner(field.annotation) if field else None
        if found is None:
            # The name of a set: a table of tables by names of the user.
            continue
        model = found
    return model
