"""The flights that figures draw as lines: a campaign keeps those of its first runs, so that nobody flies them twice."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np

from rvd.core.signals import Outcome
from rvd.store import lines as files
from rvd.store.folder import Store

KEPT = 40
"""Runs 0 to 39 of a campaign are kept: as many as a report draws."""

EVERY = 10
"""Seconds between two lines: a pixel of a figure is longer, and a run keeps 80 kB."""

COLUMNS = (
    "t", "vbar", "rbar", "hbar", "vbar_rate", "rbar_rate", "hbar_rate", "fixture_vbar", "fixture_rbar", "fixture_hbar",
    "offset_forward", "offset_starboard", "offset_down", "believed_vbar", "believed_rbar", "believed_hbar",
    "believed_vbar_rate", "believed_rbar_rate", "believed_hbar_rate", "leg", "nees", "nis", "numbers",
)  # fmt: skip
"""Columns of a history that the lines of a campaign are drawn from."""


class Lines(NamedTuple):
    """A flight as figures draw it: outcome, `COLUMNS` of its history (k,), when each leg was entered (NaN: never)."""

    outcome: Outcome
    history: dict[str, np.ndarray]
    legs: dict[str, np.ndarray]


class Logged(Protocol):
    """A flight with its history, its leg log and its result, in the order of the flyer's columns."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def history(self) -> dict[str, np.ndarray]: ...
    @property
    def legs(self) -> dict[str, np.ndarray]: ...
    @property
    def result(self) -> dict[str, float]: ...


@runtime_checkable
class Logging(Protocol):
    """A flyer that can log a flight."""

    def flight(self, row: np.ndarray, seed: int, run: int, every: int = 1) -> Logged:
        """One flight with a line of history every `every` s; its result has the bits of `Flyer.fly`."""
        ...


def keep(store: Store, run: int, flight: Logged) -> None:
    """Keeps the lines of a run in a store; a store without a folder keeps none."""
    columns = {name: flight.history[name] for name in COLUMNS}
    entered = [None if np.isnan(t) else float(t) for t in flight.legs["t"]]
    store.keep(run, columns, {"outcome": int(flight.outcome), "entered": entered})


def kept(folder: Path, campaign: str, run: int) -> Lines | None:
    """The lines of a run that a results folder keeps; None where it has none that can be used."""
    found = files.read(folder, campaign, run)
    if found is None:
        return None
    columns, facts = found
    try:
        entered = np.array([np.nan if t is None else t for t in facts["entered"]], dtype=float)
        outcome = Outcome(facts["outcome"])
    except (KeyError, ValueError, TypeError):
        return None
    if set(columns) != set(COLUMNS) or not columns["t"].size:
        return None
    return Lines(outcome, columns, {"t": entered})
