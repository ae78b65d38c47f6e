"""The limits of what may be drawn: each slot of a row has those of the key that a draw of it changes.

A case file refuses a mass of -1 kg, so no run may draw one.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

from rvd.units import factor

from .paths import PATHS, known_as
from .planned import gates_of
from .schema import CaseSchema
from .values import Quantity
from .words import Whole


class Span(NamedTuple):
    """From low to high, both allowed, but for a low that is `open`; only whole numbers where `whole`."""

    low: float
    high: float
    open: bool
    whole: bool


EVERY = Span(-math.inf, math.inf, False, False)
"""All numbers."""


def limit_of(case: CaseSchema, slot: str) -> Quantity | Whole:
    """The limits of the key of a slot, in the key's unit; without bounds where nothing limits it."""
    known = known_as(slot)
    kind = PATHS[known.key].kinds[known.part]
    if known.key.endswith(".latency") and isinstance(
        kind, Quantity
    ):  # a case refuses a reading that is older than the next one
        sensor = getattr(case.sensors, known.key.split(".")[1])
        return replace(kind, most=sensor.period if sensor else None)
    return kind


def span_of(case: CaseSchema, slot: str) -> Span:
    """The numbers that a slot of the row may hold, in the slot's unit."""
    known, limit = known_as(slot), limit_of(case, slot)
    if known.key.startswith("gates.") and not gates_of(case, known.name):
        return EVERY
    if known.key == "goal.time" and case.goal.time is None:
        return EVERY  # nor does the time of a goal that has none
    if isinstance(limit, Whole):
        return Span(float(limit.least), float(limit.most), False, True)
    low = limit.above if limit.above is not None else limit.least
    return Span(
        low=-math.inf if low is None else low,
        high=math.inf if limit.most is None else limit.most,
        open=limit.above is not None,
        whole=False,
    )


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
