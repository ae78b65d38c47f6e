"""Time axes in minutes with the leg names above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .scene import Scene
from .style import GREY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .shown import Flown


def entries(scene: Scene, flight: Flown) -> list[tuple[str, float]]:
    """Name and entry time (s) of each leg that a flight entered, in order of time; the abort is the last of the log."""
    names = [leg.name for leg in scene.legs]
    names += ["abort"] * (len(flight.legs["t"]) - len(names))
    times = [(name, float(t)) for name, t in zip(names, flight.legs["t"], strict=True) if np.isfinite(t)]
    return sorted(times, key=lambda entry: entry[1])


def mark_legs(axes: list[Axes], scene: Scene, flight: Flown, apart: float = 0.021) -> None:
    """A thin line at each leg's entry in all axes; the names above the first, at least `apart` of its width apart."""
    legs = entries(scene, flight)
    end = float(flight.history["t"][-1]) / 60.0
    for place in axes:
        place.set_xlim(0.0, max(end, 1e-9))
        for _, t in legs:
            place.axvline(t / 60.0, color=GREY, linewidth=0.6, linestyle=(0, (2, 2)), zorder=1)
    top = axes[0]
    from matplotlib.transforms import blended_transform_factory

    lift = blended_transform_factory(top.transData, top.transAxes)
    for (name, t), x in zip(legs, spread([t / 60.0 for _, t in legs], apart * end, end), strict=True):
        top.annotate(
            name, (t / 60.0, 1.0), xytext=(x, 1.06), xycoords=lift, textcoords=lift, rotation=90, ha="center",
            va="bottom", fontsize=7.5, color="#333333", annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip


def spread(places: list[float], apart: float, most: float) -> list[float]:
    """The places (ascending) moved so that neighbours lie at least `apart` from one another, none beyond `most`."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + apart) if moved else place)
    limit = most
    for k in range(len(moved) - 1, -1, -1):
        moved[k] = min(moved[k], limit)
        limit = moved[k] - apart
    return moved
