"""Range and speed against time, with the limits by range and the names of the legs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from rvd import plot

from .scene import Scene, hill
from .shown import Shown, by_outcome, leading
from .style import (
    BLACK,
    BLUE,
    LIMIT,
    blank,
    drawing,
    heading,
    label_powers,
    legend_below,
    logarithmic,
    stroke,
    word,
)
from .timeline import mark_legs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DROP_AWAY = 1.8
"""A climb along R-bar below this many n R turns and falls away half-way to the target when thrust is lost."""


def draw_speed(scene: Scene, shown: list[Shown]) -> Figure:
    """Range of the grapple fixture and relative speed of the chaser against time, and speed against distance.

    In time the limits are those at the leading flight's distance at each moment.
    """
    with drawing():
        figure = blank(9.6, 11.0)
        above, below, last = figure.subplots(3, 1, height_ratios=[1.0, 1.0, 1.1])
        below.sharex(above)
        _lines(above, shown, fixture_range)
        _lines(below, shown, speed)
        front = leading(shown).flight
        _range_limits(above, scene)
        _speed_limits(below, scene, leading(shown))
        mark_legs([above, below], scene, front)
        logarithmic(above)
        logarithmic(below)
        above.set(ylabel=f"range to the {scene.origin} (m)")
        below.set(ylabel="relative speed (m/s)", xlabel="time (min)")
        low = np.min(speed(front.history)[1:], initial=1e-3)
        below.set_ylim(max(low * 0.7, 2e-4), 5.0)
        _by_distance(last, scene, shown)
        last.set_ylim(below.get_ylim())
        other = below.secondary_yaxis("right", functions=(lambda v: 60.0 * v, lambda v: v / 60.0))
        label_powers(other.yaxis)
        other.set_ylabel("m/min")
        legend_below(figure, [above, below, last])
        heading(figure, scene.title, "range and speed")
    return figure


def fixture_range(history: dict[str, np.ndarray]) -> np.ndarray:
    """Distance (m) of the grapple fixture from the berthing point."""
    return np.sqrt(history["fixture_vbar"] ** 2 + history["fixture_rbar"] ** 2 + history["fixture_hbar"] ** 2)


def speed(history: dict[str, np.ndarray]) -> np.ndarray:
    """Relative speed (m/s) of the centre of mass in the rotating frame."""
    return np.sqrt(history["vbar_rate"] ** 2 + history["rbar_rate"] ** 2 + history["hbar_rate"] ** 2)


def distance(history: dict[str, np.ndarray]) -> np.ndarray:
    """Distance (m) between the centres of mass."""
    return np.sqrt(history["vbar"] ** 2 + history["rbar"] ** 2 + history["hbar"] ** 2)


def _lines(axes: Axes, shown: list[Shown], value) -> None:
    for outcome, group in by_outcome(shown).items():
        for number, one in enumerate(group):
            axes.plot(
                one.flight.history["t"] / 60.0, value(one.flight.history), linewidth=0.6, zorder=2,
                alpha=max(0.12, min(0.7, 12.0 / len(group))), label=word(outcome) if number == 0 else None,
                **stroke(outcome),
            )  # fmt: skip
    front = leading(shown)
    colour = BLACK if front.run is None else stroke(front.flight.outcome)["color"]
    axes.plot(
        front.flight.history["t"] / 60.0,
        value(front.flight.history),
        color=colour,
        lw=1.3,
        zorder=3,
        label=front.name,
    )


def _by_distance(axes: Axes, scene: Scene, shown: list[Shown]) -> None:
    """Speed against the distance of the centres, and what is allowed there."""
    front = leading(shown)
    for one in sorted(shown, key=lambda one: one is front):
        history = one.flight.history
        r = hill(*(history[name] for name in ("vbar", "rbar", "hbar")))
        v = hill(*(history[f"{name}_rate"] for name in ("vbar", "rbar", "hbar")))
        if one is front:
            colour = BLACK if one.run is None else stroke(one.flight.outcome)["color"]
            plot.speed(axes, r, v, color=colour, linewidth=1.3, zorder=3.0)
        else:
            look = stroke(one.flight.outcome)
            plot.speed(axes, r, v, linewidth=0.6, alpha=max(0.12, min(0.7, 12.0 / len(shown))), **look)
    if scene.speeds:
        within = [pair[0] for pair in sorted(scene.speeds)]
        most = [scene.speed_limit(0.999 * far) for far in within]
        plot.envelope(axes, within, most, color=LIMIT, label="limit at this range")
    axes.set_xlabel("distance of the centres of mass (m)")
    axes.set_ylabel("relative speed (m/s)")
    axes.set_xscale("log")
    label_powers(axes.xaxis)
    logarithmic(axes)
    axes.set_xlim(*_reached(shown))


def _reached(shown: list[Shown]) -> tuple[float, float]:
    """From the farthest distance of the centres to the nearest: an approach reads from left to right."""
    away = [distance(one.flight.history) for one in shown]
    return max(1.1 * max(float(a.max()) for a in away), 1.0), max(
        0.9 * min(float(a.min()) for a in away), 0.1
    )


def _range_limits(axes: Axes, scene: Scene) -> None:
    if scene.keep_out > 0.0:
        label = f"keep-out sphere, {scene.keep_out:g} m"
        axes.axhline(scene.keep_out, color=BLUE, linestyle=":", linewidth=1.2, label=label)
    away = math.hypot(*scene.place)
    if scene.goal == "box" and away > 0.0:
        label = f"box, {away:g} m from the berthing point"
        axes.axhline(away, color=BLUE, linestyle="-.", linewidth=1.0, label=label)


def _speed_limits(axes: Axes, scene: Scene, front: Shown) -> None:
    history = front.flight.history
    away = distance(history)
    limit = np.array([scene.speed_limit(a) for a in away])
    limit[~np.isfinite(limit)] = np.nan
    axes.plot(
        history["t"] / 60.0,
        limit,
        color=LIMIT,
        linestyle="--",
        linewidth=1.3,
        label="limit at this range",
        zorder=4,
    )
    climbing = climbs(scene, front)
    if climbing.any():
        drop = np.where(climbing, DROP_AWAY * scene.orbit_rate * np.abs(history["rbar"]), np.nan)
        label = f"{DROP_AWAY:g} n R on R-bar climbs: lost thrust drops away"
        axes.plot(history["t"] / 60.0, drop, color=BLUE, linestyle="-.", linewidth=1.3, label=label, zorder=4)


def climbs(scene: Scene, front: Shown) -> np.ndarray:
    """At which lines of the history the chaser climbs along R-bar from below: lines that end above their begin."""
    history = front.flight.history
    leg = history["leg"].astype(int)
    begin = np.append(True, np.diff(leg) != 0)
    came_from = history["fixture_rbar"][np.maximum.accumulate(np.where(begin, np.arange(leg.size), 0))]
    up = [
        leg.to[1]
        if leg.law in ("straight", "glideslope") and abs(leg.to[0]) < 0.2 * abs(leg.to[1])
        else np.inf
        for leg in scene.legs
    ]
    goal = np.append(up, np.inf)[np.minimum(leg, len(up))]  # the abort's number is one beyond the last leg's
    return (goal > 0.0) & (came_from > goal)


def fastest_share(scene: Scene, front: Shown) -> float:
    """The largest speed on R-bar climbs in units of n R (to hold against DROP_AWAY); 0 where nothing climbs."""
    history, climbing = front.flight.history, climbs(scene, front)
    share = speed(history) / (scene.orbit_rate * np.maximum(np.abs(history["rbar"]), 1e-9))
    return float(np.max(share[climbing], initial=0.0))
