"""Two campaigns flown with the same run numbers: differences run by run, with intervals."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from .binomial import Interval, clopper_pearson


class Difference(NamedTuple):
    """A mean difference `second - first` with its interval."""

    estimate: float
    interval: Interval
    runs: int


def mean_difference(first, second, confidence: float) -> Difference:
    """Mean of `second - first` over paired runs, Student's t interval at `confidence` (two-sided).

    Raises ValueError for unequal lengths or a value that is not finite: a missing run is not a zero difference.
    """
    first, second = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"paired runs have equal lengths, not {first.shape} and {second.shape}")
    difference = second - first
    if not np.isfinite(difference).all():
        raise ValueError(f"{int((~np.isfinite(difference)).sum())} paired runs have no finite difference")
    runs = difference.size
    mean = float(difference.mean()) if runs else math.nan
    if runs < 2:
        return Difference(mean, Interval(-math.inf, math.inf), runs)
    half = float(stdtrit(runs - 1, 0.5 + 0.5 * confidence)) * float(difference.std(ddof=1)) / math.sqrt(runs)
    return Difference(mean, Interval(mean - half, mean + half), runs)


def share_difference(first, second, confidence: float) -> Difference:
    """Share(second) - share(first) of two boolean columns over paired runs, with a guaranteed interval.

    Only the runs that differ carry information (McNemar). Their share and the part of them gained get
    Clopper-Pearson intervals at (1 + confidence)/2 each (Bonferroni), and the product is bounded by its corners.
    """
    first, second = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"paired runs have equal lengths, not {first.shape} and {second.shape}")
    runs = first.size
    gained, lost = int((second & ~first).sum()), int((first & ~second).sum())
    if runs == 0:
        return Difference(math.nan, Interval(-1.0, 1.0), 0)
    level = 0.5 + 0.5 * confidence
    differing = clopper_pearson(gained + lost, runs, level)
    part = clopper_pearson(gained, gained + lost, level)
    corners = [d * (2.0 * p - 1.0) for d in differing for p in part]
    return Difference((gained - lost) / runs, Interval(min(corners), max(corners)), runs)
