"""What the statistics accept, and the sentence for what they do not: a wrong number would be a wrong verdict."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from rvd.errors import ArgumentError

SIDES = ("two-sided", "lower", "upper")
MOST_RUNS = 2**53
"""Beyond it a number of runs is no longer a whole number in floating point."""


def share(name: str, value: Any, ends: bool = False) -> float:
    """A number between 0 and 1; 0 and 1 themselves only with `ends`."""
    given = _number(name, value)
    if 0.0 < given < 1.0 or (ends and given in (0.0, 1.0)):
        return given
    where = "from 0 to 1" if ends else "between 0 and 1"
    raise ArgumentError(f"{name} is a share {where}, not {given:g}; write 0.9 for 90 %")


def level(confidence: float) -> float:
    """The confidence of each bound of a two-sided interval at `confidence`, a share: the rest is parted in two."""
    each = 0.5 + 0.5 * confidence
    if each < 1.0:
        return each
    raise ArgumentError("confidence is too near to 1 for two bounds: at most 1 - 2.3e-16")


def count(name: str, value: Any) -> int:
    """A whole number from 0 on."""
    try:
        given = operator.index(value)
    except TypeError:
        raise ArgumentError(f"{name} is a whole number, not {value!r}") from None
    if isinstance(value, bool | np.bool_) or given < 0:
        raise ArgumentError(f"{name} is a whole number from 0 on, not {value!r}")
    if given > MOST_RUNS:
        raise ArgumentError(f"{name} is at most 2^53, not {given:g}")
    return given


def items(name: str, values: Any) -> list[Any]:
    """What stands in a row of counts, one a look; whether each is one is for `count` to say."""
    try:
        return list(values)
    except TypeError:
        raise ArgumentError(f"{name} holds one count a look, not {values!r:.60}") from None


def part(name: str, value: Any, whole: str, of: int) -> int:
    """A whole number from 0 to `of`, the number of `whole`."""
    given = count(name, value)
    if given > of:
        raise ArgumentError(f"{name} are at most the {of} {whole}, not {given}")
    return given


def side(value: Any) -> str:
    """One of `SIDES`."""
    if isinstance(value, str) and value in SIDES:
        return value
    raise ArgumentError(f"side is one of {', '.join(map(repr, SIDES))}, not {value!r}")


def column(name: str, values: Any) -> np.ndarray:
    """Numbers float64 (k,), one a run, NaN where a run has none; truth values are 0 and 1."""
    given = _array(name, values)
    if given.ndim != 1:
        raise ArgumentError(f"{name} holds one number a run, not an array of shape {given.shape}")
    return given.astype(np.float64)


def truths(name: str, values: Any) -> np.ndarray:
    """Truth values bool (k,), one a run, given as such or as 0 and 1; a run without one is no answer."""
    given = column(name, values)
    held = (given == 0.0) | (given == 1.0)
    if not held.all():
        what = f"{name} holds {given.size - np.count_nonzero(held)} runs that are neither true nor false"
        raise ArgumentError(f"{what}; count a run without a value as a failure, or leave it out of both")
    return given == 1.0


def _number(name: str, value: Any) -> float:
    given = _array(name, value)
    if given.shape != () or given.dtype.kind == "b":
        raise ArgumentError(f"{name} is one number, not {value!r}")
    return float(given)


def _array(name: str, value: Any) -> np.ndarray:
    try:
        given = np.asarray(value)
    except (TypeError, ValueError):
        raise ArgumentError(f"{name} is no column of numbers: its rows differ in length") from None
    if isinstance(value, np.ma.MaskedArray) and np.ma.getmaskarray(value).any():
        raise ArgumentError(f"{name} has masked entries; fill them with NaN")
    if given.size and given.dtype.kind not in "fiub":
        raise ArgumentError(f"{name} is made of numbers, not {value!r:.60}")
    return given.astype(np.float64) if given.dtype.kind == "O" else given
