"""Laws that are functions in files of their own, and the numbers that a leg gives them.

One that ships with `rvd` goes by its name, one of the user's own by its file and its name: `my_laws.py:spiral`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from rvd.errors import CaseError
from rvd.guidance.laws import SHIPPED

from .values import Kind, brief, wrong
from .words import Word

WORD = re.compile(r"(?P<file>[^:]+\.py):(?P<name>[^:]+)")
"""How a case names a law of the user's own."""


class LawWord(Word):
    """One of the laws of `rvd`, or `my_laws.py:spiral` for one of the user's own."""

    def read(self, value: Any, si: bool) -> str:
        if isinstance(value, str) and WORD.fullmatch(value):
            return value
        try:
            return super().read(value, si)
        except CaseError as error:
            own = "" if not isinstance(value, str) else ', or "my_laws.py:spiral" for one of your own'
            raise wrong(error.what, f"{error.remedy}{own}") from None

    def described(self) -> dict[str, Any]:
        return {"anyOf": [super().described(), {"type": "string", "pattern": r"^[^:]+\.py:[^:]+$"}]}

    @property
    def words(self) -> str:
        return f'{super().words}, or `"my_laws.py:spiral"`'


class Parameters(Kind):
    """The numbers a leg gives to a law that is a function; `own_laws` has read them."""

    def read(self, value: Any, si: bool) -> dict[str, float]:
        if not isinstance(value, Mapping):
            raise wrong(f"{brief(value)} stands where a table belongs", f"write {self.shown}")
        return dict(value)

    def described(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": {"type": ["number", "string"]}}

    @property
    def shown(self) -> str:
        return '{ speed = "0.1 m/s" }'

    @property
    def words(self) -> str:
        return f"`{self.shown}`: the numbers that the law takes, by their names"


class Number(NamedTuple):
    """A number that a law takes: its name, its unit, and what it is (SI) where the case says nothing.

    The unit says what it measures, and is the one that remedies show.
    """

    name: str
    unit: str
    default: float | None


class LawText(NamedTuple):
    """A law as its file has it; `says` is the first line of its docstring, `frame` the only one it is flown in."""

    file: str
    name: str
    content: bytes
    says: str
    numbers: tuple[Number, ...]
    frame: str
    shipped: bool

    @property
    def called(self) -> str:
        """What messages call it."""
        return f"the law {self.name}" if self.shipped else f"{self.name} of {self.file}"

    def values(self, given: Mapping[str, float]) -> tuple[float, ...]:
        """The numbers a leg gives, in the law's order, with the defaults of those it does not."""
        return tuple(given.get(n.name, n.default if n.default is not None else 0.0) for n in self.numbers)


def is_function(law: object) -> bool:
    """Whether a leg's law is a function in a file: one of the user's own, or one that ships."""
    return isinstance(law, str) and (law in SHIPPED or WORD.fullmatch(law) is not None)
