"""Words beside the codes of a table, and in each field its unit and its meaning: a file that tells what it holds."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import IntEnum

import pyarrow as pa

from rvd.case.columns import column
from rvd.case.requirement import SUCCESSES
from rvd.case.results import MARGIN
from rvd.core.flight.reason import Reason
from rvd.core.kernel import Column
from rvd.core.signals import Alarm, Outcome
from rvd.errors import CaseError

from .flyer import Flyer

WORD = "_word"
"""Follows the name of a column of codes in that of the column of its words."""


def words_of(flyer: Flyer) -> dict[str, tuple[str, ...]]:
    """The words of each column of codes that a flyer gives, in the order of the codes."""
    known = {"outcome": names(Outcome), "alarm": names(Alarm)}
    known["reason"] = names(Reason)
    if legs := getattr(flyer, "leg_names", ()):
        known["leg"] = known["reason_leg"] = known["broken_leg"] = (*legs, "abort")
    known["clearance_pair"] = getattr(flyer, "pairs", ())
    known["broken"] = tuple(name for name, _ in getattr(flyer, "rules", ()))
    return {name: known[name] for name, _ in flyer.columns if name in known}


def success_of(flyer: Flyer) -> str:
    """The word of a run of this flyer that reached its goal."""
    return next((name for name, _ in flyer.columns if name in SUCCESSES), SUCCESSES[0])


def names(codes: type[IntEnum]) -> tuple[str, ...]:
    """The names of the members in lower case, in the order of their numbers; empty for a number that is none."""
    found = {int(member): member.name.lower() for member in codes}
    return tuple(found.get(number, "") for number in range(max(found) + 1))


def worded(rows: pa.Table, words: Mapping[str, tuple[str, ...]]) -> pa.Table:
    """The rows with a column of words, as a dictionary, after each column of codes; null where the code is none."""
    for name, known in words.items():
        at = rows.schema.get_field_index(name)
        codes = [
            code if code is not None and 0 <= code < len(known) else None for code in rows[name].to_pylist()
        ]
        spelt = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(known, pa.string()))
        rows = rows.add_column(at + 1, pa.field(f"{name}{WORD}", spelt.type), spelt)
    return rows


def margins_of(flyer: Flyer) -> tuple[tuple[str, str], ...]:
    """The columns of the margins of a flyer's rules, each with its unit."""
    return tuple((f"{name}{MARGIN}", unit) for name, unit in getattr(flyer, "rules", ()))


def told(rows: pa.Table, margins: tuple[tuple[str, str], ...] = ()) -> pa.Table:
    """The rows with unit and meaning in the metadata of each field; `margins` are those of the rules (`margins_of`)."""
    return pa.Table.from_arrays(rows.columns, schema=_told(rows.schema, margins))


@functools.lru_cache(maxsize=16)
def _told(schema: pa.Schema, margins: tuple[tuple[str, str], ...]) -> pa.Schema:
    units = dict(margins)
    told = [(field, _margin(field.name, units.get(field.name), _about(field.name))) for field in schema]
    return pa.schema([field.with_metadata(it.marks) for field, it in told])


def _margin(name: str, unit: str | None, about: Column) -> Column:
    """What is known of a column, or of a rule's margin in a unit that only the case knows."""
    if unit in (None, about.unit):
        return about
    return Column(unit or "", f"smallest margin of the rule {name.removesuffix(MARGIN)}")


def _about(name: str) -> Column:
    try:
        return column(name)
    except CaseError:  # a result of a flyer that is not of a case
        return Column("", "")
