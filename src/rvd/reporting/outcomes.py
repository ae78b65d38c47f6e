"""A campaign as a whole: outcomes counted, and how its costs and margins spread against what is required."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from rvd.montecarlo.requirement import Requirement
from rvd.montecarlo.verdict import count_outcomes

from .scene import Scene
from .style import BLUE, COLOUR, LIMIT, blank, drawing, heading, legend, limit_line, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Table = Mapping[str, np.ndarray]

SPREADS = (
    ("propellant_used", "propellant used (kg)", 1.0),
    ("delta_v", "delta-v (m/s)", 1.0),
    ("corridor_margin", "smallest corridor margin (deg)", 180.0 / math.pi),
)
"""Columns shown as distributions: name, axis label, factor from SI."""


def draw_outcomes(scene: Scene, table: Table, requirements: Sequence[Requirement] = ()) -> Figure:
    """Counts of outcomes, and empirical distributions of propellant, delta-v and corridor margin with their limits."""
    with drawing():
        figure = blank(9.6, 7.4)
        axes = figure.subplots(2, 2).ravel()
        _counts(axes[0], table)
        for place, (column, label, factor) in zip(axes[1:], SPREADS, strict=True):
            _distribution(place, factor * finite(table, column), label, len(table["outcome"]))
            for requirement in requirements:
                _required(place, requirement, column, factor)
            legend(place, loc="best")
        heading(figure, scene.title, f"{len(table['outcome'])} runs")
    return figure


def finite(table: Table, column: str) -> np.ndarray:
    """The values of a column in the runs that have one, and a finite one."""
    values = np.asarray(table[column], dtype=float)
    return values[np.isfinite(values)]


def _counts(axes: Axes, table: Table) -> None:
    counts = count_outcomes(np.asarray(table["outcome"]))
    names = [word(outcome) for outcome in counts]
    bars = axes.barh(names, list(counts.values()), color=[COLOUR[outcome] for outcome in counts])
    axes.bar_label(bars, padding=3)
    axes.set_ylim(max(len(names), 4) - 0.4, -0.6)
    axes.set(xlabel="runs", title="outcomes")
    axes.margins(x=0.15)
    axes.grid(visible=False, axis="y")


def _distribution(axes: Axes, values: np.ndarray, label: str, runs: int) -> None:
    axes.set(xlabel=label, ylabel="share of runs at or below", ylim=(0.0, 1.02))
    if not values.size:
        axes.text(0.5, 0.5, "no run has a value", transform=axes.transAxes, ha="center")
        return
    ordered = np.sort(values)
    axes.step(
        ordered,
        np.arange(1, ordered.size + 1) / ordered.size,
        where="post",
        color=BLUE,
        label=f"{ordered.size} of {runs} runs" if ordered.size < runs else f"{runs} runs",
    )


def _required(axes: Axes, requirement: Requirement, column: str, factor: float) -> None:
    """The limit as a line; one far from every value is said only, or the curve would shrink to a step."""
    for condition in requirement.conditions:
        if condition.what != column:
            continue
        for side, limit in (("at most", condition.at_most), ("at least", condition.at_least)):
            if limit is None:
                continue
            low, high = axes.dataLim.intervalx
            label, near = f"required: {side} {factor * limit:g}", 1.5 * (high - low)
            if low - near <= factor * limit <= high + near:
                limit_line(axes, factor * limit, label, upright=True)
            else:
                axes.plot([], [], color=LIMIT, linestyle="--", label=f"{label} (outside)")
