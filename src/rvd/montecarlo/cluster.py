"""Workers beyond one process: Dask's distributed scheduler, wherever it runs. Needs the extra `rvd[dask]`.

A worker sees the results folder (a shared file system) and publishes there itself. Before it reads a task it compares
its own software with the campaign's, and refuses where they differ: its rows would stand under a false identity, and
what it would make of the task is anybody's guess. Workers may come and go meanwhile. One that dies costs its span
again. A span whose workers keep dying is set aside and flown alone at the end, halved until the run is found that
kills them; that run is stored as LOST, and counts as a failure.
"""

from __future__ import annotations

import functools
import os
import platform
import queue
import threading
import time
import traceback
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rvd.core.signals import Outcome
from rvd.errors import RvdError
from rvd.store.folder import Folder
from rvd.store.manifests import Manifest, differences, machine
from rvd.store.shards import RUN, Span, read

from .executors import BEAT_S, WINDOW
from .pace import Pace
from .plan import software
from .progress import Meter
from .worker import OUTCOME, Done, Job, Task, outcome_counts

if TYPE_CHECKING:
    from distributed import Client, Future

_pace = Pace()  # of this worker process
_introduced: set[Path] = set()  # the folders it has noted itself in

ANSWER_S = 60.0
"""So long a scheduler has to answer."""


class Cluster:
    """The workers of a Dask scheduler: give its address ("tcp://host:8786") or a Client of it."""

    def __init__(self, where: str | Client, patience: float = 600.0):
        """Raises RvdError if the extra is not installed or no scheduler answers within a minute, or `patience` s.

        A campaign that has no worker for `patience` s ends with an RvdError too.
        """
        self.patience = patience
        try:
            from distributed import Client
        except ImportError:
            raise RvdError("--cluster needs the extra dask: pip install 'rvd[dask]'") from None
        try:
            self.client = (
                where if isinstance(where, Client) else Client(where, timeout=min(patience, ANSWER_S))
            )
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
        self._packed = _packed(job)
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
        from distributed.protocol.pickle import dumps, loads

        # The task goes with each span: data scattered beforehand would die with the workers that hold it.
        # What Dask itself reads names nothing of ours: a worker that could not import it would die of it.
        call = dumps(_Call((*self._packed, tuple(span))))
        future = self._client.submit(loads, call, pure=False)
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
        if future.status == "error":
            _check_begun(future)
        done, seconds = future.result()
        if done.counts.sum():
            self._job.pace.learn(int(done.counts.sum()), seconds)
            self._job.meter.count(done.counts, seconds)
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


def _packed(job: Job) -> tuple[bytes, dict[str, str], str]:
    """What goes to a worker with each span; the task is sealed in bytes until its software has been compared."""
    from distributed.protocol.pickle import dumps

    folder = job.store
    assert isinstance(folder, Folder)
    return dumps((job.task, folder.manifest)), software(), str(folder.path.resolve())


@functools.lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> tuple[Task, Manifest]:
    from distributed.protocol.pickle import loads

    task: tuple[Task, Manifest] = loads(packed)
    return task


class _Call(NamedTuple):
    """A call of `fly_span` in bytes: whoever unpickles it makes the call and gets its answer."""

    arguments: tuple

    def __reduce__(self):
        return fly_span, self.arguments


def fly_span(packed: bytes, theirs: dict[str, str], folder: str, span: tuple[int, int]) -> tuple[Done, float]:
    """What a worker does: flies what is missing of `span`; how all its runs ended, and the seconds of flight.

    Raises RvdError on a worker whose software is not `theirs`, the campaign's, or that does not see the folder.
    """
    check_software(theirs)
    task, manifest = _unpacked(packed)
    task.flyer.prepare()  # what is compiled is no time of flight
    begin = time.perf_counter()
    store = Folder(Path(folder), manifest)
    if not store.path.is_dir():
        raise RvdError(
            f"a worker does not see the results folder {folder}: it has to be on a shared file system"
        )
    _introduce(store)
    job = Job(task, store, _pace, Meter(0, _none()))
    for part in store.missing_near(Span(*span)):
        job.fly(part, threading.Event())
    seconds = time.perf_counter() - begin
    # What a worker that died had stored of the span counts too.
    counts = sum(
        (outcome_counts(read(path, held, [RUN, OUTCOME])) for held, path in store.near(Span(*span))), _none()
    )
    return Done(Span(*span), counts), seconds


def check_software(theirs: Mapping[str, str]) -> None:
    """Raises RvdError, with the host and what differs, where this process would not fly as `theirs` would."""
    differ = differences(_software_at_start(), theirs)
    if differ:
        what = f"a worker on {platform.node()} has other software than this campaign: {', '.join(differ)}"
        raise RvdError(f"{what}; install the same there, start it anew, and run again to go on")


@functools.cache
def _software_at_start() -> dict[str, str]:
    """Looked up once: files that change under a running worker do not change what it has loaded."""
    return software()


def _introduce(store: Folder) -> None:
    """Notes in the folder, once for each worker process, on what machine runs were flown."""
    if store.path not in _introduced:
        _introduced.add(store.path)
        store.note("worker", host=platform.node(), process=os.getpid(), machine=machine())


def _check_begun(future: Future) -> None:
    """Raises RvdError for an error from before a worker came to our code: it has no rvd, or a strange one."""
    frames = (frame for frame, _ in traceback.walk_tb(future.traceback()))
    if not any(frame.f_code.co_name == fly_span.__name__ for frame in frames):
        error = future.exception()
        what = f"a worker cannot begin ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        raise RvdError(f"{what}; install there what this campaign is flown with, and run again to go on")


def _none() -> np.ndarray:
    return np.zeros(len(Outcome), dtype=np.int64)
