"""Why runs failed: each kind of outcome and reason, how often, on which leg, and one run of it to fly again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from rvd.core.flight.reason import BERTHING, Reason, clock, where
from rvd.core.signals import Outcome

from .grid import NOTHING, Cell, Grid, Said
from .shown import succeeded
from .style import word

Table = Mapping[str, np.ndarray]

PLACE = ("reason_vbar", "reason_rbar", "reason_hbar")

BROKEN = ("broken_vbar", "broken_rbar", "broken_hbar")

MOST = 12
"""Kinds that are listed; the rarest are counted together."""


class Kind(NamedTuple):
    """Runs that failed alike: `first` and `last` are when (s), NaN where it is not known; `run` is one of them.

    `place` is where that one failed: the grapple fixture from the berthing point (m, along V-bar, R-bar and H-bar).
    """

    outcome: Outcome
    reason: Reason
    leg: str
    runs: int
    first: float
    last: float
    run: int
    place: tuple[float, float, float]


def kinds(table: Table) -> list[Kind]:
    """The kinds of failure that occurred, the most frequent first; their counts add up to the failed runs."""
    outcome = np.asarray(table["outcome"]).astype(int)
    reason = _numbers(table, "reason", Reason.LOST)
    leg = _numbers(table, "reason_leg", -1)
    failed = np.flatnonzero(~succeeded(outcome))
    found = []
    for key in np.unique(np.column_stack([outcome, reason, leg])[failed], axis=0):
        of = failed[(outcome[failed] == key[0]) & (reason[failed] == key[1]) & (leg[failed] == key[2])]
        times = np.asarray(table["reason_time"], dtype=float)[of] if "reason_time" in table else np.empty(0)
        times = times[np.isfinite(times)]
        found.append(
            Kind(
                outcome=Outcome(int(key[0])),
                reason=Reason(int(key[1])),
                leg=_word(table, int(of[0])),
                runs=int(of.size),
                first=float(times.min()) if times.size else float("nan"),
                last=float(times.max()) if times.size else float("nan"),
                run=int(np.asarray(table["run"])[of[0]]),
                place=_place(table, int(of[0])),
            )
        )
    return sorted(found, key=lambda kind: (-kind.runs, kind.outcome, kind.reason, kind.run))


def _numbers(table: Table, name: str, missing: int) -> np.ndarray:
    """A column of codes as whole numbers; `missing` where a run has none."""
    values = np.asarray(table.get(name, np.full(len(table["outcome"]), np.nan)), dtype=float)
    return np.where(np.isnan(values), missing, values).astype(int)


def _word(table: Table, k: int) -> str:
    return _worded(table, "reason_leg_word", k)


def _worded(table: Table, name: str, k: int) -> str:
    """A word of a run; empty where it has none."""
    words = table.get(name)
    return "" if words is None or words[k] is None else str(words[k])


def _place(table: Table, k: int, columns: tuple[str, ...] = PLACE) -> tuple[float, float, float]:
    """Where a run failed, or broke a rule; NaN where it is not known."""
    x, y, z = (float(table[name][k]) if name in table else float("nan") for name in columns)
    return x, y, z


def quoted(path: Any) -> str:
    """A path as a shell takes it."""
    return f"'{path}'" if " " in str(path) else str(path)


def again(case: Any, seed: int, run: int, runs: int | None = None) -> str:
    """The command that flies a run again, ready to be copied; `runs` where its draws depend on how many there are."""
    return f"rvd fly {quoted(case)} --seed {seed} --run {run}" + (f" --runs {runs}" if runs else "")


def reasons_grid(
    table: Table, case: Any, seed: int, runs: int | None = None, origin: str = BERTHING
) -> Grid | None:
    """Each kind of failure with the command that flies one of its runs again; None where no run failed."""
    found = kinds(table)
    if not found:
        return None
    rows: list[tuple[Cell, ...]] = [
        (
            kind.runs,
            word(kind.outcome),
            kind.reason.sentence,
            kind.leg,
            Said(kind.first, _times(kind)),
            where(*kind.place, origin),
            again(case, seed, kind.run, runs),
        )
        for kind in found[:MOST]
    ]
    rest = sum(kind.runs for kind in found[MOST:])
    if rest:
        rows.append((rest, "others", f"{len(found) - MOST} more kinds", "", NOTHING, "", ""))
    heads = ("runs", "outcome", "why", "leg", "when", "where, one of them", "that one, alone")
    return Grid("Why runs failed", heads, tuple(rows), "rlllrll")


def broken_grid(
    table: Table, case: Any, seed: int, runs: int | None = None, origin: str = BERTHING
) -> Grid | None:
    """Each rule that was broken first by some runs, on which leg, whatever became of them; None where all were kept."""
    rule, leg = _numbers(table, "broken", -1), _numbers(table, "broken_leg", -1)
    rows: list[tuple[Cell, ...]] = []
    for key in np.unique(np.column_stack([rule, leg])[rule >= 0], axis=0):
        of = np.flatnonzero((rule == key[0]) & (leg == key[1]))
        k = int(of[0])
        run = int(np.asarray(table["run"])[k])
        good = int(succeeded(np.asarray(table["outcome"])[of]).sum())
        t = float(table["broken_time"][k])
        words = (_worded(table, "broken_word", k), _worded(table, "broken_leg_word", k))
        place = where(*_place(table, k, BROKEN), origin)
        rows.append((int(of.size), good, *words, Said(t, clock(t)), place, again(case, seed, run, runs)))
    if not rows:
        return None
    rows.sort(key=lambda row: -int(row[0]))
    heads = (
        "runs",
        "of them reached the goal",
        "rule broken first",
        "leg",
        "when, one of them",
        "where, that one",
        "that one, alone",
    )
    return Grid("Rules broken", heads, tuple(rows), "rrllrll")


LISTED = 20
"""Failed runs that are listed one by one."""


def failed_grid(table: Table, case: Any, seed: int, runs: int | None = None) -> Grid | None:
    """The first failed runs, each with the command that flies it again; None where no run failed."""
    outcome = np.asarray(table["outcome"]).astype(int)
    failed = np.flatnonzero(~succeeded(outcome))
    if not failed.size:
        return None
    reason = _numbers(table, "reason", Reason.LOST)
    rows: list[tuple[Cell, ...]] = []
    for k in failed[:LISTED]:
        run = int(np.asarray(table["run"])[k])
        t = float(table["reason_time"][k]) if "reason_time" in table else float("nan")
        when = NOTHING if np.isnan(t) else Said(t, clock(t))
        why = Reason(int(reason[k])).sentence
        rows.append(
            (
                run,
                word(Outcome(int(outcome[k]))),
                why,
                _word(table, int(k)),
                when,
                again(case, seed, run, runs),
            )
        )
    count = f"{len(rows)} of {failed.size}" if failed.size > LISTED else f"all {failed.size}"
    heads = ("run", "outcome", "why", "leg", "when", "command")
    return Grid(f"Failed runs, to fly again ({count})", heads, tuple(rows), "rlllrl")


def _times(kind: Kind) -> str:
    if np.isnan(kind.first):
        return ""
    first, last = clock(kind.first), clock(kind.last)
    return first if first == last else f"{first} to {last}"


def reason_records(table: Table, case: Any, seed: int, runs: int | None = None) -> list[dict[str, Any]]:
    """The kinds of failure for machines; times in s."""
    return [
        {
            "outcome": kind.outcome,
            "reason": kind.reason,
            "sentence": kind.reason.sentence,
            "leg": kind.leg or None,
            "runs": kind.runs,
            "first": kind.first,
            "last": kind.last,
            "run": kind.run,
            "place": dict(zip(("vbar", "rbar", "hbar"), kind.place, strict=True)),
            "command": again(case, seed, kind.run, runs),
        }
        for kind in kinds(table)
    ]
