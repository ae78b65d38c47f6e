"""What the functions of `rvd.plot` accept, and the sentence for what they do not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from rvd.arguments import real_numbers, shown
from rvd.errors import ArgumentError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DIRECTIONS = {
    "+V": (0.0, 1.0, 0.0),
    "-V": (0.0, -1.0, 0.0),
    "+R": (-1.0, 0.0, 0.0),
    "-R": (1.0, 0.0, 0.0),
    "+H": (0.0, 0.0, -1.0),
    "-H": (0.0, 0.0, 1.0),
}
"""Directions by name, on the axes of hill: +V is ahead, +R to the Earth, +H against the orbit normal."""


def axes(ax: Any, space: bool = True) -> Axes:
    """The Axes to draw on: flat, or in space where that is drawn too."""
    from matplotlib.axes import Axes

    if isinstance(ax, Axes):
        if ax.name == "rectilinear" or (space and ax.name == "3d"):
            return ax
        flat = "plain or 3-D" if space else "plain"
        raise ArgumentError(f"ax is a {ax.name} Axes; draw on a {flat} one, as plt.subplots() makes it")
    more = "; take one of them, as ax[0]" if isinstance(ax, np.ndarray | list | tuple) else ""
    raise ArgumentError(f"ax is an Axes of Matplotlib, not {type(ax).__name__}{more}")


def array(name: str, value: Any) -> np.ndarray:
    """Real numbers as float64; NaN stands for a gap, and nothing is infinite."""
    found = real_numbers(name, value)
    if np.any(np.isinf(found)):
        raise ArgumentError(f"{name} holds numbers that are infinite; NaN leaves a gap")
    return found


def places(name: str, value: Any, axes: Sequence[int] | None = None, gaps: bool = True) -> np.ndarray:
    """Places on the axes of hill, (..., 3); with `axes`, so many of them may stand before the last one."""
    found = array(name, value)
    if found.ndim == 0 or found.shape[-1] != 3:
        raise ArgumentError(f"{name} has shape {found.shape}; its last axis holds 3 components (hill, m)")
    if axes is not None and found.ndim - 1 not in axes:
        wanted = " or ".join(("(3,)", "(k, 3)", "(m, k, 3)")[n] for n in axes)
        raise ArgumentError(f"{name} has shape {found.shape}; it should have {wanted}")
    if found.size == 0:
        raise ArgumentError(f"{name} holds no place")
    if not gaps and np.any(np.isnan(found)):
        raise ArgumentError(f"{name} holds {np.count_nonzero(np.isnan(found))} numbers that are no numbers")
    return found


def point(name: str, value: Any) -> np.ndarray:
    """One place (3,)."""
    return places(name, value, (0,), gaps=False)


def along(name: str, value: Any) -> np.ndarray:
    """A direction (3,) of length one: a vector on the axes of hill, or one of the names of `DIRECTIONS`."""
    if isinstance(value, str):
        if value not in DIRECTIONS:
            raise ArgumentError(f"{name} is one of {', '.join(DIRECTIONS)}, or a vector, not {shown(value)}")
        return np.array(DIRECTIONS[value])
    vector = point(name, value)
    length = float(np.linalg.norm(vector))
    if length == 0.0:
        raise ArgumentError(f"{name} is a zero vector, which has no direction")
    return vector / length


def number(name: str, value: Any, above: float = 0.0, below: float = math.inf) -> float:
    """One number above and below something."""
    found = array(name, value)
    if found.size != 1:
        raise ArgumentError(f"{name} is one number, not an array of shape {found.shape}")
    one = float(found.reshape(()))
    if not above < one < below:
        limits = f"above {above:g}" + (f" and below {below:.4g}" if math.isfinite(below) else "")
        raise ArgumentError(f"{name} is {limits}, not {one:g}")
    return one


def times(name: str, value: Any, count: int) -> np.ndarray:
    """So many times (s), each after the one before."""
    found = row(name, value, count)
    if np.any(np.diff(found) <= 0.0):
        raise ArgumentError(f"{name} is no row of times: each should come after the one before")
    return found


def row(name: str, value: Any, count: int | None = None) -> np.ndarray:
    """Numbers in a row, so many of them if a count is given."""
    found = array(name, value)
    if found.ndim != 1 or found.size == 0 or (count is not None and found.size != count):
        wanted = "(k,)" if count is None else f"({count},)"
        raise ArgumentError(f"{name} has shape {found.shape}; it should have {wanted}")
    if np.any(np.isnan(found)):
        raise ArgumentError(f"{name} holds {np.count_nonzero(np.isnan(found))} numbers that are no numbers")
    return found


def word(name: str, value: Any, known: Sequence[str]) -> str:
    """One of the words that are known here."""
    if isinstance(value, str) and value in known:
        return value
    raise ArgumentError(f"{name} is one of {', '.join(known)}, not {shown(value)}")


def text(name: str, value: Any) -> str:
    """A text of the user's."""
    if isinstance(value, str):
        return value
    raise ArgumentError(f"{name} is a text, not {shown(value)}")


def texts(name: str, value: Any, count: int) -> list[str]:
    """So many texts; one alone may stand for a list of one."""
    many = [value] if isinstance(value, str) else value
    if not isinstance(many, list | tuple | np.ndarray) or len(many) != count:
        raise ArgumentError(f"{name} is a list of {count} texts, not {shown(value)}")
    return [text(name, str(one) if isinstance(one, np.str_) else one) for one in many]
