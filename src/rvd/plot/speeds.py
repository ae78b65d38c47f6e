"""Speed against range, with the limit that holds at each range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from rvd.errors import ArgumentError

from . import given
from .looks import Look, ink, line_width, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["envelope", "speed"]


def __dir__() -> list[str]:
    return sorted(__all__)


def speed(ax: Axes, r: Any, v: Any, *, centre: Any = (0.0, 0.0, 0.0), **options: Unpack[Look]) -> Any:
    """Speed (m/s) against range (m) of a trajectory; gives its line.

    r, v: (k, 3), m and m/s, hill; NaN leaves a gap; centre: (3,), m, what the range is counted from. The axes get
    their labels if they have none. Raises ArgumentError for other shapes.

    >>> from matplotlib.figure import Figure
    >>> line = speed(Figure().subplots(), [(0.0, -30.0, 40.0)], [(0.0, 0.3, -0.4)])
    >>> line.get_xydata().tolist()
    [[50.0, 0.5]]
    """
    given.axes(ax, space=False)
    place, rate = given.places("r", r, (1,)), given.places("v", v, (1,))
    if place.shape != rate.shape:
        raise ArgumentError(f"r and v are of the same moments, not of {len(place)} and {len(rate)}")
    away = np.linalg.norm(place - given.point("centre", centre), axis=-1)
    drawn = look("speed", options)
    (line,) = ax.plot(away, np.linalg.norm(rate, axis=-1), **drawn)
    _labels(ax)
    return line


def envelope(
    ax: Axes, within: Any, most: Any, *, steps: bool = True, fill: float = 0.08, **options: Unpack[Look]
) -> Any:
    """The largest speed allowed against range, and what lies above it shaded; gives its line.

    within: (k,), m, ascending; most: (k,), m/s: nearer than within[i] the speed is at most most[i]. Without `steps` the
    limit runs straight from one pair to the next. fill: how opaque the shade is, 0 to 1. The shade changes no limits of
    the axes. Raises ArgumentError for other shapes.

    >>> from matplotlib.figure import Figure
    >>> line = envelope(Figure().subplots(), (250.0, 1000.0), (0.17, 1.5), label="limit")
    >>> line.get_xdata().tolist(), line.get_ydata().tolist()
    ([0.0, 250.0, 250.0, 1000.0], [0.17, 0.17, 1.5, 1.5])
    """
    from matplotlib.patches import Polygon

    given.axes(ax, space=False)
    far = given.row("within", within)
    given.times("within", far, far.size) if far.size > 1 else None
    fast = given.row("most", most, far.size)
    if far[0] < 0.0 or np.any(fast <= 0.0):
        raise ArgumentError("within and most are a range of at least zero and a speed above zero")
    inside = given.number("fill", fill, -1e-9, 1.0 + 1e-9)
    if steps:
        x = np.column_stack([np.append(0.0, far[:-1]), far]).ravel()
        y = np.repeat(fast, 2)
    else:
        x, y = far, fast
    drawn = look("envelope", options, color=ink(ax), linestyle="--", linewidth=line_width(0.9), zorder=2.2)
    (line,) = ax.plot(x, y, **drawn)
    if inside > 0.0:
        top = 1e4 * float(fast.max())
        area = np.column_stack([np.concatenate([x, x[[-1, 0]]]), np.concatenate([y, (top, top)])])
        ax.add_artist(Polygon(area, facecolor=drawn["color"], edgecolor="none", alpha=inside, zorder=0.7))
    _labels(ax)
    return line


def _labels(ax: Axes) -> None:
    for axis, words in ((ax.xaxis, "range (m)"), (ax.yaxis, "relative speed (m/s)")):
        if not axis.get_label_text():
            axis.set_label_text(words)
