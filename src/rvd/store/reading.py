"""Reading a results folder: its table sorted by run, and a digest of what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa

from rvd.errors import StoreError
from rvd.names import plain_file

from .files import FRESH, unreadable
from .manifests import Manifest, read_manifest
from .shards import RUN, Span, column_hash, read, span_of

T = TypeVar("T")

EARLIER = "compact"
"""Where versions before 0.2 kept the rows of a complete campaign, in few files."""


def manifest(folder) -> Manifest:
    """The manifest of a results folder."""
    return read_manifest(Path(folder))


def shards(folder, campaign: str) -> list[tuple[Span, Path]]:
    """Every shard with its runs, ascending; StoreError for a damaged or foreign one."""

    def found() -> list[tuple[Span, Path]]:
        paths = [
            path for part in (EARLIER, _rows_of(folder)) for path in (Path(folder) / part).glob("*.parquet")
        ]
        return sorted((span_of(path, campaign), path) for path in paths)

    return _steady(found)


def _rows_of(folder) -> str:
    """Where the shards are: `runs`, or the folder that was about to take its place when a process was ended."""
    return FRESH if not (Path(folder) / "runs").is_dir() and (Path(folder) / FRESH).is_dir() else "runs"


def table(folder, columns: list[str] | None = None) -> pa.Table:
    """All stored runs, one row each, sorted by run; `columns` beside "run" if not all.

    A run stored twice (two processes on one folder) is given once; StoreError if its two rows differ.
    """
    folder = Path(folder)
    wanted = None if columns is None else [RUN, *(c for c in columns if c != RUN)]
    campaign = read_manifest(folder).name
    parts = _steady(lambda: [read(path, span, wanted) for span, path in shards(folder, campaign)])
    if not parts:
        raise StoreError(folder, "holds no runs yet", "run the campaign first")
    try:
        whole = pa.concat_tables(parts).unify_dictionaries()
    except pa.ArrowInvalid:
        raise StoreError(
            folder, "holds shards with different columns", "move the foreign ones away"
        ) from None
    if wanted and set(wanted) - set(whole.column_names):
        raise StoreError(folder, f"has no column {sorted(set(wanted) - set(whole.column_names))[0]!r}", "")
    return unique_runs(whole, folder)


def _steady(look: Callable[[], T]) -> T:
    """Looks again where a shard went away meanwhile: another process has moved its runs to a larger file."""
    for _ in range(10):
        try:
            return look()
        except StoreError as error:
            if Path(error.file).exists():
                raise
    return look()


def unique_runs(whole: pa.Table, folder: Path) -> pa.Table:
    """`whole` sorted by run with each run once; StoreError if two rows of one run differ."""
    runs = whole[RUN].to_numpy()
    if np.any(np.diff(runs) <= 0):
        whole = whole.take(pa.array(np.argsort(runs, kind="stable")))
        runs = whole[RUN].to_numpy()
    twice = np.flatnonzero(np.diff(runs) == 0)
    if twice.size == 0:
        return whole.combine_chunks()
    first, second = whole.take(pa.array(twice)), whole.take(pa.array(twice + 1))
    if digest(first) != digest(second):
        run = next(
            r for i, r in enumerate(runs[twice]) if digest(first.slice(i, 1)) != digest(second.slice(i, 1))
        )
        raise StoreError(folder, f"holds run {run} twice, with different results", "keep one of its shards")
    keep = np.ones(runs.size, dtype=bool)
    keep[twice + 1] = False
    return whole.filter(pa.array(keep)).combine_chunks()


def digest(rows: pa.Table) -> str:
    """SHA-256 of names, types and values by run: the same however the rows were cut into shards."""
    rows = rows.sort_by(RUN) if np.any(np.diff(rows[RUN].to_numpy()) < 0) else rows
    seal = hashlib.sha256()
    for name in sorted(rows.column_names):
        seal.update(f"{name}\0{column_hash(rows[name])}\0".encode())
    return seal.hexdigest()


def events(folder) -> list[dict]:
    """What happened when, oldest first; a line cut off by a crash is left out."""
    path = Path(folder) / "events.ndjson"
    try:
        lines = plain_file(path).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise unreadable(path, error, "move it away: another is begun") from None
    found = []
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            found.append(record)
    return found


def asked(folder) -> int:
    """How many runs were last asked for; 0 if the log does not say."""
    sizes = [
        e["runs"] for e in events(folder) if e.get("event") == "asked" and isinstance(e.get("runs"), int)
    ]
    return sizes[-1] if sizes else 0
