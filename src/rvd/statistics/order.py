"""Quantiles from sorted runs, without assuming a distribution: order statistics (Wilks).

The r-th smallest of n independent values lies above the q-quantile with probability P(Binomial(n, q) <= r - 1),
exactly for a continuous distribution and at least that for any (Wilks, Ann. Math. Stat. 12 (1941) 91).
A value that is not a number ranks above every number and below every number, whichever is worse.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import betainc

from . import check
from .binomial import Interval, Side, chance_of_at_most


def upper_rank(runs: int, share: float, confidence: float) -> int:
    """Rank r (1 is the smallest) whose value is above the `share`-quantile at `confidence`; runs + 1 if none is.

    Raises ArgumentError for what is no count or no share.
    """
    runs, share = check.count("runs", runs), check.share("share", share)
    confidence = check.share("confidence", confidence)
    low, high = 0, runs + 1
    while high - low > 1:
        middle = (low + high) // 2
        if chance_of_at_most(middle - 1, runs, share) >= confidence:
            high = middle
        else:
            low = middle
    return high


def lower_rank(runs: int, share: float, confidence: float) -> int:
    """Rank r whose value is below the `share`-quantile at `confidence`; 0 if none is.

    Raises ArgumentError for what is no count or no share.
    """
    runs, share = check.count("runs", runs), check.share("share", share)
    confidence = check.share("confidence", confidence)
    low, high = 0, runs + 1
    while high - low > 1:  # the chance of at least `middle` values below the quantile falls with it
        middle = (low + high) // 2
        if betainc(float(middle), runs + 1.0 - middle, share) >= confidence:
            low = middle
        else:
            high = middle
    return low


def quantile(values, share: float) -> float:
    """The sample quantile: the smallest value that at least `share` of the runs do not exceed.

    NaN counts as +inf: a run without a value is not within any limit. NaN of no values.
    Raises ArgumentError for values that are no column of numbers, and for what is no share.
    """
    share = check.share("share", share, ends=True)
    ordered = _ordered(values, math.inf)
    if ordered.size == 0:
        return math.nan
    # 1e-9 of a run: 0.95 * 20 is 19.000000000000004 in floating point and means the 19th.
    rank = min(max(math.ceil(share * ordered.size - 1e-9), 1), ordered.size)
    return float(ordered[rank - 1])


def quantile_interval(values, share: float, confidence: float, side: Side = "two-sided") -> Interval:
    """Interval of the `share`-quantile of the population at `confidence`; infinite where the runs do not suffice.

    A run without a value (NaN) counts against either end.
    Raises ArgumentError for values that are no column of numbers, and for what is no share or no side.
    """
    values, confidence = check.column("values", values), check.share("confidence", confidence)
    check.side(side)
    level = check.level(confidence) if side == "two-sided" else confidence
    low, high = -math.inf, math.inf
    runs = np.size(values)
    if side != "upper" and (rank := lower_rank(runs, share, level)) >= 1:
        low = float(_ordered(values, -math.inf)[rank - 1])
    if side != "lower" and (rank := upper_rank(runs, share, level)) <= runs:
        high = float(_ordered(values, math.inf)[rank - 1])
    return Interval(low, high)


def _ordered(values, instead_of_nan: float) -> np.ndarray:
    values = check.column("values", values)
    return np.sort(np.where(np.isnan(values), instead_of_nan, values))
