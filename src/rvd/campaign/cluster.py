"""Workers beyond one process: Dask's distributed scheduler, wherever it runs. Needs the extra `rvd[dask]`.

A worker sees the results folder (a shared file system) and publishes there itself. One that dies costs its span
again. A span whose workers keep dying is set aside and flown alone at the end, halved until the run is found that
kills them; that run is stored as LOST, and counts as a failure.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rvd.errors import RvdError
from rvd.signals import Outcome
from rvd.store.folder import Folder
from rvd.store.manifest import Manifest
from rvd.store.shards import RUN, Span, read

from .executors import BEAT_S, WINDOW
from .pace import Pace
from .progress import Meter
from .worker import OUTCOME, Done, Job, Task, outcome_counts

if TYPE_CHECKING:
    from distributed import Client, Future

_pace = Pace()  # of this worker process


class Cluster:
    """The workers of a Dask scheduler: give its address ("tcp://host:8786") or a Client of it."""

    def __init__(self, where: str | Client, patience: float = 60.0):
        """Raises RvdError if the extra is not installed or no scheduler answers within `patience` s.

        A campaign that has no worker for as long ends with an RvdError too.
        """
        self.patience = patience
        try:
            from distributed import Client
        except ImportError:
            raise RvdError("--cluster needs the extra dask: pip install 'rvd[dask]'") from None
        try:
            self.client = where if isinstance(where, Client) else Client(where, timeout=patience)
        except (OSError, ValueError, TimeoutError) as error:
            raise RvdError(f"no scheduler answers at {where}: {error}") from None

    def close(self) -> None:
        """Leaves the scheduler, which goes on without us."""
        self.client.close()

    @property
    def workers(self) -> int:
        """Threads of all workers that are there now."""
        return max(1, sum(self.client.nthreads().values()))

    def run(self, job: Job, spans: Iterator[Span]) -> Generator[Done | None, None, None]:
        """See `Engine`."""
        if not isinstance(job.store, Folder):
            raise RvdError("a campaign on a cluster needs a results folder that its workers see: --out")
        flight = _Flight(self.client, job, self.patience)
        try:
            yield from flight.in_parallel(spans, lambda: WINDOW * self.workers)
            yield from flight.alone()
        finally:
            flight.cancel()


class _Flight:
    """One use of the cluster: what is in flight, and what is suspected to kill workers."""

    def __init__(self, client: Client, job: Job, patience: float):
        self._client, self._patience = client, patience
        self._job = job
        self._pending: dict[Future, Span] = {}
        self._finished: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._suspects: list[Span] = []

    def in_parallel(self, spans: Iterator[Span], window: Any) -> Generator[Done | None, None, None]:
        """Flies all spans but those whose workers keep dying."""
        while True:
            while len(self._pending) < window() and (span := next(spans, None)) is not None:
                self._submit(span)
            if not self._pending:
                return
            yield from self._collect()

    def alone(self) -> Generator[Done | None, None, None]:
        """Flies what is suspected, one span at a time, and stores the runs that kill as LOST."""
        while self._suspects:
            span = self._suspects.pop()
            self._submit(span)
            while self._pending:
                yield from self._collect()
            if self._suspects and self._suspects[-1] == span:
                self._suspects.pop()
                if span.last - span.first == 1:
                    yield self._lost(span)
                else:
                    middle = (span.first + span.last) // 2
                    self._suspects += [Span(middle, span.last), Span(span.first, middle)]

    def cancel(self) -> None:
        """Takes back what has not begun."""
        self._client.cancel(list(self._pending))
        self._pending.clear()

    def _submit(self, span: Span) -> None:
        folder = self._job.store
        assert isinstance(folder, Folder)
        # The task goes with each span: data scattered beforehand would die with the workers that hold it.
        future = self._client.submit(
            fly_remote, self._job.task, str(folder.path.resolve()), folder.manifest, span, pure=False
        )
        self._pending[future] = span
        future.add_done_callback(self._finished.put)

    def _collect(self) -> Generator[Done | None, None, None]:
        from distributed.scheduler import KilledWorker

        try:
            future = self._finished.get(timeout=BEAT_S)
        except queue.Empty:
            self._see_workers()
            yield None
            return
        span = self._pending.pop(future)
        if future.status in ("cancelled", "lost"):  # the answer died with its worker; the shard did not
            if self._client.status != "running":
                raise RvdError("the scheduler has gone; run again to go on")
            self._submit(span)
            return
        if future.status == "error" and isinstance(future.exception(), KilledWorker):
            self._suspects.append(span)
            return
        done, seconds = future.result()
        if done.counts.sum():
            self._job.pace.learn(int(done.counts.sum()), seconds)
            self._job.meter.count(done.counts)
        yield done

    def _see_workers(self) -> None:
        begin = time.monotonic()
        while not self._client.nthreads():
            if time.monotonic() - begin > self._patience:
                raise RvdError(
                    f"the cluster has had no worker for {self._patience:.0f} s; run again to go on"
                )
            time.sleep(BEAT_S)

    def _lost(self, span: Span) -> Done:
        rows = self._job.task.lost(np.arange(*span, dtype=np.int64))
        self._job.store.publish(rows)
        self._job.store.note("lost", run=span.first)
        self._job.meter.count(outcome_counts(rows))
        return Done(span, outcome_counts(rows))


def fly_remote(task: Task, folder: str, manifest: Manifest, span: Span) -> tuple[Done, float]:
    """What a worker does: flies what is missing of `span`; how all its runs ended, and the seconds of flight."""
    store, begin = Folder(Path(folder), manifest), time.perf_counter()
    if not store.path.is_dir():
        raise RvdError(
            f"a worker does not see the results folder {folder}: it has to be on a shared file system"
        )
    job = Job(task, store, _pace, Meter(0, _none()))
    for part in store.missing_near(span):
        job.fly(part, threading.Event())
    seconds = time.perf_counter() - begin
    # What a worker that died had stored of the span counts too.
    counts = sum(
        (outcome_counts(read(path, held, [RUN, OUTCOME])) for held, path in store.near(span)), _none()
    )
    return Done(span, counts), seconds


def _none() -> np.ndarray:
    return np.zeros(len(Outcome), dtype=np.int64)
