"""A campaign flown: what is missing in its folder is flown, stored and counted, then judged."""

from __future__ import annotations

import contextlib
import platform
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from rvd.core.signals import Outcome
from rvd.errors import StoreError
from rvd.store import Folder, Memory, arrays_of, settle, table
from rvd.store.crashes import Watch
from rvd.store.shards import RUN, Span, spans_missing

from .consistent import columns_of
from .draws import drawn_slots
from .executors import BEAT_S, Engine, Here, Threads, engine
from .flyer import Flyer
from .pace import Pace
from .plan import Plan
from .progress import Meter, Progress
from .verdict import Finding, count_outcomes, outcome_of, verdict
from .words import success_of
from .worker import OUTCOME, Job, Task, check_columns, outcome_counts

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Results:
    """A campaign's answer. `runs` are stored, of `asked`; `flown` of them now; `counts` add up to `runs`.

    While some of those asked for are missing, runs beyond them are not counted.

    `findings` are of all those runs; empty while runs are missing (another shard of the campaign is elsewhere).
    """

    store: Folder | Memory
    asked: int
    runs: int
    flown: int
    counts: dict[Outcome, int]
    findings: list[Finding]
    seconds: float

    def __repr__(self) -> str:
        where = "in memory" if self.folder is None else f"in {self.folder}"
        counts = ", ".join(
            f"{n} {outcome.name.lower().replace('_', ' ')}" for outcome, n in self.counts.items()
        )
        lines = [f"Results: {self.runs} of {self.asked} runs {where}: {counts}"]
        return "\n".join([*lines, *(f"  {finding.sentence}" for finding in self.findings)])

    @property
    def folder(self) -> Path | None:
        """Where the results are, if they are in a folder."""
        return self.store.path if isinstance(self.store, Folder) else None

    @property
    def complete(self) -> bool:
        """Whether every run asked for is stored."""
        return self.runs >= self.asked

    @property
    def no_verdict(self) -> str:
        """Why there is no verdict yet, in a sentence; empty for a complete campaign."""
        return "" if self.complete else f"{self.runs} of {self.asked} runs are flown: no verdict yet"

    def table(self, columns: list[str] | None = None) -> pa.Table:
        """The rows, sorted by run: drawn values and results."""
        return self.store.table(columns)

    def to_pandas(self, columns: list[str] | None = None) -> pandas.DataFrame:
        """The rows as a frame of pandas (extra `rvd[pandas]`): words as categories, what does not exist as missing.

        `frame.attrs["columns"]` has the unit and the meaning of every column.
        """
        from .export import to_pandas

        return to_pandas(self.table(columns))


def run_campaign(
    plan: Plan,
    flyer: Flyer,
    seed: int,
    runs: int,
    jobs: int | None = None,
    out: Path | str | None = None,
    progress: Callable[[Progress], None] | None = None,
    shard: tuple[int, int] = (1, 1),
    using: Engine | None = None,
) -> Results:
    """Flies runs 0 to runs - 1 that are not yet stored in `out`, and judges all that are.

    The table is the same whatever `jobs`, `using`, `shard` and earlier interruptions: run K is a function of the
    plan, the seed and K. `shard` (i, n) flies the i-th of n parts. Without `out` results stay in memory.
    Raises StoreError for a folder of another campaign; KeyboardInterrupt passes after what was flown is stored.
    """
    begin = time.perf_counter()
    check(flyer, plan, runs, shard)
    store = open_store(plan, flyer, seed, runs, out)
    task = Task(plan, flyer, plan.sampler(runs), seed)
    flown = fly_missing(task, store, runs, using or engine(jobs), progress, shard)
    results = _judged(plan, store, runs, flown, begin)
    if isinstance(store, Folder):
        with contextlib.suppress(StoreError):  # a convenience of whoever reads the files; the rows are safe
            settle(store, whole=results.complete)
    return results


def judge_folder(folder: Path | str, plan: Plan) -> tuple[dict[Outcome, int], list[Finding]]:
    """Counts by outcome and findings of what is stored in a folder."""
    rows = table(folder, table_columns(plan))
    return _counted(rows.slice(0, _prefix(rows)), plan)


def table_columns(plan: Plan) -> list[str]:
    """The columns that a verdict needs beside the outcome."""
    tested = [requirement for requirement in plan.requirements if requirement.is_test]
    conditions = [
        c for requirement in plan.requirements if not requirement.is_test for c in requirement.conditions
    ]
    named = {column for requirement in tested for column in columns_of(requirement.what, requirement.legs)}
    named |= {c.what for c in conditions if c.limited or outcome_of(c.what) is None}
    return [OUTCOME, *sorted(named - {OUTCOME})]


def check(flyer: Flyer, plan: Plan, runs: int, shard: tuple[int, int] = (1, 1)) -> None:
    """Raises ValueError or CaseError for what could not end in a verdict, before anything flies."""
    check_columns(flyer, plan)
    part, parts = shard
    if runs < 1 or not 1 <= part <= parts:
        raise ValueError(f"at least one run and part 1 to {parts}, not {runs} and {part}")
    plan.check_runs(runs)
    names = [*(name for name, _ in flyer.columns), *(flyer.row_names[s] for s in drawn_slots(plan.draws))]
    verdict({name: np.empty(0) for name in names}, plan.requirements)


def open_store(
    plan: Plan, flyer: Flyer, seed: int, runs: int, out: Path | str | None, until: int | None = None
) -> Folder | Memory:
    """The folder `out` for this campaign, made or opened; memory without one."""
    if out is None:
        return Memory()
    return Folder.open(out, plan.manifest(flyer, seed, runs, until), plan.case_text)


def fly_missing(
    task: Task,
    store: Folder | Memory,
    runs: int,
    using: Engine,
    progress: Callable[[Progress], None] | None = None,
    shard: tuple[int, int] = (1, 1),
    pace: Pace | None = None,
) -> int:
    """Flies what is missing of this part; how many runs that were."""
    part, parts = shard
    wanted = Span(runs * (part - 1) // parts, runs * part // parts)
    held = store.held()
    missing = spans_missing(held, wanted)
    total = _size(missing)
    if total == 0:
        return 0
    who = {"host": platform.node(), "workers": using.workers}
    store.note("asked", runs=runs, part=part, parts=parts, missing=total, **who)
    stored = outcome_counts(store.table([OUTCOME])) if held else np.zeros(len(Outcome), dtype=np.int64)
    job = Job(
        task,
        store,
        pace or Pace(),
        Meter(int(stored.sum()) + total, stored, using.workers, success_of(task.flyer)),
    )
    if isinstance(using, Here | Threads):
        _prepare(task.flyer, job.meter, progress)
    while missing:
        _fly_watched(job, missing, using, progress)
        left = spans_missing(store.held(), wanted)
        if _size(left) >= _size(missing):
            if isinstance(store, Folder) and not (store.path / "runs").is_dir():
                raise StoreError(store.path, "has gone while runs were flown", "run again to fly them anew")
            raise RuntimeError(f"runs {left[0].first} to {left[-1].last - 1} were flown but are not stored")
        missing = left
    store.note("flown", runs=total)
    return total


def _prepare(flyer: Flyer, meter: Meter, progress: Callable[[Progress], None] | None) -> None:
    """Compiles what a flight runs before the first one flies, and tells of it meanwhile: it takes minutes."""
    if progress is None or flyer.is_ready():
        flyer.prepare()
        return
    begin, work = time.perf_counter(), ThreadPoolExecutor(1, thread_name_prefix="rvd-compiling")
    try:
        done = work.submit(flyer.prepare)
        while not wait([done], timeout=BEAT_S).done:
            progress(meter.progress()._replace(compiling=time.perf_counter() - begin))
        done.result()
    finally:
        work.shutdown(wait=False)


def _fly_watched(
    job: Job, missing: list[Span], using: Engine, progress: Callable[[Progress], None] | None
) -> None:
    """Flies spans; runs in flight when an earlier process crashed come last, each alone, the killer not again."""
    store = job.store
    if not (isinstance(store, Folder) and isinstance(using, Here | Threads)):
        _fly_spans(job, missing, using, progress)
        return
    suspects, killers = store.suspects()
    calm = [part for span in missing for part in spans_missing(suspects, span)]
    if calm:
        with Watch(store.path) as watch:
            _fly_spans(replace(job, watch=watch), calm, using, progress)
    doubtful = [k for span in missing for part in spans_missing(calm, span) for k in range(*part)]
    for run in doubtful:
        if run in killers:
            _lose(job, run)
    alone = [Span(run, run + 1) for run in doubtful if run not in killers]
    if not alone:
        return
    with Watch(store.path, alone=True) as watch:
        _fly_spans(replace(job, watch=watch), alone, Here(), progress)


def _lose(job: Job, run: int) -> None:
    """Stores a run that crashed two processes as LOST."""
    rows = job.task.lost(np.array([run], dtype=np.int64))
    job.store.publish(rows)
    job.store.note("lost", run=run)
    job.meter.count(outcome_counts(rows))


def _fly_spans(
    job: Job, missing: list[Span], using: Engine, progress: Callable[[Progress], None] | None
) -> None:
    steps = using.run(job, chunks(missing, job.pace, using.workers))
    try:
        for _ in steps:
            if progress is not None:
                progress(job.meter.progress())
    except BaseException as error:
        with contextlib.suppress(StoreError):  # the disk may be what stopped it
            job.store.note("stopped", why=type(error).__name__)
        raise
    finally:
        steps.close()


def _size(spans: list[Span]) -> int:
    return sum(last - first for first, last in spans)


def chunks(missing: list[Span], pace: Pace, workers: int) -> Iterator[Span]:
    """Cuts what is missing into spans, each as long as the pace says when it is asked for."""
    left = _size(missing)
    for first, last in missing:
        at = first
        while at < last:
            size = min(pace.chunk(left, workers), last - at)
            yield Span(at, at + size)
            at, left = at + size, left - size


def _judged(plan: Plan, store: Folder | Memory, asked: int, flown: int, begin: float) -> Results:
    counts: dict[Outcome, int] = {}
    findings: list[Finding] = []
    runs = 0
    if store.held():
        rows = store.table(table_columns(plan))
        first = _prefix(rows)
        if first >= asked:  # beyond the first gap lies an extension that is not finished
            rows = rows.slice(0, first)
            counts, findings = _counted(rows, plan)
        else:  # nor do runs beyond a gap make up for those that are missing
            rows = rows.filter(pa.array(rows[RUN].to_numpy() < asked))
            counts = count_outcomes(rows[OUTCOME].to_numpy())
        runs = rows.num_rows
    return Results(store, asked, runs, flown, counts, findings, time.perf_counter() - begin)


def _prefix(rows: pa.Table) -> int:
    """How many runs there are before the first gap."""
    runs = rows[RUN].to_numpy()
    return int(np.argmin(runs == np.arange(runs.size))) if runs[-1] != runs.size - 1 else runs.size


def _counted(rows: pa.Table, plan: Plan) -> tuple[dict[Outcome, int], list[Finding]]:
    columns = arrays_of(rows)
    return count_outcomes(columns[OUTCOME]), verdict(columns, plan.requirements, plan.note, plan.every)
