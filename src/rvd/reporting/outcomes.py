"""A campaign as a whole: outcomes counted, and how what is required spreads against its limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from rvd.case.requirement import Requirement
from rvd.montecarlo.verdict import count_outcomes
from rvd.statistics.order import quantile

from .quantities import Bound, Quantity, Table, bounds, finite, quantity, required, unit_of
from .scene import Scene
from .style import BLUE, COLOUR, LIMIT, blank, drawing, heading, legend, limit_line, said, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

USUAL = ("propellant_used", "delta_v", "corridor_margin")
"""Columns that are shown where less is required than there are panels."""
FEWEST, MOST = 3, 11
"""Panels beside the outcomes."""


def draw_outcomes(scene: Scene, table: Table, requirements: Sequence[Requirement] = ()) -> Figure:
    """Counts of outcomes, and the distributions of every column that is required, with its limit.

    Where less is required, propellant, delta-v and corridor margin too.
    """
    columns = spread_columns(table, requirements)
    with drawing():
        rows = 1 + len(columns) // 2
        figure = blank(9.6, 3.7 * rows)
        axes = figure.subplots(rows, 2, squeeze=False).ravel()
        _counts(axes[0], table)
        for place, column in zip(axes[1:], columns):
            _distribution(
                place,
                table,
                quantity(column, unit_of(column, requirements, scene.margins)),
                column,
                requirements,
            )
        for place in axes[1 + len(columns) :]:
            place.remove()
        heading(figure, scene.title, f"{len(table['outcome'])} runs")
    return figure


def spread_columns(table: Table, requirements: Sequence[Requirement]) -> list[str]:
    """The columns that are shown as distributions: those with a limit first."""
    columns = required(table, requirements)
    more = [column for column in USUAL if column not in columns and column in table]
    return (columns + more[: max(FEWEST - len(columns), 0)])[:MOST]


def _counts(axes: Axes, table: Table) -> None:
    counts = count_outcomes(np.asarray(table["outcome"]))
    names = [word(outcome) for outcome in counts]
    bars = axes.barh(names, list(counts.values()), color=[COLOUR[outcome] for outcome in counts])
    axes.bar_label(bars, padding=3)
    axes.set_ylim(max(len(names), 4) - 0.4, -0.6)
    axes.set(xlabel="runs", title="outcomes")
    axes.margins(x=0.15)
    axes.grid(visible=False, axis="y")


def _distribution(
    axes: Axes, table: Table, shown: Quantity, column: str, requirements: Sequence[Requirement]
) -> None:
    """The share of runs at or below each value; the limits are drawn wherever they lie, with what is beyond shaded."""
    values = np.sort(shown.factor * finite(table, column))
    axes.set(
        xlabel=f"{said(shown.words, 60)} ({shown.unit})" if shown.unit else said(shown.words, 60),
        ylabel="share of runs at or below",
        ylim=(0.0, 1.02),
    )
    if not values.size:
        axes.text(0.5, 0.5, "no run has a value", transform=axes.transAxes, ha="center")
    else:
        label = _numbers(values, len(table["outcome"]))
        axes.step(values, np.arange(1, values.size + 1) / values.size, where="post", color=BLUE, label=label)
    _limits(axes, shown, values, bounds(column, requirements))
    if values.size:
        axes.axvline(float(np.mean(values)), color=BLUE, linestyle=":", linewidth=1.2, label=_moments(values))
    legend(axes, loc="best")


def _numbers(values: np.ndarray, runs: int) -> str:
    of = f"{values.size} of {runs} runs" if values.size < runs else f"{runs} runs"
    low, median, high = (quantile(values, share) for share in (0.01, 0.5, 0.99))
    return f"{of}: 1 % {low:.3g}, median {median:.3g}, 99 % {high:.3g}"


def _moments(values: np.ndarray) -> str:
    mean = f"mean {float(np.mean(values)):.3g}"
    return f"{mean}, 3 sigma {3.0 * float(np.std(values, ddof=1)):.3g}" if values.size > 1 else mean


def _limits(axes: Axes, shown: Quantity, values: np.ndarray, asked: list[Bound]) -> None:
    for bound in asked:
        text = f"required: {bound.words} {shown.unit}".rstrip()
        limit_line(axes, bound.value, f"{text} {bound.share}", upright=True)
    if not asked:
        return
    ends = np.array([*values[:1], *values[-1:], *(bound.value for bound in asked)])
    room = 0.08 * (float(np.ptp(ends)) or abs(float(ends[0])) or 1.0)
    low, high = float(ends.min()) - room, float(ends.max()) + room
    axes.set_xlim(low, high)
    for bound in asked:
        axes.axvspan(bound.value, high if bound.upper else low, color=LIMIT, alpha=0.08, linewidth=0)
