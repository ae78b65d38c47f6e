"""Navigation: what the filter believes less what is true, beside three of its own sigmas and the spread of the runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .scene import Scene
from .shown import Shown, failed, leading
from .style import BLACK, BLUE, GREY, ORANGE, SKY, blank, drawing, heading, legend_below, stroke, word
from .timeline import mark_legs, visits

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WORDS = (("vbar", "V-bar"), ("rbar", "R-bar"), ("hbar", "H-bar"))
KINDS = (("", "sigma_r", "m", 1.0), ("_rate", "sigma_v", "mm/s", 1e3))
"""Position and velocity: how their columns end, the sigma of the whole vector, the unit and its factor."""

FEWEST = 8
"""Runs whose percentiles are drawn; of fewer every one is a line."""
LINES = 4
"""Runs that are drawn as lines beside percentiles, failures first."""
PERCENTILES = (5.0, 95.0)
MOST_TIMES = 600
"""Times at which percentiles are taken."""
USUAL = 98.0
"""Percentile of the errors over time that a panel holds: before the first fix they may be a hundred times larger."""


class Spread(NamedTuple):
    """At times (s): the percentiles of an error over the runs, NaN where fewer than half of them still fly."""

    t: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray


class Column(NamedTuple):
    """One error: its column, that of the sigma, the factor of the unit, and its spread over the runs."""

    name: str
    sigma: str
    factor: float
    spread: Spread | None


def draw_navigation(scene: Scene, shown: list[Shown]) -> Figure:
    """Errors of the believed position and velocity along the three axes: the whole flight, and its end enlarged.

    Every panel is linear and as high as the errors in it. The sigma is that of the axis; of a history without it, that
    of the whole vector (root of the sum of three variances), which bounds each axis.
    """
    with drawing():
        figure = blank(9.6, 13.2)
        axes = figure.subplots(6, 2, sharex="col")
        front = leading(shown)
        end = float(front.flight.history["t"][-1]) / 60.0
        spans = ((0.0, max(end, 1e-9)), (near(scene, front) / 60.0, max(end, 1e-9)))
        for row, (kind, (name, title)) in enumerate((kind, words) for kind in KINDS for words in WORDS):
            rate, sigma, unit, factor = kind
            own = f"sigma_{name}{rate}"
            column = Column(
                name=f"{name}{rate}",
                sigma=own if own in front.flight.history else sigma,
                factor=factor,
                spread=spread_of(shown, f"{name}{rate}"),
            )
            for place, span in zip(axes[row], spans, strict=True):
                _errors(place, shown, column)
                _symmetric(place, shown, column, 60.0 * span[0])
            axes[row, 0].set_ylabel(f"{title} ({unit})")
        for places, span in zip(axes.T, spans, strict=True):
            mark_legs(list(places), scene, front.flight, apart=0.042, begin=span[0])
            places[-1].set_xlabel("time (min)")
        legend_below(figure, list(axes[:, 0]))
        heading(figure, scene.title, "believed less true, the whole flight and its end")
    return figure


def error(history: dict[str, np.ndarray], column: str) -> np.ndarray:
    """Believed less true of a column of the history."""
    return history[f"believed_{column}"] - history[column]


def near(scene: Scene, front: Shown) -> float:
    """When the leading flight comes near (s): its first leg within the sphere, or the last third of its time."""
    end = float(front.flight.history["t"][-1])
    inside = [
        visit.t
        for visit in visits(scene, front.flight)
        if visit.leg < len(scene.legs) and scene.legs[visit.leg].zone == "sphere"
    ]
    return min(inside) if inside and min(inside) < 0.95 * end else 2.0 / 3.0 * end


def spread_of(shown: list[Shown], column: str) -> Spread | None:
    """The percentiles of an error over the runs, on the times of the leading flight; None of too few runs."""
    runs = [one.flight.history for one in shown if one is not leading(shown)]
    if len(runs) < FEWEST:
        return None
    t = leading(shown).flight.history["t"]
    t = t[:: 1 + t.size // MOST_TIMES]
    errors = np.array([np.interp(t, run["t"], error(run, column), right=np.nan) for run in runs])
    count = np.isfinite(errors).sum(axis=0)
    ordered = np.sort(errors, axis=0)  # NaN last
    shares = np.array((PERCENTILES[0], 50.0, PERCENTILES[1])) / 100.0
    at = shares[:, np.newaxis] * np.maximum(count - 1, 0)
    below = np.floor(at).astype(int)
    here, next_ = ordered[below, np.arange(t.size)], ordered[np.ceil(at).astype(int), np.arange(t.size)]
    low, median, high = np.where(
        count < max(FEWEST, len(runs) // 2), np.nan, here + (at - below) * (next_ - here)
    )
    return Spread(t, low, median, high)


def _errors(axes: Axes, shown: list[Shown], column: Column) -> None:
    front, factor, spread = leading(shown), column.factor, column.spread
    history = front.flight.history
    minutes, band = history["t"] / 60.0, 3.0 * factor * history[column.sigma]
    axes.fill_between(
        minutes, -band, band, color=SKY, alpha=0.22, linewidth=0, label="three sigma of the filter", zorder=1
    )
    others = sorted((one for one in shown if one is not front), key=lambda one: not failed(one))
    if spread is not None:
        runs, (low, high) = len(others), PERCENTILES
        axes.fill_between(
            spread.t / 60.0, factor * spread.low, factor * spread.high, color=BLUE, alpha=0.30, linewidth=0,
            label=f"{low:g} % to {high:g} % of {runs} runs", zorder=1.5,
        )  # fmt: skip
        axes.plot(
            spread.t / 60.0,
            factor * spread.median,
            color=ORANGE,
            linewidth=1.0,
            zorder=2.5,
            label="their median",
        )
        others = others[:LINES]
    named: set[str] = set()
    for one in others:
        label = f"single runs, {word(one.flight.outcome)}"
        look = stroke(one.flight.outcome) if failed(one) else {"color": BLUE, "linestyle": "solid"}
        axes.plot(
            one.flight.history["t"] / 60.0, factor * error(one.flight.history, column.name), linewidth=0.5, zorder=2,
            alpha=0.75, label=None if label in named else label, **look,
        )  # fmt: skip
        named.add(label)
    axes.plot(
        minutes, factor * error(history, column.name), color=BLACK, linewidth=0.9, zorder=3, label=front.name
    )
    axes.axhline(0.0, color=GREY, linewidth=0.6, zorder=1.2)


def _symmetric(axes: Axes, shown: list[Shown], column: Column, begin: float) -> None:
    """Limits as high as the errors from `begin` (s) on; as the band where it is not much higher."""
    history, spread = leading(shown).flight.history, column.spread
    inside = history["t"] >= begin
    sizes = [error(history, column.name)[inside]]
    if spread is not None:
        sizes += [line[spread.t >= begin] for line in (spread.low, spread.high)]
    else:
        runs = [one.flight.history for one in shown]
        sizes += [error(run, column.name)[run["t"] >= begin] for run in runs]
    high = max((_usual(size) for size in sizes), default=0.0)
    band = 3.0 * _usual(history[column.sigma][inside])
    reach = 1.15 * column.factor * (band if high <= band <= 3.0 * high else 1.2 * high)
    if np.isfinite(reach) and reach > 0.0:
        axes.set_ylim(-reach, reach)


def _usual(values: np.ndarray) -> float:
    """The size that all but a few of the values keep to; 0 of none."""
    known = np.abs(values[np.isfinite(values)])
    return float(np.percentile(known, USUAL)) if known.size else 0.0
