"""Time axes in minutes with the leg names above them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .scene import Scene
from .style import GREY, said

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .shown import Flown


ABOVE = 1.06
"""How high the names of legs stand, as a share of the axes."""


class Visit(NamedTuple):
    """One entry into a leg: its number and name, when (s), and what had been spent (m/s, kg)."""

    leg: int
    name: str
    t: float
    delta_v: float
    propellant: float


def visits(scene: Scene, flight: Flown) -> list[Visit]:
    """The legs in the order they were entered; one that was flown again after a retreat is named again.

    The leg log keeps the last entry of each leg exactly; an earlier one is as fine as the lines of the history.
    """
    history, log = flight.history, flight.legs
    leg = history["leg"].astype(int)
    begins = np.append(0, np.flatnonzero(np.diff(leg)) + 1) if leg.size else np.empty(0, dtype=int)
    last = {int(leg[k]): int(k) for k in begins}
    found = [_from(history, scene, int(leg[k]), int(k)) for k in begins if last[int(leg[k])] != k]
    found += [_from(log, scene, k, k) for k in range(len(log["t"])) if np.isfinite(log["t"][k])]
    return sorted(found, key=lambda visit: (visit.t, visit.leg))


def _from(log: Mapping[str, np.ndarray], scene: Scene, leg: int, line: int) -> Visit:
    name = scene.legs[leg].name if leg < len(scene.legs) else "abort"
    return Visit(leg, name, *(float(log[column][line]) for column in ("t", "delta_v", "propellant_used")))


def entries(scene: Scene, flight: Flown) -> list[tuple[str, float]]:
    """Name and entry time (s) of each leg that a flight entered, in order of time."""
    return [(visit.name, visit.t) for visit in visits(scene, flight)]


def stretch(mask: np.ndarray) -> np.ndarray:
    """Of a mask over the lines of a history, the last unbroken stretch."""
    gaps = np.flatnonzero(~mask[: np.flatnonzero(mask)[-1]]) if mask.any() else np.empty(0, dtype=int)
    alone = mask.copy()
    alone[: gaps[-1] if gaps.size else 0] = False
    return alone


def mark_legs(
    axes: list[Axes], scene: Scene, flight: Flown, apart: float = 0.021, begin: float = 0.0
) -> None:
    """A thin line at each leg's entry in all axes; the names above the first, at least `apart` of its width apart.

    The axes run from `begin` (min) to the end of the flight.
    """
    legs = [(name, t) for name, t in entries(scene, flight) if t >= 60.0 * begin - 1e-6]
    end = float(flight.history["t"][-1]) / 60.0
    for place in axes:
        place.set_xlim(begin, max(end, begin + 1e-9))
        for _, t in legs:
            place.axvline(t / 60.0, color=GREY, linewidth=0.6, linestyle=(0, (2, 2)), zorder=1)
    top = axes[0]
    from matplotlib.transforms import blended_transform_factory

    lift = blended_transform_factory(top.transData, top.transAxes)
    for name, t in legs:
        top.annotate(
            said(name), (t / 60.0, 1.0), xytext=(t / 60.0, ABOVE), xycoords=lift, textcoords=lift, rotation=90,
            ha="center", va="bottom", fontsize=8.0, color="#333333", annotation_clip=False, gid=f"leg {apart}",
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
    spread_names(top)


def spread_names(axes: Axes, wider: float = 1.0) -> None:
    """Moves the names above axes as far apart as `mark_legs` was asked to, times `wider`; nothing without names."""
    names = [text for text in axes.texts if str(text.get_gid()).startswith("leg ")]
    if not names:
        return
    low, high = axes.get_xlim()
    apart = wider * float(str(names[0].get_gid()).split()[1]) * (high - low)
    places = spread([text.xy[0] for text in names], apart, high)
    for text, x in zip(names, places, strict=True):
        text.set_position((x, ABOVE))


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
