"""The panels of a figure as pictures of their own, for screens that are too narrow for all of it."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .style import drawing

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

EDGE = 0.06
"""Inches of white around a panel."""


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
        canvas.draw()
        found: dict[tuple[float, ...], list[Bbox]] = {}
        for axes in figure.axes:
            box = axes.get_tightbbox()
            if axes.get_visible() and box is not None:
                found.setdefault(tuple(axes.get_position().bounds), []).append(box)
        boxes = [Bbox.union(twins) for twins in found.values()]
        boxes += [legend.get_window_extent() for legend in figure.legends]
        whole = np.asarray(canvas.buffer_rgba())
        return [_cut(whole, box, figure.dpi) for box in boxes]


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
