"""A share of runs: intervals for it, and the runs that a requirement on it takes.

`successes` of `runs` independent runs; every bound holds with probability `confidence` whatever the true share.
Shares, confidences and bounds are in [0, 1].
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from scipy.special import bdtr, betaincinv, ndtri

Side = Literal["two-sided", "lower", "upper"]


class Interval(NamedTuple):
    """A closed interval."""

    low: float
    high: float


def clopper_pearson(successes: int, runs: int, confidence: float, side: Side = "two-sided") -> Interval:
    """The exact interval of Clopper and Pearson, Biometrika 26 (1934) 404: covers with at least `confidence`.

    `side` "lower" is (bound, 1), "upper" is (0, bound), each one-sided at `confidence`.
    """
    _check(successes, runs, confidence)
    tail = (1.0 - confidence) * (0.5 if side == "two-sided" else 1.0)
    failures = runs - successes
    low = float(betaincinv(successes, failures + 1, tail)) if successes and side != "upper" else 0.0
    high = float(betaincinv(successes + 1, failures, 1.0 - tail)) if failures and side != "lower" else 1.0
    return Interval(low, high)


def wilson(successes: int, runs: int, confidence: float, side: Side = "two-sided") -> Interval:
    """The score interval of Wilson, JASA 22 (1927) 209: covers with `confidence` on average, not always."""
    _check(successes, runs, confidence)
    if runs == 0:
        return Interval(0.0, 1.0)
    z = float(ndtri(0.5 + 0.5 * confidence if side == "two-sided" else confidence))
    share, scale = successes / runs, 1.0 + z * z / runs
    middle = (share + 0.5 * z * z / runs) / scale
    half = z / scale * (share * (1.0 - share) / runs + 0.25 * z * z / runs**2) ** 0.5
    low = max(0.0, middle - half) if successes and side != "upper" else 0.0
    high = min(1.0, middle + half) if successes < runs and side != "lower" else 1.0
    return Interval(low, high)


def jeffreys(successes: int, runs: int, confidence: float) -> Interval:
    """The equal-tailed Bayesian interval from Beta(1/2, 1/2), with the ends closed (Brown et al. 2001, eq. 7)."""
    _check(successes, runs, confidence)
    tail = 0.5 * (1.0 - confidence)
    a, b = successes + 0.5, runs - successes + 0.5
    low = float(betaincinv(a, b, tail)) if successes else 0.0
    high = float(betaincinv(a, b, 1.0 - tail)) if successes < runs else 1.0
    return Interval(low, high)


def failures_allowed(runs: int, share: float, confidence: float) -> int:
    """The most failures among `runs` that still show `share` at `confidence`; -1 where none can.

    Consumer's risk form (Hanson and Beard, NASA/TP-2010-216447): P(at most that many | share) <= 1 - confidence.
    """
    _check(0, runs, confidence)
    risk = 1.0 - confidence
    low, high = -1, runs
    while high - low > 1:  # bdtr grows with its first argument: bisect for the last that keeps the risk
        middle = (low + high) // 2
        if bdtr(middle, runs, 1.0 - share) <= risk:
            low = middle
        else:
            high = middle
    return low


def runs_required(failures: int, share: float, confidence: float) -> int:
    """The fewest runs that show `share` at `confidence` if just `failures` of them fail (Wilks, AMS 12 (1941) 91)."""
    _check(0, 0, confidence)
    if failures < 0 or not 0.0 < share < 1.0:
        raise ValueError(f"failures >= 0 and 0 < share < 1, not {failures} and {share}")
    risk = 1.0 - confidence
    high = max(failures + 1, 1)
    while bdtr(failures, high, 1.0 - share) > risk:
        high *= 2
    low = failures  # with no more runs than failures nothing is shown
    while high - low > 1:
        middle = (low + high) // 2
        if bdtr(failures, middle, 1.0 - share) <= risk:
            high = middle
        else:
            low = middle
    return high


def _check(successes: int, runs: int, confidence: float) -> None:
    if not 0 <= successes <= runs:
        raise ValueError(f"0 <= successes <= runs, not {successes} of {runs}")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"0 < confidence < 1, not {confidence}")
