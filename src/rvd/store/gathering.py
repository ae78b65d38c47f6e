"""Bringing shards together: two folders of one campaign into one, and many small files into few."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from rvd.errors import StoreError
from rvd.names import plain_file

from . import lines
from .files import (
    FRESH,
    exchange,
    finish_exchange,
    keep,
    refusals,
    replace,
    short,
    sync_folder,
    unreadable,
    within,
    write_all,
)
from .folder import Folder
from .lock import locked
from .manifests import Manifest, content_hash, differences, read_manifest
from .reading import asked, digest, shards, table
from .shards import RUN, Span, begin_of, read, spans_missing, to_bytes

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
        _take_lines(target, path, first.name)
        target.note("merged", folder=str(path))
    return target


def settle(folder: Folder, whole: bool) -> None:
    """Leaves the rows as whoever reads `runs` expects them: each run once, and in few files once they are `whole`."""
    without_doubles(folder)
    if whole:
        compact(folder)


def without_doubles(folder: Folder) -> int:
    """Cuts shards back where another one holds their last runs too, so that each run stands in one; how many.

    Such shards come from a disk without locks, or were copied here. Each step takes runs away that stand elsewhere,
    so that nothing is lost wherever it ends. Raises StoreError where two shards hold different results of one run;
    a file that does not begin with the run that it is named after is left alone.
    """
    with locked(folder.path):
        held = [(span, path) for span, path in folder.stored() if begin_of(path) == span.first]
        held.sort(key=lambda item: (item[0].first, -item[0].last))
        cut = 0
        apart = held[:1]
        for span, path in held[1:]:
            before, earlier = apart[-1]
            if span.first >= before.last:
                apart.append((span, path))
                continue
            _same_runs(earlier, before, path, span)
            cut += 1
            if span.last <= before.last:
                with refusals(path):
                    path.unlink()
            else:
                rows = read(earlier, before).slice(0, span.first - before.first)
                replace(to_bytes(rows, folder.manifest.name), earlier.parent, earlier.name)
                apart[-1] = (Span(before.first, span.first), earlier)
                apart.append((span, path))
    if cut:
        folder.note("doubles", shards=cut)
    return cut


def _same_runs(one: Path, a: Span, other: Path, b: Span) -> None:
    """Raises StoreError where two shards hold different results of a run."""
    first, last = max(a.first, b.first), min(a.last, b.last)
    if digest(read(one, a).slice(first - a.first, last - first)) != digest(
        read(other, b).slice(first - b.first, last - first)
    ):
        what = f"holds other results of run {first} to {last - 1} than {one.name}"
        raise StoreError(other, what, "rvd verify says which are right")


def compact(folder: Folder) -> int:
    """Makes few files of the shards of `runs` where there are more than 64 small ones; how many it wrote.

    They are written into a folder of their own and read back; that folder then takes the place of `runs` in one step.
    So whoever reads `runs` meanwhile finds every run once, and an interruption changes nothing. Nothing is done on a
    disk without locks.
    """
    with locked(folder.path) as alone:
        held = folder.stored()
        small = [(span, path) for span, path in held if "-" not in path.stem]
        if not alone or len(small) <= FEW:
            return 0
        large = [path for span, path in held if "-" in path.stem]
        groups = _groups(small, -(-sum(last - first for (first, last), _ in small) // FEW))
        fresh = folder.path / FRESH
        with refusals(fresh):
            finish_exchange(folder.path)
            fresh.mkdir()
            for path in large:
                _same_file(path, fresh / path.name)
            for group in groups:
                _write_whole(folder, group, fresh)
            sync_folder(fresh)
        exchange(folder.path)
    folder.note("compacted", shards=len(small), files=len(groups))
    return len(groups)


def _take(target: Folder, path: Path, campaign: str) -> None:
    before = target.held()
    if any(_overlap(span, other) for span, _ in shards(path, campaign) for other in before):
        _same_results(target.path, path)
    for span, shard in shards(path, campaign):
        for first, last in spans_missing(target.held(), span):
            target.publish(read(shard, span).slice(first - span.first, last - first))


def _take_lines(target: Folder, path: Path, campaign: str) -> None:
    """Keeps the lines that a folder keeps for figures too."""
    for run in lines.runs(path):
        found = lines.read(path, campaign, run)
        if found is not None:
            target.keep(run, *found)


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
            try:
                content = plain_file(within(path, name)).read_bytes()
            except OSError as error:
                if short(error):
                    raise
                continue
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
        return plain_file(folder / "case.toml").read_bytes().decode()
    except OSError as error:
        raise unreadable(folder / "case.toml", error, "restore it from a copy") from None
    except UnicodeDecodeError:
        raise StoreError(folder / "case.toml", "is damaged", "restore it from a copy") from None


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


def _write_whole(folder: Folder, group: list[tuple[Span, Path]], fresh: Path) -> None:
    """Writes neighbouring shards as one file, and reads it back."""
    rows = pa.concat_tables([read(path, span) for span, path in group]).unify_dictionaries().combine_chunks()
    whole = Span(group[0][0].first, group[-1][0].last)
    file = fresh / f"{whole.first:08d}-{whole.last - 1:08d}.parquet"
    write_all(file, to_bytes(rows, folder.manifest.name))
    if digest(read(file, whole)) != digest(rows):
        raise StoreError(file, "does not hold what was written", "see to the disk and run again")


def _same_file(path: Path, there: Path) -> None:
    """The same file under another name; a copy where the disk has no links."""
    try:
        os.link(path, there)
    except OSError:
        shutil.copy2(path, there)
