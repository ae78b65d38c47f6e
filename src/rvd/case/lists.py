"""Lists of values: vectors by named axes, pairs, lists of one kind and of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rvd.errors import CaseError

from .values import Kind, Quantity, brief, wrong


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
