"""The tables of a report: outcomes, requirements, percentiles, and the timeline of a flight."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from rvd.case.requirement import SUCCESSES, Requirement, percent
from rvd.core.flight.reason import clock
from rvd.montecarlo.progress import FEWEST
from rvd.montecarlo.verdict import Finding, count_outcomes
from rvd.statistics.binomial import clopper_pearson
from rvd.statistics.order import quantile

from .grid import NOTHING, Cell, Grid, Said
from .quantities import NO_MARGINS, QUANTITIES, Table, bounds, finite, quantity, required, unit_of
from .scene import Scene
from .shown import Flown, succeeded
from .style import word
from .timeline import visits

SHARES = (0.0, 0.01, 0.05, 0.5, 0.95, 0.99, 1.0)


class Counted(NamedTuple):
    """How many runs reached their goal of how many, with the two-sided Clopper-Pearson interval at `confidence`.

    `word` says how: captured, docked, ...
    """

    word: str
    good: int
    runs: int
    low: float
    high: float
    confidence: float

    @property
    def sentence(self) -> str:
        """One line for the user."""
        share = percent(self.good / self.runs) if self.runs else "no runs"
        text = f"{self.word} {self.good} of {self.runs} runs: {share}"
        if self.runs < FEWEST:
            return f"{text}, too few to tell a probability"
        ends = f"{100 * self.low:.2f} % to {100 * self.high:.2f} %"
        return f"{text}, probability {ends} at {percent(self.confidence)} confidence"


def success_probability(table: Table, confidence: float = 0.90) -> Counted:
    """The probability to reach the goal that the runs show."""
    good = succeeded(table["outcome"])
    low, high = clopper_pearson(int(good.sum()), good.size, confidence)
    word = next((name for name in SUCCESSES if name in table), SUCCESSES[0])
    return Counted(word, int(good.sum()), good.size, low, high, confidence)


def rules_sentence(table: Table) -> str:
    """In how many runs no rule was broken, whatever became of them; empty for a table without rules."""
    if "rules_kept" not in table or not np.size(table["rules_kept"]):
        return ""
    kept = np.asarray(table["rules_kept"], dtype=float) == 1.0
    return f"every rule was kept in {int(kept.sum())} of {kept.size} runs: {percent(kept.sum() / kept.size)}"


def outcomes_grid(table: Table) -> Grid:
    """Every outcome that occurred with its count; the counts add up to the runs."""
    counts = count_outcomes(np.asarray(table["outcome"]))
    runs = sum(counts.values())
    rows = [(word(o), c, _percent(c / runs), o.sentence) for o, c in counts.items()]
    total = ("all", runs, _percent(1.0) if runs else NOTHING, "")
    return Grid("Outcomes", ("outcome", "runs", "share", "meaning"), (*rows, total), "lrrl")


def findings_grid(findings: Sequence[Finding]) -> Grid:
    """The finding of each requirement."""
    rows = []
    for finding in findings:
        low, high = finding.interval
        more = finding.runs_still_needed
        rows.append(
            (
                str(finding.judgement),
                finding.requirement.sentence,
                finding.runs,
                finding.flown,
                _percent(finding.estimate),
                _percent(low),
                _percent(high),
                more if more else NOTHING,
            )
        )
    heads = ("verdict", "requirement", "runs", "of", "share", "at least", "at most", "still needed")
    return Grid("Requirements", heads, tuple(rows), "llrrrrrr")


BATCHES = 20
"""Batches listed of a requirement, the worst first."""


def batches_grid(finding: Finding) -> Grid:
    """The batches of a requirement that each were judged, the worst first; shares are of runs that do not fail."""
    found = sorted(finding.batches, key=lambda batch: (batch.interval.low, batch.first))[:BATCHES]
    rows = tuple(
        (
            f"{batch.first} to {batch.last - 1}",
            batch.runs,
            batch.failures,
            _percent(batch.interval.low),
            _percent(batch.interval.high),
            "not met" if batch.excluded else "met" if batch.shown else "undecided",
        )
        for batch in found
    )
    count = f"{len(found)} of {len(finding.batches)}, the worst first"
    heads = ("runs", "of them", "failures", "lower bound", "upper bound", "alone")
    return Grid(f"Batches ({count}): {finding.requirement.sentence}", heads, rows, "lrrrrl")


def percentiles_grid(
    table: Table, requirements: Sequence[Requirement] = (), margins: Mapping[str, str] = NO_MARGINS
) -> Grid:
    """Percentiles of costs and margins over the runs that have a value, and how many of how many; none, no line.

    Beside them mean and three standard deviations, which say of no share of the runs where these are not normal, and
    what is required of the quantity. The `margins` of the rules (column -> SI unit) that are not among the costs and
    margins stand below them, and what is required.
    """
    columns = dict.fromkeys([*(name for name, *_ in QUANTITIES), *margins, *required(table, requirements)])
    rows: list[tuple[Cell, ...]] = []
    for column in columns:
        shown = quantity(column, unit_of(column, requirements, margins))
        values = _known(table, column)
        if values.size:
            cells = (_number(shown.factor * _share(values, share)) for share in SHARES)
            spread = (_number(shown.factor * float(np.mean(values))), _three_sigma(shown.factor * values))
            asked = "; ".join(f"{one.words} {one.share}" for one in bounds(column, requirements))
            rows.append(
                (shown.words, shown.unit, int(values.size), len(table["outcome"]), *cells, *spread, asked)
            )
    shares = ("least", "1 %", "5 %", "median", "95 %", "99 %", "most")
    heads = ("quantity", "unit", "runs", "of", *shares, "mean", "3 sigma", "required")
    grid = Grid("Percentiles", heads, tuple(rows), "ll" + "r" * (len(heads) - 3) + "l")
    return grid if any(row[-1] for row in rows) else _without_last(grid)


def _without_last(grid: Grid) -> Grid:
    """The table less its last column."""
    rows = tuple(row[:-1] for row in grid.rows)
    return Grid(grid.title, grid.heads[:-1], rows, grid.sides[:-1])


def delta_v_grid(table: Table, legs: Sequence[str]) -> Grid | None:
    """What each leg cost over the campaign; None for results that do not hold it.

    A leg is counted from its last entry to the next leg's, the last one to the end of the run.
    """
    names = [name for name in (*legs, "abort") if f"delta_v.{name}" in table]
    if not names:
        return None
    at = np.array([np.asarray(table[f"delta_v.{name}"], dtype=float) for name in names])
    entered = np.array([np.asarray(table[f"entered.{name}"], dtype=float) for name in names])
    spent = _between(entered, at, np.asarray(table["delta_v"], dtype=float))
    whole = float(np.nansum(spent))
    rows: list[tuple[Cell, ...]] = []
    for name, values in zip(names, spent):
        known = values[np.isfinite(values)]
        if known.size:
            cells = (_number(_share(known, share)) for share in (0.0, 0.5, 0.95, 1.0))
            rows.append(
                (name, int(known.size), *cells, _percent(float(known.sum()) / whole if whole else math.nan))
            )
    heads = ("leg", "runs", "least (m/s)", "median (m/s)", "95 % (m/s)", "most (m/s)", "of all")
    return Grid("Delta-v by leg", heads, tuple(rows), "lrrrrrr")


def _between(entered: np.ndarray, at: np.ndarray, end: np.ndarray) -> np.ndarray:
    """What was spent from each entry to the next one in time (legs, runs); NaN for a leg that was not entered."""
    order = np.argsort(np.where(np.isnan(entered), np.inf, entered), axis=0, kind="stable")
    sorted_at = np.take_along_axis(at, order, axis=0)
    following = np.vstack([sorted_at[1:], np.full((1, end.size), np.nan)])
    spent = np.where(np.isnan(following), end, following) - sorted_at
    found = np.empty_like(spent)
    np.put_along_axis(found, order, spent, axis=0)
    return found


def timeline_grid(scene: Scene, flight: Flown) -> Grid:
    """When each leg was entered, how long it took, and what it cost."""
    history, flown = flight.history, visits(scene, flight)
    stops = [(visit.t, visit.delta_v, visit.propellant) for visit in flown]
    stops.append(
        (float(history["t"][-1]), float(history["delta_v"][-1]), float(history["propellant_used"][-1]))
    )
    rows = []
    for visit, (t, dv, kg), (t2, dv2, kg2) in zip(flown, stops, stops[1:]):
        rows.append((visit.name, _time(t), *_spent((t2 - t) / 60.0, dv2 - dv, kg2 - kg)))
    t, dv, kg = stops[-1]
    rows.append((f"end: {word(flight.outcome)}", _time(t), *_spent(t / 60.0, dv, kg)))
    heads = ("leg", "entered (h:min:s)", "minutes", "delta-v (m/s)", "propellant (kg)")
    return Grid("Timeline", heads, tuple(rows), "lrrrr")


def result_grid(result: Mapping[str, float], margins: Mapping[str, str] = NO_MARGINS) -> Grid:
    """One flight's costs, and its margins, those of its rules (column -> SI unit) among them."""
    table = {name: np.array([value]) for name, value in result.items()}
    rows = []
    for column in dict.fromkeys([*(name for name, *_ in QUANTITIES), *margins]):
        words, unit, factor = quantity(column, margins.get(column, ""))
        if (values := _known(table, column)).size:
            rows.append((words, unit, _number(factor * float(values[0]))))
    return Grid("Costs and margins", ("quantity", "unit", "value"), tuple(rows), "llr")


def _known(table: Table, column: str) -> np.ndarray:
    """The values of a column in the runs that have one."""
    return finite(table, column) if column in table else np.empty(0)


def _share(values: np.ndarray, share: float) -> float:
    return float(values.min()) if share == 0.0 else quantile(values, share)


def _three_sigma(values: np.ndarray) -> Said:
    """Three standard deviations of the population that the values are of; none of one value."""
    if values.size < 2:
        return NOTHING
    size = 3.0 * float(np.std(values, ddof=1))
    return Said(size, f"{size:.3g}")


def _number(value: float) -> Said:
    return Said(value, f"{value:.4g}")


def _percent(share: float) -> Said:
    """A share to two digits after the point of its percentage."""
    return NOTHING if math.isnan(share) else Said(share, percent(round(share, 4)))


def _time(seconds: float) -> Said:
    """A time in s, read as h:mm:ss."""
    return Said(seconds, clock(seconds))


def _spent(minutes: float, delta_v: float, propellant: float) -> tuple[Said, Said, Said]:
    return (
        Said(minutes, f"{minutes:.1f}"),
        Said(delta_v, f"{delta_v:.3f}"),
        Said(propellant, f"{propellant:.2f}"),
    )
