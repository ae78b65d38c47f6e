"""A case written as a case file: every number in its SI unit, to the last bit, so that it reads as the same case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rvd.interrupts import deferred
from rvd.units import si_unit

from .paths import find_path
from .require import OUTCOMES, TESTS, unit_of

if TYPE_CHECKING:
    from .schema import Case

_INLINE = ("leg", "disperse", "require", "abort", "capture", "rules")
"""Tables whose own tables stand within one line."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def written(case: Case, files: Mapping[tuple[str, ...], str] | None = None) -> str:
    """The TOML text of a case; what is as the schema has it by itself is left out.

    `files` gives other names to files that it names, by the keys that lead to them.
    """
    with deferred():  # pydantic takes what a signal raises for a fault of the value it is writing
        values = case.model_dump(
            mode="json", by_alias=True, exclude_none=True, exclude_unset=True, exclude={"disperse", "require"}
        )
    for leg in values["leg"]:
        if law := case.own_laws.get(leg["law"]):
            units = {number.name: si_unit(number.unit) for number in law.numbers}
            leg["parameters"] = {name: _texts(x, units[name]) for name, x in leg["parameters"].items()}
    values["disperse"] = {key: _line(key, value) for key, value in case._raw.get("disperse", {}).items()}
    values["require"] = [_requirement(value) for value in case._raw.get("require", [])]
    for (*tables, key), name in (files or {}).items():
        here = values
        for word in tables:
            here = here[word]
        here[key] = name
    return (
        "\n".join(_table((), {key: value for key, value in values.items() if value not in ({}, [])})) + "\n"
    )


# ---- TOML


def _table(path: tuple[str, ...], values: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a table: first its values, then the tables in it."""
    inline = bool(path) and path[0] in _INLINE
    tables = {k: v for k, v in values.items() if _is_table(v) and not inline}
    for key, value in values.items():
        if key not in tables:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in tables.items():
        here = (*path, key)
        name = ".".join(map(_key, here))
        for one in value if isinstance(value, list) else [value]:
            if isinstance(value, list) or key in _INLINE or not all(map(_is_table, one.values())):
                yield ""
                yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _table(here, one)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _key(word: str) -> str:
    return word if _BARE.fullmatch(word) else json.dumps(word)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_value(x)}' for key, x in value.items())} }}"
    return repr(value)


# ---- the parts with readers of their own

_IN_UNITS = ("normal", "within", "uniform", "triangular", "choice")


def _line(key: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """A line of `[disperse]` with a unit at every number that was given in SI."""
    path = find_path(key)
    line = {word: _texts(x, path.unit or "") if word in _IN_UNITS else x for word, x in value.items()}
    if "sigma" in line:
        units = dict(zip(path.parts, path.units, strict=True))
        line["sigma"] = {part: _texts(x, units[part]) for part, x in line["sigma"].items()}
    return line


def _requirement(value: Mapping[str, Any]) -> dict[str, Any]:
    """A requirement with a unit at every limit that was given in SI."""
    what = value["what"]
    if isinstance(what, list):
        return {**value, "what": [_requirement(x) if isinstance(x, Mapping) else x for x in what]}
    unit = "" if what in (*OUTCOMES, *TESTS) else unit_of(what)
    return {k: _texts(x, unit) if k in ("at_least", "at_most") else x for k, x in value.items()}


def _texts(value: Any, unit: str) -> Any:
    if isinstance(value, list):
        return [_texts(x, unit) for x in value]
    return f"{value!r} {unit}" if unit and isinstance(value, int | float) else value
