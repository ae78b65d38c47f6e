"""The quantities of a campaign as tables and figures show them: words, unit, and the values that runs have."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from rvd.case.requirement import Condition, Requirement, percent
from rvd.case.results import MARGIN, RESULTS

Table = Mapping[str, np.ndarray]

NO_MARGINS: Mapping[str, str] = {}
"""No rule has a margin."""

DEGREES = 180.0 / math.pi

QUANTITIES = (
    ("propellant_used", "propellant used", "kg", 1.0),
    ("delta_v", "delta-v", "m/s", 1.0),
    ("t_end", "time to the end", "min", 1.0 / 60.0),
    ("corridor_margin", "corridor margin", "deg", DEGREES),
    ("speed_margin", "speed margin", "m/s", 1.0),
    ("keep_out_margin", "keep-out margin", "m", 1.0),
    ("ellipsoid_margin", "ellipsoid margin", "m", 1.0),
    ("closest", "closest approach of the centres", "m", 1.0),
    ("clearance", "clearance of the hulls", "m", 1.0),
    ("release_distance", "release: from the box centre", "m", 1.0),
    ("release_speed", "release: speed", "mm/s", 1e3),
    ("box_distance", "drift: farthest from the centre", "m", 1.0),
    ("box_speed", "drift: speed", "mm/s", 1e3),
    ("box_angle", "drift: attitude", "deg", DEGREES),
    ("box_rate", "drift: rate", "deg/s", DEGREES),
    ("closing_speed", "contact: closing speed", "mm/s", 1e3),
    ("lateral_speed", "contact: speed across", "mm/s", 1e3),
    ("lateral_offset", "contact: offset", "m", 1.0),
    ("tilt", "contact: tilt", "deg", DEGREES),
    ("roll", "contact: roll", "deg", DEGREES),
    ("tilt_rate", "contact: tilt rate", "deg/s", DEGREES),
    ("roll_rate", "contact: roll rate", "deg/s", DEGREES),
    ("held_distance", "hold: farthest from its place", "m", 1.0),
    ("held_speed", "hold: speed", "mm/s", 1e3),
    ("held_angle", "hold: attitude", "deg", DEGREES),
    ("clear_distance", "gone: nearest since", "m", 1.0),
    ("reached_distance", "at its place: off by", "m", 1.0),
    ("reached_speed", "at its place: speed", "mm/s", 1e3),
    ("reached_angle", "at its place: attitude", "deg", DEGREES),
    ("error_r", "navigation error at the end", "m", 1.0),
    ("passive_margin", "lost thrust, but in first burns: beyond the keep-out sphere", "m", 1.0),
    ("passive_margin_first_burn", "lost thrust in a first burn: beyond the keep-out sphere", "m", 1.0),
    ("unsafe_share_first_burn", "lost thrust in a first burn: unsafe share", "%", 100.0),
    ("return_margin", "lost thrust inside: beyond the sphere on coming back", "m", 1.0),
    ("contact_margin", "lost thrust inside: from contact", "m", 1.0),
)
"""Columns of the results that are tabled: name, words, unit, factor from SI. Margins are positive inside."""


class Quantity(NamedTuple):
    """How a column is shown: its words, its unit, and the factor from SI."""

    words: str
    unit: str
    factor: float


def quantity(column: str, unit: str = "") -> Quantity:
    """How a column is shown; one that is not tabled has its own name, its SI `unit`, and degrees for rad.

    So has the margin of a rule that has the name of a tabled one and is of another kind.
    """
    for name, words, shown, factor in QUANTITIES:
        if name == column and unit in ("", RESULTS[name].unit):
            return Quantity(words, shown, factor)
    rule = column.removesuffix(MARGIN)
    words = column if rule == column else f"{rule} margin"
    if unit in ("rad", "rad/s"):
        return Quantity(words, unit.replace("rad", "deg"), DEGREES)
    return Quantity(words, unit, 1.0)


def finite(table: Table, column: str) -> np.ndarray:
    """The values of a column in the runs that have one, and a finite one."""
    values = np.asarray(table[column], dtype=float)
    return values[np.isfinite(values)]


def required(table: Table, requirements: Sequence[Requirement]) -> list[str]:
    """The columns of a table that have to keep a limit."""
    columns = [
        condition.what
        for requirement in requirements
        for condition in requirement.conditions
        if condition.limited and condition.what in table
    ]
    return list(dict.fromkeys(columns))


class Bound(NamedTuple):
    """A limit on a quantity in its unit: whether it is an upper one, and the share of runs it is asked in."""

    value: float
    upper: bool
    share: str

    @property
    def words(self) -> str:
        """The limit without its unit."""
        return f"at {'most' if self.upper else 'least'} {self.value:.4g}"


def bounds(column: str, requirements: Sequence[Requirement]) -> list[Bound]:
    """The limits that a column has to keep, as it is shown."""
    return [
        Bound(quantity(column, condition.unit).factor * limit, upper, _runs(requirement))
        for requirement in requirements
        for condition in requirement.conditions
        if condition.what == column
        for upper, limit in ((True, condition.at_most), (False, condition.at_least))
        if limit is not None
    ]


def unit_of(column: str, requirements: Sequence[Requirement], margins: Mapping[str, str] = NO_MARGINS) -> str:
    """The SI unit of a column as its rule (`margins`) or its requirements give it; empty where none does."""
    if column in margins:
        return margins[column]
    conditions: list[Condition] = [c for requirement in requirements for c in requirement.conditions]
    return next((c.unit for c in conditions if c.what == column and c.unit), "")


def _runs(requirement: Requirement) -> str:
    return f"in {percent(requirement.needed)}" if requirement.needed < 1.0 else "in every run"
