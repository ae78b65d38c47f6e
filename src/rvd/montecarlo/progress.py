"""How far a campaign is: runs, rate, time left, and the estimate so far."""

from __future__ import annotations

import math
import threading
from typing import NamedTuple

import numpy as np

from rvd.core.signals import SUCCESSES
from rvd.statistics.binomial import Interval, clopper_pearson

FEWEST = 20
"""Runs from which on an interval is said: of fewer it spans a seventh of all there is, even where all end alike."""


class Progress(NamedTuple):
    """What is known now. `rate` in runs/s and `left` in s are NaN while nothing was flown.

    `share` is that of the runs done so far which reached their goal, with its two-sided 90 % interval; `word` says how.
    `compiling` is for how long (s) the flight has been compiled, before anything flies; NaN while nothing is compiled.
    """

    done: int
    total: int
    rate: float
    left: float
    share: float
    interval: Interval
    compiling: float = math.nan
    word: str = "captured"

    @property
    def sentence(self) -> str:
        """One line for a terminal or a log."""
        if math.isfinite(self.compiling):
            return f"compiling the flight, once for this version: {clock(self.compiling)}"
        text = f"{self.done} of {self.total} runs"
        if math.isfinite(self.rate):
            text += f", {self.rate:.3g} runs/s, {_time(self.left)} left"
        if self.done >= FEWEST:
            low, high = self.interval
            text += f", {self.word} {100 * self.share:.4g} % ({100 * low:.4g} to {100 * high:.4g} %)"
        return text


class Meter:
    """Counts what workers fly; safe to share between threads."""

    def __init__(self, total: int, stored: np.ndarray, workers: int = 1, word: str = "captured"):
        """`stored` are the counts by outcome of runs that were there before; `workers` fly at a time;
        `word` is that of a run that reached its goal."""
        self._lock = threading.Lock()
        self._flown, self._busy = 0, 0.0
        self._workers = self._first = workers
        self._counts = stored.copy()
        self.total = total
        self.word = word

    def count(self, counts: np.ndarray, seconds: float = 0.0) -> None:
        """Takes in a slice of runs that one worker has flown in `seconds`; of none, they were not flown.

        The first slice of each worker says nothing of the rate: what a process does once is in it.
        """
        with self._lock:
            self._counts += counts
            if seconds > 0.0 and self._first > 0:
                self._first -= 1
            elif seconds > 0.0:
                self._flown += int(counts.sum())
                self._busy += seconds

    def progress(self) -> Progress:
        """What is known now."""
        with self._lock:
            done, good = int(self._counts.sum()), int(self._counts[list(SUCCESSES)].sum())
            flown, busy = self._flown, self._busy
        # Each worker flies so many runs a second, whether the others have reported or not.
        rate = self._workers * flown / busy if flown else math.nan
        share = good / done if done else math.nan
        return Progress(
            done=done,
            total=self.total,
            rate=rate,
            left=(self.total - done) / rate,
            share=share,
            interval=clopper_pearson(good, done, 0.90),
            word=self.word,
        )


def clock(seconds: float) -> str:
    """A time as minutes and seconds: 1:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _time(seconds: float) -> str:
    if seconds < 100.0:
        return f"{seconds:.0f} s"
    return f"{seconds / 60.0:.0f} min" if seconds < 6000.0 else f"{seconds / 3600.0:.1f} h"
