"""How far a campaign is: runs, rate, time left, and the estimate so far."""

from __future__ import annotations

import math
import threading
import time
from typing import NamedTuple

import numpy as np

from rvd.signals import Outcome
from rvd.statistics.binomial import Interval, clopper_pearson


class Progress(NamedTuple):
    """What is known now. `rate` in runs/s and `left` in s are NaN while nothing was flown.

    `captured` is the share of the runs done so far with its two-sided 90 % interval.
    """

    done: int
    total: int
    rate: float
    left: float
    captured: float
    interval: Interval

    @property
    def sentence(self) -> str:
        """One line for a terminal or a log."""
        text = f"{self.done} of {self.total} runs"
        if math.isfinite(self.rate):
            text += f", {self.rate:.3g} runs/s, {_time(self.left)} left"
        if self.done:
            low, high = self.interval
            text += f", captured {100 * self.captured:.4g} % ({100 * low:.4g} to {100 * high:.4g} %)"
        return text


class Meter:
    """Counts what workers fly; safe to share between threads."""

    def __init__(self, total: int, stored: np.ndarray):
        """`stored` are the counts by outcome of runs that were there before."""
        self._lock = threading.Lock()
        self._begin = math.nan
        self._before = int(stored.sum())
        self._counts = stored.copy()
        self.total = total

    def count(self, counts: np.ndarray) -> None:
        """Takes in a slice of runs; the clock starts with the first, which may have compiled something."""
        with self._lock:
            self._counts += counts
            if math.isnan(self._begin):
                self._begin = time.perf_counter()
                self._before += int(counts.sum())

    def progress(self) -> Progress:
        """What is known now."""
        with self._lock:
            done, captured = int(self._counts.sum()), int(self._counts[Outcome.CAPTURED.value])
            seconds, flown = time.perf_counter() - self._begin, done - self._before
        rate = flown / seconds if flown and seconds > 0.0 else math.nan
        share = captured / done if done else math.nan
        return Progress(
            done, self.total, rate, (self.total - done) / rate, share, clopper_pearson(captured, done, 0.90)
        )


def _time(seconds: float) -> str:
    if seconds < 100.0:
        return f"{seconds:.0f} s"
    return f"{seconds / 60.0:.0f} min" if seconds < 6000.0 else f"{seconds / 3600.0:.1f} h"
