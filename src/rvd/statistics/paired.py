"""Two campaigns flown with the same run numbers: differences run by run, with intervals."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from rvd.errors import ArgumentError

from . import check
from .binomial import Interval, clopper_pearson


class Difference(NamedTuple):
    """A mean difference `second - first` with its interval."""

    estimate: float
    interval: Interval
    runs: int


def mean_difference(first, second, confidence: float) -> Difference:
    """Mean of `second - first` over paired runs, Student's t interval at `confidence` (two-sided).

    Raises ArgumentError for unequal lengths or a value that is not finite: a missing run is not a zero difference;
    and for a confidence that is no share.
    """
    first, second = check.column("first", first), check.column("second", second)
    confidence = check.share("confidence", confidence)
    _check_paired(first, second)
    difference = second - first
    if not np.isfinite(difference).all():
        count = int((~np.isfinite(difference)).sum())
        raise ArgumentError(f"{count} paired runs have no finite difference; leave them out of both")
    runs = difference.size
    mean = float(difference.mean()) if runs else math.nan
    if runs < 2:
        return Difference(mean, Interval(-math.inf, math.inf), runs)
    half = float(stdtrit(runs - 1, check.level(confidence))) * float(difference.std(ddof=1)) / math.sqrt(runs)
    return Difference(mean, Interval(mean - half, mean + half), runs)


def share_difference(first, second, confidence: float) -> Difference:
    """Share(second) - share(first) of two boolean columns over paired runs, with a guaranteed interval.

    Only the runs that differ carry information (McNemar). Their share and the part of them gained get
    Clopper-Pearson intervals at (1 + confidence)/2 each (Bonferroni), and the product is bounded by its corners.
    Raises ArgumentError for unequal lengths, what is neither true nor false, and a confidence that is no share.
    """
    first, second = check.truths("first", first), check.truths("second", second)
    confidence = check.share("confidence", confidence)
    _check_paired(first, second)
    runs = first.size
    gained, lost = int((second & ~first).sum()), int((first & ~second).sum())
    if runs == 0:
        return Difference(math.nan, Interval(-1.0, 1.0), 0)
    level = check.level(confidence)
    differing = clopper_pearson(gained + lost, runs, level)
    part = clopper_pearson(gained, gained + lost, level)
    corners = [d * (2.0 * p - 1.0) for d in differing for p in part]
    return Difference((gained - lost) / runs, Interval(min(corners), max(corners)), runs)


def _check_paired(first: np.ndarray, second: np.ndarray) -> None:
    if first.size != second.size:
        raise ArgumentError(f"paired runs have equal lengths, not {first.size} and {second.size}")
