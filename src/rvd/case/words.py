"""Words and what is written as them: directions on a body, names, whole numbers, instants."""

from __future__ import annotations

import difflib
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rvd.core.orbit.utc import Utc, UtcError, read_utc

from .lists import Vector
from .values import Kind, Quantity, brief, did_you_mean, wrong

LONGEST = 1000
"""Characters of a text that says nothing else."""

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
        length = math.sqrt(x * x + y * y + z * z)
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


AXES = {
    "vbar": (0.0, 1.0, 0.0),
    "rbar": (-1.0, 0.0, 0.0),
    "hbar": (0.0, 0.0, -1.0),
    "-vbar": (-0.0, -1.0, -0.0),
    "-rbar": (1.0, -0.0, -0.0),
    "-hbar": (-0.0, -0.0, 1.0),
}
"""The words for a direction in the orbit's frame, and the unit vectors that they stand for, hill axes."""


@dataclass(frozen=True)
class Axis(Kind):
    """A direction in the orbit's frame, by its word; what is read of it is a unit vector on hill axes."""

    def read(self, value: Any, si: bool) -> tuple[float, float, float]:
        return AXES[Word(tuple(AXES), "an axis").read(value, si)]

    def written(self, value: Sequence[float]) -> str:
        return next(word for word, axis in AXES.items() if axis == tuple(value))

    def described(self) -> dict[str, Any]:
        return {"enum": list(AXES)}

    @property
    def shown(self) -> str:
        return '"rbar"'

    @property
    def words(self) -> str:
        return ", ".join(f'`"{word}"`' for word in AXES)


@dataclass(frozen=True)
class Word(Kind):
    """A text of at most `most` characters, not empty; with `known`, one of these words (`noun` says what they are).

    It is on one line and holds no control characters, so that pages, figures and terminals show it as it is;
    `lines` allows several lines.
    """

    known: tuple[str, ...] = ()
    noun: str = "a word known here"
    empty: bool = False
    most: int = LONGEST
    lines: bool = False

    def read(self, value: Any, si: bool) -> str:
        if not isinstance(value, str) or not (value.strip() or self.empty):
            raise wrong(f"{brief(value)} stands where a text belongs", 'write it in quotes, as "..."')
        if self.known and value not in self.known:
            raise wrong(
                f"{brief(value)} is not {self.noun}", did_you_mean(value, self.known) + self._all(value)
            )
        if len(value) > self.most:
            raise wrong(f"a text of {len(value):,} characters", f"write at most {self.most:,}")
        if why := _unprintable(value, self.lines):
            raise wrong(f"{brief(value)} holds {why}", "write it without")
        return value

    def _all(self, value: str) -> str:
        near = difflib.get_close_matches(value, self.known, n=1, cutoff=0.6)
        return f" ({', '.join(self.known)})" if near and len(self.known) > 1 else ""

    def described(self) -> dict[str, Any]:
        if self.known:
            return {"enum": list(self.known)}
        return {"type": "string", "minLength": 0 if self.empty else 1, "maxLength": self.most}

    @property
    def shown(self) -> str:
        return f'"{self.known[0]}"' if self.known else '"..."'

    @property
    def words(self) -> str:
        if self.known:
            return ", ".join(f'`"{word}"`' for word in self.known)
        return "a text" if self.most == LONGEST else f"a text of at most {self.most:,} characters"


def _unprintable(text: str, lines: bool) -> str:
    """What a text holds that neither a terminal nor a page can show as it is, in words; empty where nothing."""
    for letter in text:
        kind = unicodedata.category(letter)
        if letter in "\n\t" and lines:
            continue
        if letter in "\n\r" or kind in ("Zl", "Zp"):
            return "a line break"
        if kind in ("Cc", "Cs"):
            return f"a control character (U+{ord(letter):04X})"
    return ""


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
                near = min(max(round(x), self.least), self.most)
                raise wrong(
                    f'must be a whole number from {span}, not "{value}"', f'write "{near} {self.unit}"'
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
    """An instant of UTC with its zone: `2013-08-09T07:57:00Z`, quoted or bare."""

    def read(self, value: Any, si: bool) -> Utc:
        try:
            instant = read_utc(value, zone_needed=True)
        except UtcError as error:
            raise wrong(error.what, error.remedy) from None
        if not 1957 <= instant.year <= 2200:
            raise wrong(f"the year {instant.year} is not one of space flight", f"write {self.shown}")
        return instant

    def written(self, value: Utc) -> str:
        return value.isoformat()

    def described(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    @property
    def shown(self) -> str:
        return '"2013-08-09T07:57:00Z"'

    @property
    def words(self) -> str:
        return '`"2013-08-09T07:57:00Z"`'
