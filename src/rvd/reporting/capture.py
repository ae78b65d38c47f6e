"""The capture box: where the grapple fixture is let go, how it drifts, and how much of each limit is used."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from rvd import plot
from rvd.core.signals import Outcome
from rvd.plot.dispersion import FEWEST
from rvd.plot.planes import coordinates

from .corridor import Side
from .scene import Scene, hill
from .shown import Shown, leading
from .style import (
    BLACK,
    BLUE,
    GREEN,
    LIMIT,
    ORANGE,
    PURPLE,
    SKY,
    blank,
    drawing,
    heading,
    legend,
    limit_line,
    stroke,
    word,
)
from .timeline import stretch

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Table = Mapping[str, np.ndarray]

OFFSETS = ("offset_forward", "offset_down", "offset_starboard")
"""Columns of a history: the fixture from the box's centre along V-bar, R-bar and H-bar of a level station."""


def draw_capture(
    scene: Scene, shown: list[Shown], table: Table | None = None, vbar: Side = "right"
) -> Figure:
    """The free drift in the box from the side and from above, and what it used of the limits.

    With `table` (a campaign's columns) the lower panels show every run of it; without, the leading flight in time.
    """
    with drawing():
        figure = blank(9.6, 8.6)
        (side, above), (left, right) = figure.subplots(2, 2)
        _box(side, scene, shown, "V-R", vbar)
        _box(above, scene, shown, "V-H", vbar)
        side.set(title="from the side", ylabel="down from the box centre (m)")
        above.set(title="from above", ylabel="starboard from the box centre (m)")
        if table is None:
            _drift_in_time(left, right, scene, leading(shown))
        else:
            _release_speeds(left, scene, table)
            _shares(right, scene, table)
        heading(figure, scene.title, f"capture by the arm, {limit_of(scene, 'time'):g} s of free drift")
    return figure


def limit_of(scene: Scene, key: str) -> float:
    """A limit of the box by its key in the case."""
    return float(getattr(scene.limits, key))


def drifting(scene: Scene, one: Shown) -> np.ndarray:
    """At which lines of its history a flight drifts free, the last time it does."""
    free = [leg.law == "drift" for leg in scene.legs]
    return stretch(np.append(free, False)[np.minimum(one.flight.history["leg"].astype(int), len(free))])


def _box(axes: Axes, scene: Scene, shown: list[Shown], plane: Literal["V-R", "V-H"], side: Side) -> None:
    corner = "lower left" if side == "right" else "lower right"
    plot.vbar_rbar(axes, side, plane=plane, compass=corner, zero=False)
    v, r, h = scene.half_width
    plot.box(
        axes, (0.0, 0.0, 0.0), (r, v, h), color=LIMIT, linestyle="--", fill=0.0, zorder=4.0, label="limit"
    )
    drifts = [
        (one, hill(*(one.flight.history[column][mask] for column in OFFSETS)))
        for one in shown
        if (mask := drifting(scene, one)).any()
    ]
    if drifts:
        _drifts(axes, drifts, leading(shown))
    else:
        axes.text(0.0, 0.0, "no flight came to free drift", ha="center", va="center")
    reach, up = 1.5 * v, 1.5 * (r if plane == "V-R" else h)
    axes.set_xlim(*((-reach, reach) if side == "right" else (reach, -reach)))
    axes.set_ylim(*((-up, up) if plane == "V-H" and side == "left" else (up, -up)))
    axes.set_xlabel("forward from the box centre (m)")
    legend(axes, loc="upper left", ncols=2)


def _drifts(axes: Axes, drifts: list[tuple[Shown, np.ndarray]], front: Shown) -> None:
    """The paths and where each began; of three runs and more the three-sigma ellipses at their begin and their end."""
    named: set[str] = set()
    for one, path in sorted(drifts, key=lambda drift: drift[0] is front):
        label = word(one.flight.outcome) if one.run is not None else f"{one.name}: {word(one.flight.outcome)}"
        look: dict[str, Any] = {"color": BLACK} if one.run is None else stroke(one.flight.outcome)
        thick, size = (1.4, 5.0) if one is front else (0.7, 3.0)
        plot.trajectory(
            axes, path, linewidth=thick, alpha=1.0 if one is front else 0.6, zorder=3.0,
            label=None if label in named else label, **look,
        )  # fmt: skip
        begin = coordinates(axes, path[0])
        axes.plot(
            *begin,
            "o",
            ms=size,
            color=look["color"],
            zorder=3.5,
            label=None if "release" in named else "release",
        )
        named.update((label, "release"))
    runs = [path for one, path in drifts if one.run is not None]
    if len(runs) >= FEWEST:
        ends = np.array([(path[0], path[-1]) for path in runs])
        plot.ellipses(
            axes,
            ends,
            color=BLUE,
            linewidth=1.0,
            zorder=3.2,
            label=f"3 sigma of {len(runs)} runs, begin and end",
        )


def _drift_in_time(left: Axes, right: Axes, scene: Scene, one: Shown) -> None:
    """Of one flight: offsets, and the shares of the other limits, since release."""
    history, mask = one.flight.history, drifting(scene, one)
    left.set(
        title="offset since release", xlabel="time since release (s)", ylabel="offset from the box centre (m)"
    )
    right.set(title="share of the limits", xlabel="time since release (s)", ylabel="value over its limit")
    limit_line(right, 1.0, "limit")
    for half in sorted({width for k in scene.half_width for width in (k, -k)}):
        left.axhline(half, color=LIMIT, linestyle="--", linewidth=1.2)
    right.axvline(limit_of(scene, "time"), color=BLUE, linestyle=":", label="time the arm needs")
    if mask.any():
        t = history["t"][mask] - history["t"][mask][0]
        for word_, colour in (("forward", BLUE), ("starboard", ORANGE), ("down", GREEN)):
            left.plot(t, history[f"offset_{word_}"][mask], color=colour, label=word_)
        speed = (
            np.sqrt(
                sum(
                    np.gradient(history[f"offset_{w}"][mask], t) ** 2
                    for w in ("forward", "starboard", "down")
                )
            )
            if t.size > 1
            else np.zeros(t.size)
        )
        right.plot(
            t,
            speed / limit_of(scene, "speed"),
            color=BLUE,
            label=f"speed of {1e3 * limit_of(scene, 'speed'):g} mm/s",
        )
        right.plot(
            t,
            history["angle"][mask] / limit_of(scene, "angle"),
            color=ORANGE,
            label=f"attitude of {math.degrees(limit_of(scene, 'angle')):g}°",
        )
        right.plot(
            t,
            history["rate"][mask] / limit_of(scene, "rate"),
            color=GREEN,
            label=f"rate of {math.degrees(limit_of(scene, 'rate')):g}°/s",
        )
        legend(left, loc="center left")
    right.set_ylim(0.0, None)
    legend(right)


def _released(table: Table) -> np.ndarray:
    return ~np.isnan(np.asarray(table["release_speed"], dtype=float))


def _release_speeds(axes: Axes, scene: Scene, table: Table) -> None:
    released = _released(table)
    speed = 1e3 * np.asarray(table["release_speed"])[released]
    outcome = np.asarray(table["outcome"])[released]
    good = outcome == int(Outcome.CAPTURED)
    top = max(1.15e3 * limit_of(scene, "release_speed"), float(np.max(speed, initial=0.0)))
    parts = [(speed[good], "captured", SKY), (speed[~good], "not captured", ORANGE)]
    parts = [part for part in parts if part[0].size]
    if parts:
        axes.hist(
            [p[0] for p in parts], bins=np.linspace(0.0, top, 41), stacked=True, color=[p[2] for p in parts],
            label=[p[1] for p in parts],
        )  # fmt: skip
    limit_line(
        axes,
        1e3 * limit_of(scene, "release_speed"),
        f"limit, {1e3 * limit_of(scene, 'release_speed'):g} mm/s",
        upright=True,
    )
    axes.set(
        title=f"speed at release, {speed.size} of {released.size} runs",
        xlabel="relative speed (mm/s)",
        ylabel="runs",
    )
    legend(axes)


def _shares(axes: Axes, scene: Scene, table: Table) -> None:
    """For each limit of the box: the share of released runs whose worst value stays below so much of it."""
    released = _released(table)
    limits = (
        ("distance over half width", "box_distance", min(scene.half_width), BLUE),
        ("speed", "box_speed", limit_of(scene, "speed"), ORANGE),
        ("attitude", "box_angle", limit_of(scene, "angle"), GREEN),
        ("rate", "box_rate", limit_of(scene, "rate"), PURPLE),
    )
    for label, column, limit, colour in limits:
        values = np.sort(np.asarray(table[column])[released] / limit)
        if values.size:
            axes.step(
                values, np.arange(1, values.size + 1) / values.size, where="post", color=colour, label=label
            )
    limit_line(axes, 1.0, "limit", upright=True)
    axes.set(
        title="worst during the free drift",
        xlabel="value over its limit",
        ylabel="share of released runs",
        ylim=(0.0, 1.02),
    )
    axes.set_xlim(0.0, None)
    legend(axes)
