"""What to keep out of and what to stay in: cones, spheres, ellipsoids and boxes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from . import given
from .looks import Look, ink, line_width, look
from .outlines import rim, union
from .planes import coordinates, settle

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["box", "cone", "ellipsoid", "sphere"]

ORIGIN = (0.0, 0.0, 0.0)


def __dir__() -> list[str]:
    return sorted(__all__)


def cone(
    ax: Axes,
    apex: Any,
    axis: Any,
    half_angle: float,
    length: float,
    *,
    fill: float = 0.08,
    **options: Unpack[Look],
) -> Any:
    """An approach corridor: the outline of a cone as it is seen in the plane; gives its line.

    apex: (3,), m, hill; axis: (3,) from the apex into the cone, or "+V", "-V", "+R" (below the target), "-R", "+H",
    "-H"; half_angle: rad, above 0 and below pi/2; length: m, along the axis; fill: how opaque it is within, 0 to 1. The
    arguments are those of `rvd.safety.margins.cone`. Raises ArgumentError for others.

    >>> from matplotlib.figure import Figure
    >>> line = cone(Figure().subplots(), (0.0, 0.0, 0.0), "+R", 0.1, 100.0, label="corridor")
    >>> line.get_xdata().round(3).tolist(), line.get_ydata().round(3).tolist()
    ([-10.033, 0.0, 10.033], [100.0, 0.0, 100.0])
    """
    given.axes(ax)
    top, way = given.point("apex", apex), given.along("axis", axis)
    angle = given.number("half_angle", half_angle, 0.0, 0.5 * math.pi)
    high = given.number("length", length)
    inside = _fill(fill)
    drawn = look("cone", options, color=ink(ax), linestyle="--", linewidth=line_width(0.8), zorder=1.4)
    across = high * math.tan(angle) * _across(ax, way)
    base = top + high * way + rim(across, 361)
    if ax.name == "3d":
        line = _cone_in_space(ax, top, base, drawn, inside)
    else:
        line = _cone_in_plane(ax, top, base, drawn, inside)
    settle(ax)
    return line


def sphere(ax: Axes, centre: Any, radius: float, *, fill: float = 0.08, **options: Unpack[Look]) -> Any:
    """A sphere, as to keep out of: a circle in the plane; gives its line.

    centre: (3,), m, hill; radius: m; fill: how opaque it is within, 0 to 1. Raises ArgumentError for others.

    >>> from matplotlib.figure import Figure
    >>> line = sphere(Figure().subplots(), (0.0, 0.0, 0.0), 200.0)
    >>> line.get_xdata().max().tolist(), line.get_ydata().max().round(6).tolist()
    (200.0, 200.0)
    """
    given.axes(ax)
    return _ellipsoid(ax, "sphere", centre, np.full(3, given.number("radius", radius)), fill, ":", options)


def ellipsoid(ax: Axes, centre: Any, half_axes: Any, *, fill: float = 0.0, **options: Unpack[Look]) -> Any:
    """An ellipsoid along the axes of hill, as the approach ellipsoid of a station; gives its line.

    centre: (3,), m, hill; half_axes: (3,), m, above zero: radial, along track, normal, as in
    `rvd.safety.margins.ellipsoid`; fill: how opaque it is within, 0 to 1. Raises ArgumentError for others.

    >>> from matplotlib.figure import Figure
    >>> line = ellipsoid(Figure().subplots(), (0.0, 0.0, 0.0), (1000.0, 2000.0, 1000.0))
    >>> line.get_xdata().max().tolist(), line.get_ydata().max().round(6).tolist()
    (2000.0, 1000.0)
    """
    given.axes(ax)
    return _ellipsoid(ax, "ellipsoid", centre, _half("half_axes", half_axes), fill, "-", options)


def box(ax: Axes, centre: Any, half_widths: Any, *, fill: float = 0.08, **options: Unpack[Look]) -> Any:
    """A box along the axes of hill, as a capture box: a rectangle in the plane; gives its line.

    centre, half_widths: (3,), m, hill, the second above zero; fill: how opaque it is within, 0 to 1. Raises
    ArgumentError for others.

    >>> from matplotlib.figure import Figure
    >>> line = box(Figure().subplots(), (-10.0, 0.0, 0.0), (1.0, 2.0, 1.0))
    >>> line.get_xdata().tolist(), line.get_ydata().tolist()
    ([-2.0, 2.0, 2.0, -2.0, -2.0], [9.0, 9.0, 11.0, 11.0, 9.0])
    """
    given.axes(ax)
    middle, half = given.point("centre", centre), _half("half_widths", half_widths)
    inside = _fill(fill)
    drawn = look("box", options, color=ink(ax), linestyle="-", linewidth=line_width(0.8), zorder=1.4)
    m, h = (np.array(coordinates(ax, a)) for a in (middle, half))
    h = np.abs(h)
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)], dtype=float)
    if ax.name == "3d":
        line = _box_in_space(ax, m, h, square, drawn)
    else:
        (line,) = ax.plot(*(m + square * h).T, **drawn)
        _filled(ax, (m + square[:4] * h)[np.newaxis], drawn, inside)
    settle(ax)
    return line


def _half(name: str, value: Any) -> np.ndarray:
    found = given.point(name, value)
    for one in found:
        given.number(name, one)
    return found


def _fill(value: float) -> float:
    return given.number("fill", value, -1e-9, 1.0 + 1e-9)


def _across(ax: Axes, way: np.ndarray) -> np.ndarray:
    """Two unit vectors across a direction, as columns; the first lies in the plane of the Axes where it can."""
    sight = np.cross(*np.stack(coordinates(ax, np.eye(3)))) if ax.name != "3d" else np.array([0.0, 0.0, 1.0])
    first = np.cross(sight, way)
    if np.linalg.norm(first) < 1e-9:  # seen along the axis
        first = np.cross(way, (1.0, 0.0, 0.0) if abs(way[0]) < 0.9 else (0.0, 1.0, 0.0))
    first = first / np.linalg.norm(first)
    return np.stack([first, np.cross(way, first)], axis=-1)


def _filled(ax: Axes, polygons: np.ndarray, drawn: dict[str, Any], fill: float) -> None:
    if fill > 0.0:
        colour, below = drawn["color"], drawn["zorder"] - 0.5
        union(ax, polygons, facecolor=colour, edgecolor="none", alpha=fill, zorder=below)


def _cone_in_plane(ax: Axes, top: np.ndarray, base: np.ndarray, drawn: dict[str, Any], fill: float) -> Any:
    """The two outermost straight lines of the surface; the circle at the end where the apex lies within it."""
    apex, circle = (np.stack(coordinates(ax, r), axis=-1) for r in (top, base))
    seen = circle - apex
    middle = seen[:-1].mean(axis=0)
    angle = np.arctan2(middle[0] * seen[:, 1] - middle[1] * seen[:, 0], seen @ middle)
    first, last = int(np.argmax(angle)), int(np.argmin(angle))
    size = np.abs(seen).max()
    if np.hypot(*middle) < 1e-9 * size or angle[first] - angle[last] > np.pi:
        (line,) = ax.plot(*circle.T, **drawn)
        _filled(ax, circle[np.newaxis], drawn, fill)
        return line
    edge = np.stack([circle[first], apex, circle[last]])
    (line,) = ax.plot(*edge.T, **drawn)
    count = len(circle)
    triangle = np.concatenate([edge, np.repeat(edge[-1:], count - 3, axis=0)])
    _filled(ax, np.stack([triangle, circle]), drawn, fill)
    return line


def _cone_in_space(ax: Axes, top: np.ndarray, base: np.ndarray, drawn: dict[str, Any], fill: float) -> Any:
    gap = np.full((1, 3), np.nan)
    lines = [part for k in range(0, 360, 45) for part in (np.stack([top, base[k]]), gap)]
    (line,) = ax.plot(*coordinates(ax, np.concatenate([*lines, base])), **drawn)
    _surface(ax, np.stack([np.broadcast_to(top, base.shape), base])[:, ::10], drawn, fill)
    return line


def _surface(ax: Axes, r: np.ndarray, drawn: dict[str, Any], fill: float) -> None:
    if fill > 0.0:
        ax.plot_surface(
            *coordinates(ax, r),
            rstride=1,
            cstride=1,
            color=drawn["color"],
            alpha=fill,
            linewidth=0.0,
            shade=False,
        )


def _ellipsoid(
    ax: Axes, name: str, centre: Any, half: np.ndarray, fill: float, dashes: str, options: Look
) -> Any:
    middle = given.point("centre", centre)
    inside = _fill(fill)
    drawn = look(name, options, color=ink(ax), linestyle=dashes, linewidth=line_width(0.8), zorder=1.4)
    if ax.name == "3d":
        (line,) = ax.plot(*coordinates(ax, middle + rim(np.diag(half))), **drawn)
        u, v = np.meshgrid(np.linspace(0.0, 2.0 * np.pi, 37), np.linspace(0.0, np.pi, 19))
        ball = np.stack([np.cos(u) * np.sin(v), np.sin(u) * np.sin(v), np.cos(v)], axis=-1)
        _surface(ax, middle + half * ball, drawn, inside)
    else:
        m, h = (np.array(coordinates(ax, a)) for a in (middle, half))
        circle = m + rim(np.diag(np.abs(h)), 361)
        # A line is cut to the axes before it is dashed; the edge of a patch is not, and dashes far outside take long.
        (line,) = ax.plot(*circle.T, **drawn)
        _filled(ax, circle[np.newaxis], drawn, inside)
    settle(ax)
    return line


def _box_in_space(ax: Axes, m: np.ndarray, h: np.ndarray, square: np.ndarray, drawn: dict[str, Any]) -> Any:
    gap = np.full((1, 3), np.nan)
    lines = []
    for end in (-1.0, 1.0):
        lines += [np.column_stack([square, np.full(5, end)]), gap]
    for corner in square[:4]:
        lines += [np.array([(*corner, -1.0), (*corner, 1.0)]), gap]
    (line,) = ax.plot(*(m + np.concatenate(lines[:-1]) * h).T, **drawn)
    return line
