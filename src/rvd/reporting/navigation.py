"""Navigation: what the filter believes less what is true, within three of its own sigmas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .scene import Scene
from .shown import Shown, by_outcome, leading
from .style import BLACK, SKY, blank, drawing, heading, legend_below, logarithmic, stroke, word
from .timeline import mark_legs

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WORDS = (("vbar", "V-bar"), ("rbar", "R-bar"), ("hbar", "H-bar"))


def draw_navigation(scene: Scene, shown: list[Shown]) -> Figure:
    """Errors of the believed position and velocity along the three axes, with the band of three believed sigmas.

    The believed sigma is of the whole vector (root of the sum of three variances), so it bounds each axis.
    """
    with drawing():
        figure = blank(9.6, 9.4)
        axes = figure.subplots(3, 2, sharex=True)
        for column, (rate, sigma, unit, fine) in enumerate(
            (("", "sigma_r", "m", 0.01), ("_rate", "sigma_v", "m/s", 1e-3))
        ):
            for row, (name, title) in enumerate(WORDS):
                place = axes[row, column]
                _errors(place, shown, f"{name}{rate}", sigma)
                logarithmic(place, fine)
                _symmetric(place, leading(shown), sigma)
                place.set_ylabel(f"{title} ({unit})")
            axes[2, column].set_xlabel("time (min)")
            mark_legs(list(axes[:, column]), scene, leading(shown).flight, apart=0.042)
        legend_below(figure, [axes[0, 0]])
        heading(figure, scene.title, "believed less true, position (left) and velocity (right)")
    return figure


def error(history: dict[str, np.ndarray], column: str) -> np.ndarray:
    """Believed less true of a column of the history."""
    return history[f"believed_{column}"] - history[column]


def _errors(axes, shown: list[Shown], column: str, sigma: str) -> None:
    front = leading(shown)
    history = front.flight.history
    minutes, band = history["t"] / 60.0, 3.0 * history[sigma]
    axes.fill_between(
        minutes, -band, band, color=SKY, alpha=0.25, linewidth=0, label="three sigma of the filter", zorder=1
    )
    for outcome, group in by_outcome(shown).items():
        for number, one in enumerate(group):
            axes.plot(
                one.flight.history["t"] / 60.0, error(one.flight.history, column), linewidth=0.5, zorder=2,
                alpha=max(0.10, min(0.6, 8.0 / len(group))), label=word(outcome) if number == 0 else None,
                **stroke(outcome),
            )  # fmt: skip
    axes.plot(minutes, error(history, column), color=BLACK, linewidth=0.9, zorder=3, label=front.name)


def _symmetric(axes, front: Shown, sigma: str) -> None:
    reach = 6.0 * float(np.nanmax(front.flight.history[sigma]))
    if reach > 0.0:
        axes.set_ylim(-reach, reach)
