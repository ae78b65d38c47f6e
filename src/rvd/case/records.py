"""Keys of a case out of the records of `rvd.core`: what a field accepts, by its marks, and how it is read."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from rvd.core.kernel import Along, P
from rvd.errors import CaseError

from .lists import Pair, Vector
from .values import Kind, Quantity, brief, did_you_mean, wrong
from .words import Axis

Path = tuple[str | int, ...]
"""Keys and numbers of elements, from the outside in."""

Faults = list[tuple[Path, str, str]]
"""What is wrong: where, what, and the remedy of each."""


class Nested(Kind):
    """A kind of value with keys within it, each of which may be wrong by itself."""

    def read(self, value: Any, si: bool) -> Any:
        faults: Faults = []
        found = self.read_at(value, si, (), faults)
        for _, what, remedy in faults:
            raise wrong(what, remedy)
        return found

    def read_at(self, value: Any, si: bool, at: Path, faults: Faults) -> Any:
        """What it reads; what is wrong with it joins the faults, and what is read then has no meaning."""
        raise NotImplementedError

    @property
    def words(self) -> str:
        return f"`{self.shown}`"


@dataclass(frozen=True)
class Rows(Nested):
    """A list of at most `most` tables, each of them a record."""

    record: Any
    most: int

    def read_at(self, value: Any, si: bool, at: Path, faults: Faults) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            faults.append(
                (at, f"{brief(value)} stands where a list of tables belongs", f"write {self.shown}")
            )
            return ()
        if len(value) > self.most:
            faults.append((at, f"there are more than {self.most} {at[-1]}", f"write at most {self.most}"))
        return tuple(read_record(self.record, one, si, (*at, k), faults) for k, one in enumerate(value))

    def padded(self, value: Sequence[Any]) -> tuple[Any, ...]:
        """As many records as there may be; those that the list does not have are of zeros."""
        zeros = self.record._make([0.0] * len(self.record._fields))
        return (*value, *[zeros] * (self.most - len(value)))

    def written(self, value: Sequence[Any]) -> Any:
        return [
            {key: kind.written(getattr(row, key)) for key, kind in kinds_of(self.record).items()}
            for row in value
        ]

    def described(self) -> dict[str, Any]:
        return {"type": "array", "items": _table(kinds_of(self.record)), "maxItems": self.most}

    @property
    def shown(self) -> str:
        return f"[{_shown(kinds_of(self.record))}]"


@dataclass(frozen=True)
class Sizes(Nested):
    """A table of sizes along V-bar, R-bar and H-bar; what is read of it stands on hill axes."""

    of: Quantity

    @property
    def kinds(self) -> dict[str, Kind]:
        """The kind of each of its keys."""
        return dict.fromkeys(("vbar", "rbar", "hbar"), self.of)

    def read_at(self, value: Any, si: bool, at: Path, faults: Faults) -> tuple[float, ...]:
        found = read_keys(self.kinds, tuple(self.kinds), value, si, at, faults)
        return tuple(found.get(word, 0.0) for word in ("rbar", "vbar", "hbar"))

    def parts(self, value: Sequence[float]) -> dict[str, float]:
        """The sizes by their words, as a case writes them."""
        return dict(zip(self.kinds, (value[1], value[0], value[2]), strict=True))

    def written(self, value: Sequence[float]) -> Any:
        return {word: self.of.written(x) for word, x in self.parts(value).items()}

    def described(self) -> dict[str, Any]:
        return _table(self.kinds)

    @property
    def shown(self) -> str:
        return _shown(self.kinds)


def _table(kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """A table within a table, in a JSON schema."""
    keys = {key: kind.described() for key, kind in kinds.items()}
    return {"type": "object", "additionalProperties": False, "properties": keys}


def _shown(kinds: Mapping[str, Kind]) -> str:
    """A table within a table, as TOML."""
    keys = (f"{key} = {kind.shown}" for key, kind in kinds.items())
    return f"{{ {', '.join(keys)} }}"


@functools.cache
def kinds_of(record: Any) -> Mapping[str, Kind]:
    """The kind of value of each field of a record, by its marks. TypeError for a field that no case can give."""
    hints = get_type_hints(record, include_extras=True)
    return {name: _kind(hints[name]) for name in record._fields}


def _kind(hint: Any) -> Kind:
    """The kind of value that a field asks for."""
    mark = next((mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, P | Along)), None)
    parts = get_args(hint if mark is None else hint.__origin__)
    if mark is None and parts and hasattr(parts[0], "_fields"):
        return Rows(parts[0], len(parts))
    if mark is None:
        raise TypeError(f"{hint} has no mark that says how a case gives it")
    if isinstance(mark, Along):
        return Axis()
    number = Quantity(mark.unit, mark.usual, above=mark.above, least=mark.least, most=mark.most)
    if not parts:
        return number
    if len(parts) == 2:
        return Pair(number)
    return Sizes(number) if mark.axes == "hill" else Vector(number)


def needed_of(record: Any) -> tuple[str, ...]:
    """The fields that have no default."""
    return tuple(name for name in record._fields if name not in record._field_defaults)


def read_record(record: Any, given: Any, si: bool, at: Path, faults: Faults) -> Any:
    """A record out of a table; None where one of its keys is missing or wrong."""
    before = len(faults)
    found = read_keys(kinds_of(record), needed_of(record), given, si, at, faults)
    return record(**found) if len(faults) == before else None


def read_keys(
    kinds: Mapping[str, Kind], needed: Sequence[str], given: Any, si: bool, at: Path, faults: Faults
) -> dict[str, Any]:
    """The values of the keys of a table; what is wrong with it joins the faults."""
    if not isinstance(given, Mapping):
        faults.append((at, f"{brief(given)} stands where a table belongs", f"write {_shown(kinds)}"))
        return {}
    strange = [key for key in given if key not in kinds]
    faults += (((*at, key), "the key is not known", remedy_of(key, tuple(kinds))) for key in strange)
    meant = {near for key in strange for near in difflib.get_close_matches(key, kinds, n=1)}
    faults += (
        ((*at, key), "the key is missing", f"write {key} = {kinds[key].shown}")
        for key in needed
        if key not in given and key not in meant  # a key misspelt is also a key missing: once is enough
    )
    return {
        key: read_key(kind, given[key], si, (*at, key), faults) for key, kind in kinds.items() if key in given
    }


def read_key(kind: Kind, value: Any, si: bool, at: Path, faults: Faults) -> Any:
    """The value of a key, as its record holds it; what is wrong with it joins the faults."""
    if isinstance(kind, Nested):
        return kind.read_at(value, si, at, faults)
    try:
        return kind.read(value, si)
    except CaseError as error:
        faults.append((at, error.what, error.remedy))
        return None


def remedy_of(key: str, known: Sequence[str]) -> str:
    """What to write where a key is not known."""
    near = did_you_mean(key, known)
    return near if near.startswith("did") else f"the keys are {', '.join(known)}"


def walk(record: Any) -> Iterator[Any]:
    """A record, and those in lists of it."""
    yield record
    for kind in kinds_of(record).values():
        if isinstance(kind, Rows):
            yield from walk(kind.record)
