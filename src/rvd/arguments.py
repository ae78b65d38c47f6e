"""Arguments of the verbs: numbers within their limits, or one sentence that says what they should be."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from .errors import ArgumentError

MOST_RUNS = 10**9
MOST_SEED = 2**63 - 1
MOST_JOBS = 4096
MOST_BETWEEN = 3600
"""Seconds between two lines of a history."""


def whole(name: str, value: Any, least: int, most: int) -> int:
    """A whole number from `least` to `most`; ArgumentError, which names it, for anything else.

    >>> whole("run", 7, 0, 99)
    7
    """
    try:
        number = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = None
    if number is None or not least <= number <= most:
        raise ArgumentError(f"{name} is a whole number from {least:,} to {most:,}, not {shown(value)}")
    return number


def part_of(name: str, value: Any) -> tuple[int, int]:
    """A part of several, (i, n) with 1 <= i <= n; ArgumentError for anything else."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ArgumentError(f"{name} is a pair (i, n), the i-th of n parts, not {shown(value)}")
    parts = whole(f"{name}[1]", value[1], 1, MOST_RUNS)
    return whole(f"{name}[0]", value[0], 1, parts), parts


def shown(value: Any) -> str:
    """A value as a sentence shows it, shortened."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def real_numbers(name: str, value: Any) -> np.ndarray:
    """Real numbers as float64: no text, no truth values, no units, nothing masked; ArgumentError for anything else.

    What is infinite or not a number is left to who asks.
    """
    if hasattr(value, "units") or hasattr(value, "unit"):
        raise ArgumentError(f"{name} carries a unit; give plain numbers in SI and radians")
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        raise ArgumentError(f"{name} is not an array of numbers: its rows differ in length") from None
    if array.dtype.kind not in "fiu":
        raise ArgumentError(f"{name} is not an array of numbers: it holds {_held(array)}")
    if isinstance(value, np.ma.MaskedArray) and np.any(np.ma.getmaskarray(value)):
        raise ArgumentError(f"{name} has masked entries; leave them out")
    return array.astype(np.float64, copy=False)


def _held(array: np.ndarray) -> str:
    kinds = {"U": "text", "S": "bytes", "b": "truth values", "c": "complex numbers", "O": "objects"}
    return kinds.get(array.dtype.kind, str(array.dtype))
