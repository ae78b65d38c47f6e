"""Trajectories: the path, where it was at which time, and the burns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from rvd.errors import ArgumentError

from . import given
from .looks import Look, beside, ink, line_width, look, mark_size, next_colour, text_size
from .planes import coordinates, settle

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["burns", "time_ticks", "trajectory"]

MOST_TICKS = 1000


def __dir__() -> list[str]:
    return sorted(__all__)


def trajectory(
    ax: Axes,
    r: Any,
    t: Any = None,
    *,
    burns: tuple[Any, Any] | None = None,
    every: float | None = None,
    **options: Unpack[Look],
) -> Any:
    """Draws a trajectory, or many in one colour, and gives its line (of many, their `LineCollection`).

    r: (k, 3), or (..., k, 3) for many, m, hill; NaN leaves a gap. t: (k,), s, ascending. burns: a pair of times (b,),
    s, and impulses (b, 3), m/s, hill, drawn as arrows. every: s, between marks of time. Both belong to one trajectory
    and need t. Options are those of a line (color, linewidth, linestyle, alpha, zorder, label). Raises ArgumentError
    for other shapes.

    >>> from matplotlib.figure import Figure
    >>> r = [(0.0, -500.0, 0.0), (-40.0, -300.0, 0.0), (0.0, -100.0, 0.0)]
    >>> line = trajectory(Figure().subplots(), r, (0.0, 300.0, 600.0), every=300.0, label="hop")
    >>> line.get_xdata().tolist(), line.get_ydata().tolist()
    ([-500.0, -300.0, -100.0], [0.0, 40.0, 0.0])
    """
    given.axes(ax)
    path = given.places("r", r)
    if path.ndim == 1:
        path = path[np.newaxis]
    drawn = look("trajectory", options)
    if path.ndim > 2:
        if t is not None or burns is not None or every is not None:
            raise ArgumentError(f"t, burns and every are of one trajectory; r has shape {path.shape}")
        return _many(ax, path.reshape(-1, *path.shape[-2:]), drawn)
    if t is None and (burns is not None or every is not None):
        raise ArgumentError("burns and every need t, the time of each place")
    times = None if t is None else given.times("t", t, len(path))
    at = None if burns is None or times is None else _when(burns, times)
    if every is not None and times is not None:
        _multiples(times, every)
    (line,) = ax.plot(*coordinates(ax, path), **drawn)
    settle(ax)
    same = {"color": line.get_color()} | {k: drawn[k] for k in ("alpha", "zorder") if k in drawn}
    if times is not None and every is not None:
        time_ticks(ax, path, times, every, **same)
    if times is not None and at is not None:
        _arrows(ax, between(path, times, at[0]), at[1], None, None, same)
    return line


def time_ticks(
    ax: Axes, r: Any, t: Any, every: float, *, labels: bool = True, **options: Unpack[Look]
) -> Any:
    """Marks on a trajectory at whole multiples of `every` seconds, with the times beside them; gives the marks.

    r: (k, 3), m, hill; t: (k,), s, ascending; every: s, above zero. Places between samples lie on straight lines.
    Raises ArgumentError for other shapes, and where there would be more than a thousand marks.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> marks = time_ticks(ax, [(0.0, 0.0, 0.0), (0.0, 600.0, 0.0)], (0.0, 1200.0), 600.0)
    >>> marks.get_xdata().tolist(), [text.get_text() for text in ax.texts]
    ([0.0, 300.0, 600.0], ['0 min', '10 min', '20 min'])
    """
    given.axes(ax)
    path = given.places("r", r, (1,))
    times = given.times("t", t, len(path))
    step, at = _multiples(times, every)
    drawn = look("time_ticks", options, color=ink(ax), zorder=3.0)
    there = coordinates(ax, between(path, times, at))
    face = ax.get_facecolor()
    (marks,) = ax.plot(
        *there, "o", markersize=mark_size(0.6), markerfacecolor=face, **(drawn | {"linestyle": "none"})
    )
    if labels:
        for when, *place in zip(at, *there, strict=True):
            if np.all(np.isfinite(place)):
                text = clock(float(when), step)
                beside(ax, text, tuple(place), (0.5 * text_size(), 0.6 * text_size()), va="bottom")
    settle(ax)
    return marks


def burns(
    ax: Axes,
    r: Any,
    dv: Any,
    *,
    names: Any = None,
    length: float | None = None,
    **options: Unpack[Look],
) -> Any:
    """Burns as arrows along the change of velocity, as long as it is large; gives the arrows.

    r, dv: (b, 3), m and m/s, hill. names: (b,) texts beside them. length: of the longest arrow, points; four times the
    size of text if it is not given. A burn across the page is a dot. Raises ArgumentError for other shapes.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> arrows = burns(ax, [(0.0, -500.0, 0.0)], [(0.0, 0.1, 0.0)], names=["TPI"])
    >>> arrows.U.tolist(), arrows.V.tolist(), ax.texts[0].get_text()
    ([1.0], [0.0], 'TPI')
    """
    given.axes(ax)
    at = given.places("r", r, (0, 1), gaps=False).reshape(-1, 3)
    change = given.places("dv", dv, (0, 1), gaps=False).reshape(-1, 3)
    if len(at) != len(change):
        raise ArgumentError(f"r and dv are of the same burns, not of {len(at)} and {len(change)}")
    words = None if names is None else given.texts("names", names, len(at))
    longest = None if length is None else given.number("length", length)
    return _arrows(ax, at, change, words, longest, look("burns", options))


def between(path: np.ndarray, times: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Places (b, 3) at some times, on the straight lines between samples."""
    return np.stack([np.interp(at, times, path[:, k]) for k in range(3)], axis=-1)


def clock(seconds: float, step: float) -> str:
    """A time in the largest unit in which every step is whole: hours, minutes or seconds."""
    for size, unit in ((3600.0, "h"), (60.0, "min")):
        if step % size == 0.0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"


def _multiples(times: np.ndarray, every: Any) -> tuple[float, np.ndarray]:
    """The step, and its whole multiples from the first time to the last."""
    step = given.number("every", every)
    count = (times[-1] - times[0]) / step
    if count > MOST_TICKS:
        raise ArgumentError(f"every makes {count:,.0f} marks; take a longer time")
    first, last = np.ceil(times[0] / step - 1e-9), np.floor(times[-1] / step + 1e-9)
    return step, step * np.arange(first, last + 1.0) + 0.0  # no zero has a sign


def _many(ax: Axes, paths: np.ndarray, drawn: dict[str, Any]) -> Any:
    usual = {
        "color": drawn.get("color") or next_colour(ax), "linewidth": line_width(0.6),
        "alpha": float(np.clip(20.0 / len(paths), 0.15, 0.8)), "zorder": 1.9,
    }  # fmt: skip
    there = coordinates(ax, paths)
    lines = list(np.stack(there, axis=-1))
    if ax.name == "3d":
        from mpl_toolkits.mplot3d.art3d import Line3DCollection

        many: Any = Line3DCollection(lines, **(usual | drawn))
        ax.add_collection3d(many)
        ax.auto_scale_xyz(*(c[np.isfinite(c)] for c in there), ax.has_data())
    else:
        from matplotlib.collections import LineCollection

        many = LineCollection(lines, **(usual | drawn))
        ax.add_collection(many)
        ax.autoscale_view()
    settle(ax)
    return many


def _when(burns: Any, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Times and impulses of burns that lie within a trajectory."""
    if not isinstance(burns, list | tuple) or len(burns) != 2:
        raise ArgumentError("burns is a pair: times (b,) and impulses (b, 3)")
    change = given.places("burns[1]", burns[1], (0, 1), gaps=False).reshape(-1, 3)
    at = given.row("burns[0]", np.atleast_1d(given.array("burns[0]", burns[0])), len(change))
    if np.any((at < times[0]) | (at > times[-1])):
        raise ArgumentError(
            f"burns lie at {at.min():g} to {at.max():g} s, the trajectory from {times[0]:g} to {times[-1]:g} s"
        )
    return at, change


def _arrows(
    ax: Axes,
    at: np.ndarray,
    change: np.ndarray,
    names: list[str] | None,
    length: float | None,
    drawn: dict[str, Any],
) -> Any:
    color = drawn.get("color", ink(ax))
    largest = float(np.max(np.linalg.norm(change, axis=-1))) or 1.0
    place, way = coordinates(ax, at), coordinates(ax, change / largest)
    more = {name: drawn[name] for name in ("alpha", "zorder") if name in drawn}
    points = 4.0 * text_size() if length is None else length
    if ax.name == "3d":
        reach = max(abs(np.ptp(axis.get_view_interval())) for axis in (ax.xaxis, ax.yaxis, ax.zaxis))
        inches = min(ax.bbox.size) / ax.figure.dpi
        arrows: Any = ax.quiver(*place, *way, length=reach * points / 72.0 / inches, color=color, **more)
    else:
        wide = drawn.get("linewidth", line_width(0.9)) / 72.0
        shape = {"headwidth": 5.0, "headlength": 6.5, "headaxislength": 6.0, "minlength": 1.5}
        arrows = ax.quiver(
            *place, *way, angles="xy", units="inches", scale_units="inches", scale=72.0 / points, width=wide,
            color=color, **({"zorder": 3.5} | more), **shape,
        )  # fmt: skip
        ax.autoscale_view()
    if drawn.get("label"):
        ax.plot(*([[]] * len(place)), linestyle="-", marker=">", color=color, label=drawn["label"])
    for k, name in enumerate(names or ()):
        offset = (0.6 * text_size(), -0.9 * text_size())
        beside(ax, name, tuple(float(c[k]) for c in place), offset, color=color)
    settle(ax)
    return arrows
