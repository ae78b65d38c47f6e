"""Lines of a few flights, kept beside the rows for figures: one small Parquet file a run, in `flights/`.

They are a convenience. A file that is missing, damaged, of another campaign or of another version is as good as none:
whoever wants the lines flies the run again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from rvd.names import plain_file

FOLDER = "flights"
VERSION = 1


def to_bytes(columns: Mapping[str, np.ndarray], facts: Mapping[str, Any], campaign: str, run: int) -> bytes:
    """The file of a run's lines: columns of equal length as float32, `facts` as plain values for JSON."""
    marks = {
        b"rvd.lines": str(VERSION).encode(),
        b"rvd.campaign": campaign.encode(),
        b"rvd.run": str(run).encode(),
        b"rvd.facts": json.dumps(dict(facts)).encode(),
    }
    table = pa.table({name: np.asarray(values, dtype=np.float32) for name, values in columns.items()})
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.replace_schema_metadata(marks),
        sink,
        compression="zstd",
        use_dictionary=False,
        column_encoding="BYTE_STREAM_SPLIT",
        write_page_checksum=True,
    )
    return sink.getvalue().to_pybytes()


def name_of(run: int) -> str:
    """The name of a run's file."""
    return f"{run:08d}.parquet"


def read(folder: Path, campaign: str, run: int) -> tuple[dict[str, np.ndarray], dict[str, Any]] | None:
    """Columns (float64) and facts of a run's lines in a results folder; None where none can be used."""
    try:
        path = plain_file(folder / FOLDER / name_of(run))
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            marks = file.metadata.metadata or {}
            ours = {b"rvd.lines": VERSION, b"rvd.campaign": campaign, b"rvd.run": run}
            if any(marks.get(name) != str(value).encode() for name, value in ours.items()):
                return None
            rows = file.read(use_threads=False)
        columns = {name: rows[name].to_numpy().astype(np.float64) for name in rows.column_names}
        return columns, json.loads(marks[b"rvd.facts"])
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None


def runs(folder: Path) -> list[int]:
    """The runs whose lines a results folder seems to hold, ascending."""
    return sorted(int(path.stem) for path in (folder / FOLDER).glob("*.parquet") if path.stem.isdecimal())
