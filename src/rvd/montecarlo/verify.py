"""Stored runs flown again and compared bit for bit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from rvd.core.signals import Outcome
from rvd.errors import StoreError
from rvd.store import manifest, table
from rvd.store.manifests import differences
from rvd.store.shards import RUN, values_of

from .flyer import Flyer
from .plan import Plan
from .uniforms import philox
from .worker import OUTCOME, Task


@dataclass(frozen=True)
class Verification:
    """`runs` flown again, and where a number differs: (run, column, stored, flown again).

    `elsewhere` names what differs from where the folder was flown: with none, bits have to be equal; on another
    machine or with other versions a difference in the last digits is no damage.
    """

    runs: tuple[int, ...]
    differing: tuple[tuple[int, str, float, float], ...]
    elsewhere: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether every number of every run flown again is the stored one, bit for bit."""
        return not self.differing

    @property
    def sentence(self) -> str:
        """One line for the user."""
        text = f"{len(self.runs)} runs flown again: "
        if self.equal:
            text += "equal bit for bit"
        else:
            run, column, stored, again = self.differing[0]
            text += f"{len(self.differing)} numbers differ, the first in run {run}: {column} {stored!r}, now {again!r}"
        where = (
            f"not where they were flown: {', '.join(self.elsewhere)}" if self.elsewhere else "same machine"
        )
        return f"{text} ({where})"


def verify(folder: Path | str, plan: Plan, flyer: Flyer, runs: int = 20) -> Verification:
    """Flies `runs` stored runs again, the first and last among them, and compares every number with the stored one.

    `plan` and `flyer` are made of the folder's own case. Raises StoreError if the folder cannot be read.
    """
    theirs = manifest(folder)
    stored = table(folder)
    seed, design = theirs.identity["seed"], theirs.identity["sampling"].get("runs", stored.num_rows)
    ours = plan.manifest(flyer, seed, design)
    safe = stored[OUTCOME].to_numpy() != Outcome.LOST.value  # one that is lost would kill this process too
    if not safe.any():
        raise StoreError(folder, "holds no run that can be flown", "fly more runs")
    chosen = _choose(stored[RUN].to_numpy()[safe], runs, seed)
    task = Task(plan, flyer, plan.sampler(design), seed)
    again = pa.concat_tables([task.fly(np.array([run], dtype=np.int64)) for run in chosen])
    elsewhere = differences(
        {**theirs.identity, "machine": theirs.machine}, {**ours.identity, "machine": ours.machine}
    )
    rows = stored.take(pa.array(np.searchsorted(stored[RUN].to_numpy(), chosen)))
    return Verification(tuple(int(r) for r in chosen), _differing(rows, again), tuple(elsewhere))


def _choose(runs: np.ndarray, most: int, seed: int) -> np.ndarray:
    """First, last, and others at random, but the same every time."""
    if runs.size <= most:
        return runs
    words = philox(seed, runs, 0x76657269, np.zeros(1, np.int64))[0][:, 0].astype(np.float64)
    words[[0, -1]] = -1.0
    return np.sort(runs[np.argsort(words, kind="stable")[: max(most, 1)]])


def _differing(stored: pa.Table, again: pa.Table) -> tuple[tuple[int, str, float, float], ...]:
    runs = stored[RUN].to_numpy()
    found = [
        (0, name, float("nan"), float("nan"))
        for name in sorted({*stored.column_names} ^ {*again.column_names})
    ]
    for name in stored.column_names:
        if name not in again.column_names:
            continue
        a, b = values_of(stored[name]), values_of(again[name])
        same = (a == b) | ((a != a) & (b != b))
        if a.dtype.kind == "f" and b.dtype.kind == "f":  # zero has a sign
            same &= (np.signbit(a) == np.signbit(b)) | (a != a)
        before, now = a.tolist(), b.tolist()
        found += [(int(runs[i]), name, before[i], now[i]) for i in np.flatnonzero(~same)]
    return tuple(found)
