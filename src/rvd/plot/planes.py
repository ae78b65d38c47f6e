"""The axes of a figure: which plane, which way V-bar, R-bar and H-bar point, and in which unit they are labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from . import given
from .looks import ink, line_width, plain, text_size

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

__all__ = ["vbar_rbar"]


def __dir__() -> list[str]:
    return sorted(__all__)


PLANES = {"V-R": (0, 1), "V-H": (0, 2), "R-H": (2, 1)}
"""Planes by name: which of (V-bar, R-bar, H-bar) lies across the page and which upright."""

SPACE = (0, 2, 1)
"""Of a 3-D Axes: V-bar, H-bar and R-bar, which are right-handed in this order."""

UNITS = {"m": 1.0, "km": 1e3}
CORNERS = ("upper left", "upper right", "lower left", "lower right")
NAMES = ("V-bar", "R-bar", "H-bar")
ROOM = 0.1
"""Room between what is drawn and the frame, for words beside it, over what is drawn."""

THIN = 0.25
"""A page or a box in space is at least this thick, as a share of its longest side: a strip has no room for labels."""


class View(NamedTuple):
    """What `vbar_rbar` chose for an Axes."""

    plane: str
    equal: bool


_VIEWS: WeakKeyDictionary[Any, View] = WeakKeyDictionary()
_USUAL = View("V-R", False)


def vbar_rbar(
    ax: Axes,
    vbar: Literal["right", "left"] = "right",
    *,
    plane: Literal["V-R", "V-H", "R-H"] = "V-R",
    unit: Literal["m", "km"] = "m",
    origin: str = "",
    body: str = "Earth",
    compass: str | None = "upper left",
    equal: bool = True,
    zero: bool = True,
) -> None:
    """Makes an Axes one of V-bar and R-bar: labels, directions, arrows along the velocity and to the Earth.

    vbar: the side to which +V-bar points; R-bar points down. plane: "V-R" is seen from the side, "V-H" from above,
    "R-H" from behind, H-bar to the right. unit: of the labels; what is drawn and the limits stay in m. origin: what
    places are counted from, for the labels. body: what +R-bar points to. compass: the corner of the arrows, or None.
    equal: a metre is as long on both axes. zero: lines through the origin. On a 3-D Axes `plane` and `compass` have no
    part. Call it before what is drawn. Raises ArgumentError for other words.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> vbar_rbar(ax, "left", unit="km")
    >>> ax.get_xlabel(), ax.get_ylabel(), bool(ax.xaxis_inverted()), bool(ax.yaxis_inverted())
    ('V-bar (km)', 'R-bar (km)', True, True)
    """
    given.axes(ax)
    left = given.word("vbar", vbar, ("right", "left")) == "left"
    _VIEWS[ax] = View(given.word("plane", plane, tuple(PLANES)), bool(equal))
    scale = UNITS[given.word("unit", unit, tuple(UNITS))]
    text = f" from {given.text('origin', origin)}" if origin else ""
    to = given.text("body", body)
    if compass is not None:
        given.word("compass", compass, CORNERS)
    shown = SPACE if ax.name == "3d" else PLANES[plane]
    for axis, word, inverted in zip(_axes(ax), shown, _inverted(ax, plane, left), strict=True):
        down = f", to {to}" if word == 1 and ax.name == "3d" else ""
        counted = "" if ax.name == "3d" and word else text  # once: in space there is little room
        axis.set_label_text(plain(f"{NAMES[word]}{counted}{down} ({unit})"))
        axis.set_inverted(inverted)
        if scale != 1.0:
            axis.set_major_formatter(_in_unit(scale))
    _few_ticks(ax)
    if ax.name == "3d":
        settle(ax)
        return
    ax.set_aspect("equal" if equal else "auto")
    ax.margins(ROOM)
    if zero:
        _zero_lines(ax)
    if compass is not None:
        _compass(ax, compass, left, plane, to)


def coordinates(ax: Axes, r: np.ndarray) -> tuple[np.ndarray, ...]:
    """Of places (..., 3) on the axes of hill: their coordinates in the plane of an Axes, or in space."""
    words = np.stack([r[..., 1], -r[..., 0], -r[..., 2]])  # V-bar, R-bar, H-bar
    shown = SPACE if ax.name == "3d" else PLANES[_VIEWS.get(ax, _USUAL).plane]
    return tuple(words[k] + 0.0 for k in shown)  # no zero has a sign


def settle(ax: Axes) -> None:
    """After something is drawn where a metre is as long on all axes: no strip, and in space no sheet.

    In space it also makes the metres equal, which Matplotlib does once and not for what comes later.
    """
    if not _VIEWS.get(ax, _USUAL).equal:
        return
    if ax.name != "3d":
        _widen(ax)
        return
    limits = np.array([axis.get_view_interval() for axis in _axes(ax)])
    sizes = np.abs(np.diff(limits)[:, 0])
    for axis, (low, high), size in zip(_axes(ax), limits, sizes, strict=True):
        short = THIN * sizes.max() - size
        if short > 0.0:
            way = 0.5 * short if high >= low else -0.5 * short
            axis.set_view_interval(low - way, high + way, ignore=True)
        axis.get_major_locator().set_params(nbins=int(np.clip(8.0 * size / sizes.max(), 3, 8)))
    ax.set_aspect("equal")


def _widen(ax: Axes) -> None:
    """Counts empty room beside a long and thin path as drawn; limits that are set by hand stay."""
    ends = ax.dataLim.get_points()
    sizes = ends[1] - ends[0]
    if not np.all(np.isfinite(sizes)):
        return
    short = np.maximum(THIN * sizes.max() - sizes, 0.0)
    if np.any(short > 0.0):
        ax.update_datalim(ends + 0.5 * short * np.array([[-1.0], [1.0]]))
        ax.autoscale_view()


def _axes(ax: Axes) -> list[Axis]:
    return [ax.xaxis, ax.yaxis, ax.zaxis] if ax.name == "3d" else [ax.xaxis, ax.yaxis]


def _inverted(ax: Axes, plane: str, left: bool) -> tuple[bool, ...]:
    """Which axes run the other way: R-bar points down, and no view is a mirror image.

    From above, with V-bar to the right, starboard (+H-bar) is down. In space V-bar, H-bar and R-bar are right-handed:
    two of the three turn.
    """
    if ax.name == "3d":
        return left, not left, True
    return {"V-R": (left, True), "V-H": (left, not left), "R-H": (False, True)}[plane]


def _in_unit(scale: float) -> Any:
    from matplotlib.ticker import FuncFormatter, ScalarFormatter

    return FuncFormatter(lambda x, _: ScalarFormatter.fix_minus(f"{x / scale:.6g}"))


def _few_ticks(ax: Axes) -> None:
    """So few ticks that their labels do not touch, however narrow the figure."""
    from matplotlib.ticker import MaxNLocator

    wide = 72.0 * ax.bbox.width / ax.figure.dpi
    across = int(np.clip(wide / (5.0 * text_size()), 3, 9))
    for axis, most in zip(_axes(ax), (across, 6, 6) if ax.name == "3d" else (across, 9), strict=False):
        axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
        if ax.name == "3d":
            axis.labelpad = text_size()


def _zero_lines(ax: Axes) -> None:
    from matplotlib import rcParams

    for line in (ax.axhline(0.0), ax.axvline(0.0)):
        line.set(color=ink(ax), alpha=0.35, linewidth=float(rcParams["axes.linewidth"]), zorder=0.6)


def _compass(ax: Axes, corner: str, left: bool, plane: str, to: str) -> None:
    """Arrows along the axes of the page in a corner, within the axes whatever their size."""
    from matplotlib.offsetbox import AnchoredOffsetbox, DrawingArea
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.text import Text

    size = text_size()
    across, upright = {
        "V-R": ("velocity", f"to {to}"),
        "V-H": ("velocity", "H-bar"),
        "R-H": ("H-bar", f"to {to}"),
    }[plane]
    arrow, high = 2.4 * size, size
    wide = 1.1 * arrow + 0.58 * size * len(across)
    leftward = left and plane != "R-H"
    upward = plane == "V-H" and left
    height = arrow + 1.6 * high
    area = DrawingArea(max(wide, 0.6 * size * len(upright)), height, 0.0, 0.0, clip=False)
    x0, way = (area.width, -1.0) if leftward else (0.0, 1.0)
    y0, turn = (0.5 * high, 1.0) if upward else (height - 0.5 * high, -1.0)
    side = "right" if leftward else "left"
    for tip in ((x0 + way * arrow, y0), (x0, y0 + turn * arrow)):
        style = "-|>,head_length=0.4,head_width=0.18"
        area.add_artist(
            FancyArrowPatch(
                (x0, y0), tip, arrowstyle=style, mutation_scale=size, shrinkA=0.0, shrinkB=0.0,
                color=ink(ax), alpha=0.75, linewidth=line_width(0.7),
            )
        )  # fmt: skip
    words = {"color": ink(ax), "alpha": 0.75, "fontsize": size, "ha": side}
    area.add_artist(Text(x0 + way * 1.1 * arrow, y0, across, va="center", **words))
    end = y0 + turn * (arrow + 0.15 * high)
    area.add_artist(Text(x0, end, plain(upright), va="bottom" if upward else "top", **words))
    box = AnchoredOffsetbox(loc=corner, child=area, frameon=False, pad=0.2, borderpad=0.5)
    box.set_zorder(5.0)
    box.set_in_layout(False)
    ax.add_artist(box)
