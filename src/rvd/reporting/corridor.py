"""The approach from the side and across the orbit's plane: all of it, the way in from the last far hold, the end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from rvd import plot
from rvd.core.kernel import plain
from rvd.core.rules.cone import apex_behind
from rvd.plot.planes import PLANES, coordinates

from .scene import Scene, Words, hill
from .shown import Flown, Known, Shown, by_outcome, leading, paths
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
Plane = Literal["V-R", "V-H", "R-H"]

SEEN = {"V-R": "", "V-H": ", seen from above", "R-H": ", seen along the V-bar"}
"""What the title of a panel adds, by its plane."""

FIXTURE = ("fixture_vbar", "fixture_rbar", "fixture_hbar")
FAR, NEAR = 0.25, 0.125
"""The middle panel begins at the farthest place of the plan within this share of the whole way, the last one at the
farthest within this share of the middle's."""
SMALL = 0.5
"""A flight within this share of the ellipsoid is drawn without it."""
BEHIND, AHEAD, ASIDE = 0.2, 1.15, 0.65
"""How far a panel reaches along the corridor, behind the berthing point and to the sides, as shares of its length."""


FEWEST, SECTIONS = 3, 120
"""Runs that a spread needs, and the places along the way at which it is taken."""


class View(NamedTuple):
    """What a panel covers along V-bar, R-bar and H-bar (m, from the berthing point), and its unit.

    `named` is how far away (m) the holds it names lie.
    """

    title: str
    vbar: tuple[float, float]
    rbar: tuple[float, float]
    hbar: tuple[float, float]
    unit: Literal["m", "km"]
    named: tuple[float, float]


def draw_corridor(scene: Scene, shown: list[Shown], vbar: Side = "right") -> Figure:
    """The approach in three parts, each from the side (V-R) and across the plane of the orbit.

    Across it the whole is seen from above, with H-bar enlarged; the others from where the corridor is seen along its
    length. R-bar points down, +V-bar to the `vbar` side of the page. Lines are the grapple fixture's path from the
    berthing point; ellipsoid and sphere lie about the target's centre of mass. The nominal flight is in front, other
    runs are coloured by outcome; across the plane their spread is shaded.
    """
    whole, *near = views(scene, shown)
    with drawing():
        figure = blank(9.6, 17.8)
        grid = figure.add_gridspec(4, 2, height_ratios=[1.15, 0.7, 1.2, 1.2])
        side, above = figure.add_subplot(grid[0, :]), figure.add_subplot(grid[1, :])
        _panel(side, scene, shown, whole, "V-R", vbar)
        _panel(above, scene, shown, whole, "V-H", vbar)
        for row, view in enumerate(near, 2):
            for column, plane in enumerate(("V-R", across(scene))):
                _panel(figure.add_subplot(grid[row, column]), scene, shown, view, plane, vbar)
        heading(figure, scene.title, f"approach of {said(scene.chaser)} to {said(scene.target)}")
        legend_below(figure, figure.axes)
        figure.get_layout_engine().set(hspace=0.05, h_pad=0.08)
    return figure


def across(scene: Scene) -> Plane:
    """The plane out of the orbit's in which the corridor is seen along its length."""
    return "R-H" if abs(scene.axis[1]) > 0.5 else "V-H"


def views(scene: Scene, shown: list[Shown]) -> list[View]:
    """The three parts of a case: the first holds the whole of the leading flight, and the ellipsoid or the sphere."""
    history = leading(shown).flight.history
    v, r = history["fixture_vbar"], history["fixture_rbar"]
    (cv, cr, _), (ev, er, _) = scene.centre, scene.ellipsoid
    if float(np.hypot(v, r).max()) < SMALL * min(ev, er):  # the ellipsoid would leave no room for the flight
        ev = er = scene.keep_out
    left, right = min(v.min(), cv - ev), max(v.max(), cv + ev)
    top, bottom = min(r.min(), cr - er), max(r.max(), cr + er)
    pad = 0.05 * (right - left)
    middle, last = lengths(scene, float(np.hypot(v, r).max()))
    h = 1.15 * max(max(float(np.abs(one.flight.history[FIXTURE[2]]).max()) for one in shown), 1.0)
    whole = View(
        title="whole approach",
        vbar=(left - pad, right + pad),
        rbar=(top - pad, bottom + pad),
        hbar=(-h, h),
        unit="km" if right - left > 3000.0 else "m",
        named=(AHEAD * middle, math.inf),
    )
    parts = ((middle, (AHEAD * last, AHEAD * middle)), (last, (0.0, AHEAD * last)))
    return [whole, *(_near(scene, size, named) for size, named in parts)]


def _near(scene: Scene, length: float, named: tuple[float, float]) -> View:
    """The part of this length (m) before the berthing point."""
    v, r, h = _along(scene, length)
    return View(title=f"last {length:.3g} m", vbar=v, rbar=r, hbar=h, unit="m", named=named)


def lengths(scene: Scene, whole: float) -> tuple[float, float]:
    """How long the middle and the last panel are (m), by the places of the plan; `whole` is the longest way out.

    A plan without a place so near has the corridor for the middle, and four times the way to the box for the last.
    """
    places = np.array([math.hypot(*leg.to[:2]) for leg in scene.legs])
    box = math.hypot(*scene.place)
    middle = float(np.max(places[places <= FAR * whole], initial=0.0))
    if middle <= 4.0 * box:
        middle = max(scene.keep_out, min(scene.corridor_from, whole), 8.0 * box)
    last = float(np.max(places[places <= NEAR * middle], initial=0.0))
    return middle, max(last, 2.0 * box, 0.02 * middle)


def _along(scene: Scene, length: float) -> list[tuple[float, float]]:
    """Ranges of V-bar, R-bar and H-bar (m) about the berthing point, long along the corridor's axis."""
    behind, ahead, aside = BEHIND * length, AHEAD * length, ASIDE * length
    return [
        (-behind, ahead) if axis > 0.5 else (-ahead, behind) if axis < -0.5 else (-aside, aside)
        for axis in scene.axis
    ]


def _panel(axes: Axes, scene: Scene, shown: list[Shown], view: View, plane: Plane, side: Side) -> None:
    whole, spans = view.named[1] == math.inf, (view.vbar, view.rbar, view.hbar)
    drawn = [Shown(one.run, _within(one.flight, plane, spans)) for one in shown]
    corner = "upper left" if side == "right" or plane == "R-H" else "upper right"
    if whole:  # where the approach does not begin
        right = (paths(drawn[:1], FIXTURE)[0, 0, 1] > 0.0) != (side == "right")
        corner = f"{'lower' if plane == 'V-R' else 'upper'} {'right' if right else 'left'}"
    elif scene.axis[1] > 0.5 and plane != "V-H":
        corner = corner.replace("upper", "lower")  # above is the target
    plot.vbar_rbar(
        axes, side, plane=plane, unit=view.unit, origin=f"the {scene.origin}", compass=corner, zero=False,
        equal=plane == "V-R" or not whole,
    )  # fmt: skip
    zones(axes, scene)
    mark(axes, scene.centre, "+", BLUE, 8, f"{said(scene.target)}, centre of mass")
    spread = "" if plane == "V-R" else _spread(axes, drawn, PLANES[plane][1 if plane == "R-H" else 0], spans)
    _runs(axes, drawn)
    _holds(axes, scene, view, named=plane == "V-R")
    if view.named[0] == 0.0:
        _berthing(axes, scene, spans, plane)
    across, upright = (spans[k] for k in PLANES[plane])
    axes.set_xlim(*(across[::-1] if axes.xaxis_inverted() else across))
    axes.set_ylim(*(upright[::-1] if axes.yaxis_inverted() else upright))
    if whole and plane == "V-H":
        axes.yaxis.set_major_formatter("{x:g}")
        axes.set_ylabel("H-bar (m)")
    axes.set_title(f"{view.title}{SEEN[plane]}{spread}", loc="left")


def _within(flight: Flown, plane: Plane, spans: tuple[tuple[float, float], ...]) -> Flown:
    """A flight as a panel across the orbit's plane shows it: not what lies far before or behind the panel."""
    if plane == "V-R":
        return flight
    (depth,) = {0, 1, 2}.difference(PLANES[plane])
    low, high = spans[depth]
    far = (flight.history[FIXTURE[depth]] < low) | (flight.history[FIXTURE[depth]] > high)
    cut = {name: np.where(far, np.nan, flight.history[name]) for name in FIXTURE}
    return Known(flight.outcome, flight.history | cut, flight.legs)


def _spread(axes: Axes, shown: list[Shown], along: int, spans: tuple[tuple[float, float], ...]) -> str:
    """Three standard deviations, across the plane, of the runs that reached the goal, along an axis of (V, R, H).

    Gives how large they are in H-bar at most, for the title; nothing for too few runs.
    """
    runs = [one for outcome, group in by_outcome(shown).items() if outcome.success for one in group]
    there = at_places([words_of(one) for one in runs], along, np.linspace(*spans[along], SECTIONS))
    known = np.isfinite(there).all(axis=-1).sum(axis=0) >= FEWEST
    if known.sum() < 2:
        return ""
    label = f"3 sigma of {len(runs)} runs that reached the goal"
    plot.tube(axes, hill(*np.moveaxis(there, -1, 0)), color=BLUE, alpha=0.3, label=label)
    most = 3.0 * float(np.max(np.nanstd(there[:, known, 2], axis=0, ddof=1)))
    return f"\n3 sigma in H-bar: {most:.2g} m or less"


def words_of(shown: Shown) -> np.ndarray:
    """The fixture's path (k, 3) along V-bar, R-bar and H-bar."""
    return np.stack([shown.flight.history[column] for column in FIXTURE], axis=-1)


def at_places(flown: list[np.ndarray], along: int, places: np.ndarray) -> np.ndarray:
    """Where paths (k, 3) last cross places (p,) along one of their axes: (m, p, 3), NaN where one does not.

    Between samples they are straight.
    """
    found = np.full((len(flown), places.size, 3), np.nan)
    for path, row in zip(flown, found, strict=True):
        beyond = path[:, along, np.newaxis] > places
        known = np.isfinite(path[:, along])
        crossed = (beyond[1:] != beyond[:-1]) & (known[1:] & known[:-1])[:, np.newaxis]
        last = len(crossed) - 1 - np.argmax(crossed[::-1], axis=0)
        for p in np.flatnonzero(crossed.any(axis=0)):
            before, after = path[last[p]], path[last[p] + 1]
            share = (places[p] - before[along]) / (after[along] - before[along])
            row[p] = before + share * (after - before)
    return found


def mark(axes: Axes, at: Words, marker: str, colour: str, size: float, label: str) -> None:
    """A place (along V-bar, R-bar, H-bar) with an entry in the legend."""
    place = coordinates(axes, hill(*at))
    axes.plot(*place, marker, color=colour, ms=size, label=label, zorder=5)


def zones(axes: Axes, scene: Scene) -> None:
    """Approach ellipsoid, keep-out sphere and corridor."""
    centre = hill(*scene.centre)
    ev, er, eh = scene.ellipsoid
    if ev > 0.0:
        plot.ellipsoid(axes, centre, (er, ev, eh), color=BLUE, linewidth=1.1, label="approach ellipsoid")
    if scene.keep_out > 0.0:
        label = f"keep-out sphere, {scene.keep_out:g} m"
        plot.sphere(axes, centre, scene.keep_out, color=BLUE, linewidth=1.3, label=label)
    if scene.corridor > 0.0:
        wide = f", ±{scene.corridor_width:g} m at the {scene.origin}" if scene.corridor_width > 0.0 else ""
        label = f"corridor, {math.degrees(scene.corridor):.3g}° within {scene.corridor_from:g} m{wide}"
        axis, behind = hill(*scene.axis), plain(apex_behind)(scene.corridor_width, scene.corridor)
        length = corridor_length(scene) + behind
        plot.cone(axes, tuple(-behind * axis), axis, scene.corridor, length, color=LIMIT, label=label)


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
    ends = [paths([one], FIXTURE)[0, -1] for one in shown if not one.flight.outcome.success]
    if ends:
        place = coordinates(axes, np.array(ends))
        axes.plot(*place, "x", color=LIMIT, markersize=5, zorder=4, label="flight ended badly")


def _holds(axes: Axes, scene: Scene, view: View, named: bool) -> None:
    """The places where the plan holds, each once, from the side with the legs' names."""
    inside = [
        leg
        for leg in scene.legs
        if leg.law == "hold" and view.named[0] <= math.hypot(leg.to[0], leg.to[1]) <= view.named[1]
    ]
    if inside:
        names = [said(leg.name, 40) for leg in inside] if named else None
        plot.holds(axes, [hill(*leg.to) for leg in inside], names, color=BLACK, label="planned hold")


def _berthing(axes: Axes, scene: Scene, spans: tuple[tuple[float, float], ...], plane: Plane) -> None:
    """The target's near side, the berthing point and the capture box."""
    from matplotlib.patches import Rectangle

    (left, right), (top, bottom) = (
        (low, 0.0) if axis > 0.5 else (0.0, high) if axis < -0.5 else (low, high)
        for axis, (low, high) in ((scene.axis[k], spans[k]) for k in PLANES[plane])
    )
    hull = Rectangle((left, top), right - left, bottom - top, facecolor=PALE, edgecolor=GREY, zorder=1)
    axes.add_patch(hull)
    axes.text(
        0.5 * (left + right), 0.5 * (top + bottom), f"{said(scene.target)} (not to scale)", ha="center", va="center",
        fontsize=8, rotation=0.0 if right - left > bottom - top else 90.0,
    )  # fmt: skip
    plot.port(axes, (0.0, 0.0, 0.0), color=BLACK, label=scene.origin)
    v, r, h = scene.half_width
    if v > 0.0:
        plot.box(axes, hill(*scene.place), (r, v, h), color=SKY, fill=0.25, zorder=2.5, label="capture box")
