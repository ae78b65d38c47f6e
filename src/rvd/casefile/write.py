"""A case written as a case file: every number in its SI unit, to the last bit, so that it reads as the same case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomli_w

from rvd.case.limits import rule_margins
from rvd.case.own_law import LawText
from rvd.case.paths import find_path
from rvd.case.requirement import unit_of
from rvd.case.schema import CaseSchema
from rvd.interrupts import deferred
from rvd.units import si_unit


def written(
    case: CaseSchema,
    raw: Mapping[str, Any],
    laws: Mapping[str, LawText],
    files: Mapping[tuple[str, ...], str],
) -> str:
    """The TOML text of a case; what is as the schema has it by itself is left out.

    `raw` is what it was read from, `laws` are the user's own that it flies; `files` gives other names to files that it
    names, by the keys that lead to them.
    """
    with deferred():  # pydantic takes what a signal raises for a fault of the value it is writing
        values = case.model_dump(
            mode="json", by_alias=True, exclude_none=True, exclude_unset=True, exclude={"disperse", "require"}
        )
    for leg in values["leg"]:
        if law := laws.get(leg["law"]):
            units = {number.name: si_unit(number.unit) for number in law.numbers}
            leg["parameters"] = {name: _texts(x, units[name]) for name, x in leg["parameters"].items()}
    values["disperse"] = {key: _line(key, value) for key, value in raw.get("disperse", {}).items()}
    margins = rule_margins(raw)
    values["require"] = [_requirement(value, margins) for value in raw.get("require", [])]
    for (*tables, key), name in files.items():
        here = values
        for word in tables:
            here = here[word]
        here[key] = name
    return tomli_w.dumps({key: value for key, value in values.items() if value not in ({}, [])})


# ---- the parts with readers of their own

_IN_UNITS = ("normal", "within", "uniform", "triangular", "choice")


def _line(key: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """A line of `[disperse]` with a unit at every number that was given in SI."""
    path = find_path(key)
    line = {word: _texts(x, path.unit or "") if word in _IN_UNITS else x for word, x in value.items()}
    if "exponential" in line:
        line["exponential"] = _texts(line["exponential"], "1/s")
    if "sigma" in line:
        units = dict(zip(path.parts, path.units, strict=True))
        line["sigma"] = {part: _texts(x, units[part]) for part, x in line["sigma"].items()}
    return line


def _requirement(value: Mapping[str, Any], margins: Mapping[str, str]) -> dict[str, Any]:
    """A requirement with a unit at every limit that was given in SI."""
    what = value["what"]
    if isinstance(what, list):
        return {**value, "what": [_requirement(x, margins) if isinstance(x, Mapping) else x for x in what]}
    unit = margins.get(what) or unit_of(what)
    return {k: _texts(x, unit) if k in ("at_least", "at_most") else x for k, x in value.items()}


def _texts(value: Any, unit: str) -> Any:
    if isinstance(value, list):
        return [_texts(x, unit) for x in value]
    return f"{value!r} {unit}" if unit and isinstance(value, int | float) else value
