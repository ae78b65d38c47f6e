"""Whether a filter knows its own error: NEES and NIS over many runs against their chi-square bands.

The normalised square of an error of m numbers is chi-square of m degrees of freedom, 1 a number on average, where the
filter's covariance is the true one; the sum over independent runs is chi-square of all their numbers (Bar-Shalom, Li,
Kirubarajan 2001, section 5.4.2). Below its band a filter is more cautious than it need be, above it too sure of itself.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import chdtri

from rvd.errors import ArgumentError

from . import check
from .binomial import Interval


class Consistency(NamedTuple):
    """Mean normalised square a number over `runs`, and the band in which it lies with the confidence asked."""

    mean: float
    band: Interval
    runs: int

    @property
    def inside(self) -> bool:
        return self.band.low <= self.mean <= self.band.high


def consistency(squares, numbers, confidence: float) -> Consistency:
    """The mean of `squares` (k,) a number, and its two-sided band; `numbers` (k,) or one for all are their freedoms.

    Runs whose square is NaN, or that hold no number, have none. Raises ArgumentError for lengths that differ, what is
    no number, a square below 0, fewer numbers than none, and a confidence that is no share.
    """
    squares, confidence = check.column("squares", squares), check.share("confidence", confidence)
    if np.any(squares < 0.0):
        raise ArgumentError(f"squares are from 0 on: the least is {np.nanmin(squares):g}")
    numbers = np.atleast_1d(numbers)
    if numbers.dtype.kind == "b":
        raise ArgumentError("numbers counts what was measured in a run: it is no truth value")
    numbers = check.column("numbers", numbers)
    if numbers.size not in (1, squares.size):
        raise ArgumentError(
            f"numbers are one for all runs or one a run, not {numbers.size} of {squares.size}"
        )
    if not np.all((numbers >= 0.0) & np.isfinite(numbers)):  # NaN is neither
        raise ArgumentError("numbers counts what was measured in a run: it is from 0 on")
    numbers = np.broadcast_to(numbers, squares.shape)
    held = ~np.isnan(squares) & (numbers > 0.0)
    freedom = float(numbers[held].sum())
    if freedom == 0.0:
        return Consistency(math.nan, Interval(0.0, math.inf), 0)
    tail = 0.5 * (1.0 - confidence)
    band = Interval(float(chdtri(freedom, 1.0 - tail)) / freedom, float(chdtri(freedom, tail)) / freedom)
    return Consistency(float(squares[held].sum()) / freedom, band, int(held.sum()))
