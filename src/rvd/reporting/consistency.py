"""Whether the filter knows its own error: NEES and NIS along the flights, and over all runs as each leg is entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from rvd.montecarlo.consistent import STATES, epochs
from rvd.statistics.consistency import Consistency, consistency

from .scene import Scene
from .shown import Shown, leading
from .style import BLACK, BLUE, GREY, SKY, VERMILION, blank, drawing, heading, legend, said
from .timeline import mark_legs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CONFIDENCE = 0.95
"""Of the bands that are drawn."""

KINDS = (("nees", "NEES of position and velocity"), ("nis", "NIS of the latest fix"))


def draw_consistency(
    scene: Scene, shown: list[Shown], table: Mapping[str, np.ndarray] | None = None
) -> Figure:
    """NEES and NIS a number over time, their mean over the flights shown within its 95 % band; one is as it should be.

    With a table of all runs, below: their means as each leg is entered, each with the band of so many runs.
    """
    with drawing():
        figure = blank(9.6, 9.0 if table is not None else 6.4)
        rows = figure.subplots(2 if table is None else 3, 1)
        for axes, (kind, title) in zip(rows, KINDS, strict=False):
            _along(axes, shown, kind)
            axes.set_ylabel(f"{title}\na number")
            axes.sharex(rows[0])
            legend(axes, loc="upper right", ncols=3)
        rows[1].set_xlabel("time (min)")
        mark_legs(list(rows[:2]), scene, leading(shown).flight, apart=0.042)
        if table is not None:
            _entered(rows[2], scene, table)
        heading(figure, scene.title, "does the filter know its own error?")
    return figure


def over_time(shown: list[Shown], kind: str) -> tuple[np.ndarray, list[Consistency]]:
    """Times (s) and the test over the flights at each; those of a campaign where there are any, else the one flight."""
    flights = [one.flight.history for one in shown if one.run is not None] or [leading(shown).flight.history]
    whole = [history["t"] == np.round(history["t"]) for history in flights]
    times = np.unique(np.concatenate([history["t"][w] for history, w in zip(flights, whole, strict=True)]))
    squares = np.full((len(flights), times.size), np.nan)
    numbers = np.zeros_like(squares)
    for k, (history, w) in enumerate(zip(flights, whole, strict=True)):
        at = np.searchsorted(times, history["t"][w])
        squares[k, at] = history[kind][w]
        numbers[k, at] = STATES if kind == "nees" else history["numbers"][w]
    squares[squares < 0.0] = np.nan  # a covariance that is none any more gives no number
    return times, [consistency(s, n, CONFIDENCE) for s, n in zip(squares.T, numbers.T, strict=True)]


def _along(axes: Axes, shown: list[Shown], kind: str) -> None:
    times, tests = over_time(shown, kind)
    most = max((one.runs for one in tests), default=0)
    some = np.array([2 * one.runs > most for one in tests])  # the last to land say nothing of all
    minutes, tests = times[some] / 60.0, [one for one, here in zip(tests, some, strict=True) if here]
    if not tests:
        return
    low, high = (np.array([one.band[end] for one in tests]) for end in (0, 1))
    runs = max(one.runs for one in tests)
    what = f"95 % band of {runs} flights" if runs > 1 else "95 % band of one flight"
    axes.fill_between(minutes, low, high, color=SKY, alpha=0.35, linewidth=0, label=what)
    mean = np.array([one.mean for one in tests])
    axes.plot(minutes, mean, color=BLUE, linewidth=0.8, label="mean" if runs > 1 else leading(shown).name)
    axes.axhline(1.0, color=BLACK, linewidth=0.8)
    axes.set_yscale("log")
    known = mean[
        (mean > 1e-6) & (mean < 1e6)
    ]  # a filter that ran away, and a flight that diverged, end nowhere
    axes.set_ylim(min([0.45, *(0.8 * known)]), max([2.2, *(1.2 * known)]))
    axes.yaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_minor_formatter("{x:g}")


def _entered(axes: Axes, scene: Scene, table: Mapping[str, np.ndarray]) -> None:
    names = [mark.name for mark in scene.legs]
    looks = (("nees_consistent", "NEES", "o", BLUE, -0.12), ("nis_consistent", "NIS", "s", VERMILION, 0.12))
    for what, title, marker, colour, beside in looks:
        found = epochs(table, what, names, CONFIDENCE)
        places = np.array([names.index(epoch.leg) for epoch in found]) + beside
        for place, epoch in zip(places, found, strict=True):
            axes.plot(
                [place, place],
                epoch.found.band,
                color=colour,
                linewidth=7.0,
                alpha=0.3,
                solid_capstyle="butt",
                zorder=1,
            )
        means = [epoch.found.mean for epoch in found]
        axes.plot(places, means, marker, color=colour, markersize=4.5, label=title, zorder=2)
    axes.axhline(1.0, color=BLACK, linewidth=0.8)
    axes.set_xticks(range(len(names)), [said(name) for name in names], rotation=25, ha="right")
    axes.set_xlim(-0.6, len(names) - 0.4)
    axes.set_ylabel(
        f"mean of {np.size(table['outcome'])} runs, a number\n(bars: their 95 % bands)", color=GREY
    )
    legend(axes, loc="upper right", ncols=2)
