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

    Runs whose square is NaN, or that hold no number, have none. Raises ValueError for lengths that differ or a
    confidence that is not between 0 and 1.
    """
    squares = np.asarray(squares, dtype=np.float64)
    numbers = np.broadcast_to(np.asarray(numbers, dtype=np.float64), squares.shape)
    if squares.ndim != 1 or not 0.0 < confidence < 1.0:
        raise ValueError(
            f"squares are one a run and a confidence lies between 0 and 1, not {squares.shape}, {confidence}"
        )
    held = ~np.isnan(squares) & (numbers > 0.0)
    freedom = float(numbers[held].sum())
    if freedom == 0.0:
        return Consistency(math.nan, Interval(0.0, math.inf), 0)
    tail = 0.5 * (1.0 - confidence)
    band = Interval(float(chdtri(freedom, 1.0 - tail)) / freedom, float(chdtri(freedom, tail)) / freedom)
    return Consistency(float(squares[held].sum()) / freedom, band, int(held.sum()))
