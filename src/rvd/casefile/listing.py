"""The keys of a case that its sentences leave out: those the file gives, and those it leaves to the defaults."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from rvd.case.table import Angles, Place, Table, kind_of

from .in_words import in_words

if TYPE_CHECKING:
    from .case import Case

APART = ("schema", "leg", "disperse", "require")
"""Keys of the case that are said each in its own way."""


class Noted:
    """A table that notes the places of the keys that are read of it, and of the tables in it."""

    def __init__(self, table: Table, seen: set[str], path: str = "") -> None:
        self._table, self._seen, self._path = table, seen, path

    def __getattr__(self, name: str) -> Any:
        value, here = getattr(self._table, name), f"{self._path}.{name}".lstrip(".")
        self._seen.add(here.removesuffix("_"))
        is_table = isinstance(value, Table) and not isinstance(value, Place | Angles)
        return Noted(value, self._seen, here) if is_table else value


class Listed(NamedTuple):
    """One key: its table, its name, its value in words, and whether the file gives it."""

    table: str
    key: str
    words: str
    given: bool


def others(case: Case, seen: Container[str]) -> Iterator[str]:
    """A line a table: the keys given that no sentence holds; `seen` are the places of those that one does."""
    lines: dict[str, list[str]] = {}
    for item in _walk("", case):
        if item.given and f"{item.table}.{item.key}".lstrip(".") not in seen:
            lines.setdefault(item.table, []).append(f"{item.key} {item.words}")
    for table, words in lines.items():
        yield f"{table}: {'; '.join(words)}"


def defaults(case: Case) -> Iterator[str]:
    """A line a key: those the file leaves to the schema, in sentences or not."""
    for item in _walk("", case):
        if not item.given:
            yield f"{item.table}.{item.key} = {item.words}".lstrip(".")


def _walk(path: str, table: Table) -> Iterator[Listed]:
    for name, field in type(table).model_fields.items():
        key, value = field.alias or name, getattr(table, name)
        here = f"{path}.{key}".lstrip(".")
        if here in APART:
            continue
        for inside, one in _tables(here, value):
            yield from _walk(inside, one)
        kind = kind_of(field)
        if kind is not None and value is not None and value not in ((), ""):
            yield Listed(path, key, in_words(kind, value), name in table.model_fields_set)
    for key, kind in table.own_kinds.items():
        yield Listed(path, key, in_words(kind, getattr(table, key)), key in table.model_fields_set)


def _tables(path: str, value: Any) -> Iterator[tuple[str, Table]]:
    """The tables in a value, but for places and attitudes, and for legs, whose sentences mark their defaults."""
    if isinstance(value, dict):
        yield from ((f"{path}.{name}", one) for name, one in value.items())
    elif isinstance(value, Table) and not isinstance(value, Place | Angles):
        yield path, value
