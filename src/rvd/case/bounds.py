"""The limits of what may be drawn: each slot of a row has those of the key that a draw of it changes.

A case file refuses a mass of -1 kg, so no run may draw one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rvd.units import factor

from .faults import inner
from .lists import Vector
from .paths import PATHS, known_as
from .values import Kind, Quantity
from .vehicles import MOST_ECCENTRICITY
from .words import Whole

if TYPE_CHECKING:
    from .legs import Gate
    from .schema import Case

ELSEWHERE = {
    "chaser.thrusters.repeatability": "chaser.repeatability",
    "chaser.thrusters.fault_since": "sensors.gps.out_since",
    "chaser.thrusters.fault_until": "sensors.gps.out_until",
    "gates.delay": "leg.gate.delay",
    "gates.refused": "leg.gate.refused",
}
"""Dispersible keys whose limits stand under another key of the schema."""

FORCE = Quantity("", least=0.0)
"""A nozzle's thrust over that of its table: none blows the other way."""

ALWAYS = Quantity("")
"""No limit."""


class Span(NamedTuple):
    """From low to high, both allowed, but for a low that is `open`; only whole numbers where `whole`."""

    low: float
    high: float
    open: bool
    whole: bool


EVERY = Span(-math.inf, math.inf, False, False)
"""All numbers."""


def gates_of(case: Case, slot: str) -> list[Gate]:
    """The gates that a slot of `gates.` speaks of; an ungated leg has none, and its numbers are never looked at."""
    name = known_as(slot).name
    return [leg.gate for leg in case.leg if leg.gate is not None and name in ("", leg.name)]


def limit_of(case: Case, slot: str) -> Quantity | Whole:
    """The limits of the key of a slot, in the key's unit; without bounds where nothing limits it."""
    known = known_as(slot)
    path = PATHS[known.key]
    if path.words:
        return Whole(0, len(path.words) - 1)
    if known.key == "chaser.thrusters.force":
        return FORCE
    kind = kind_at(ELSEWHERE.get(known.key, known.key))
    if isinstance(kind, Whole):
        return kind
    most = kind.most
    if known.key == "target.eccentricity":
        most = MOST_ECCENTRICITY
    if known.key.endswith(".latency"):  # a case refuses a reading that is older than the next one
        sensor = getattr(case.sensors, known.key.split(".")[1])
        most = sensor.period if sensor else None
    return Quantity(path.units[known.part], path.usual, kind.above, kind.least, most)


def span_of(case: Case, slot: str) -> Span:
    """The numbers that a slot of the row may hold, in the slot's unit."""
    known, limit = known_as(slot), limit_of(case, slot)
    if known.key.startswith("gates.") and not gates_of(case, slot):
        return EVERY
    table, _, rest = known.key.partition(".")
    if table == "sensors" and getattr(case.sensors, rest.partition(".")[0]) is None:
        return EVERY  # a sensor that the case has not: its numbers mean nothing
    if isinstance(limit, Whole):
        return Span(float(limit.least), float(limit.most), False, True)
    low = limit.above if limit.above is not None else limit.least
    return Span(
        low=-math.inf if low is None else low,
        high=math.inf if limit.most is None else limit.most,
        open=limit.above is not None,
        whole=False,
    )


def field_at(key: str) -> FieldInfo | None:
    """The schema's field at a dotted key; None where a case has no such key."""
    from .schema import Case

    model: type[BaseModel] = Case
    *tables, last = [word for word in key.split(".") if not word.isdecimal()]
    for word in tables:
        found = model.model_fields.get(word)
        table = inner(found.annotation) if found else None
        if table is None:
            return None
        model = table
    return model.model_fields.get(last)


def kind_at(key: str) -> Quantity | Whole:
    """What the schema allows at a dotted key; no limit where no key of a case holds the number."""
    field = field_at(key)
    if field is None:
        return ALWAYS
    return next((_number(kind) for kind in (*field.metadata, *_kinds(field.annotation))), ALWAYS)


def _kinds(annotation: Any) -> Iterator[Kind]:
    """The kinds of value within an annotation such as `Duration | None`."""
    for part in (*getattr(annotation, "__metadata__", ()), *get_args(annotation)):
        if isinstance(part, Kind):
            yield part
        else:
            yield from _kinds(part)


def _number(kind: Any) -> Quantity | Whole:
    """The kind of each number of a value."""
    kind = kind.of if isinstance(kind, Vector) else kind
    return kind if isinstance(kind, Quantity | Whole) else ALWAYS


def broken(limit: Quantity | Whole) -> str:
    """What a value outside the limits of a key is: "that is not positive"."""
    if isinstance(limit, Whole):
        return f"that is no whole number from {limit.least} to {limit.most}"
    low = limit.above if limit.above is not None else limit.least
    if limit.most is None and low == 0.0:
        return "that is not positive" if limit.above is not None else "that is negative"
    if limit.most is None:
        return f"below {said(limit, low)}"
    return f"outside {said(limit, low or 0.0)} to {said(limit, limit.most)}"


def said(limit: Quantity, x: float | None) -> str:
    """A number of a key (SI) in the unit that people use."""
    unit = limit.usual or limit.unit
    return f"{(x or 0.0) / usual_unit(limit):.6g} {unit}".strip()


def usual_unit(limit: Quantity) -> float:
    """How many of its SI unit a key's usual one holds."""
    return factor(limit.usual, limit.unit) if limit.unit and limit.usual else 1.0
