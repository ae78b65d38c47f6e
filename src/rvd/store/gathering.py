"""Bringing shards together: two folders of one campaign into one, and many small files into few."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from rvd.errors import StoreError

from .files import keep, publish, refusals, within
from .folder import Folder
from .manifest import Manifest, content_hash, differences, read_manifest
from .reading import asked, digest, shards, table
from .shards import RUN, Span, read, span_of, spans_missing, to_bytes

FEW = 64


def merge(folders: Sequence[Path | str], out: Path | str) -> Folder:
    """Puts the runs of several folders of one campaign into `out`, which is made or added to; they stay as they are.

    Safe to repeat: what `out` holds already has to be the same, and stays. Raises StoreError, before anything is
    written, if the folders are of different campaigns or two of them hold one run.
    """
    paths = [Path(folder) for folder in folders]
    if not paths:
        raise StoreError(out, "nothing to merge", "name the folders to merge")
    first = read_manifest(paths[0])
    for path in paths[1:]:
        differ = differences(first.identity, read_manifest(path).identity)
        if differ:
            what = f"is of another campaign than {paths[0]}: {', '.join(differ[:4])} differ"
            raise StoreError(path, what, "merge folders of one case and seed")
    _check_apart(paths, first.name)
    case, files = _case_text(paths[0]), _files_of(first, paths)
    target = Folder.open(out, first, case)
    for name, content in files.items():
        keep(content, target.path, name)
    target.note("asked", runs=max(asked(path) for path in [*paths, target.path]))
    for path in paths:
        _take(target, path, first.name)
        target.note("merged", folder=str(path))
    return target


def compact(folder: Folder) -> int:
    """Rewrites the shards of `runs` as at most 64 files in `compact` where there are more; how many it wrote.

    A shard is removed only when all its runs have been read back from the new file. Safe to interrupt.
    """
    held = [
        (span, path) for span, path in shards(folder.path, folder.manifest.name) if path.parent.name == "runs"
    ]
    if len(held) <= FEW:
        return 0
    with refusals(folder.path):
        (folder.path / "compact").mkdir(exist_ok=True)
    size = -(-sum(last - first for (first, last), _ in held) // FEW)
    written = 0
    for group in _groups(held, size):
        _rewrite(folder, group)
        written += 1
    folder.note("compacted", shards=len(held), files=written)
    return written


def _take(target: Folder, path: Path, campaign: str) -> None:
    before = target.held()
    if any(_overlap(span, other) for span, _ in shards(path, campaign) for other in before):
        _same_results(target.path, path)
    for span, shard in shards(path, campaign):
        for first, last in spans_missing(target.held(), span):
            target.publish(read(shard, span).slice(first - span.first, last - first))


def _check_apart(paths: Sequence[Path], campaign: str) -> None:
    """Raises StoreError if two folders hold one run: they are copies of one another, not parts of a campaign."""
    held = sorted((span, k) for k, path in enumerate(paths) for span, _ in shards(path, campaign))
    for (a, one), (b, other) in itertools.combinations(held, 2):
        if one != other and _overlap(a, b):
            what = f"holds run {max(a.first, b.first)}, and so does {paths[min(one, other)]}"
            raise StoreError(paths[max(one, other)], what, "merge folders whose runs are apart")


def _files_of(manifest: Manifest, paths: Sequence[Path]) -> dict[str, bytes]:
    """The tables and laws that the case names, from whichever folder has them as they were flown."""
    found = {}
    for name, seal in manifest.files.items():
        for path in paths:
            with contextlib.suppress(OSError):
                content = within(path, name).read_bytes()
                if content_hash(content) == seal:
                    found[name] = content
        if name not in found:
            what = "is missing, or is not what was flown"
            raise StoreError(paths[0] / name, what, "restore it from a copy")
    return found


def _overlap(a: Span, b: Span) -> bool:
    return a.first < b.last and b.first < a.last


def _same_results(one: Path, other: Path) -> None:
    theirs, ours = table(one), table(other)
    both = np.intersect1d(theirs[RUN].to_numpy(), ours[RUN].to_numpy())
    a, b = (rows.take(pa.array(np.searchsorted(rows[RUN].to_numpy(), both))) for rows in (theirs, ours))
    if digest(a) != digest(b):
        raise StoreError(
            other, f"holds other results of some runs than {one}", "rvd verify says which are right"
        )


def _case_text(folder: Path) -> str:
    try:
        return (folder / "case.toml").read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        raise StoreError(
            folder / "case.toml", "is missing or cannot be read", "restore it from a copy"
        ) from None


def _groups(held: list[tuple[Span, Path]], size: int) -> list[list[tuple[Span, Path]]]:
    """Neighbouring shards together, each group without gaps or overlaps and at least `size` runs where it can be."""
    groups: list[list[tuple[Span, Path]]] = [[]]
    for span, path in held:
        group = groups[-1]
        full = group and group[-1][0].last - group[0][0].first >= size
        if group and (full or span.first != group[-1][0].last):
            groups.append([])
        groups[-1].append((span, path))
    return groups


def _rewrite(folder: Folder, group: list[tuple[Span, Path]]) -> None:
    rows = pa.concat_tables([read(path, span) for span, path in group]).combine_chunks()
    whole = Span(group[0][0].first, group[-1][0].last)
    file = folder.path / "compact" / f"{whole.first:08d}.parquet"
    publish(to_bytes(rows, folder.manifest.name), file.parent, file.name, folder.path / "tmp")
    # A file of an interrupted or simultaneous attempt may be there instead: then its shards stay.
    if span_of(file, folder.manifest.name) == whole and digest(read(file, whole)) == digest(rows):
        with refusals(folder.path):
            for _, path in group:
                path.unlink(missing_ok=True)
