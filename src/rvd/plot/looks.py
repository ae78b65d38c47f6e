"""How figures look: sizes for print, colours of the axes themselves, text that is text."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypedDict

from rvd.errors import ArgumentError

from . import given

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["style"]


def __dir__() -> list[str]:
    return sorted(__all__)


class Look(TypedDict, total=False):
    """Options of everything that is drawn, as Matplotlib means them; `label` is plain text for the legend."""

    label: str | None
    color: Any
    linewidth: float
    linestyle: Any
    alpha: float
    zorder: float


@contextlib.contextmanager
def style(width: float | None = None, height: float | None = None) -> Iterator[None]:
    """Within it figures are made for print: fonts are embedded as TrueType in PDF and PostScript (`fonttype` 42).

    width, height: of new figures, in; with a width, text, lines and marks get the sizes of a printed page, and the
    height is three quarters of the width if it is not given. Colours stay those of the style in use. Save within the
    block: Matplotlib looks up the font type when it saves. Raises ArgumentError for a size that is none.

    >>> from matplotlib import rcParams
    >>> with style(width=3.4):
    ...     print(rcParams["pdf.fonttype"], rcParams["figure.figsize"], rcParams["font.size"])
    42 [3.4, 2.55] 8.0
    """
    import matplotlib

    settings: dict[str, Any] = {"pdf.fonttype": 42, "ps.fonttype": 42}
    if width is None and height is not None:
        raise ArgumentError("height is given without a width")
    if width is not None:
        wide = given.number("width", width)
        high = 0.75 * wide if height is None else given.number("height", height)
        size = 8.0 if wide < 5.0 else 9.0
        settings |= {
            "figure.figsize": (wide, high),
            "figure.constrained_layout.use": True,
            "savefig.dpi": 300,
        }
        settings |= dict.fromkeys(("font.size", "axes.titlesize", "axes.labelsize"), size)
        settings |= dict.fromkeys(("xtick.labelsize", "ytick.labelsize", "legend.fontsize"), size - 1.0)
        settings |= {"lines.linewidth": 1.0, "lines.markersize": 4.0, "axes.linewidth": 0.6}
        settings |= {"grid.linewidth": 0.5, "patch.linewidth": 0.8, "axes.labelpad": 3.0}
    with matplotlib.rc_context(settings):
        yield


def ink(ax: Axes) -> Any:
    """The colour of the axes' own text, in which limits and marks are drawn: it stands out on any background."""
    return ax.xaxis.label.get_color()


def next_colour(ax: Axes) -> Any:
    """The next colour of the axes' cycle."""
    (line,) = ax.plot(*([[]] * (3 if ax.name == "3d" else 2)))
    colour = line.get_color()
    line.remove()
    return colour


_TEX = str.maketrans(
    {**{c: f"\\{c}" for c in "#$%&_{}"}, "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\^{}"}
)


def plain(text: str) -> str:
    """A text so that Matplotlib shows it as it stands: no dollar begins mathematics."""
    from matplotlib import rcParams

    if rcParams["text.usetex"]:
        return text.translate(_TEX)
    return text.replace("$", r"\$") if rcParams["text.parse_math"] else text


def named(label: str) -> str:
    """A label as a legend shows it; Matplotlib leaves out those that begin with an underscore."""
    if label == "_nolegend_":
        return label
    return plain(f"\N{THIN SPACE}{label}" if label.startswith("_") else label)


def look(function: str, options: Look, **usual: Any) -> dict[str, Any]:
    """The options of a call over what is usual; ArgumentError for one that Matplotlib would not take."""
    from matplotlib.cbook import normalize_kwargs
    from matplotlib.lines import Line2D

    asked: dict[str, Any] = {**options}
    try:
        asked = normalize_kwargs(asked, Line2D)
        unknown = [name for name in asked if name not in Look.__annotations__]
        if unknown:
            known = ", ".join(Look.__annotations__)
            raise TypeError(f"{function}() has no option {unknown[0]!r}; options are {known}")
        if asked.get("label") is not None:
            asked["label"] = named(given.text("label", asked["label"]))
        asked = {name: value for name, value in asked.items() if value is not None}
        Line2D([], [], **asked)
    except (TypeError, ValueError) as error:
        if isinstance(error, ArgumentError):
            raise
        raise ArgumentError(" ".join(str(error).split())) from None
    return usual | asked


def line_width(share: float = 1.0) -> float:
    """A share of the style's width of lines, points."""
    from matplotlib import rcParams

    return share * float(rcParams["lines.linewidth"])


def mark_size(share: float = 1.0) -> float:
    """A share of the style's size of marks, points."""
    from matplotlib import rcParams

    return share * float(rcParams["lines.markersize"])


def text_size() -> float:
    """The size of text beside marks, points: that of tick labels."""
    from matplotlib import rcParams
    from matplotlib.font_manager import FontProperties

    return float(FontProperties(size=rcParams["xtick.labelsize"]).get_size_in_points())


def beside(ax: Axes, text: str, at: tuple[float, ...], away: tuple[float, float], **more: Any) -> None:
    """A text beside a place of the data, `away` from it in points; what lies outside the axes has none."""
    options = {"color": ink(ax), "fontsize": text_size(), "va": "center", "zorder": 6.0} | more
    if ax.name == "3d":
        ax.text(*at, f" {plain(text)}", **options)
        return
    note = _note()(plain(text), at[:2], away, textcoords="offset points", annotation_clip=True, **options)
    ax.add_artist(note)
    ax.texts[-1].set_in_layout(False)  # a long name takes no room from the axes


@functools.cache
def _note() -> Any:
    """The class of a text beside a place, made once Matplotlib is there."""
    from matplotlib.text import Annotation, Text

    class Note(Annotation):
        """A text to the right of its place; to the left where it would leave the axes."""

        xyann: tuple[float, float]

        def update_positions(self, renderer: Any) -> None:
            right, up = abs(self.xyann[0]), self.xyann[1]
            x = self.axes.transData.transform(self.xy)[0]
            wide = Text.get_window_extent(self, renderer).width + right * self.figure.dpi / 72.0
            leaves = x + wide > self.axes.bbox.x1 and x - wide > self.axes.bbox.x0
            self.set_ha("right" if leaves else "left")
            self.xyann = (-right if leaves else right, up)
            super().update_positions(renderer)

    return Note
