"""The panels of a figure as pictures of their own, narrow enough for a telephone."""

from __future__ import annotations

import contextlib
import io
import math
import textwrap
import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .style import drawing
from .timeline import spread_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

EDGE = 0.06
"""Inches of white around a panel."""

NARROW = 4.3
"""How wide panels are drawn, in: letters of 8 pt are 9 px high where that is 350 px."""

ROOM, LINE = 1.3, 0.2
"""Inches above and below an axes for its title, labels and names, and of a line of a legend."""

LETTERS_A_LINE, LETTERS_A_COLUMN = 46, 24
"""So many letters of a title fit into a line of a panel, and of a label into one of two columns of its legend."""


class Panel(NamedTuple):
    """A part of a figure as PNG, and how wide it was drawn, in."""

    picture: bytes
    width: float


def panels(figure: Figure) -> list[Panel]:
    """Each axes of a figure with its labels, then the legends of the figure; a twin of an axes stands with it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.transforms import Bbox

    with drawing(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        canvas = FigureCanvasAgg(figure)
        with narrow(figure):
            canvas.draw()
            boxes = []
            for twins in _places(figure):
                found = [axes.get_tightbbox() for axes in twins]
                boxes.append(Bbox.union([box for box in found if box is not None]))
            boxes += [legend.get_window_extent() for legend in figure.legends if legend.get_visible()]
            whole = np.asarray(canvas.buffer_rgba())
            return [_cut(whole, box, figure.dpi) for box in boxes]


def _places(figure: Figure) -> list[list[Axes]]:
    """The axes that are seen, those at one place together."""
    found: dict[tuple[float, ...], list[Axes]] = {}
    for axes in figure.axes:
        if axes.get_visible():
            found.setdefault(tuple(axes.get_position(original=True).bounds), []).append(axes)
    return list(found.values())


@contextlib.contextmanager
def narrow(figure: Figure) -> Iterator[None]:
    """Within it the axes of a figure stand below one another, `NARROW` wide; afterwards as before."""
    figure.draw_without_rendering()
    width, height = map(float, figure.get_size_inches())
    places = _places(figure)
    tall = [height * twins[0].get_position(original=True).height for twins in places]
    shares = [figure.get_figwidth() * twins[0].get_position().width for twins in places]
    specs = [(axes, axes.get_subplotspec()) for axes in figure.axes]
    with contextlib.ExitStack() as undo:
        lines = sum(_narrow_legend(figure, legend, undo) for legend in list(figure.legends))
        title = figure._suptitle
        if title is not None:
            undo.callback(title.set, visible=title.get_visible(), in_layout=title.get_in_layout())
            title.set(visible=False, in_layout=False)
        grid = figure.add_gridspec(len(places), 1, height_ratios=tall)
        for k, (twins, share) in enumerate(zip(places, shares, strict=True)):
            for axes in twins:
                axes.set_subplotspec(grid[k])
                _wrapped(axes, undo)
                undo.callback(spread_names, axes)
                spread_names(axes, share / (0.8 * NARROW))
        figure.set_size_inches(NARROW, sum(tall) + ROOM * len(places) + LINE * lines)
        try:
            yield
        finally:
            figure.set_size_inches(width, height)
            for axes, spec in specs:
                axes.set_subplotspec(spec)


def _narrow_legend(figure: Figure, legend: Any, undo: contextlib.ExitStack) -> int:
    """Puts a legend of one or two columns in the place of another; gives its lines."""
    labels = [text.get_text() for text in legend.get_texts()]
    columns = 2 if max(map(len, labels)) <= LETTERS_A_COLUMN else 1
    other = figure.legend(legend.legend_handles, labels, loc="outside lower center", ncols=columns)
    undo.callback(other.remove)
    undo.callback(legend.set, visible=True, in_layout=True)
    legend.set(visible=False, in_layout=False)
    return math.ceil(len(labels) / columns)


def _wrapped(axes: Axes, undo: contextlib.ExitStack) -> None:
    """Breaks a title and the label below into lines."""
    texts = [axes.xaxis.label, axes.title, axes._left_title]
    for text in texts:
        whole = text.get_text()
        undo.callback(text.set_text, whole)
        text.set_text("\n".join(textwrap.fill(line, LETTERS_A_LINE) for line in whole.splitlines()))


def _cut(whole: np.ndarray, box: Bbox, dpi: float) -> Panel:
    """The part of a picture (rows from the top) within a box (px, from the bottom left)."""
    padded, height, width = box.padded(EDGE * dpi), whole.shape[0], whole.shape[1]
    left, right = max(math.floor(padded.x0), 0), min(math.ceil(padded.x1), width)
    top, bottom = max(math.floor(height - padded.y1), 0), min(math.ceil(height - padded.y0), height)
    from matplotlib.image import imsave

    buffer = io.BytesIO()
    imsave(buffer, whole[top:bottom, left:right], format="png", metadata={"Software": "rvd"})
    return Panel(buffer.getvalue(), (right - left) / dpi)


def panels_of(figures: Mapping[str, Figure]) -> dict[str, list[Panel]]:
    """The panels of each figure that has more than one."""
    return {name: panels(figure) for name, figure in figures.items() if len(figure.axes) > 1}
