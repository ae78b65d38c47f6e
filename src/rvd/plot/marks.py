"""Places with a name: a port, and where a plan holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from . import given
from .looks import Look, beside, ink, line_width, look, mark_size, text_size
from .planes import coordinates, settle

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["holds", "port"]


def __dir__() -> list[str]:
    return sorted(__all__)


def port(
    ax: Axes, r: Any = (0.0, 0.0, 0.0), axis: Any = None, *, name: str = "", **options: Unpack[Look]
) -> Any:
    """A port, or a berthing point, with its axis as a short arrow away from the target; gives the mark.

    r: (3,), m, hill; axis: (3,), or "+V", "-V", "+R", "-R", "+H", "-H", or None for no arrow; name: a text beside it.
    Raises ArgumentError for others.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> port(ax, (-5.0, 2.0, 0.0), "+R", name="Node 2 nadir").get_xydata().tolist(), ax.texts[0].get_text()
    ([[2.0, 5.0]], 'Node 2 nadir')
    """
    given.axes(ax)
    at = given.point("r", r)
    way = None if axis is None else given.along("axis", axis)
    given.text("name", name)
    drawn = look("port", options, color=ink(ax), zorder=4.0) | {"linestyle": "none"}
    place = coordinates(ax, at)
    (mark,) = ax.plot(*([c] for c in place), marker="s", markersize=mark_size(0.9), **drawn)
    if way is not None and ax.name != "3d":
        look_ = {"color": drawn["color"], "zorder": drawn["zorder"], "width": line_width(0.8) / 72.0}
        ax.quiver(
            *place, *coordinates(ax, way), angles="xy", units="inches", scale_units="inches",
            scale=72.0 / (2.5 * text_size()), **look_,
        )  # fmt: skip
        ax.autoscale_view()
    if name:
        beside(ax, name, tuple(map(float, place)), (0.8 * text_size(), 0.0))
    settle(ax)
    return mark


def holds(ax: Axes, r: Any, names: Any = None, **options: Unpack[Look]) -> Any:
    """Hold points with their names; gives the marks. A place that is held more than once is marked once.

    r: (k, 3) or (3,), m, hill; names: (k,) texts. Raises ArgumentError for others.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> marks = holds(ax, [(-250.0, 0.0, 0.0), (-30.0, 0.0, 0.0), (-30.0, 0.0, 0.0)], ["hold", "park", "park again"])
    >>> marks.get_ydata().tolist(), [text.get_text() for text in ax.texts]
    ([250.0, 30.0], ['hold', 'park, park again'])
    """
    given.axes(ax)
    at = given.places("r", r, (0, 1), gaps=False).reshape(-1, 3)
    words = [""] * len(at) if names is None else given.texts("names", names, len(at))
    drawn = look("holds", options, color=ink(ax), zorder=4.5) | {"linestyle": "none"}
    once: dict[tuple[float, ...], list[str]] = {}
    for place, word in zip(at.tolist(), words, strict=True):
        once.setdefault(tuple(place), []).append(word)
    there = coordinates(ax, np.array(list(once)))
    face = ax.get_facecolor()
    (marks,) = ax.plot(*there, marker="D", markersize=mark_size(0.75), markerfacecolor=face, **drawn)
    behind = {"facecolor": face, "edgecolor": "none", "alpha": 0.7, "pad": 0.8}
    for k, found in enumerate(once.values()):
        text = ", ".join(filter(None, found))
        if text:
            more = {} if ax.name == "3d" else {"bbox": behind}
            beside(ax, text, tuple(float(c[k]) for c in there), (0.9 * text_size(), 0.0), **more)
    settle(ax)
    return marks
