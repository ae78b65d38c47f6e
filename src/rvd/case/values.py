"""The kinds of value a case file holds: what each accepts, what it becomes in SI, and how it is written again.

Each is a class whose instances annotate a field of the schema. `read` raises CaseError without a place; Pydantic adds
the key. Bare numbers are SI in Python, and refused in a file (validation context `{"si": False}`).
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from rvd.errors import CaseError
from rvd.units import MOST, example, not_finite, quantity, refused


def wrong(what: str, remedy: str) -> CaseError:
    """A CaseError whose place is filled in later."""
    return CaseError("", 0, "", what, remedy)


def faulty(*faults: tuple[str | tuple[str | int, ...], str, str]) -> PydanticCustomError:
    """What is wrong with keys beside others of their table, for a validator to raise: key, what, and remedy of each.

    A key within a table of that table is told by its keys, from the outside in.
    """
    return PydanticCustomError("rvd", "{faults}", {"faults": faults})


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


SHOWN = 12
"""Words of a remedy; who needs all finds them in the case file's reference."""


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """The remedy for a word that is not among those known."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    more = f" or {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f'did you mean "{near[0]}"?' if near else f"write one of {', '.join(known[:SHOWN])}{more}"


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
                raise faulty(("", error.what, error.remedy)) from None

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
    """A number with a unit; `unit` is its SI unit ("" for a pure number), `usual` the one that remedies show.

    `why` says in words why there is no more than `most`.
    """

    unit: str
    usual: str = ""
    above: float | None = None
    least: float | None = None
    most: float | None = None
    why: str = ""

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
            why = f" ({self.why})" if self.why else ""
            raise wrong(f"must be at most {self.said(self.most)}{why}, not {text}", "write less")

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
        raise not_finite(f"{x}", kind.unit, kind.usual)
    if abs(x) > MOST:
        raise wrong(f"{x:g} is beyond all measure", f"write {example(kind.unit, kind.usual)}")
    return x
