"""A share of runs: intervals for it, and the runs that a requirement on it takes.

`successes` of `runs` independent runs; every bound holds with probability `confidence` whatever the true share.
Shares, confidences and bounds are in [0, 1].
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from scipy.special import betaincc, betaincinv, ndtri

from rvd.errors import ArgumentError

from . import check

Side = Literal["two-sided", "lower", "upper"]


class Interval(NamedTuple):
    """A closed interval."""

    low: float
    high: float


def clopper_pearson(successes: int, runs: int, confidence: float, side: Side = "two-sided") -> Interval:
    """The exact interval of Clopper and Pearson, Biometrika 26 (1934) 404: covers with at least `confidence`.

    `side` "lower" is (bound, 1), "upper" is (0, bound), each one-sided at `confidence`.
    Raises ArgumentError for what is no count, no share or no side.
    """
    successes, runs, confidence = _checked(successes, runs, confidence)
    check.side(side)
    tail = (1.0 - confidence) * (0.5 if side == "two-sided" else 1.0)
    failures = runs - successes
    low = float(betaincinv(successes, failures + 1, tail)) if successes and side != "upper" else 0.0
    high = float(betaincinv(successes + 1, failures, 1.0 - tail)) if failures and side != "lower" else 1.0
    return Interval(low, high)


def wilson(successes: int, runs: int, confidence: float, side: Side = "two-sided") -> Interval:
    """The score interval of Wilson, JASA 22 (1927) 209: covers with `confidence` on average, not always.

    Raises ArgumentError for what is no count, no share or no side, and for two bounds at 1 - 1.2e-16.
    """
    successes, runs, confidence = _checked(successes, runs, confidence)
    check.side(side)
    if runs == 0:
        return Interval(0.0, 1.0)
    z = float(ndtri(check.level(confidence) if side == "two-sided" else confidence))
    share, scale = successes / runs, 1.0 + z * z / runs
    middle = (share + 0.5 * z * z / runs) / scale
    half = z / scale * (share * (1.0 - share) / runs + 0.25 * z * z / runs**2) ** 0.5
    low = max(0.0, middle - half) if successes and side != "upper" else 0.0
    high = min(1.0, middle + half) if successes < runs and side != "lower" else 1.0
    return Interval(low, high)


def jeffreys(successes: int, runs: int, confidence: float) -> Interval:
    """The equal-tailed Bayesian interval from Beta(1/2, 1/2), with the ends closed (Brown et al. 2001, eq. 7).

    Raises ArgumentError for what is no count or no share.
    """
    successes, runs, confidence = _checked(successes, runs, confidence)
    tail = 0.5 * (1.0 - confidence)
    a, b = successes + 0.5, runs - successes + 0.5
    low = float(betaincinv(a, b, tail)) if successes else 0.0
    high = float(betaincinv(a, b, 1.0 - tail)) if successes < runs else 1.0
    return Interval(low, high)


def failures_allowed(runs: int, share: float, confidence: float) -> int:
    """The most failures among `runs` that still show `share` at `confidence`; -1 where none can.

    Consumer's risk form (Hanson and Beard, NASA/TP-2010-216447): P(at most that many | share) <= 1 - confidence.
    Raises ArgumentError for what is no count or no share.
    """
    _, runs, confidence = _checked(0, runs, confidence)
    miss, risk = 1.0 - check.share("share", share), 1.0 - confidence
    low, high = -1, runs
    while high - low > 1:  # the chance grows with the failures: bisect for the last that keeps the risk
        middle = (low + high) // 2
        if chance_of_at_most(middle, runs, miss) <= risk:
            low = middle
        else:
            high = middle
    return low


def runs_required(failures: int, share: float, confidence: float) -> int:
    """The fewest runs that show `share` at `confidence` if just `failures` of them fail (Wilks, AMS 12 (1941) 91).

    Raises ArgumentError for what is no count or no share, and where it takes more than 2^53 runs.
    """
    failures, _, confidence = check.count("failures", failures), 0, check.share("confidence", confidence)
    miss, risk = 1.0 - check.share("share", share), 1.0 - confidence
    high = failures + 1
    while chance_of_at_most(failures, high, miss) > risk:
        high *= 2
        if high > check.MOST_RUNS:
            raise ArgumentError(f"a share of 1 - {miss:.3g} takes more than 2^53 runs at {confidence:g}")
    low = failures  # with no more runs than failures nothing is shown
    while high - low > 1:
        middle = (low + high) // 2
        if chance_of_at_most(failures, middle, miss) <= risk:
            high = middle
        else:
            low = middle
    return high


def chance_of_at_most(events: int, runs: int, chance: float) -> float:
    """P(Binomial(runs, chance) <= events), for events from 0 to runs - 1: I_(1-chance)(runs - events, events + 1).

    From the small end, so that a chance near 0 loses no digit, and with numbers of runs beyond any integer type.
    """
    return float(betaincc(events + 1.0, float(runs - events), chance))


def _checked(successes: int, runs: int, confidence: float) -> tuple[int, int, float]:
    runs = check.count("runs", runs)
    return check.part("successes", successes, "runs", runs), runs, check.share("confidence", confidence)
