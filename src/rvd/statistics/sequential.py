"""Stopping as soon as the runs decide, without deciding wrongly more often than stated.

Looking again and again at a fixed-size bound errs far more often than its level. A group-sequential rule fixes the
looks beforehand and spends the error a little at each (Lan and DeMets, Biometrika 70 (1983) 659), here exactly for
counts of failures: the chance of each path is summed, no normal approximation.

At a true share equal to the requirement, P(says met) and P(says not met) are each at most 1 - confidence. More
failures only lift a path and fewer only lower it, so the first holds for every share that violates the requirement
and the second for every share that keeps it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.special import gammaln

from rvd.errors import ArgumentError

from . import check

FIRST = 20
RATIO = 1.15


@dataclass(frozen=True)
class Rule:
    """After `looks[i]` runs: met with at most `met[i]` failures (-1: not yet), not met with at least `not_met[i]`.

    `error_met` and `error_not_met` are the chances of those answers at the true share `share`.
    """

    share: float
    confidence: float
    looks: tuple[int, ...]
    met: tuple[int, ...]
    not_met: tuple[int, ...]
    error_met: float
    error_not_met: float


class Stop(NamedTuple):
    """The first look at which a rule decides: after how many runs, with how many failures, and which way."""

    runs: int
    failures: int
    met: bool


def looks(most: int) -> tuple[int, ...]:
    """When to look: after 20 runs, then 15 % more each time, last after `most`.

    Raises ArgumentError for what is no number of runs.
    """
    _check_most(most)
    found, at = [], float(min(FIRST, most))
    while int(at) < most:
        found.append(int(at))
        at *= RATIO
    return (*dict.fromkeys(found), most)


def rule(share: float, confidence: float, most: int) -> Rule:
    """The rule for `share` of runs at `confidence` that flies `most` runs at the most.

    Error is spent in proportion to the runs flown. O(most), for only numbers of failures that can matter are kept.
    Raises ArgumentError for what is no share, a confidence below 0.5, and what is no number of runs.
    """
    share, confidence = check.share("share", share), check.share("confidence", confidence)
    if confidence < 0.5:
        raise ArgumentError(f"a sequential rule has a confidence of 0.5 or more, not {confidence:g}")
    _check_most(most)
    return _rule(share, confidence, int(most))


@lru_cache(maxsize=32)
def _rule(share: float, confidence: float, most: int) -> Rule:
    when, met, not_met = looks(most), [], []
    base, going = 0, np.ones(1)  # chance of base, base + 1, ... failures on paths that are not decided
    spent_met = spent_not = 0.0
    before = 0
    for runs in when:
        least, chances = _binomial(runs - before, 1.0 - share)
        base, going = base + least, np.convolve(going, chances)
        budget = (1.0 - confidence) * runs / most
        low = _most_within(np.cumsum(going), budget - spent_met)
        high = going.size - 1 - _most_within(np.cumsum(going[::-1]), budget - spent_not)
        high = max(high, low + 1)
        spent_met += float(going[: low + 1].sum())
        spent_not += float(going[high:].sum())
        met.append(base + low)
        not_met.append(base + high)
        base, going = base + low + 1, going[low + 1 : high] if high > low + 1 else np.zeros(1)
        before = runs
    return Rule(share, confidence, when, tuple(met), tuple(not_met), spent_met, spent_not)


def first_stop(rule: Rule, failures: Sequence[int] | np.ndarray) -> Stop | None:
    """The first decision, from `failures[i]` among the first `looks[i]` runs for as many looks as there are.

    Raises ArgumentError for what is no row of counts, for counts that fall, or that are more than the runs.
    """
    failures, before = check.items("failures", failures), 0
    for runs, count in zip(rule.looks, failures, strict=False):
        if check.part("failures", count, "runs", runs) < before:
            raise ArgumentError(f"failures are counted from the first run on: {count} after {before}")
        before = int(count)
    for runs, met, not_met, count in zip(rule.looks, rule.met, rule.not_met, failures, strict=False):
        if count <= met:
            return Stop(runs, int(count), True)
        if count >= not_met:
            return Stop(runs, int(count), False)
    return None


def _check_most(most: int) -> None:
    if check.count("most", most) < 1:
        raise ArgumentError("most is at least one run, not 0")


def _most_within(chances: np.ndarray, budget: float) -> int:
    """The last index whose cumulated chance keeps the budget; -1 if none does."""
    return int(np.searchsorted(chances, budget, side="right")) - 1


def _binomial(runs: int, chance: float) -> tuple[int, np.ndarray]:
    """The least k and P(Binomial(runs, chance) = k), k + 1, ... as far as they are more than 1e-18."""
    mean, wide = runs * chance, 10.0 * (runs * chance * (1.0 - chance)) ** 0.5 + 60.0
    k = np.arange(max(0, math.floor(mean - wide)), min(runs, math.ceil(mean + wide)) + 1)
    logs = gammaln(runs + 1) - gammaln(k + 1) - gammaln(runs - k + 1)
    chances = np.exp(logs + k * np.log(chance) + (runs - k) * np.log1p(-chance))
    likely = np.flatnonzero(chances > 1e-18)
    return int(k[likely[0]]), chances[likely[0] : likely[-1] + 1]
