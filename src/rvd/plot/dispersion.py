"""How far trajectories lie apart: the tube about their mean, and ellipses at moments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from rvd.errors import ArgumentError

from . import given
from .looks import Look, line_width, look, next_colour
from .outlines import rim, union
from .planes import coordinates, settle

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ellipses", "tube"]

FEWEST = 3
"""Runs that a covariance in a plane needs."""


def __dir__() -> list[str]:
    return sorted(__all__)


def tube(ax: Axes, r: Any, *, sigma: float = 3.0, sections: int = 200, **options: Unpack[Look]) -> Any:
    """The tube in which trajectories lie: at each moment the ellipse of `sigma` standard deviations about their mean.

    r: (m, k, 3), m, hill: m trajectories at the same k times; NaN where one has ended. At least three of them.
    sections: at most so many ellipses are joined. Gives what is filled. Raises ArgumentError for other shapes. The
    ellipse of 3 sigma holds 98.9 % of normal places in a plane.

    >>> from matplotlib.figure import Figure
    >>> along = np.array([[(0.0, y, 0.0) for y in (0.0, 50.0, 100.0)]])
    >>> runs = along + np.array([-1.0, 0.0, 1.0])[:, None, None] * (1.0, 0.0, 0.0)
    >>> filled = tube(Figure().subplots(), runs, label="3 sigma")
    >>> filled.get_path().get_extents().extents.round(6).tolist()
    [0.0, -3.0, 100.0, 3.0]
    """
    given.axes(ax)
    runs = _runs("r", given.places("r", r, (2,)))
    much = given.number("sigma", sigma)
    most = int(given.number("sections", sections, 1.0, 1e5))
    drawn = look("tube", options)
    colour = drawn.pop("color", None) or next_colour(ax)
    kept = np.unique(np.linspace(0, runs.shape[1] - 1, most).round().astype(int))
    mean, spread = _moments(runs[:, kept])
    there = np.isfinite(mean).all(axis=-1)
    if there.sum() < 2:
        raise ArgumentError(f"r has fewer than two moments at which {FEWEST} trajectories lie")
    mean, spread = mean[there], spread[there]
    if ax.name == "3d":
        shade: dict[str, Any] = {"color": colour, "alpha": 0.25, "linewidth": 0.0, "shade": False}
        filled = ax.plot_surface(*_rings(ax, mean, spread, much), rstride=1, cstride=1, **(shade | drawn))
    else:
        look_ = {"facecolor": colour, "edgecolor": "none", "alpha": 0.25, "zorder": 1.5} | drawn
        look_.pop("linestyle", None), look_.pop("linewidth", None)
        filled = union(ax, _joined(*_flat(ax, mean, spread), much), **look_)
    settle(ax)
    return filled


def ellipses(ax: Axes, r: Any, *, sigma: float = 3.0, **options: Unpack[Look]) -> Any:
    """The ellipse of `sigma` standard deviations about the mean of places at each moment; gives their one line.

    r: (m, 3) or (m, k, 3), m, hill: m places at one moment, or at k. At least three. On a 3-D Axes it is the three main
    sections of each ellipsoid. Raises ArgumentError for other shapes.

    >>> from matplotlib.figure import Figure
    >>> places = [(-1.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 2.0, 0.0), (0.0, -2.0, 0.0)]
    >>> line = ellipses(Figure().subplots(), places, sigma=1.0)
    >>> [round(float(np.nanmax(values)), 4) for values in line.get_data()]
    [1.633, 0.8165]
    """
    given.axes(ax)
    places = given.places("r", r, (1, 2))
    runs = _runs("r", places[:, np.newaxis] if places.ndim == 2 else places)
    much = given.number("sigma", sigma)
    mean, spread = _moments(runs)
    there = np.isfinite(mean).all(axis=-1)
    if not there.any():
        raise ArgumentError(f"r has no moment at which {FEWEST} places lie")
    drawn = look("ellipses", options, linewidth=line_width(0.8))
    values, vectors = np.linalg.eigh(spread[there])
    axes_ = much * np.sqrt(np.maximum(values, 0.0))[:, np.newaxis, :] * vectors  # columns are half axes
    if ax.name == "3d":
        lines = [coordinates(ax, c + rim(a)) for c, a in zip(mean[there], axes_, strict=True)]
    else:
        lines = [
            tuple(c[:, np.newaxis] + a @ rim(np.eye(2)).T)
            for c, a in zip(*_half_axes(*_flat(ax, mean[there], spread[there]), much), strict=True)
        ]
    gap = np.array([np.nan])
    joined = (np.concatenate([x for line in lines for x in (line[k], gap)]) for k in range(len(lines[0])))
    (line,) = ax.plot(*joined, **drawn)
    settle(ax)
    return line


def _runs(name: str, runs: np.ndarray) -> np.ndarray:
    if len(runs) < FEWEST:
        raise ArgumentError(f"{name} holds {len(runs)} trajectories; a spread needs at least {FEWEST}")
    return runs


def _moments(runs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean (k, 3) and covariance (k, 3, 3) over the runs that are there, NaN where they are too few."""
    there = np.isfinite(runs).all(axis=-1)
    count = np.sum(there, axis=0)
    number = np.where(count < FEWEST, np.nan, count)
    mean = np.where(there[..., np.newaxis], runs, 0.0).sum(axis=0) / number[:, np.newaxis]
    apart = np.where(there[..., np.newaxis], runs - mean, 0.0)
    spread = np.einsum("mki,mkj->kij", apart, apart) / (number - 1.0)[:, np.newaxis, np.newaxis]
    return mean, spread


def _flat(ax: Axes, mean: np.ndarray, spread: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean (k, 2) and covariance (k, 2, 2) in the plane of an Axes."""
    onto = np.stack(coordinates(ax, np.eye(3)))
    return mean @ onto.T, onto @ spread @ onto.T


def _half_axes(mean: np.ndarray, spread: np.ndarray, much: float) -> tuple[np.ndarray, np.ndarray]:
    values, vectors = np.linalg.eigh(spread)
    return mean, much * np.sqrt(np.maximum(values, 0.0))[:, np.newaxis, :] * vectors


def _joined(mean: np.ndarray, spread: np.ndarray, much: float, points: int = 48) -> np.ndarray:
    """Polygons (k - 1, points, 2): the convex hulls of neighbouring ellipses, by the farther one in each direction."""
    turn = 2.0 * np.pi * np.arange(points) / points
    way = np.stack([np.cos(turn), np.sin(turn)], axis=-1)  # (points, 2)
    across = np.einsum("kab,pb->kpa", spread, way)
    reach = np.sqrt(np.maximum(np.einsum("kpa,pa->kp", across, way), 0.0))
    there = mean[:, np.newaxis] + much * across / np.where(reach > 0.0, reach, 1.0)[..., np.newaxis]
    far = mean @ way.T + much * reach
    second = (far[1:] > far[:-1])[..., np.newaxis]
    return np.where(second, there[1:], there[:-1])


def _rings(
    ax: Axes, mean: np.ndarray, spread: np.ndarray, much: float, points: int = 24
) -> tuple[np.ndarray, ...]:
    """Rings in space across the way of the mean, as coordinates of a surface (k, points)."""
    way = np.gradient(mean, axis=0)
    length = np.linalg.norm(way, axis=-1, keepdims=True)
    way = np.where(
        length > 1e-9 * (1.0 + np.abs(mean).max()), way / np.where(length > 0.0, length, 1.0), np.nan
    )
    for k in range(1, len(way)):  # at rest: as before
        way[k] = np.where(np.isnan(way[k]), way[k - 1], way[k])
    way = np.where(np.isnan(way), (0.0, 1.0, 0.0), way)
    helper = np.where(np.abs(way[:, 2:]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    first = np.cross(way, helper)
    first /= np.linalg.norm(first, axis=-1, keepdims=True)
    basis = np.stack([first, np.cross(way, first)], axis=-1)  # (k, 3, 2)
    flat = np.swapaxes(basis, 1, 2) @ spread @ basis
    values, vectors = np.linalg.eigh(flat)
    half = basis @ (much * np.sqrt(np.maximum(values, 0.0))[:, np.newaxis, :] * vectors)
    turn = np.linspace(0.0, 2.0 * np.pi, points)
    ring = np.stack([np.cos(turn), np.sin(turn)])
    return coordinates(ax, mean[:, np.newaxis] + np.swapaxes(half @ ring, 1, 2))
