"""The requirement that a filter knows its own error, judged on all runs together at each leg they entered."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from rvd.statistics.binomial import Interval
from rvd.statistics.consistency import Consistency, consistency

STATES = 6
"""Numbers in a NEES: position and velocity."""

TESTS = {"nees_consistent": "nees", "nis_consistent": "nis"}
"""What a requirement may test, and the column it reads at each leg."""


class Epoch(NamedTuple):
    """The test as one leg was entered."""

    leg: str
    found: Consistency


def columns_of(what: str, legs: Sequence[str]) -> list[str]:
    """The columns of the results that a test reads."""
    kinds = ("nees",) if what == "nees_consistent" else ("nis", "numbers")
    return [f"{kind}.{leg}" for kind in kinds for leg in legs]


def epochs(table: Mapping[str, np.ndarray], what: str, legs: Sequence[str], confidence: float) -> list[Epoch]:
    """The test at each leg that most of the runs entered; a leg that few fly is chosen by its own trouble."""
    kind = TESTS[what]
    found = []
    for leg in legs:
        squares = np.asarray(table[f"{kind}.{leg}"], dtype=np.float64)
        numbers = STATES if kind == "nees" else np.nan_to_num(np.asarray(table[f"numbers.{leg}"]))
        tested = consistency(squares, numbers, confidence)
        if 2 * tested.runs > squares.size:
            found.append(Epoch(leg, tested))
    return found


def judged(
    table: Mapping[str, np.ndarray], what: str, legs: Sequence[str], confidence: float
) -> tuple[bool | None, str]:
    """Whether the mean lies in its band at every leg, None where none was entered, and a sentence on the worst.

    The bands hold together at the confidence: each is at one minus its share of the error (Bonferroni).
    """
    alone = epochs(table, what, legs, confidence)
    if not alone:
        return None, "no leg where more than half of the runs have a value"
    each = 1.0 - (1.0 - confidence) / len(alone)
    together = epochs(table, what, legs, each)
    worst = max(together, key=lambda epoch: _off(epoch.found))
    within = sum(epoch.found.inside for epoch in alone)
    low, high = worst.found.band
    left_out = [leg for leg in legs if leg not in {epoch.leg for epoch in alone}]
    apart = (
        f"; not judged, half of the runs or fewer having a value: {', '.join(left_out)}" if left_out else ""
    )
    return all(epoch.found.inside for epoch in together), (
        f"farthest off at {worst.leg}, {worst.found.mean:.3f} a number ({low:.3f} to {high:.3f}); "
        f"{within} of {len(alone)} legs within the band of each alone{apart}"
    )


def _off(found: Consistency) -> float:
    """How far a mean lies from one, in halves of its band."""
    band: Interval = found.band
    return abs(math.log(found.mean)) / math.log(band.high / band.low) if found.mean > 0.0 else math.inf
