"""A campaign that stops as soon as its requirements are decided, with the error of its verdict kept."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from rvd.case.requirement import Requirement, percent
from rvd.errors import CaseError, StoreError
from rvd.statistics.sequential import Stop, first_stop, looks, rule
from rvd.store import Folder, arrays_of, settle

from .executors import Engine, engine
from .flyer import Flyer
from .pace import Pace
from .plan import Plan
from .progress import Progress
from .run import Results, check, fly_missing, open_store, table_columns
from .verdict import Finding, Judgement, count_outcomes, failing, population, verdict
from .worker import OUTCOME, Task

MOST_RUNS = 1_000_000
"""The most runs whose looks are planned: their number of failures is followed look by look."""


def run_until_decided(
    plan: Plan,
    flyer: Flyer,
    seed: int,
    most: int,
    jobs: int | None = None,
    out: Path | str | None = None,
    progress: Callable[[Progress], None] | None = None,
    using: Engine | None = None,
) -> Results:
    """Flies until every requirement is decided, `most` runs at the most.

    The looks and the bounds at each are fixed by `most` beforehand (`rvd.statistics.sequential`): at the confidence
    of a requirement, MET and NOT MET are each wrong no more often than stated. A test of all runs together is made
    once, on what was flown. A look takes the runs below a number,
    whatever else is stored, so that the verdict depends on no worker. A requirement on some of the runs (`of`) is
    looked at when so many of those were flown. Resumes like `run_campaign`.
    """
    begin = time.perf_counter()
    check(flyer, plan, most)
    _check_plan(plan, most)
    store = open_store(plan, flyer, seed, most, out, until=most)
    task, using, pace, flown = Task(plan, flyer, plan.sampler(most), seed), using or engine(jobs), Pace(), 0
    table: dict[str, np.ndarray] = {}
    for look in looks(most):
        flown += fly_missing(task, store, look, using, progress, pace=pace)
        rows = store.table(table_columns(plan)).slice(0, look)
        table = arrays_of(rows)
        if all(decision(table, one, most) is not None for one in plan.requirements if not one.is_test):
            break
    findings = sequential_verdict(table, plan, most)
    runs = len(table[OUTCOME])
    if isinstance(store, Folder):
        with contextlib.suppress(StoreError):  # a convenience of whoever reads the files; the rows are safe
            settle(store, whole=True)
    counts = count_outcomes(table[OUTCOME])
    return Results(store, runs, runs, flown, counts, findings, time.perf_counter() - begin)


def decision(table: Mapping[str, np.ndarray], requirement: Requirement, most: int) -> Stop | None:
    """The first decision on a requirement among the runs of `table` that it judges, or None; `runs` counts those.

    The judged runs in their order are independent too, and looked at in the same numbers: the error is kept.
    """
    failures = np.cumsum(failing(table, requirement)[population(table, requirement)])
    counts = [int(failures[look - 1]) for look in looks(most) if look <= failures.size]
    if requirement.needed < 1.0:
        return first_stop(rule(requirement.needed, requirement.confidence, most), counts)
    broken = next((i for i, count in enumerate(counts) if count), None)
    if broken is not None:
        return Stop(looks(most)[broken], counts[broken], False)
    if len(table[OUTCOME]) < most or not failures.size:
        return None
    return Stop(failures.size, int(failures[-1]), not failures[-1])


def sequential_verdict(table: Mapping[str, np.ndarray], plan: Plan, most: int) -> list[Finding]:
    """A finding for each requirement, of the runs up to its decision."""
    return [_find(table, requirement, most) for requirement in plan.requirements]


def _find(table: Mapping[str, np.ndarray], requirement: Requirement, most: int) -> Finding:
    if requirement.is_test:
        return verdict(table, [requirement])[0]
    stop = decision(table, requirement, most)
    flown = len(table[OUTCOME])
    if stop is not None:  # up to the judged run at which it was decided
        flown = int(np.flatnonzero(population(table, requirement))[stop.runs - 1]) + 1
    (finding,) = verdict({name: values[:flown] for name, values in table.items()}, [requirement])
    if stop is None:
        judgement, note = Judgement.UNDECIDED, f"not decided by the sequential rule of {most} runs"
    else:
        judgement = Judgement.MET if stop.met else Judgement.NOT_MET
        error = percent(1.0 - requirement.confidence)
        note = f"stopped by a sequential rule of {most} runs at the most, wrong in {error} of campaigns at the most; "
        note += "the interval is that of a campaign of fixed size"
    return replace(finding, judgement=judgement, runs_needed=finding.runs if stop else None, note=note)


def _check_plan(plan: Plan, most: int) -> None:
    if most > MOST_RUNS:
        what = f"a campaign stops when decided within {MOST_RUNS:,} runs, not {most:,}"
        raise CaseError("", 0, "campaign.runs", what, f"ask for --runs {MOST_RUNS}")
    what = "a campaign stops when decided only with independent runs"
    if plan.every:
        raise CaseError("", 0, "disperse", what, "fly them all, or write no every")
    if plan.note:
        raise CaseError("", 0, "campaign.sampling", what, 'write sampling = "plain", and no draws')
    if all(requirement.is_test for requirement in plan.requirements):
        raise CaseError(
            "", 0, "require", "there is nothing to decide", "add a [[require]] on a share of runs"
        )
    for requirement in plan.requirements:
        if requirement.confidence < 0.5:
            what = f"a sequential rule has a confidence of 0.5 or more, not {requirement.confidence:g}"
            raise CaseError("", 0, "require.confidence", what, "write 0.90")
