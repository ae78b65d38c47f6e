"""A table of rows to fly as given: CSV or Parquet, one run a line, columns named as the keys of `[disperse]`, in SI."""

from __future__ import annotations

import difflib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from rvd.case.paths import find_path, known_as, place_of, slots_of
from rvd.errors import CaseError
from rvd.names import plain_file, why_no_file
from rvd.store.shards import RUN

from .draws import Given
from .limits import Limits

_READERS = {".csv": pyarrow.csv.read_csv, ".parquet": pyarrow.parquet.read_table}


def read_given(
    file: Path | str,
    row_names: tuple[str, ...],
    limits: Limits | None = None,
    nominal: np.ndarray | None = None,
) -> Given:
    """The draws of a table: row K of the table is put into the row of run K.

    A column "run", if there is one, counts 0, 1, 2, ...: the table's order is the order of the runs. `limits` are
    those of the rows, of which `nominal` float64[m] holds what the table does not. Raises CaseError for a file, a
    column or a value that cannot be flown, with its line and column.
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
    given = Given(file.name, tuple(place_of(name, row_names) for name in names), values)
    if limits is not None and nominal is not None:
        _check_limits(file, given, row_names, limits, nominal)
    return given


def _check_limits(
    file: Path, given: Given, names: tuple[str, ...], limits: Limits, nominal: np.ndarray
) -> None:
    """Raises CaseError for the first line that holds what no case may hold."""
    rows = np.tile(nominal, (len(given.values), 1))
    rows[:, list(given.slots)] = given.values
    bad = np.flatnonzero(limits.broken(rows))
    wrong = limits.why(rows[bad[0]]) if bad.size else None
    if wrong is not None:
        run = int(bad[0])
        what = f"{wrong.what}, for run {run}"
        raise CaseError(
            file, line_of_run(file, run), names[wrong.slot], what, "correct it, or leave the line out"
        )


def line_of_run(file: Path, run: int) -> int:
    """The number of the line of a CSV file that holds a run's values; 0 for another kind of file."""
    if file.suffix.lower() != ".csv":
        return 0
    text = plain_file(file).read_text(encoding="utf-8-sig", errors="replace")
    filled = [number for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return filled[run + 1] if run + 1 < len(filled) else 0


def _read(file: Path) -> pa.Table:
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise CaseError(
            file, 0, "", f"a table of draws is .csv or .parquet, not {file.suffix or 'without a suffix'}"
        )
    if why := why_no_file(file):  # Arrow would wait for a pipe, and read all that lies in a folder
        raise CaseError(file, 0, "", why, "name a file")
    try:
        return reader(file)
    except FileNotFoundError:
        raise CaseError(file, 0, "", "does not exist", "give a path from the case file's folder") from None
    except MemoryError:
        raise
    except (OSError, ValueError, pa.ArrowException) as error:
        raise CaseError(file, 0, "", f"is no {file.suffix[1:]} table: {error}".split("\n")[0]) from None


def _check_name(file: Path, name: str, names: list[str], row_names: tuple[str, ...]) -> None:
    if names.count(name) > 1:
        raise CaseError(file, 1, name, "stands twice in the first line", "keep one of the columns")
    at = place_of(name, row_names)
    if at < 0:
        raise CaseError(file, 1, name, *_no_number(name, row_names))
    before = next((other for other in names[: names.index(name)] if place_of(other, row_names) == at), None)
    if before is not None:
        raise CaseError(file, 1, name, f"is the same number as {before!r}", "keep one of the columns")


def _no_number(name: str, row_names: tuple[str, ...]) -> tuple[str, str]:
    """Why a name is no number of a row, and what to write."""
    near = difflib.get_close_matches(name, row_names, n=1)
    try:
        slots = slots_of(find_path(name), row_names)
    except CaseError as error:
        if "aboard" in error.what:
            return error.what, error.remedy
        remedy = f"did you mean {near[0]!r}" if near else f"name one number of a key, as {row_names[0]!r}"
        return "is nothing that can be dispersed", remedy
    return (
        "is of several numbers of a row",
        f"give each a column of its own, as {known_as(slots[0]).dotted!r}",
    )


def _numbers(file: Path, rows: pa.Table, name: str) -> np.ndarray:
    column = rows[name]
    if not (pa.types.is_floating(column.type) or pa.types.is_integer(column.type)):
        raise CaseError(file, 0, name, f"holds {column.type}, not numbers", "write plain numbers in SI units")
    values = column.to_numpy().astype(np.float64)
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        line = line_of_run(file, int(bad[0]))
        raise CaseError(file, line, name, f"has no finite number for run {bad[0]}", "give every run a value")
    return values
