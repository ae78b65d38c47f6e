"""How figures look: colours that colour-blind readers can tell apart, sizes, and saving; no global state is touched.

Matplotlib is imported only when a figure is drawn, and figures are made without pyplot, so no window system is asked.
"""

from __future__ import annotations

import contextlib
import io
import textwrap
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rvd.core.signals import Outcome

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend

# Okabe and Ito, "Color Universal Design" (2008).
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY, PALE, BROWN = "#6b6b6b", "#d9d9d9", "#8c510a"
INDIGO, WINE = "#332288", "#882255"  # P. Tol, "Colour Schemes" (2021), muted

LIMIT = VERMILION
"""Limits are drawn in this colour, dashed, in every figure."""

COLOUR: dict[Outcome, str] = {
    Outcome.FLYING: GREY,
    Outcome.CAPTURED: SKY,
    Outcome.LEFT_BOX: ORANGE,
    Outcome.DOCKED: SKY,
    Outcome.MISSED: ORANGE,
    Outcome.HELD: SKY,
    Outcome.CLEAR: SKY,
    Outcome.REACHED: SKY,
    Outcome.CONTACT: "#8b0000",
    Outcome.ABORTED: ORANGE,
    Outcome.EMPTY: GREEN,
    Outcome.UNFINISHED: GREY,
    Outcome.STOPPED: PURPLE,
    Outcome.DIVERGED: BLACK,
    Outcome.LOST: BLACK,
}
DASHED = {Outcome.ABORTED, Outcome.EMPTY, Outcome.DIVERGED, Outcome.LOST}
"""Outcomes that share a colour with another are dashed."""

_SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans",  # travels with Matplotlib: figures look alike on every machine
    "font.size": 9.0,
    "axes.titlesize": 10.0,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8.0,
    "figure.dpi": 110,
    "text.parse_math": False,  # a dollar in a title is a dollar
    "pdf.fonttype": 42,  # TrueType, as journals ask
    "svg.hashsalt": "rvd",  # the same figure gives the same file
}


@contextlib.contextmanager
def drawing() -> Iterator[None]:
    """Within it, figures are drawn in one style; nothing of it remains outside."""
    import matplotlib
    import matplotlib.style

    with matplotlib.rc_context():
        matplotlib.style.use("default")  # a dark style of the user's would leave black on black
        matplotlib.rcParams.update(_SETTINGS)
        yield


def said(text: str, most: int = 28) -> str:
    """A text of the user's (title, name of a leg, a vehicle, a set) as a figure shows it: no longer than `most`.

    Matplotlib leaves a label that begins with an underscore out of legends; behind a thin space it does not.
    """
    short = text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
    return f"\N{THIN SPACE}{short}" if short.startswith("_") else short


def heading(figure: Figure, title: str, what: str) -> None:
    """The line above a figure: the case's title, and what the figure shows of it."""
    figure.suptitle(textwrap.fill(f"{said(title, 60)}: {what}", 90), fontsize=12)


def logarithmic(axes: Axes, linear: float | None = None) -> None:
    """A logarithmic scale upright, through zero where `linear` is the range about it that is not; powers as text."""
    if linear is None:
        axes.set_yscale("log")
    else:
        axes.set_yscale("symlog", linthresh=linear)
    label_powers(axes.yaxis, linear)


def label_powers(axis: Axis, linear: float | None = None) -> None:
    """Labels the ticks of a logarithmic axis with plain text; Matplotlib's own labels are mathematics to be parsed."""
    from matplotlib.ticker import LogFormatterSciNotation

    class Powers(LogFormatterSciNotation):
        """Matplotlib chooses which ticks have a label."""

        def __call__(self, x: float, pos: int | None = None) -> str:
            return power(x) if super().__call__(x, pos) else ""

    axis.set_major_formatter(Powers(linthresh=linear))
    if linear is None:
        axis.set_minor_formatter(Powers())


def power(x: float) -> str:
    """A number of a logarithmic scale as text: 10⁻³, 2×10⁻³."""
    if x == 0.0:
        return "0"
    digits, _, exponent = f"{abs(x):.3e}".partition("e")
    lead = "" if float(digits) == 1.0 else f"{float(digits):g}×"
    sign = "−" if x < 0.0 else ""
    return f"{sign}{lead}10{str(int(exponent)).translate(_RAISED)}"


_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def blank(width: float, height: float) -> Figure:
    """An empty figure of this size in inches, with room kept for labels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def stroke(outcome: Outcome) -> dict[str, Any]:
    """Colour and dash of the lines of an outcome."""
    return {"color": COLOUR[outcome], "linestyle": (0, (4, 1.5)) if outcome in DASHED else "solid"}


def word(outcome: Outcome) -> str:
    """An outcome as a legend or a table calls it."""
    return outcome.word.replace("_", " ")


def limit_line(axes: Axes, value: float, label: str, upright: bool = False) -> None:
    """A limit across the whole of the axes, with its label in the legend."""
    draw = axes.axvline if upright else axes.axhline
    draw(value, color=LIMIT, linestyle="--", linewidth=1.2, label=label, zorder=4)


def legend(axes: Axes, **where: Any) -> None:
    """A legend in the axes, if anything in it has a label."""
    if axes.get_legend_handles_labels()[1]:
        axes.legend(**where)


def _legend(figure: Figure, handles: Mapping[str, Artist], columns: int) -> Legend:
    """A legend under the figure."""
    return figure.legend(handles.values(), handles.keys(), loc="outside lower center", ncols=columns)


def legend_below(figure: Figure, axes: Iterable[Axes], columns: int = 4) -> None:
    """One legend under the figure for all its axes, each label once, in as many columns as it is wide for."""
    handles = {
        label: handle
        for place in axes
        for handle, label in zip(*place.get_legend_handles_labels(), strict=True)
    }
    legend = _legend(figure, handles, columns)
    while columns > 1 and legend.get_window_extent().width > figure.bbox.width:
        legend.remove()
        columns -= 1
        legend = _legend(figure, handles, columns)
    for line in legend.get_lines():
        line.set(alpha=1.0, linewidth=max(line.get_linewidth(), 1.2))


def png(figure: Figure) -> bytes:
    """The figure as PNG."""
    return drawn(figure, "png")


def drawn(figure: Figure, form: str) -> bytes:
    """The figure as a file of this format holds it: png, svg or pdf."""
    metadata: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(
        form, {"Software": "rvd"}
    )
    buffer = io.BytesIO()
    with drawing(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # a box stands for it
        with _settled(figure):
            figure.savefig(buffer, format=form, metadata=metadata)
    return buffer.getvalue()


@contextlib.contextmanager
def _settled(figure: Figure) -> Iterator[None]:
    """Within it the axes stand where the layout puts them, to a millionth of the figure.

    The last digits of the layout's solver are not the same twice, and would turn a pixel over.
    """
    layout = figure.get_layout_engine()
    if layout is None:
        yield
        return
    figure.draw_without_rendering()
    for axes in figure.axes:
        bounds = [round(size, 6) for size in axes.get_position(original=True).bounds]
        axes._set_position(bounds)
    figure.set_layout_engine("none")
    try:
        yield
    finally:
        figure.set_layout_engine(layout)
