"""One shard: a Parquet file of consecutive runs, with checksums, that carries its campaign's name."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from rvd.errors import StoreError
from rvd.names import NoFileError, plain_file

from .files import NO_FILE, short

RUN = "run"


class Span(NamedTuple):
    """Runs first, first + 1, ..., last - 1."""

    first: int
    last: int


def to_bytes(table: pa.Table, campaign: str) -> bytes:
    """A shard's file. `table` has int64 "run", consecutive and ascending."""
    # Parquet's checksums do not cover its footer, where names and types stand.
    hashes = {name: column_hash(table[name]) for name in table.column_names}
    marks = {
        b"rvd.campaign": campaign.encode(),
        b"rvd.first": str(table[RUN][0].as_py()).encode(),
        b"rvd.columns": json.dumps(hashes).encode(),
    }
    sink = pa.BufferOutputStream()
    # Snappy, because MATLAB reads it.
    with pq.ParquetWriter(
        sink, table.schema.with_metadata(marks), compression="snappy", write_page_checksum=True
    ) as writer:
        writer.write_table(table.replace_schema_metadata(marks))
    return sink.getvalue().to_pybytes()


def begin_of(path: Path) -> int:
    """The first run of a shard by its name ("00000012.parquet", "00000012-00000099.parquet"); -1 for another name."""
    first = path.stem.partition("-")[0]
    return int(first) if first.isdecimal() else -1


def span_of(path: Path, campaign: str) -> Span:
    """Which runs a shard holds, from its footer; StoreError if it is damaged or of another campaign."""
    try:
        footer = pq.read_metadata(plain_file(path))
        marks = footer.metadata or {}
        first = int(marks[b"rvd.first"])
        theirs = marks[b"rvd.campaign"].decode()
    except (OSError, MemoryError, ValueError, KeyError, pa.ArrowException) as error:
        raise damaged(path, error) from None
    if theirs != campaign:
        raise StoreError(path, "is of another campaign", "move it out of this folder")
    return Span(first, first + footer.num_rows)


def read(path: Path, span: Span, columns: list[str] | None = None) -> pa.Table:
    """The rows of a shard, each value tested by checksum and hash; StoreError if it is damaged."""
    try:
        with pq.ParquetFile(plain_file(path), page_checksum_verification=True) as file:
            hashes = json.loads(file.metadata.metadata[b"rvd.columns"])
            rows = file.read(columns=columns, use_threads=False).replace_schema_metadata(None)
        whole = columns is not None or list(hashes) == rows.column_names
        if not whole or any(hashes[name] != column_hash(rows[name]) for name in rows.column_names):
            raise ValueError("a column is not what was written")
        if not np.array_equal(rows[RUN].to_numpy(), np.arange(*span)):
            raise ValueError("its runs are not those it names")
        return rows
    except (OSError, MemoryError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise damaged(path, error) from None


def column_hash(column: pa.ChunkedArray) -> str:
    """Hash of type and values, and of where there is none; every NaN is the same one."""
    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return _hash_of_words(column)
    values = np.ascontiguousarray(values_of(column))
    if values.dtype.kind == "f":
        values = np.where(np.isnan(values), np.nan, values)
    missing = column.is_null().to_numpy() if column.null_count else np.empty(0, dtype=bool)
    head = f"{column.type}\0{values.size}\0{missing.size}\0".encode()
    return hashlib.blake2b(head + values.tobytes() + missing.tobytes(), digest_size=16).hexdigest()


def values_of(column: pa.ChunkedArray) -> np.ndarray:
    """The values of a column (k,); one with nulls is float64 with NaN there, whatever its type, or words with None."""
    if pa.types.is_dictionary(column.type):  # whose own conversion gives words for nulls
        column = column.cast(pa.string())
    if pa.types.is_string(column.type):
        return np.array(column.to_pylist(), dtype=object)
    return (column.cast(pa.float64()) if column.null_count else column).to_numpy()


def arrays_of(rows: pa.Table) -> dict[str, np.ndarray]:
    """A table as arrays by name, NaN where a quantity does not exist (`values_of`)."""
    return {name: values_of(rows[name]) for name in rows.column_names}


def _hash_of_words(column: pa.ChunkedArray) -> str:
    """Hash of words, whatever dictionary they are kept by; a null is none of them."""
    seal = hashlib.blake2b(f"words\0{len(column)}\0".encode(), digest_size=16)
    for word in column.to_pylist():
        seal.update(b"-" if word is None else f"{len(word.encode())}:{word}".encode())
    return seal.hexdigest()


def damaged(path: Path, error: Exception) -> StoreError:
    """The error for a shard that cannot be read; raises what says nothing of the file.

    A shard appears whole or not at all, so a broken one was broken later, and by something else.
    """
    if short(error):
        raise error
    remedy = "move it away and run the campaign again: just its runs are flown anew"
    if isinstance(error, MemoryError):  # the size that a damaged file names may be beyond all memory
        what = "cannot be read for want of memory, or is damaged"
        return StoreError(path, what, f"give it more memory; if that does not help, {remedy}")
    if isinstance(error, NoFileError):
        return StoreError(path, NO_FILE[0], remedy)
    why = "may not be read" if isinstance(error, PermissionError) else "is damaged"
    return StoreError(path, why, remedy)


def spans_missing(held: list[Span], wanted: Span) -> list[Span]:
    """The parts of `wanted` that no span of `held` covers, ascending."""
    missing, at = [], wanted.first
    for span in sorted(held):
        if span.first > at:
            missing.append(Span(at, min(span.first, wanted.last)))
        at = max(at, span.last)
        if at >= wanted.last:
            break
    if at < wanted.last:
        missing.append(Span(at, wanted.last))
    return [span for span in missing if span.first < span.last]
