"""The table of nozzles that a case names: a spreadsheet with a line for each nozzle."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rvd.core.vehicle.nozzles import Kind, Nozzles
from rvd.errors import CaseError
from rvd.names import plain_file
from rvd.spreadsheet import lines_of, number_in


class NozzleTable(NamedTuple):
    """A nozzle file as read: `nozzles`, and what only the set-up needs.

    `names` and `strings` are n and s words; `string` (n,) int64 points into `strings`; `kind` (n,) int64
    holds `Kind`; `branch` has n words: by which valve each nozzle is isolated, empty where by none.
    """

    nozzles: Nozzles
    names: tuple[str, ...]
    strings: tuple[str, ...]
    string: np.ndarray
    kind: np.ndarray
    branch: tuple[str, ...]

    @property
    def branches(self) -> dict[str, tuple[str, ...]]:
        """The names of the nozzles that each valve isolates, by its branch."""
        named = list(zip(self.names, self.branch, strict=True))
        return {
            word: tuple(name for name, of in named if of == word) for word in sorted({*self.branch} - {""})
        }

    def of_string(self, *words: str) -> np.ndarray:
        """Marks (n,) bool of the nozzles that belong to the strings named; a word unknown is a ValueError."""
        return np.isin(self.string, [self.strings.index(word) for word in words])

    def of_kind(self, *kinds: Kind) -> np.ndarray:
        """Marks (n,) bool of the nozzles of these kinds."""
        return np.isin(self.kind, kinds)


_WORDS = ("name", "string", "kind")


_OPTIONAL = ("branch",)


_NUMBERS = (
    "x_m", "y_m", "z_m", "push_x", "push_y", "push_z", "thrust_n", "isp_s", "min_on_s",
)  # fmt: skip


_NOT_NEGATIVE = ("min_on_s",)


_POSITIVE = ("thrust_n", "isp_s")


_LEAST = {"thrust_n": 1e-6, "isp_s": 1.0}


_MOST = {"x_m": 1e3, "y_m": 1e3, "z_m": 1e3, "thrust_n": 1e7, "isp_s": 1e5, "min_on_s": 3600.0}
"""Beyond these a number is a slip, not a vehicle."""


_REMARKS = ("remark", "remarks", "note", "notes", "comment", "comments")
"""Columns that are for people, and not read."""


def read_nozzles(path: str | Path) -> NozzleTable:
    """Reads a nozzle file: one header line, one nozzle a row; `#` starts a comment, remarks are skipped.

    The values stand between commas, semicolons or tabs; where the comma is no separator, "4,3" is 4.3.
    Raises `CaseError` with file, line and key for whatever cannot be flown.
    """
    path = Path(path)
    try:
        text = plain_file(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise CaseError(
            path, None, "", f"the nozzle file cannot be read ({why})", "correct the path"
        ) from None
    rows = [_checked(path, line, row) for line, row in _rows(path, text)]
    if not rows:
        raise CaseError(path, None, "", "the nozzle file has no nozzle", "write one nozzle a row")
    _refuse_namesakes(path, rows)
    return _table([row for _, row in rows])


def _rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and row of every nozzle."""
    header: list[str] = []
    for line, cells in lines_of(text):
        if not header:
            header = _header(path, line, cells)
        elif len(cells) != len(header):
            what = f"the row has {len(cells)} values, the header {len(header)}"
            remedy = "write one value for each column, and in quotes what holds a separator"
            raise CaseError(path, line, "", what, remedy)
        else:
            yield line, dict(zip(header, cells, strict=True))


def _header(path: Path, line: int, cells: list[str]) -> list[str]:
    known = _WORDS + _NUMBERS
    for column in known:
        if column not in cells:
            raise CaseError(path, line, column, "the column is missing", f"the header is {','.join(known)}")
    for column in cells:
        if column.lower() in _REMARKS:
            continue
        if column not in known + _OPTIONAL:
            remedy = f'name a column of your own "remarks"; the others are {",".join(known + _OPTIONAL)}'
            raise CaseError(path, line, column, "the column is not known", remedy)
        if cells.count(column) > 1:
            raise CaseError(path, line, column, "the column is given twice", "keep one of them")
    return cells


def _checked(path: Path, line: int, row: dict[str, str]) -> tuple[int, dict]:
    """The row with numbers as numbers and its kind as `Kind`; its direction is a unit vector."""
    for column in ("name", "string"):
        if not row[column]:
            raise CaseError(path, line, column, "is empty", "give every nozzle a name and a string")
    kinds = [kind.name.lower() for kind in Kind]
    if row["kind"] not in kinds:
        raise CaseError(
            path, line, "kind", f'"{row["kind"]}" is no kind of nozzle', f"write {' or '.join(kinds)}"
        )
    numbers = {column: _number(path, line, column, row[column]) for column in _NUMBERS}
    push = [numbers[f"push_{axis}"] for axis in "xyz"]
    length = math.sqrt(push[0] * push[0] + push[1] * push[1] + push[2] * push[2])
    if length == 0.0:
        raise CaseError(path, line, "push_x", "the direction is zero", "write the force on the vehicle")
    if abs(length - 1.0) > 1e-3:
        what = f"the direction push_x, push_y, push_z has length {length:.4g}"
        raise CaseError(path, line, "push_x", what, "divide it by its length")
    for axis, component in zip("xyz", push, strict=True):
        numbers[f"push_{axis}"] = component / length
    return line, {**row, **numbers, "kind": Kind[row["kind"].upper()]}


def _number(path: Path, line: int, column: str, text: str) -> float:
    try:
        value = number_in(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        remedy = f"write a plain number, the unit is in the column's name ({column})"
        raise CaseError(path, line, column, f'"{text}" is not a number', remedy)
    if column in _POSITIVE and value <= 0.0:
        remedy = "write a positive number; push_x, push_y, push_z hold the direction"
        raise CaseError(path, line, column, f"{text} is not positive", remedy)
    if column in _NOT_NEGATIVE and value < 0.0:
        raise CaseError(path, line, column, f"{text} is negative", "write zero or more")
    if abs(value) < _LEAST.get(column, 0.0):
        raise CaseError(
            path, line, column, f"{text} is beyond any vehicle", f"write at least {_LEAST[column]:g}"
        )
    most = _MOST.get(column, math.inf)
    if abs(value) > most:
        raise CaseError(path, line, column, f"{text} is beyond any vehicle", f"write at most {most:g}")
    return value


def _refuse_namesakes(path: Path, rows: list[tuple[int, dict]]) -> None:
    seen: dict[str, int] = {}
    for line, row in rows:
        first = seen.setdefault(row["name"], line)
        if first != line:
            what = f'"{row["name"]}" is already the nozzle of line {first}'
            raise CaseError(path, line, "name", what, "give every nozzle a name of its own")


def _table(rows: list[dict]) -> NozzleTable:
    def block(*columns: str) -> np.ndarray:
        return np.array([[row[column] for column in columns] for row in rows], dtype=np.float64)

    def line(column: str) -> np.ndarray:
        return np.ascontiguousarray(block(column)[:, 0])

    strings = tuple(sorted({row["string"] for row in rows}))
    return NozzleTable(
        Nozzles(
            block("x_m", "y_m", "z_m"),
            block("push_x", "push_y", "push_z"),
            line("thrust_n"),
            line("isp_s"),
            line("min_on_s"),
        ),
        tuple(row["name"] for row in rows),
        strings,
        np.array([strings.index(row["string"]) for row in rows], dtype=np.int64),
        np.array([row["kind"] for row in rows], dtype=np.int64),
        tuple(row.get("branch", "") for row in rows),
    )
