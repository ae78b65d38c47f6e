"""How many runs to take at a time: measured while flying, and without influence on any result."""

from __future__ import annotations

import math
import threading

SLICE_S = 0.25  # a worker looks up this often: to stop, to count
CHUNK_S = 4.0  # a shard is about this much work
LATE_S = 10.0  # what is flown this long is stored, though its span is not over
MOST_SLICE, MOST_CHUNK = 512, 2048  # rows a worker holds at once, as it draws and flies them and until stored


class Pace:
    """Runs a second of one worker, learnt from what was flown. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seconds_per_run = 0.0

    def learn(self, runs: int, seconds: float) -> None:
        """Takes in a slice. Slow ones count little: the first may have compiled, any may have waited for a core."""
        now = max(seconds / runs, 1e-7)
        with self._lock:
            known = self._seconds_per_run
            self._seconds_per_run = now if known == 0.0 else min(now, 1.3 * known)

    def slice(self) -> int:
        """Runs until the next look up; one while nothing is known."""
        return self._within(SLICE_S, MOST_SLICE)

    def chunk(self, left: int, workers: int) -> int:
        """Runs of the next shard, no more than a fair part of those left."""
        fair = math.ceil(left / (2 * workers))
        return max(1, min(self._within(CHUNK_S, MOST_CHUNK) if self._seconds_per_run else 32, fair))

    def _within(self, seconds: float, most: int) -> int:
        if self._seconds_per_run == 0.0:
            return 1
        return max(1, min(most, int(seconds / self._seconds_per_run)))
