"""Closed lines and filled areas that shapes are drawn with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def rim(half_axes: np.ndarray, points: int = 181) -> np.ndarray:
    """Of an ellipse with two half axes as columns: points (n, d) round it; of an ellipsoid its three main sections.

    Sections stand one after the other, with a gap between them.
    """
    turn = np.linspace(0.0, 2.0 * np.pi, points)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    count = half_axes.shape[1]
    pairs = [(0, 1)] if count == 2 else [(0, 1), (1, 2), (2, 0)]
    parts: list[np.ndarray] = []
    for pair in pairs:
        parts += [(half_axes[:, pair] @ circle).T, np.full((1, half_axes.shape[0]), np.nan)]
    return np.concatenate(parts[:-1])


def union(ax: Axes, polygons: np.ndarray, **look: Any) -> Any:
    """Fills polygons (m, n, 2) as one area: where they overlap it is no darker."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    x, y = polygons[..., 0], polygons[..., 1]
    area = np.sum(x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1), axis=1)
    same = np.where(area[:, np.newaxis, np.newaxis] < 0.0, polygons[:, ::-1], polygons)
    closed = np.concatenate([same, same[:, :1]], axis=1)
    codes = np.full(closed.shape[:2], Path.LINETO)
    codes[:, 0], codes[:, -1] = Path.MOVETO, Path.CLOSEPOLY
    patch = PathPatch(Path(closed.reshape(-1, 2), codes.ravel()), **look)
    ax.add_patch(patch)
    ax.autoscale_view()
    return patch
