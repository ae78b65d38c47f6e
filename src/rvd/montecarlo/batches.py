"""Verdicts where runs of a batch share what is unknown but fixed: each batch is judged, not their mixture.

A draw with `every` = n is epistemic: nobody knows the value, yet the vehicle has one. Each value gives a share of
good runs of its own, and a campaign of such batches is the double loop that ends in a probability box: the family of
shares, and its envelope (C. J. Roy and W. L. Oberkampf, "A comprehensive framework for verification, validation, and
uncertainty quantification in scientific computing", CMAME 200 (2011) 2131, section 6). Averaging the family would
let good values pay for bad ones. So a requirement holds if it holds in every batch flown:

- MET: each batch shows it at the confidence. Were one batch bad, it would pass with a chance of 1 - confidence at the
  most, and all with no greater one (an intersection of tests needs no correction: R. L. Berger, Technometrics 24
  (1982) 295).
- NOT MET: some batch of B excludes it at the confidence 1 - (1 - confidence) / B (Bonferroni), so that all this
  excludes a good vehicle in 1 - confidence of campaigns at the most.

Nothing is said of values that no batch has drawn.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rvd.statistics.binomial import Interval, clopper_pearson, failures_allowed, runs_required


class Batch(NamedTuple):
    """Runs `first` to `last` - 1, which share every epistemic value; `runs` of them are judged.

    `failures` of those fail; `interval` bounds their share of good runs, each end one-sided at the requirement's
    confidence. `shown` and `excluded`: what this batch alone says of the requirement.
    """

    first: int
    last: int
    failures: int
    interval: Interval
    shown: bool
    excluded: bool
    runs: int

    @property
    def share(self) -> float:
        """Of its judged runs that do not fail; NaN where none was judged."""
        return 1.0 - self.failures / self.runs if self.runs else math.nan


def edges(every: Sequence[int], runs: int) -> list[int]:
    """Where batches begin, and the end: run numbers at which any epistemic value changes, from 0 to `runs`."""
    starts = {start for size in every for start in range(0, runs, size)}
    return [*sorted(starts | {0}), runs]


def batches(
    failed: np.ndarray, of: np.ndarray, every: Sequence[int], needed: float, confidence: float
) -> tuple[Batch, ...]:
    """The batches of runs bool[runs], in order; of those judged, bool[runs], a share `needed` must not fail."""
    ends = edges(every, failed.size)
    spans = [(a, b) for a, b in itertools.pairwise(ends) if b > a]
    strict = 1.0 - (1.0 - confidence) / max(len(spans), 1)
    return tuple(_batch(a, b, failed[a:b][of[a:b]], needed, confidence, strict) for a, b in spans)


def _batch(a: int, b: int, failed: np.ndarray, needed: float, confidence: float, strict: float) -> Batch:
    runs, failures = failed.size, int(failed.sum())
    low = clopper_pearson(runs - failures, runs, confidence, "lower").low
    high = clopper_pearson(runs - failures, runs, confidence, "upper").high
    if needed >= 1.0:
        return Batch(a, b, failures, Interval(low, high), runs > 0 and failures == 0, failures > 0, runs)
    shown = failures <= failures_allowed(runs, needed, confidence)
    excluded = clopper_pearson(runs - failures, runs, strict, "upper").high < needed
    return Batch(a, b, failures, Interval(low, high), shown, excluded, runs)


def worst(found: Sequence[Batch]) -> Batch:
    """The batch whose lower bound is the lowest."""
    return min(found, key=lambda batch: (batch.interval.low, batch.first))


def envelope(found: Sequence[Batch]) -> Interval:
    """The probability box at the requirement: from the lowest lower bound to the highest upper one."""
    return Interval(min(b.interval.low for b in found), max(b.interval.high for b in found))


def size_needed(found: Sequence[Batch], needed: float, confidence: float) -> int:
    """The fewest runs that would show it of each batch that does not, with its failures; 0 if all do."""
    if needed >= 1.0:
        return 1
    open_ones = (batch.failures for batch in found if not batch.shown)
    return max((runs_required(failures, needed, confidence) for failures in open_ones), default=0)
