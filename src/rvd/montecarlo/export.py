"""A campaign's table as one file for other tools: CSV, Parquet or MATLAB's MAT, each run once, sorted by run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from rvd.core.kernel import Column
from rvd.errors import RvdError, StoreError
from rvd.store.files import refusals

if TYPE_CHECKING:
    import pandas

MOST_BYTES = 2**31 - 1
"""A MAT file of version 5 holds no variable of more."""

ABOUT = "columns.csv"
"""The file that says what each column is, beside a table of plain text."""

LONGEST = 63
"""Characters of a name in MATLAB."""


def to_pandas(rows: pa.Table) -> pandas.DataFrame:
    """The rows as a frame: nulls as NaN (NA in columns of whole numbers), words as categories.

    `frame.attrs["columns"]` has the unit and the meaning of every column. Raises RvdError where pandas is missing.
    """
    try:
        import pandas
    except ImportError:
        raise RvdError(
            "pandas is not installed; write pip install 'rvd[pandas]', or use results.table()"
        ) from None
    whole = {pa.int8(): pandas.Int8Dtype(), pa.int16(): pandas.Int16Dtype()}
    frame = rows.to_pandas(types_mapper=whole.get)
    frame.attrs["columns"] = {name: about.marks for name, about in told(rows).items()}
    return frame


def told(rows: pa.Table) -> dict[str, Column]:
    """Unit and meaning of every column, where they are known."""
    found = {}
    for field in rows.schema:
        marks = field.metadata or {}
        found[field.name] = Column(marks.get(b"unit", b"").decode(), marks.get(b"meaning", b"").decode())
    return found


def write_csv(rows: pa.Table, path: Path) -> list[Path]:
    """Comma-separated, a header line with the names, empty cells where a quantity does not exist.

    Numbers have as many digits as they need to be read back to the bit. `columns.csv` beside it has units and meanings.
    """
    from pyarrow.csv import write_csv

    about, beside = told(rows), path.with_name(ABOUT)
    units, meanings = [one.unit for one in about.values()], [one.meaning for one in about.values()]
    write_csv(words_of(rows), path)
    write_csv(pa.table({"column": list(about), "unit": units, "meaning": meanings}), beside)
    return [path, beside]


def write_parquet(rows: pa.Table, path: Path) -> list[Path]:
    """One Parquet file; each field's metadata has its unit and its meaning."""
    import pyarrow.parquet as pq

    pq.write_table(rows, path, compression="snappy")  # which MATLAB reads
    return [path]


def write_mat(rows: pa.Table, path: Path) -> list[Path]:
    """A MAT file with `runs`, a structure of columns, and `columns`, what each of them is.

    Names are made valid in MATLAB (`matlab_names`); `columns.column` has them as they are elsewhere. Quantities that do
    not exist are NaN, words are cell arrays. Raises StoreError where the columns are more than such a file can hold.
    """
    from scipy.io import savemat

    names = matlab_names(rows.column_names)
    runs = {names[name]: _for_matlab(rows[name]) for name in rows.column_names}
    if sum(values.nbytes for values in runs.values()) > MOST_BYTES:
        raise StoreError(
            path, "would be larger than MATLAB's format allows", "write --parquet, which MATLAB reads too"
        )
    about = told(rows)
    columns = {
        "name": _cells(list(names.values())),
        "column": _cells(list(names)),
        "unit": _cells([one.unit for one in about.values()]),
        "meaning": _cells([one.meaning for one in about.values()]),
    }
    savemat(path, {"runs": runs, "columns": columns}, long_field_names=True, do_compression=True)
    return [path]


WRITERS: Mapping[str, Callable[[pa.Table, Path], list[Path]]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "mat": write_mat,
}
"""What writes a table, by the ending of the file."""


def write_export(rows: pa.Table, kind: str, folder: Path) -> list[Path]:
    """Writes rows in one of `WRITERS` into a folder, which is made; gives the files, new or replaced.

    A link of such a name is replaced, not followed: the folder may be somebody else's.
    """
    path = folder / f"runs.{kind}"
    with refusals(path):
        folder.mkdir(parents=True, exist_ok=True)
        for place in (path, folder / ABOUT):
            if place.is_symlink():
                place.unlink()
        return WRITERS[kind](rows, path)


def words_of(rows: pa.Table) -> pa.Table:
    """The rows with words as plain text."""
    for k, field in enumerate(rows.schema):
        if pa.types.is_dictionary(field.type):
            rows = rows.set_column(k, pa.field(field.name, pa.string()), rows[field.name].cast(pa.string()))
    return rows


def matlab_names(names: list[str]) -> dict[str, str]:
    """Names valid in MATLAB, by those they stand for: letters, digits and underscores, at most 63, none twice.

    >>> matlab_names(["run", "entered.RI to 250 m", "start.vbar"])
    {'run': 'run', 'entered.RI to 250 m': 'entered_RI_to_250_m', 'start.vbar': 'start_vbar'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        base = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_") or "x"
        base = base if base[0].isalpha() else f"x{base}"
        valid, k = base[:LONGEST], 1
        while valid.lower() in taken:
            k += 1
            valid = f"{base[: LONGEST - len(str(k)) - 1]}_{k}"
        taken.add(valid.lower())
        found[name] = valid
    return found


def _for_matlab(values: pa.ChunkedArray) -> np.ndarray:
    """A column (k, 1): numbers with NaN for null, truth values, or cells of text."""
    if pa.types.is_dictionary(values.type) or pa.types.is_string(values.type):
        return _cells(["" if word is None else word for word in values.to_pylist()])
    if values.null_count:
        return np.asarray(values.cast(pa.float64()).to_numpy()).reshape(-1, 1)
    return np.asarray(values.to_numpy()).reshape(-1, 1)


def _cells(words: list[str]) -> np.ndarray:
    cells = np.empty((len(words), 1), dtype=object)
    cells[:, 0] = words
    return cells
