"""Engines: they hand spans of runs to workers, a few at a time, and say what is done.

The published shard is the record, not what a worker answers: what is missing afterwards is simply flown again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol

from rvd.store.shards import Span

from .worker import Done, Job

WINDOW = 2  # spans handed out for each worker: one in flight, one waiting
BEAT_S = 0.2


class Engine(Protocol):
    """Somewhere to fly; `workers` at a time."""

    @property
    def workers(self) -> int: ...

    def run(self, job: Job, spans: Iterator[Span]) -> Generator[Done | None, None, None]:
        """Yields what is done, and None now and then; takes `spans` as workers become free.

        Closing the iterator stops the workers, which publish what they have, and waits for them.
        """
        ...


class Here:
    """One worker: the caller's own thread."""

    workers = 1

    def run(self, job: Job, spans: Iterator[Span]) -> Generator[Done | None, None, None]:
        stop = threading.Event()
        for span in spans:
            yield (yield from job.steps(span, stop))


class Threads:
    """Threads of this process: kernels release the interpreter while they fly."""

    def __init__(self, workers: int):
        self.workers = workers

    def run(self, job: Job, spans: Iterator[Span]) -> Generator[Done | None, None, None]:
        stop = threading.Event()
        pending: set[Future[Done]] = set()
        pool = ThreadPoolExecutor(self.workers, thread_name_prefix="rvd")
        try:
            while True:
                while len(pending) < WINDOW * self.workers and (span := next(spans, None)) is not None:
                    pending.add(pool.submit(job.fly, span, stop))
                if not pending:
                    return
                done, pending = wait(pending, timeout=BEAT_S, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
                if not done:
                    yield None
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)


def engine(jobs: int | None = None) -> Engine:
    """Threads for `jobs` workers (all cores of this process if not given), or just the caller's thread."""
    jobs = jobs or cores()
    return Here() if jobs == 1 else Threads(jobs)


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
