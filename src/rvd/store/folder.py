"""A results folder open for writing, and its twin in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from rvd.errors import StoreError
from rvd.names import KEPT_FOLDERS, plain_file, why_linked_out

from . import lines, manifests
from .crashes import crashes
from .files import FRESH, append_line, finish_exchange, publish, refusals, remove_drafts, unreadable
from .lock import NAME as LOCK
from .lock import locked
from .reading import digest, events, shards, table, unique_runs
from .shards import RUN, Span, begin_of, read, span_of, spans_missing, to_bytes

_OURS = {"case.toml", "runs", FRESH, "tmp", "events.ndjson", LOCK, lines.FOLDER}


class Store(Protocol):
    """Where rows go."""

    def held(self) -> list[Span]: ...
    def publish(self, rows: pa.Table) -> None: ...
    def keep(self, run: int, columns: Mapping[str, np.ndarray], facts: Mapping[str, Any]) -> None: ...
    def note(self, event: str, **fields: Any) -> None: ...
    def table(self, columns: list[str] | None = None) -> pa.Table: ...


class Folder:
    """A results folder; open one with `Folder.open`."""

    def __init__(self, path: Path, manifest: manifests.Manifest):
        self.path = path
        self.manifest = manifest
        self._seen: dict[tuple[str, int, int], Span] = {}

    @classmethod
    def open(cls, path, manifest: manifests.Manifest, case_text: str) -> Folder:
        """Makes the folder, or opens one of the same identity; StoreError for any other, which stays as it is."""
        path = Path(path)
        with refusals(path):
            there = (path / manifests.NAME).exists()
        if not there:
            _make(path, manifest, case_text)
        theirs = manifests.read_manifest(path)
        differ = manifests.differences(theirs.identity, manifest.identity)
        if differ:
            remedy = "choose another folder with --out"
            raise StoreError(path, f"holds another campaign: {', '.join(differ[:4])} differ", remedy)
        _same_case(path / "case.toml", case_text)
        _make_folders(path)
        folder = cls(path, theirs)
        for crash in crashes(path):
            folder.note("crashed", runs=crash.spans, alone=crash.alone)
        remove_drafts(path / "tmp")
        return folder

    def held(self) -> list[Span]:
        """The runs that are stored; StoreError for a damaged shard."""
        return [span for span, _ in shards(self.path, self.manifest.name)]

    def missing(self, wanted: Span) -> list[Span]:
        """The runs of `wanted` that are not stored."""
        return spans_missing(self.held(), wanted)

    def near(self, wanted: Span) -> list[tuple[Span, Path]]:
        """The shards in `runs` that begin among the runs of `wanted`."""
        paths = (self.path / "runs").glob("*.parquet")
        mine = [path for path in paths if wanted.first <= begin_of(path) < wanted.last]
        return sorted((span_of(path, self.manifest.name), path) for path in mine)

    def missing_near(self, wanted: Span) -> list[Span]:
        """The runs of `wanted` that none of these shards holds."""
        return spans_missing([span for span, _ in self.near(wanted)], wanted)

    def publish(self, rows: pa.Table) -> None:
        """Stores those of some consecutive runs that are not stored yet, so that no run stands in two shards.

        Raises StoreError where a run is stored already with other results, and for a file that stands in the way.
        """
        span = _span(rows)
        with locked(self.path):
            held = self.stored()
            for part in spans_missing([other for other, _ in held], span):
                self._write(rows.slice(part.first - span.first, part.last - part.first))
            for other, path in held:
                if other.first < span.last and span.first < other.last:
                    _same_rows(path, other, rows, span)

    def _write(self, rows: pa.Table) -> None:
        """Writes one shard; one of that name that is there already stays."""
        name = f"{rows[RUN][0].as_py():08d}.parquet"
        data = to_bytes(rows, self.manifest.name)
        if not publish(data, self.path / "runs", name, self.path / "tmp"):
            _check_name(self.path / "runs" / name, self.manifest.name)

    def stored(self) -> list[tuple[Span, Path]]:
        """The shards in `runs`, ascending; a footer is read once for each state of its file."""
        found = []
        for path in (self.path / "runs").glob("*.parquet"):
            with refusals(path):
                state = path.stat()
            key = (path.name, state.st_mtime_ns, state.st_size)
            if key not in self._seen:
                self._seen[key] = span_of(path, self.manifest.name)
            found.append((self._seen[key], path))
        return sorted(found)

    def keep(self, run: int, columns: Mapping[str, np.ndarray], facts: Mapping[str, Any]) -> None:
        """Keeps the lines of a run for figures; those that are there already stay."""
        data = lines.to_bytes(columns, facts, self.manifest.name, run)
        publish(data, self.path / lines.FOLDER, lines.name_of(run), self.path / "tmp")

    def note(self, event: str, **fields: Any) -> None:
        """Adds a line to the log."""
        record = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **fields}
        append_line(self.path / "events.ndjson", json.dumps(record))

    def suspects(self) -> tuple[list[Span], set[int]]:
        """Runs in flight when a process crashed, and those of them that crashed another one, all alone."""
        spans: list[Span] = []
        killers: set[int] = set()
        for event in events(self.path):
            if event.get("event") == "crashed":
                found = [Span(int(a), int(b)) for a, b in event.get("runs", [])]
                spans += found
                killers |= {span.first for span in found} if event.get("alone") else set()
        return spans, killers

    def table(self, columns: list[str] | None = None) -> pa.Table:
        """All stored runs, sorted."""
        return table(self.path, columns)


class Memory:
    """A store for a campaign that leaves no folder."""

    def __init__(self) -> None:
        self._parts: list[pa.Table] = []

    def held(self) -> list[Span]:
        return sorted(_span(part) for part in self._parts)

    def publish(self, rows: pa.Table) -> None:
        span = _span(rows)
        for part in spans_missing(self.held(), span):
            self._parts.append(rows.slice(part.first - span.first, part.last - part.first))

    def keep(self, run: int, columns: Mapping[str, np.ndarray], facts: Mapping[str, Any]) -> None:
        pass

    def note(self, event: str, **fields: Any) -> None:
        pass

    def table(self, columns: list[str] | None = None) -> pa.Table:
        if not self._parts:
            raise StoreError("", "the campaign holds no runs", "fly it first")
        whole = unique_runs(pa.concat_tables(self._parts).unify_dictionaries(), Path())
        return whole if columns is None else whole.select([RUN, *(c for c in columns if c != RUN)])


def rows_table(runs: np.ndarray, columns: Mapping[str, np.ndarray | pa.Array]) -> pa.Table:
    """An Arrow table of runs int64[k] and their columns; only those given as Arrow arrays may hold nulls."""
    given = {RUN: np.ascontiguousarray(runs, dtype=np.int64), **columns}
    nullable = {name: isinstance(values, pa.Array) for name, values in given.items()}
    arrays = [a if isinstance(a, pa.Array) else pa.array(np.ascontiguousarray(a)) for a in given.values()]
    fields = [pa.field(name, a.type, nullable[name]) for name, a in zip(given, arrays, strict=True)]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def nullable(values: np.ndarray, kind: np.dtype) -> pa.Array:
    """Numbers float64[k] as a column of some type, null where they are NaN."""
    missing = np.isnan(values)
    return pa.array(np.where(missing, 0.0, values).astype(kind), mask=missing)


def _make(path: Path, manifest: manifests.Manifest, case_text: str) -> None:
    with refusals(path):
        path.mkdir(parents=True, exist_ok=True)
        others = {p.name for p in path.iterdir()} - _OURS
        rows = any((path / "runs").iterdir()) if (path / "runs").is_dir() else False
        if (path / manifests.NAME).exists():  # another process has just made it
            return
        if others or rows:
            what = f"holds no manifest but other files ({sorted(others or {'runs'})[0]})"
            raise StoreError(path, what, "choose an empty or new folder with --out")
    _make_folders(path)
    publish(case_text.encode(), path, "case.toml", path / "tmp")
    _same_case(path / "case.toml", case_text)
    publish(manifest.to_text().encode(), path, manifests.NAME, path / "tmp")


def _make_folders(path: Path) -> None:
    """The folders that rows are written into; StoreError where a link leads out of the results folder."""
    with locked(path), refusals(path):
        finish_exchange(path)
        for part in ("runs", "tmp", lines.FOLDER):
            (path / part).mkdir(exist_ok=True)
    for part in KEPT_FOLDERS:
        why = why_linked_out(path / part, path)
        if why:
            raise StoreError(path / part, why, "put a folder in its place")


def _span(rows: pa.Table) -> Span:
    return Span(rows[RUN][0].as_py(), rows[RUN][-1].as_py() + 1)


def _same_rows(path: Path, held: Span, rows: pa.Table, span: Span) -> None:
    """Raises StoreError where a shard holds other results than `rows` of the runs that both have."""
    first, last = max(held.first, span.first), min(held.last, span.last)
    theirs = read(path, held).slice(first - held.first, last - first)
    ours = rows.slice(first - span.first, last - first)
    if digest(theirs) != digest(ours):
        run = next(k for k in range(last - first) if digest(theirs.slice(k, 1)) != digest(ours.slice(k, 1)))
        what = f"holds run {first + run} with other results than have just been flown"
        raise StoreError(path, what, "rvd verify says which are right")


def _check_name(path: Path, campaign: str) -> None:
    first = span_of(path, campaign).first
    if first != int(path.stem):
        what = f"holds runs from {first} on, and its name is that of run {int(path.stem)}"
        raise StoreError(path, what, "move it away and run the campaign again")


def _same_case(path: Path, case_text: str) -> None:
    remedy = "copy the case there, or choose another folder"
    try:
        text = plain_file(path).read_bytes().decode()
    except OSError as error:
        raise unreadable(path, error, remedy) from None
    except UnicodeDecodeError:
        raise StoreError(path, "is damaged", remedy) from None
    if text != case_text:
        raise StoreError(path, "is another case than the one flown", "choose another folder with --out")
