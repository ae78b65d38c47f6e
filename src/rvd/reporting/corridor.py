"""The approach in the plane of V-bar and R-bar: all of it, the way in from the last far hold, and the end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from rvd import plot
from rvd.plot.planes import coordinates

from .scene import Scene, Words, hill
from .shown import Shown, by_outcome, leading, paths
from .style import (
    BLACK,
    BLUE,
    GREY,
    LIMIT,
    PALE,
    SKY,
    blank,
    drawing,
    heading,
    legend_below,
    said,
    stroke,
    word,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Side = Literal["right", "left"]

FIXTURE = ("fixture_vbar", "fixture_rbar", "fixture_hbar")
FAR, NEAR = 0.25, 0.125
"""The middle panel begins at the farthest place of the plan within this share of the whole way, the last one at the
farthest within this share of the middle's."""
BEHIND, AHEAD, ASIDE = 0.2, 1.15, 0.65
"""How far a panel reaches along the corridor, behind the berthing point and to the sides, as shares of its length."""


class View(NamedTuple):
    """One panel: what it covers (m, from the berthing point), its unit, how far away (m) the holds it names lie."""

    title: str
    vbar: tuple[float, float]
    rbar: tuple[float, float]
    unit: Literal["m", "km"]
    named: tuple[float, float]


def draw_corridor(scene: Scene, shown: list[Shown], vbar: Side = "right") -> Figure:
    """The approach in three panels; R-bar points down, +V-bar to the `vbar` side of the page.

    Lines are the grapple fixture's path from the berthing point; ellipsoid and sphere lie about the target's centre
    of mass. The nominal flight is in front, other runs are coloured by outcome. Each panel is as long as a part of the
    plan.
    """
    with drawing():
        figure = blank(9.6, 9.9)
        grid = figure.add_gridspec(2, 2, height_ratios=[1.0, 1.2])
        axes = [
            figure.add_subplot(grid[0, :]),
            figure.add_subplot(grid[1, 0]),
            figure.add_subplot(grid[1, 1]),
        ]
        for place, view in zip(axes, views(scene, shown), strict=True):
            _panel(place, scene, shown, view, vbar)
        heading(figure, scene.title, f"approach of {said(scene.chaser)} to {said(scene.target)}")
        legend_below(figure, axes)
        figure.get_layout_engine().set(hspace=0.06, h_pad=0.08)
    return figure


def views(scene: Scene, shown: list[Shown]) -> list[View]:
    """The three panels of a case: the first holds the whole of the leading flight and the ellipsoid."""
    history = leading(shown).flight.history
    v, r = history["fixture_vbar"], history["fixture_rbar"]
    (cv, cr, _), (ev, er, _) = scene.centre, scene.ellipsoid
    left, right = min(v.min(), cv - ev), max(v.max(), cv + ev)
    top, bottom = min(r.min(), cr - er), max(r.max(), cr + er)
    pad = 0.05 * (right - left)
    middle, last = lengths(scene, float(np.hypot(v, r).max()))
    return [
        View(
            "whole approach",
            (left - pad, right + pad),
            (top - pad, bottom + pad),
            "km" if right - left > 3000.0 else "m",
            (AHEAD * middle, math.inf),
        ),
        View(f"last {middle:.3g} m", *_along(scene, middle), "m", (AHEAD * last, AHEAD * middle)),
        View(f"last {last:.3g} m", *_along(scene, last), "m", (0.0, AHEAD * last)),
    ]


def lengths(scene: Scene, whole: float) -> tuple[float, float]:
    """How long the middle and the last panel are (m), by the places of the plan; `whole` is the longest way out.

    A plan without a place so near has the corridor for the middle, and four times the way to the box for the last.
    """
    places = np.array([math.hypot(*leg.to[:2]) for leg in scene.legs])
    box = math.hypot(*scene.box)
    middle = float(np.max(places[places <= FAR * whole], initial=0.0))
    if middle <= 2.0 * box:
        middle = max(scene.keep_out, min(scene.corridor_from, whole), 8.0 * box)
    last = float(np.max(places[places <= NEAR * middle], initial=0.0))
    return middle, max(last, 2.0 * box, 0.02 * middle)


def _along(scene: Scene, length: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ranges of V-bar and R-bar (m) about the berthing point, long along the corridor's axis."""
    behind, ahead, aside = BEHIND * length, AHEAD * length, ASIDE * length
    first, second = (
        (-behind, ahead) if axis > 0.5 else (-ahead, behind) if axis < -0.5 else (-aside, aside)
        for axis in scene.axis[:2]
    )
    return first, second


def _panel(axes: Axes, scene: Scene, shown: list[Shown], view: View, side: Side) -> None:
    corner = "upper left" if side == "right" else "upper right"
    if view.named[0] < AHEAD * lengths(scene, math.inf)[0] and scene.axis[1] > 0.5:
        corner = corner.replace("upper", "lower")  # above is the target
    plot.vbar_rbar(axes, side, unit=view.unit, origin="the berthing point", compass=corner, zero=False)
    zones(axes, scene)
    mark(axes, scene.centre, "+", BLUE, 8, f"{said(scene.target)}, centre of mass")
    _runs(axes, shown)
    _holds(axes, scene, view)
    if view.named[0] == 0.0:
        _berthing(axes, scene, view)
    axes.set_xlim(*(view.vbar if side == "right" else view.vbar[::-1]))
    axes.set_ylim(view.rbar[1], view.rbar[0])
    axes.set_title(view.title, loc="left")


def mark(axes: Axes, at: Words, marker: str, colour: str, size: float, label: str) -> None:
    """A place (along V-bar, R-bar, H-bar) with an entry in the legend."""
    place = coordinates(axes, hill(*at))
    axes.plot(*place, marker, color=colour, ms=size, label=label, zorder=5)


def zones(axes: Axes, scene: Scene) -> None:
    """Approach ellipsoid, keep-out sphere and corridor."""
    centre = hill(*scene.centre)
    ev, er, eh = scene.ellipsoid
    plot.ellipsoid(axes, centre, (er, ev, eh), color=BLUE, linewidth=1.1, label="approach ellipsoid")
    label = f"keep-out sphere, {scene.keep_out:g} m"
    plot.sphere(axes, centre, scene.keep_out, color=BLUE, linewidth=1.3, label=label)
    label = f"corridor, {math.degrees(scene.corridor):.3g}° within {scene.corridor_from:g} m"
    plot.cone(
        axes,
        (0.0, 0.0, 0.0),
        hill(*scene.axis),
        scene.corridor,
        corridor_length(scene),
        color=LIMIT,
        label=label,
    )


def corridor_length(scene: Scene) -> float:
    """How long the corridor is along its axis (m): as far from the target's centre of mass as it is armed."""
    along = float(np.dot(scene.centre, scene.axis))
    beside = float(np.dot(scene.centre, scene.centre)) - along * along
    return along + math.sqrt(max(scene.corridor_from**2 - beside, 0.0))


def _runs(axes: Axes, shown: list[Shown]) -> None:
    """All paths, the leading flight in front."""
    for outcome, group in by_outcome(shown).items():
        plot.trajectory(
            axes, paths(group, FIXTURE), linewidth=0.7, zorder=2.0, label=word(outcome), **stroke(outcome)
        )
    front = leading(shown)
    look: dict[str, Any] = {"color": BLACK} if front.run is None else stroke(front.flight.outcome)
    label = f"{front.name}: {word(front.flight.outcome)}"
    plot.trajectory(axes, paths([front], FIXTURE)[0], linewidth=1.4, zorder=3.0, label=label, **look)
    ends = [paths([one], FIXTURE)[0, -1] for one in shown if one.flight.outcome.name != "CAPTURED"]
    if ends:
        place = coordinates(axes, np.array(ends))
        axes.plot(*place, "x", color=LIMIT, markersize=5, zorder=4, label="flight ended badly")


def _holds(axes: Axes, scene: Scene, view: View) -> None:
    """The places where the plan holds, with the legs' names, each place once."""
    inside = [
        leg
        for leg in scene.legs
        if leg.law == "hold" and view.named[0] <= math.hypot(leg.to[0], leg.to[1]) <= view.named[1]
    ]
    if inside:
        names = [said(leg.name, 40) for leg in inside]
        plot.holds(axes, [hill(*leg.to) for leg in inside], names, color=BLACK, label="planned hold")


def _berthing(axes: Axes, scene: Scene, view: View) -> None:
    """The target's near side, the berthing point and the capture box."""
    from matplotlib.patches import Rectangle

    spans = [
        (low, 0.0) if axis > 0.5 else (0.0, high) if axis < -0.5 else (low, high)
        for axis, (low, high) in zip(scene.axis[:2], (view.vbar, view.rbar), strict=True)
    ]
    (left, right), (top, bottom) = spans
    hull = Rectangle((left, top), right - left, bottom - top, facecolor=PALE, edgecolor=GREY, zorder=1)
    axes.add_patch(hull)
    axes.text(
        0.5 * (left + right), 0.5 * (top + bottom), f"{said(scene.target)} (not to scale)", ha="center", va="center",
        fontsize=8, rotation=0.0 if right - left > bottom - top else 90.0,
    )  # fmt: skip
    plot.port(axes, (0.0, 0.0, 0.0), color=BLACK, label="berthing point")
    v, r, h = scene.half_width
    plot.box(axes, hill(*scene.box), (r, v, h), color=SKY, fill=0.25, zorder=2.5, label="capture box")
