"""What a worker does: draw the rows of a span, fly them, publish one shard."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from rvd.case.requirement import SUCCESSES
from rvd.core.signals import Outcome
from rvd.interrupts import deferred
from rvd.store.crashes import Watch
from rvd.store.folder import Store, nullable, rows_table
from rvd.store.shards import RUN, Span

from .draws import draw_rows, drawn_slots
from .flyer import Flyer
from .lines import EVERY, KEPT, Logging, keep
from .pace import LATE_S, Pace
from .plan import Plan
from .progress import Meter
from .uniforms import Sampler
from .words import WORD, margins_of, told, worded, words_of

OUTCOME = "outcome"


class Done(NamedTuple):
    """Runs that are stored, and how they ended: counts by outcome number."""

    span: Span
    counts: np.ndarray


@dataclass(frozen=True)
class Task:
    """The function that a campaign maps over run numbers."""

    plan: Plan
    flyer: Flyer
    sampler: Sampler
    seed: int

    def fly(self, runs: np.ndarray, store: Store | None = None) -> pa.Table:
        """Drawn values and results of runs int64[k], one row each, in order; the first runs leave lines in `store`.

        A run that draws what no case may hold is not flown: LOST.
        """
        rows = draw_rows(self.plan.draws, self.plan.nominal, self.seed, runs, self.sampler)
        limits = self.plan.limits
        fit = ~limits.broken(rows) if limits is not None else np.ones(runs.size, dtype=bool)
        results = self._lost(runs.size)
        first = 0
        if store is not None and isinstance(self.flyer, Logging):
            first = KEPT
            for k in np.flatnonzero(fit & (runs < first)):
                flight = self.flyer.flight(rows[k], self.seed, int(runs[k]), EVERY)
                keep(store, int(runs[k]), flight)
                results[k] = [flight.result[name] for name, _ in self.flyer.columns]
        rest = fit & (runs >= first)
        results[rest] = self._fly(rows[rest], runs[rest])
        return self._table(runs, rows, results)

    def _fly(self, rows: np.ndarray, runs: np.ndarray) -> np.ndarray:
        """Results float64[k, c] of rows float64[k, m] that can be flown."""
        if not runs.size:
            return np.empty((0, len(self.flyer.columns)))
        results = np.asarray(self.flyer.fly(rows, self.seed, runs))
        if results.shape != (runs.size, len(self.flyer.columns)):
            raise ValueError(f"{runs.size} runs gave results of shape {results.shape}")
        return results

    def lost(self, runs: np.ndarray) -> pa.Table:
        """The rows of runs that cannot be flown: they killed their worker. Drawn values, no results, LOST."""
        rows = draw_rows(self.plan.draws, self.plan.nominal, self.seed, runs, self.sampler)
        return self._table(runs, rows, self._lost(runs.size))

    def _lost(self, count: int) -> np.ndarray:
        """The results of runs that are not flown: none, but that they are lost and did not reach their goal."""
        known = {OUTCOME: float(Outcome.LOST.value)} | dict.fromkeys(SUCCESSES, 0.0)
        results = np.array([known.get(name, np.nan) for name, _ in self.flyer.columns])
        return np.tile(results, (count, 1))

    def _table(self, runs: np.ndarray, rows: np.ndarray, results: np.ndarray) -> pa.Table:
        columns: dict[str, np.ndarray | pa.Array] = {}
        for i, (name, kind) in enumerate(self.flyer.columns):
            known = name in (OUTCOME, *SUCCESSES)  # of every run, whatever became of it
            columns[name] = results[:, i].astype(kind) if known else nullable(results[:, i], kind)
        for slot in drawn_slots(self.plan.draws):
            columns[self.flyer.row_names[slot]] = rows[:, slot]
        return told(worded(rows_table(runs, columns), words_of(self.flyer)), margins_of(self.flyer))


def check_columns(flyer: Flyer, plan: Plan) -> None:
    """Raises ValueError where the names of results and draws do not make a table."""
    names = [
        RUN,
        *(name for name, _ in flyer.columns),
        *(f"{name}{WORD}" for name in words_of(flyer)),
        *(flyer.row_names[s] for s in drawn_slots(plan.draws)),
    ]
    if OUTCOME not in names:
        raise ValueError("a flyer has a column named outcome")
    if len(set(names)) != len(names):
        raise ValueError(f"column {next(n for n in names if names.count(n) > 1)!r} appears twice")
    if len(flyer.row_names) != np.size(plan.nominal):
        raise ValueError(f"{len(flyer.row_names)} names for a row of {np.size(plan.nominal)} slots")


@dataclass(frozen=True)
class Job:
    """A task with where its rows go and who counts them."""

    task: Task
    store: Store
    pace: Pace
    meter: Meter
    watch: Watch | None = None

    def fly(self, span: Span, stop: threading.Event) -> Done:
        """Flies and publishes `span`; if told to stop, what is flown by then."""
        steps = self.steps(span, stop)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                done: Done = end.value
                return done

    def steps(self, span: Span, stop: threading.Event) -> Generator[None, None, Done]:
        """As `fly`, with a pause after every slice; closing it publishes what is flown."""
        parts: list[pa.Table] = []
        counts = np.zeros(len(Outcome), dtype=np.int64)
        at, published = span.first, time.perf_counter()
        try:
            while at < span.last and not stop.is_set():
                runs = np.arange(at, min(at + self.pace.slice(), span.last), dtype=np.int64)
                begin = time.perf_counter()
                with self.watch.flying(Span(at, at + runs.size)) if self.watch else nullcontext():
                    parts.append(self.task.fly(runs, self.store))
                seconds = time.perf_counter() - begin
                self.pace.learn(runs.size, seconds)
                ended = outcome_counts(parts[-1])
                self.meter.count(ended, seconds)
                at, counts = at + runs.size, counts + ended
                if time.perf_counter() - published > LATE_S:
                    with deferred():
                        _publish(self.store, parts)
                    published = time.perf_counter()
                yield
        finally:  # an interrupt in the midst of a flight leaves the flights before it
            with deferred():
                _publish(self.store, parts)
        return Done(Span(span.first, at), counts)


def _publish(store: Store, parts: list[pa.Table]) -> None:
    if parts:
        store.publish(pa.concat_tables(parts).combine_chunks())
        parts.clear()


def outcome_counts(rows: pa.Table) -> np.ndarray:
    """How many rows ended in each outcome: int64[len(Outcome)], by number."""
    numbers = rows[OUTCOME].to_numpy().astype(np.int64)
    if numbers.size and not (numbers.min() >= 0 and numbers.max() < len(Outcome)):
        raise ValueError(f"a run ended in an outcome that does not exist: {numbers.min()} to {numbers.max()}")
    return np.bincount(numbers, minlength=len(Outcome))
