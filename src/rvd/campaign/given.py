"""A table of rows to fly as given: CSV or Parquet, one run a line, columns named as the slots of a row, in SI."""

from __future__ import annotations

import difflib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from rvd.errors import CaseError
from rvd.store.shards import RUN

from .draws import Given

_READERS = {".csv": pyarrow.csv.read_csv, ".parquet": pyarrow.parquet.read_table}


def read_given(file: Path | str, row_names: tuple[str, ...]) -> Given:
    """The draws of a table: row K of the table is put into the row of run K.

    A column "run", if there is one, counts 0, 1, 2, ...: the table's order is the order of the runs.
    Raises CaseError for a file, column or value that cannot be flown.
    """
    file = Path(file)
    rows = _read(file)
    names = [name for name in rows.column_names if name != RUN]
    if not names or rows.num_rows == 0:
        raise CaseError(
            file, 0, "", "holds no values", "give one line a run and a column for each dispersed path"
        )
    for name in names:
        _check_name(file, name, names, row_names)
    if RUN in rows.column_names and not np.array_equal(_numbers(file, rows, RUN), np.arange(rows.num_rows)):
        raise CaseError(file, 0, RUN, "does not count up from 0", "sort the lines by run and leave none out")
    values = np.column_stack([_numbers(file, rows, name) for name in names])
    return Given(file.name, tuple(row_names.index(name) for name in names), values)


def _read(file: Path) -> pa.Table:
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise CaseError(
            file, 0, "", f"a table of draws is .csv or .parquet, not {file.suffix or 'without a suffix'}"
        )
    try:
        return reader(file)
    except FileNotFoundError:
        raise CaseError(file, 0, "", "does not exist", "give a path from the case file's folder") from None
    except (OSError, ValueError, pa.ArrowException) as error:
        raise CaseError(file, 0, "", f"is no {file.suffix[1:]} table: {error}".split("\n")[0]) from None


def _check_name(file: Path, name: str, names: list[str], row_names: tuple[str, ...]) -> None:
    if names.count(name) > 1:
        raise CaseError(file, 1, name, "stands twice in the first line", "keep one of the columns")
    if name not in row_names:
        near = difflib.get_close_matches(name, row_names, n=1)
        remedy = f"did you mean {near[0]!r}" if near else f"name a slot, as {row_names[0]!r}"
        raise CaseError(file, 1, name, "is no slot of a row", remedy)


def _numbers(file: Path, rows: pa.Table, name: str) -> np.ndarray:
    column = rows[name]
    if not (pa.types.is_floating(column.type) or pa.types.is_integer(column.type)):
        raise CaseError(file, 0, name, f"holds {column.type}, not numbers", "write plain numbers in SI units")
    values = column.to_numpy().astype(np.float64)
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        raise CaseError(file, 0, name, f"has no finite number for run {bad[0]}", "give every run a value")
    return values
