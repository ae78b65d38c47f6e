"""What the array faces accept, and the sentence for what they do not."""

from typing import Any

import numpy as np

from rvd.errors import RvdError


class ArgumentError(RvdError, ValueError):
    """An argument of an array function cannot be used; the sentence names it and what it should be."""


def numbers(name: str, value: Any) -> np.ndarray:
    """A float64 array of finite numbers."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise ArgumentError(f"{name} is not an array of numbers: its rows may differ in length") from None
    if not np.all(np.isfinite(array)):
        count = int(array.size - np.count_nonzero(np.isfinite(array)))
        raise ArgumentError(f"{name} holds {count} of {array.size} numbers that are not finite")
    return array


def rows(
    vectors: dict[str, Any], scalars: dict[str, Any], width: int = 3
) -> tuple[tuple[int, ...], list[np.ndarray]]:
    """(leading shape, flat arrays): vectors as (N, width), scalars as (N,), all C-contiguous float64.

    `vectors` and `scalars` map the names that users know to values; they broadcast over leading axes.
    """
    arrays = {name: numbers(name, value) for name, value in vectors.items()}
    for name, array in arrays.items():
        if array.ndim == 0 or array.shape[-1] != width:
            raise ArgumentError(f"{name} has shape {array.shape}; its last axis holds {width} components")
    plain = {name: numbers(name, value) for name, value in scalars.items()}
    shapes = {name: array.shape[:-1] for name, array in arrays.items()} | {
        n: a.shape for n, a in plain.items()
    }
    try:
        lead = np.broadcast_shapes(*shapes.values())
    except ValueError:
        told = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ArgumentError(f"the leading axes do not broadcast: {told}") from None
    flat: list[np.ndarray] = [np.broadcast_to(a, (*lead, width)).reshape(-1, width) for a in arrays.values()]
    flat += [np.broadcast_to(a, lead).reshape(-1) for a in plain.values()]
    return lead, [np.ascontiguousarray(a) for a in flat]


def positive(name: str, value: Any) -> np.ndarray:
    """Finite numbers above zero."""
    array = numbers(name, value)
    if not np.all(array > 0.0):
        raise ArgumentError(f"{name} must be above zero; the least is {np.min(array):g}")
    return array


def eccentricity(name: str, value: Any) -> np.ndarray:
    """Numbers from 0 to below 1."""
    array = numbers(name, value)
    if not np.all((array >= 0.0) & (array < 1.0)):
        raise ArgumentError(
            f"{name} must be at least 0 and below 1 (an ellipse); it spans {np.min(array):g} to {np.max(array):g}"
        )
    return array


def finite(result: np.ndarray, why: str) -> np.ndarray:
    """`result`, or an ArgumentError that says which rows have no solution."""
    bad = ~np.all(np.isfinite(result.reshape(len(result), -1)), axis=1)
    if np.any(bad):
        first = int(np.argmax(bad))
        raise ArgumentError(
            f"{int(np.count_nonzero(bad))} of {len(result)} have no solution (the first is {first}): {why}"
        )
    return result
