"""First contact of docking rings: how far from the axis they touch, and how much of each limit is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rvd.case.requirement import percent
from rvd.core.goals.touch import Touch
from rvd.core.signals import Outcome
from rvd.statistics.order import quantile, quantile_interval

from .quantities import finite, quantity
from .scene import Scene
from .shown import Shown, leading
from .style import (
    BLACK,
    BLUE,
    COLOUR,
    GREEN,
    LIMIT,
    ORANGE,
    PURPLE,
    SKY,
    blank,
    drawing,
    heading,
    legend_below,
    limit_line,
    stroke,
    word,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Table = Mapping[str, np.ndarray]

TOUCHED = (Outcome.DOCKED, Outcome.MISSED)
"""Flights that ended with the rings touching: their last line is the end of the step in which they do."""

OFFSETS = ("offset_forward", "offset_starboard", "offset_down")
"""Columns of a history: the chaser's port from the target's on the target's axes."""

LAST = 60.0
"""Seconds before contact that are drawn."""

SHARE, CONFIDENCE = 0.99, 0.90
"""The quantile that is bounded, and at what confidence."""

WIDEST = 5.0
"""The first panel reaches so many times the limit at most."""

MOST = 2.5
"""Shares of a limit beyond this are counted and not drawn."""


class Condition(NamedTuple):
    """A quantity of the contact: its words, its column, and its limits in SI; `least` is 0 where it has none."""

    words: str
    column: str
    least: float
    most: float

    @property
    def label(self) -> str:
        """The words and the limits in the unit of the tables."""
        shown = quantity(self.column)
        ends = [f"{shown.factor * end:.4g}" for end in (self.least, self.most) if end > 0.0]
        return f"{self.words}\n{' to '.join(ends)} {shown.unit}"


def conditions(scene: Scene) -> list[Condition]:
    """What is asked of the contact."""
    limits: Touch = scene.limits.numbers
    least, most = limits.closing_speed
    found = [Condition("closing speed", "closing_speed", least, most)]
    for words, column, limit in (
        ("speed across", "lateral_speed", limits.lateral_speed),
        ("lateral offset", "lateral_offset", limits.lateral_offset),
        ("tilt", "tilt", limits.tilt),
        ("roll", "roll", limits.roll_error),
        ("tilt rate", "tilt_rate", limits.tilt_rate),
        ("roll rate", "roll_rate", limits.roll_rate),
    ):
        found.append(Condition(words, column, 0.0, limit))
    return found


def draw_contact(scene: Scene, shown: list[Shown], table: Table | None = None) -> Figure:
    """Where the rings touch across the port's axis, and what the contact uses of its limits.

    With `table` (a campaign's columns) the right panel shows every run of it; without, the leading flight in time.
    """
    with drawing():
        figure = blank(9.6, 5.8)
        left, right = figure.subplots(1, 2, width_ratios=[1.0, 1.1])
        _across(left, scene, shown, table)
        if table is None:
            _approach_in_time(right, scene, leading(shown))
        else:
            _shares(right, scene, table)
        legend_below(figure, [left, right])
        heading(figure, scene.title, "first contact of the docking rings")
    return figure


def touched(shown: Shown) -> bool:
    """Whether a flight came to contact."""
    return shown.flight.outcome in TOUCHED


def along_port(scene: Scene, one: Shown) -> tuple[np.ndarray, np.ndarray]:
    """The times (k,) of the last minute of a flight, from its end, and the ports' offset then (k, 3): out, right, down.

    m, on the axes of the target's port. Of a flight that touched the last is where it crosses the plane of the port,
    straight between the last two lines of its history: its last step ends behind it.
    """
    history = one.flight.history
    last = history["t"] >= history["t"][-1] - LAST
    offset = np.stack([history[column][last] for column in OFFSETS], axis=-1)
    t, path = history["t"][last] - history["t"][-1], offset @ np.array(scene.port).T
    if touched(one) and t.size > 1 and path[-1, 0] < 0.0 < path[-2, 0]:
        share = path[-2, 0] / (path[-2, 0] - path[-1, 0])
        t[-1] = t[-2] + share * (t[-1] - t[-2])
        path[-1] = path[-2] + share * (path[-1] - path[-2])
    return t, path


def bound(values: np.ndarray, share: float = SHARE) -> float:
    """The bound on the quantile at the confidence, from above, or below for a share under a half; inf from few runs."""
    if share < 0.5:
        return quantile_interval(values, share, CONFIDENCE, "lower").low
    return quantile_interval(values, share, CONFIDENCE, "upper").high


def _across(axes: Axes, scene: Scene, shown: list[Shown], table: Table | None) -> None:
    """The first touches across the axis, each with the way there; with the limit, and the bound of all runs."""
    limit: float = scene.limits.numbers.lateral_offset
    _circle(axes, limit, f"limit, {limit:g} m", color=LIMIT, linestyle="--", linewidth=1.2, zorder=4.0)
    values = np.empty(0) if table is None else finite(table, "lateral_offset")
    most = bound(values)
    if np.isfinite(most):
        label = f"99 % of {values.size} runs: at most {most:.3g} m"
        _circle(axes, most, label, color=BLUE, linestyle=":", linewidth=1.4, zorder=3.6)
    flown = [one for one in shown if touched(one)]
    front, named = leading(shown), set[str]()
    for one in sorted(flown, key=lambda one: one is front):
        _touch(axes, scene, one, one is front, named)
    if not flown:
        axes.text(0.0, 0.0, "no flight came to contact", ha="center", va="center")
    ends = [float(np.abs(along_port(scene, one)[1][-1, 1:]).max()) for one in flown]
    reach = min(max(1.5 * limit, *(1.15 * end for end in ends)), WIDEST * limit) if ends else 1.5 * limit
    axes.set_aspect("equal")
    axes.locator_params(nbins=6)
    axes.set(
        title="offset at first contact, seen from the target", xlabel="right from the port's axis (m)",
        ylabel="down from the port's axis (m)", xlim=(-reach, reach), ylim=(reach, -reach),
    )  # fmt: skip


def _circle(axes: Axes, radius: float, label: str, **look: Any) -> None:
    turn = np.linspace(0.0, 2.0 * np.pi, 181)
    axes.plot(radius * np.cos(turn), radius * np.sin(turn), label=label, **look)


def _touch(axes: Axes, scene: Scene, one: Shown, front: bool, named: set[str]) -> None:
    """The way of one flight in its last minute, and where it ends; a label that is not yet `named` goes there."""
    _, path = along_port(scene, one)
    label = word(one.flight.outcome) if one.run is not None else f"{one.name}: {word(one.flight.outcome)}"
    look: dict[str, Any] = {"color": BLACK} if one.run is None else stroke(one.flight.outcome)
    wide, size = (1.4, 5.0) if front else (0.6, 3.0)
    axes.plot(path[:, 1], path[:, 2], linewidth=wide, alpha=1.0 if front else 0.35, zorder=3.0, **look)
    axes.plot(
        path[-1, 1], path[-1, 2], "o", ms=size, color=look["color"], zorder=3.5,
        label=None if label in named else label,
    )  # fmt: skip
    named.add(label)


def _approach_in_time(axes: Axes, scene: Scene, one: Shown) -> None:
    """Of one flight: the shares of the limits in its last minute."""
    limits: Touch = scene.limits.numbers
    least, most = limits.closing_speed
    t, path = along_port(scene, one)
    last = one.flight.history["t"] >= one.flight.history["t"][-1] - LAST
    if t.size > 1:
        speed = np.gradient(path, t, axis=0)
        angle, rate = (one.flight.history[name][last] for name in ("angle", "rate"))
        for label, values, limit, colour in (
            ("closing speed", -speed[:, 0], most, BLUE),
            ("speed across", np.hypot(speed[:, 1], speed[:, 2]), limits.lateral_speed, ORANGE),
            ("lateral offset", np.hypot(path[:, 1], path[:, 2]), limits.lateral_offset, GREEN),
            ("attitude, over the tilt", angle, limits.tilt, PURPLE),
            ("rate, over the tilt rate", rate, limits.tilt_rate, SKY),
        ):
            axes.plot(t, values / limit, color=colour, label=label)
    limit_line(axes, 1.0, "limit")
    if least > 0.0:
        axes.axhline(least / most, color=LIMIT, linestyle=":", linewidth=1.2, label="least closing speed")
    axes.set(title="share of the limits", xlabel="time from the end (s)", ylabel="value over its limit")
    axes.set_ylim(0.0, max(1.15, min(axes.get_ylim()[1], MOST)))


def _shares(axes: Axes, scene: Scene, table: Table) -> None:
    """Each quantity of the contact over its limit: quantiles of the runs that touched, and their bounds."""
    there = ~np.isnan(np.asarray(table["touch_time"], dtype=float))
    missed = np.asarray(table["outcome"])[there] == Outcome.MISSED
    asked = conditions(scene)
    shares = [np.asarray(table[one.column], dtype=float)[there] / one.most for one in asked]
    top = max(1.15, min(1.05 * max(float(np.max(values, initial=0.0)) for values in shares), MOST))
    for row, (condition, values) in enumerate(zip(asked, shares, strict=True)):
        _strip(axes, row, values, missed)
        _limits(axes, row, condition, values)
        if beyond := int(np.sum(values > top)):
            axes.text(top, row - 0.3, f"{beyond} beyond ", ha="right", va="center", fontsize=8)
    limit_line(axes, 1.0, "limit", upright=True)
    few = there.any() and not np.isfinite(bound(np.ones(int(there.sum()))))
    axes.set(
        title=f"contact of {int(there.sum())} of {there.size} runs"
        + ("\ntoo few to bound the 99 % quantile" if few else ""),
        xlabel="value over its limit",
        xlim=(0.0, top),
        ylim=(len(asked) - 0.4, -0.6),
    )
    axes.set_yticks(range(len(asked)), [condition.label for condition in asked])
    axes.grid(visible=False, axis="y")
    if not there.any():
        axes.text(0.5 * top, 3.0, "no run came to contact", ha="center", va="center")


def _strip(axes: Axes, row: int, values: np.ndarray, missed: np.ndarray) -> None:
    """The quantiles of one quantity, and the runs that missed."""
    if not values.size:
        return
    first = row == 0
    low, five, median, ninety_five, high = (quantile(values, share) for share in (0.0, 0.05, 0.5, 0.95, 1.0))
    axes.plot(
        [low, high], [row, row], color=SKY, linewidth=1.2, label="least to most" if first else None, zorder=2
    )
    axes.barh(
        row, ninety_five - five, left=five, height=0.42, color=SKY, alpha=0.8, zorder=2.2,
        label="5 % to 95 % of runs" if first else None,
    )  # fmt: skip
    axes.plot([median, median], [row - 0.21, row + 0.21], color=BLACK, linewidth=1.4, zorder=3,
              label="median" if first else None)  # fmt: skip
    if missed.any():
        axes.plot(
            values[missed], np.full(int(missed.sum()), row), "o", ms=3.0, color=COLOUR[Outcome.MISSED], zorder=3.2,
            label=word(Outcome.MISSED) if first else None,
        )  # fmt: skip


def _limits(axes: Axes, row: int, condition: Condition, values: np.ndarray) -> None:
    """The bounds of the quantiles of one quantity, and its lower limit where it has one."""
    most, label = bound(values), f"99 % of runs, at {percent(CONFIDENCE)} confidence"
    marks = [most] if np.isfinite(most) else []
    if condition.least > 0.0:
        least = bound(values, 1.0 - SHARE)
        marks += [least] if np.isfinite(least) else []
        share = condition.least / condition.most
        axes.plot(
            [share, share], [row - 0.4, row + 0.4], color=LIMIT, linestyle="--", linewidth=1.2, zorder=4
        )
    if marks:
        axes.plot(
            marks,
            [row] * len(marks),
            "D",
            ms=4.5,
            color=BLUE,
            fillstyle="none",
            zorder=4.2,
            label=label if row == 0 else None,
        )
