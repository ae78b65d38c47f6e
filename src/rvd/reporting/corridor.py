"""The approach in the plane of V-bar and R-bar: all of it, the last 500 m, and the last 40 m with the box."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from .scene import Scene
from .shown import Shown, by_outcome, leading
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


class View(NamedTuple):
    """One panel: what it covers (m, from the berthing point), its unit (m), how far away (m) the holds it names lie."""

    title: str
    vbar: tuple[float, float]
    rbar: tuple[float, float]
    unit: float
    named: tuple[float, float]


def draw_corridor(scene: Scene, shown: list[Shown], vbar: Side = "right") -> Figure:
    """The approach in three panels; R-bar points down, +V-bar to the `vbar` side of the page.

    Lines are the grapple fixture's path from the berthing point; ellipsoid and sphere lie about the target's centre
    of mass. The nominal flight is in front, other runs are coloured by outcome.
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
    whole = View(
        "whole approach", (left - pad, right + pad), (top - pad, bottom + pad), 1e3, (600.0, math.inf)
    )
    middle = View("last 500 m", *_along(scene, 95.0, 555.0, 325.0), 1.0, (100.0, 600.0))
    return [whole, middle, View("last 40 m", *_along(scene, 7.0, 41.0, 24.0), 1.0, (0.0, 45.0))]


def _along(
    scene: Scene, behind: float, ahead: float, aside: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ranges of V-bar and R-bar (m) about the berthing point, long along the corridor's axis."""
    first, second = (
        (-behind, ahead) if axis > 0.5 else (-ahead, behind) if axis < -0.5 else (-aside, aside)
        for axis in scene.axis[:2]
    )
    return first, second


def _panel(axes: Axes, scene: Scene, shown: list[Shown], view: View, side: Side) -> None:
    unit = view.unit
    zones(axes, scene, unit)
    centre = (scene.centre[0] / unit, scene.centre[1] / unit)
    axes.plot(*centre, "+", color=BLUE, ms=8, label=f"{said(scene.target)}, centre of mass")
    _runs(axes, shown, view)
    _holds(axes, scene, view, side)
    if view.named[0] == 0.0:
        _berthing(axes, scene, view)
    axes.set_aspect("equal")
    axes.set_xlim(*(x / unit for x in (view.vbar if side == "right" else view.vbar[::-1])))
    axes.set_ylim(view.rbar[1] / unit, view.rbar[0] / unit)
    name = "km" if unit == 1e3 else "m"
    axes.set_xlabel(f"V-bar from the berthing point ({name})")
    axes.set_ylabel(f"R-bar, down ({name})")
    axes.set_title(view.title, loc="left")
    compass(axes, side, 0.90 if unit == 1e3 else 0.34)


def zones(axes: Axes, scene: Scene, unit: float) -> None:
    """Approach ellipsoid, keep-out sphere and corridor."""
    from matplotlib.patches import Ellipse, Polygon

    centre = (scene.centre[0] / unit, scene.centre[1] / unit)
    width, height = 2.0 * scene.ellipsoid[0] / unit, 2.0 * scene.ellipsoid[1] / unit
    axes.add_patch(
        Ellipse(centre, width, height, fill=False, edgecolor=BLUE, linewidth=1.1, label="approach ellipsoid")
    )
    across = 2.0 * scene.keep_out / unit
    axes.add_patch(Ellipse(centre, across, across, facecolor="#0072B214", edgecolor="none"))
    turn = np.linspace(0.0, 2.0 * np.pi, 721)
    rim = np.array([centre]) + 0.5 * across * np.column_stack([np.cos(turn), np.sin(turn)])
    # As lines, which are cut to the panel before they are dashed: dashes along a rim far outside it take for ever.
    label = f"keep-out sphere, {scene.keep_out:g} m"
    axes.plot(*rim.T, color=BLUE, linestyle=":", linewidth=1.3, label=label, zorder=1)
    cone = np.array(cone_edges(scene)) / unit
    axes.add_patch(Polygon(cone, closed=False, facecolor="#D55E0012", edgecolor="none"))
    label = f"corridor, {math.degrees(scene.corridor):g}° within {scene.corridor_from:g} m"
    axes.plot(*cone.T, color=LIMIT, linestyle="--", linewidth=1.2, label=label, zorder=1)


def cone_edges(scene: Scene) -> list[tuple[float, float]]:
    """Outline of the corridor (vbar, rbar): from one far end of its edge over the apex to the other.

    It reaches as far from the target's centre of mass as the corridor is armed.
    """
    heading = math.atan2(scene.axis[1], scene.axis[0])
    cv, cr = scene.centre[0], scene.centre[1]
    ends = []
    for angle in (heading - scene.corridor, heading + scene.corridor):
        along = cv * math.cos(angle) + cr * math.sin(angle)
        reach = along + math.sqrt(max(along**2 - cv**2 - cr**2 + scene.corridor_from**2, 0.0))
        ends.append((reach * math.cos(angle), reach * math.sin(angle)))
    return [ends[0], (0.0, 0.0), ends[1]]


def _runs(axes: Axes, shown: list[Shown], view: View) -> None:
    """All paths that come into the panel, the leading flight in front."""
    from matplotlib.collections import LineCollection

    for outcome, group in by_outcome(shown).items():
        paths = [_path(one, view) for one in group]
        alpha = max(0.15, min(0.8, 12.0 / len(paths)))
        axes.add_collection(
            LineCollection(
                paths, linewidths=0.7, alpha=alpha, zorder=2.0, label=word(outcome), **_many(outcome)
            )
        )
    front = leading(shown)
    path = _path(front, view)
    style = (
        {"color": BLACK, "linewidth": 1.4}
        if front.run is None
        else {**stroke(front.flight.outcome), "linewidth": 1.4}
    )
    axes.plot(path[:, 0], path[:, 1], zorder=3, label=f"{front.name}: {word(front.flight.outcome)}", **style)
    ends = np.array([_path(one, view)[-1] for one in shown if one.flight.outcome.name != "CAPTURED"])
    if ends.size:
        axes.plot(
            ends[:, 0], ends[:, 1], "x", color=LIMIT, markersize=5, zorder=4, label="flight ended badly"
        )


def _many(outcome) -> dict:
    """A stroke's colour and dash, by the names a collection of lines uses."""
    one = stroke(outcome)
    return {"colors": one["color"], "linestyles": [one["linestyle"]]}


def _path(one: Shown, view: View) -> np.ndarray:
    history = one.flight.history
    return np.column_stack([history["fixture_vbar"], history["fixture_rbar"]]) / view.unit


def _holds(axes: Axes, scene: Scene, view: View, side: Side) -> None:
    """The places where the plan holds, with the legs' names, each place once."""
    places: dict[tuple[float, float], list[str]] = {}
    for leg in scene.legs:
        if leg.law == "hold" and view.named[0] <= math.hypot(leg.to[0], leg.to[1]) <= view.named[1]:
            places.setdefault((leg.to[0], leg.to[1]), []).append(leg.name)
    outward = 1.0 if side == "right" else -1.0
    for number, ((v, r), names) in enumerate(places.items()):
        label = "planned hold" if number == 0 else None
        axes.plot(v / view.unit, r / view.unit, "D", mfc="white", mec=BLACK, ms=5, zorder=5, label=label)
        inner = view.named[0] < 600.0
        note = axes.annotate(
            said(", ".join(names), 40), (v / view.unit, r / view.unit), zorder=6, fontsize=8,
            xytext=(11 if inner else 4 * outward, -3 if inner else 9), textcoords="offset points",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.0},
        )  # fmt: skip
        note.set_in_layout(False)  # a long name takes no room from the path


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
    axes.plot(0.0, 0.0, "v", color=BLACK, ms=7, zorder=5, label="berthing point")
    (v, r, _), (hv, hr, _) = scene.box, scene.half_width
    box = Rectangle(
        (v - hv, r - hr), 2 * hv, 2 * hr, facecolor="#56B4E930", edgecolor=SKY, lw=1.5, zorder=2.5
    )
    box.set_label("capture box")
    axes.add_patch(box)


def compass(axes: Axes, side: Side, height: float) -> None:
    """Arrows along the orbital velocity and to the Earth, at the edge behind the target."""
    sign, edge, start = (1.0, 0.035, "left") if side == "right" else (-1.0, 0.965, "right")
    grey = {"color": GREY, "fontsize": 8, "zorder": 7, "annotation_clip": False}
    for shift, text, place in (
        ((34.0 * sign, 0.0), "orbital velocity", {"ha": start, "va": "center"}),
        ((0.0, -34.0), "to Earth", {"ha": start, "va": "top"}),
    ):
        arrow = {"arrowstyle": "<|-", "color": GREY, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
        at = {"xy": (edge, height), "xycoords": "axes fraction", "textcoords": "offset points"}
        axes.annotate("", xytext=shift, arrowprops=arrow, **at, **grey)
        axes.annotate(text, xytext=(1.12 * shift[0], 1.12 * shift[1]), **at, **place, **grey)
