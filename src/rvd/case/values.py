"""The kinds of value a case file holds: what each accepts, what it becomes in SI, and how it is written again.

Each is a class whose instances annotate a field of the schema. `read` raises CaseError without a place; Pydantic adds
the key. Bare numbers are SI in Python, and refused in a file (validation context `{"si": False}`).
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from rvd.errors import CaseError
from rvd.units import example, quantity, refused


def wrong(what: str, remedy: str) -> CaseError:
    """A CaseError whose place is filled in later."""
    return CaseError("", 0, "", what, remedy)


def brief(value: Any) -> str:
    """A value as TOML would show it, shortened to fit a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple) and any(isinstance(x, Mapping) for x in value):
        return "a list of tables"
    text = repr(value) if not isinstance(value, str) else f'"{value}"'
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 40 else f"{text[:37]}..."


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """The remedy for a word that is not among those known."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else f"write one of {', '.join(known)}"


class Kind:
    """One kind of value; `read` gives the Python value, `written` the TOML value that reads as the same."""

    def read(self, value: Any, si: bool) -> Any:
        raise NotImplementedError

    def written(self, value: Any) -> Any:
        return value

    def described(self) -> dict[str, Any]:
        """Its part of the JSON schema."""
        raise NotImplementedError

    @property
    def words(self) -> str:
        """What to write, in the reference of the case file."""
        raise NotImplementedError

    @property
    def shown(self) -> str:
        """A value of this kind, as TOML."""
        return '"..."'

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        def validated(value: Any, info: Any) -> Any:
            try:
                return self.read(value, (info.context or {}).get("si", True))
            except CaseError as error:
                words = {"what": error.what, "remedy": error.remedy}
                raise PydanticCustomError("rvd", "{what}", words) from None

        return core_schema.with_info_plain_validator_function(
            validated,
            serialization=core_schema.plain_serializer_function_ser_schema(
                self.written, when_used="json-unless-none"
            ),
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return self.described()


@dataclass(frozen=True)
class Quantity(Kind):
    """A number with a unit; `unit` is its SI unit ("" for a pure number), `usual` the one that remedies show."""

    unit: str
    usual: str = ""
    above: float | None = None
    least: float | None = None
    most: float | None = None

    def read(self, value: Any, si: bool) -> float:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise refused(value, self.unit, self.usual)
        if isinstance(value, str):
            x = quantity(value, self.unit, self.usual)
        elif si or not self.unit:
            x = _finite(value, self)
        else:
            raise refused(value, self.unit, self.usual)
        self.within(x, value)
        return x

    @property
    def shown(self) -> str:
        return example(self.unit, self.usual)

    def within(self, x: float, value: Any) -> None:
        """Raises CaseError where x (SI) is outside the bounds; `value` is x as it was written."""
        text = f'"{value}"' if isinstance(value, str) else f"{value:g}"
        show = example(self.unit, self.usual, text.strip('"').split()[0].lstrip("-") or "1")
        if self.above is not None and not x > self.above:
            what = "must be positive" if self.above == 0.0 else f"must be more than {self.said(self.above)}"
            raise wrong(f"{what}, not {text}", f"write {show}" if x < 0.0 else "write more")
        if self.least is not None and not x >= self.least:
            what = (
                "must not be negative" if self.least == 0.0 else f"must be at least {self.said(self.least)}"
            )
            raise wrong(f"{what}, not {text}", f"write {show}" if self.least == 0.0 else "write more")
        if self.most is not None and not x <= self.most:
            raise wrong(f"must be at most {self.said(self.most)}, not {text}", "write less")

    def written(self, value: float) -> Any:
        return f"{brief(value)} {self.unit}" if self.unit else value

    def said(self, x: float) -> str:
        """x (SI) as people read it."""
        return f"{x:.6g} {self.unit}".strip()

    def described(self) -> dict[str, Any]:
        if self.unit:
            return {"type": "string", "examples": [example(self.unit, self.usual).strip('"')]}
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "%|ppm|^[-+0-9.eE]+$"}]}

    @property
    def words(self) -> str:
        return f"`{example(self.unit, self.usual)}`" if self.unit else "a number"


def _finite(value: float, kind: Quantity) -> float:
    try:
        x = float(value)
    except OverflowError:
        x = math.inf
    if not math.isfinite(x):
        raise wrong(f"{x} is not a finite number", f"write {example(kind.unit, kind.usual)}")
    return x


@dataclass(frozen=True)
class Vector(Kind):
    """A list of numbers of one kind, `count` of them, for the named axes."""

    of: Quantity
    axes: tuple[str, ...] = ("forward", "starboard", "down")

    def read(self, value: Any, si: bool) -> tuple[float, ...]:
        if not isinstance(value, list | tuple) or len(value) != len(self.axes):
            have = f"a list of {len(value)}" if isinstance(value, list | tuple) else f"{brief(value)}"
            what = f"a list of {len(self.axes)} belongs here ({', '.join(self.axes)}), not {have}"
            raise wrong(what, f"write {self.shown}")
        return tuple(self._element(axis, x, si) for axis, x in zip(self.axes, value, strict=True))

    def _element(self, axis: str, value: Any, si: bool) -> float:
        try:
            return self.of.read(value, si)
        except CaseError as error:
            raise wrong(f"{axis}: {error.what}", error.remedy) from None

    def written(self, value: Sequence[float]) -> Any:
        return [self.of.written(x) for x in value]

    def described(self) -> dict[str, Any]:
        n = len(self.axes)
        return {"type": "array", "items": self.of.described(), "minItems": n, "maxItems": n}

    @property
    def shown(self) -> str:
        return f"[{', '.join([self.of.shown] * len(self.axes))}]"

    @property
    def words(self) -> str:
        return f"`[..., ...]` of {self.of.words}: {', '.join(self.axes)}"


@dataclass(frozen=True)
class Several(Kind):
    """A list of `least` to `most` values of one kind."""

    of: Kind
    least: int
    most: int

    def read(self, value: Any, si: bool) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or not self.least <= len(value) <= self.most:
            span = f"{self.least} to {self.most}" if self.most < 1000 else f"at least {self.least}"
            have = f"a list of {len(value)}" if isinstance(value, list | tuple) else f"{brief(value)}"
            raise wrong(f"a list of {span} belongs here, not {have}", "write it as [ ..., ... ]")
        return tuple(self.of.read(x, si) for x in value)

    def written(self, value: Sequence[Any]) -> Any:
        return [self.of.written(x) for x in value]

    def described(self) -> dict[str, Any]:
        return {"type": "array", "items": self.of.described(), "minItems": self.least, "maxItems": self.most}

    @property
    def shown(self) -> str:
        return f"[{self.of.shown}]"

    @property
    def words(self) -> str:
        return f"a list: {self.of.words}"


@dataclass(frozen=True)
class Pair(Kind):
    """Two values of one kind; a single one means both."""

    of: Quantity

    def read(self, value: Any, si: bool) -> tuple[float, float]:
        if isinstance(value, list | tuple):
            first, last = Vector(self.of, ("begin", "end")).read(value, si)
            return first, last
        both = self.of.read(value, si)
        return both, both

    def written(self, value: Sequence[float]) -> Any:
        return [self.of.written(x) for x in value]

    def described(self) -> dict[str, Any]:
        one = self.of.described()
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 2, "maxItems": 2}]}

    @property
    def shown(self) -> str:
        return self.of.shown

    @property
    def words(self) -> str:
        return f"{self.of.words}, or `[begin, end]`"


@dataclass(frozen=True)
class Mixed(Kind):
    """A list of quantities of different kinds."""

    of: tuple[Quantity, ...]
    names: tuple[str, ...]

    def read(self, value: Any, si: bool) -> tuple[float, ...]:
        if not isinstance(value, list | tuple) or len(value) != len(self.of):
            raise wrong(f"a list of {' and '.join(self.names)} belongs here", f"write {self.shown}")
        return tuple(
            Vector(kind, (name,)).read([x], si)[0]
            for kind, name, x in zip(self.of, self.names, value, strict=True)
        )

    def written(self, value: Sequence[float]) -> Any:
        return [kind.written(x) for kind, x in zip(self.of, value, strict=True)]

    def described(self) -> dict[str, Any]:
        items = [kind.described() for kind in self.of]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}

    @property
    def shown(self) -> str:
        return f"[{', '.join(kind.shown for kind in self.of)}]"

    @property
    def words(self) -> str:
        return f"`{self.shown}`: {', '.join(self.names)}"


DIRECTIONS = {
    "forward": (1.0, 0.0, 0.0),
    "aft": (-1.0, 0.0, 0.0),
    "starboard": (0.0, 1.0, 0.0),
    "port": (0.0, -1.0, 0.0),
    "down": (0.0, 0.0, 1.0),
    "up": (0.0, 0.0, -1.0),
}


@dataclass(frozen=True)
class Direction(Kind):
    """A direction on a body: a word, or three numbers (forward, starboard, down) of any length but zero."""

    def read(self, value: Any, si: bool) -> tuple[float, float, float]:
        if isinstance(value, str):
            if value not in DIRECTIONS:
                raise wrong(f'"{value}" is no direction', did_you_mean(value, tuple(DIRECTIONS)))
            return DIRECTIONS[value]
        if not isinstance(value, list | tuple):
            raise wrong(f"{brief(value)} is no direction", f"write one of {', '.join(DIRECTIONS)}")
        x, y, z = Vector(Quantity("", most=1e6, least=-1e6)).read(value, si)
        length = math.hypot(x, y, z)
        if not length > 1e-6:
            raise wrong("a direction is not zero", f"write one of {', '.join(DIRECTIONS)}")
        if length == 1.0:
            return (x, y, z)
        return (x / length, y / length, z / length)

    def written(self, value: Sequence[float]) -> Any:
        words = [word for word, axis in DIRECTIONS.items() if axis == tuple(value)]
        return words[0] if words else list(value)

    def described(self) -> dict[str, Any]:
        numbers = {"type": "array", "items": {"type": "number"}, "minItems": 3, "maxItems": 3}
        return {"anyOf": [{"enum": list(DIRECTIONS)}, numbers]}

    @property
    def shown(self) -> str:
        return '"down"'

    @property
    def words(self) -> str:
        return ", ".join(f"`{word}`" for word in DIRECTIONS) + ", or three numbers"


@dataclass(frozen=True)
class Word(Kind):
    """A text that is not empty; with `known`, one of these words (`noun` says what they are)."""

    known: tuple[str, ...] = ()
    noun: str = "a word known here"
    empty: bool = False

    def read(self, value: Any, si: bool) -> str:
        if not isinstance(value, str) or not (value.strip() or self.empty):
            raise wrong(f"{brief(value)} stands where a text belongs", 'write it in quotes, as "..."')
        if self.known and value not in self.known:
            raise wrong(f'"{value}" is not {self.noun}', did_you_mean(value, self.known) + self._all(value))
        return value

    def _all(self, value: str) -> str:
        near = difflib.get_close_matches(value, self.known, n=1, cutoff=0.6)
        return f" ({', '.join(self.known)})" if near and len(self.known) > 1 else ""

    def described(self) -> dict[str, Any]:
        return (
            {"enum": list(self.known)}
            if self.known
            else {"type": "string", "minLength": 0 if self.empty else 1}
        )

    @property
    def shown(self) -> str:
        return f'"{self.known[0]}"' if self.known else '"..."'

    @property
    def words(self) -> str:
        return ", ".join(f'`"{word}"`' for word in self.known) if self.known else "a text"


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number; with a `unit`, in a text."""

    least: int
    most: int
    unit: str = ""

    def read(self, value: Any, si: bool) -> float | int:
        if self.unit:
            x = Quantity(self.unit).read(value, si)
            if x != math.floor(x) or not self.least <= x <= self.most:
                span = f"{self.least} to {self.most} {self.unit}"
                raise wrong(
                    f'must be a whole number from {span}, not "{value}"', f'write "{self.least} {self.unit}"'
                )
            return x
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong(f"{brief(value)} stands where a whole number belongs", f"write {max(self.least, 1)}")
        if not self.least <= value <= self.most:
            what = f"must be {self.least} to {self.most}, not {brief(value)}"
            raise wrong(what, "write a whole number within")
        return value

    def written(self, value: Any) -> Any:
        return f"{value:g} {self.unit}" if self.unit else value

    def described(self) -> dict[str, Any]:
        if self.unit:
            return {"enum": [f"{k} {self.unit}" for k in range(self.least, self.most + 1)]}
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    @property
    def shown(self) -> str:
        one = max(self.least, 1)
        return f'"{one} {self.unit}"' if self.unit else str(one)

    @property
    def words(self) -> str:
        return f'`"1 {self.unit}"`, whole, to {self.most}' if self.unit else "a whole number"


@dataclass(frozen=True)
class Instant(Kind):
    """A UTC instant: `2013-08-09T07:57:00Z`, quoted or bare."""

    def read(self, value: Any, si: bool) -> datetime:
        remedy = 'write "2013-08-09T07:57:00Z"'
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                raise wrong(f'"{value}" is no instant', remedy) from None
        if not isinstance(value, datetime):
            raise wrong(f"{value!s} stands where an instant belongs", remedy)
        if value.tzinfo is None:
            raise wrong("an instant without a zone may be off by hours", f'write "{value.isoformat()}Z"')
        try:
            value = value.astimezone(UTC)
        except OverflowError:
            raise wrong("the instant is too far away", remedy) from None
        if not 1957 <= value.year <= 2200:
            raise wrong(f"the year {value.year} is not one of space flight", remedy)
        return value

    def written(self, value: datetime) -> str:
        return value.isoformat().replace("+00:00", "Z")

    def described(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    @property
    def shown(self) -> str:
        return '"2013-08-09T07:57:00Z"'

    @property
    def words(self) -> str:
        return '`"2013-08-09T07:57:00Z"`'
