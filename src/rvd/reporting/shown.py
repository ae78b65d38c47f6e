"""The flights a figure shows: the nominal one and some of a campaign, each under its run number."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from rvd.core.flight.history import BASIC
from rvd.core.signals import SUCCESSES, Outcome

from .scene import hill


class Flown(Protocol):
    """What a figure needs of a flight: its outcome, its history (column -> (k,)) and its leg log."""

    @property
    def outcome(self) -> Outcome: ...

    @property
    def history(self) -> dict[str, np.ndarray]: ...

    @property
    def legs(self) -> dict[str, np.ndarray]: ...


class Shown(NamedTuple):
    """A flight in a figure: its run number (None: the nominal flight, drawn in front)."""

    run: int | None
    flight: Flown

    @property
    def name(self) -> str:
        """What a legend calls it."""
        return "nominal flight" if self.run is None else f"run {self.run}"


class Known(NamedTuple):
    """A flight as far as it is known: the lines of its history that a figure can draw."""

    outcome: Outcome
    history: dict[str, np.ndarray]
    legs: dict[str, np.ndarray]


BEYOND = 1.0e12
"""A number (SI) that no flight worth drawing reaches."""

MAY_BE_MISSING = ("laser_age", "nees", "nis", "numbers")
"""Columns of a history that hold no number before the first fix: a line is drawn without them."""

SIGMAS = tuple(f"sigma_{axis}{end}" for end in ("", "_rate") for axis in ("vbar", "rbar", "hbar"))
"""What navigation believes of its error along each axis, position (m) and velocity (m/s)."""

DRAWN = tuple(name for name in (*BASIC, *SIGMAS) if name not in MAY_BE_MISSING)
"""Columns of a history that make a line one to draw; what others hold no number of (an aim, an innovation) is no
divergence."""


def known(shown: Shown) -> Shown:
    """The flight without the lines of a divergence; one that was never known is a line of zeros."""
    history = shown.flight.history
    table = np.array([history[name] for name in DRAWN if name in history])
    lines = np.all(np.abs(table) < BEYOND, axis=0)  # NaN is below nothing
    if lines.all():
        return shown
    cut = {name: values[lines] if lines.any() else np.zeros(1) for name, values in history.items()}
    entered = shown.flight.legs["t"] <= cut["t"].max()
    legs = {name: np.where(entered, values, np.nan) for name, values in shown.flight.legs.items()}
    return Shown(shown.run, Known(shown.flight.outcome, cut, legs))


def failed(shown: Shown) -> bool:
    """Whether the flight did not reach its goal."""
    return not shown.flight.outcome.success


def leading(shown: list[Shown]) -> Shown:
    """The flight in front: the nominal one, else the first. Raises ValueError if there is none."""
    if not shown:
        raise ValueError("a figure shows at least one flight")
    return next((one for one in shown if one.run is None), shown[0])


def succeeded(outcome: np.ndarray) -> np.ndarray:
    """In which runs the goal was reached: bool, of numbers of outcomes."""
    return np.isin(np.asarray(outcome), [int(one) for one in SUCCESSES])


def by_outcome(shown: list[Shown]) -> dict[Outcome, list[Shown]]:
    """All but the leading flight by outcome: those that reached the goal first, then by number."""
    front = leading(shown)
    groups: dict[Outcome, list[Shown]] = {}
    for one in shown:
        if one is not front:
            groups.setdefault(one.flight.outcome, []).append(one)
    return dict(sorted(groups.items(), key=lambda item: (not item[0].success, item[0])))


def paths(shown: list[Shown], columns: tuple[str, str, str]) -> np.ndarray:
    """Places (m, k, 3) on the axes of hill by columns along V-bar, R-bar and H-bar; NaN where a flight has ended."""
    flown = [hill(*(one.flight.history[column] for column in columns)) for one in shown]
    joined = np.full((len(flown), max(map(len, flown)), 3), np.nan)
    for row, path in zip(joined, flown, strict=True):
        row[: len(path)] = path
    return joined


def choose_runs(outcome: np.ndarray, most: int, kept: np.ndarray | None = None) -> list[int]:
    """At most `most` run numbers to show: all failures first, then the others.

    Of each, those first whose lines are `kept` (bool, as long as `outcome`), the others spread over the campaign.
    """
    outcome = np.asarray(outcome)
    kept = np.zeros(outcome.size, dtype=bool) if kept is None else kept
    bad = _pick(np.flatnonzero(~succeeded(outcome)), most, kept)
    good = _pick(np.flatnonzero(succeeded(outcome)), most - bad.size, kept)
    return sorted(int(k) for k in (*bad, *good))


def _pick(runs: np.ndarray, most: int, kept: np.ndarray) -> np.ndarray:
    """At most `most` of some runs: the kept ones in order, then the others, spread evenly."""
    first = runs[kept[runs]][:most]
    others = runs[~kept[runs]]
    return np.concatenate([first, others[_spread(others.size, most - first.size)]])


def _spread(count: int, most: int) -> np.ndarray:
    """At most `most` of `count` places, evenly over them."""
    return (
        np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int))
        if count and most
        else np.empty(0, int)
    )
