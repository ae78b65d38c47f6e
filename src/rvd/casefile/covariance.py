"""A covariance as a table: the parts it is of in the first line, each with its unit, then a line for each of them.

    ,         vbar m, rbar m, vbar_rate m/s
    vbar,     400,    -20,    0
    rbar,     -20,    100,    -0.11
    vbar_rate,  0,    -0.11,  4e-4

An element is in the product of its two units. The names at the head of the lines may be left out, and the units may
stand in brackets.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path as File
from typing import NamedTuple

from rvd.case.paths import Path
from rvd.case.values import brief, did_you_mean, wrong
from rvd.errors import CaseError
from rvd.names import plain_file, why_no_file
from rvd.spreadsheet import lines_of, number_in
from rvd.units import factor

_PART = re.compile(r"(\w+)\s*[\[(]?([^\])]*)[\])]?")


class Covariance(NamedTuple):
    """The words of the parts and the covariance of them, in SI."""

    order: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]


def read_covariance(path: Path, folder: File, name: str) -> Covariance:
    """The covariance of parts of a dispersible key in a file, named from a folder. Raises CaseError without a place."""
    lines = list(lines_of(_text(folder / name, name)))
    if not lines:
        raise wrong(f"{brief(name)} holds no covariance", "write the parts in its first line")
    at, head = lines[0]
    named = not head[0] or head[0].lower() in ("part", "parts")
    parts = [_part(path, cell, f"{name}:{at}") for cell in head[named:]]
    order = tuple(word for word, _ in parts)
    if len(set(order)) != len(order):
        raise wrong(f"{name}:{at}: a part stands twice in the first line", "name each part once")
    if len(lines) - 1 != len(order):
        what = f"{name}: {len(lines) - 1} lines stand below the names of {len(order)} parts"
        raise wrong(what, f"write one line for each of {', '.join(order)}")
    units = [unit for _, unit in parts]
    rows = tuple(
        _row(cells, f"{name}:{line}", order[i] if named else "", units[i], units)
        for i, (line, cells) in enumerate(lines[1:])
    )
    return Covariance(order, rows)


def _text(file: File, name: str) -> str:
    if why := why_no_file(file):
        raise wrong(f"the table of a covariance {brief(name)} {why}", "name a file")
    try:
        return plain_file(file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        remedy = "the path is taken from the case file's folder"
        raise wrong(f"the table of a covariance {brief(name)} does not exist", remedy) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise wrong(f"the table of a covariance {brief(name)} cannot be read: {why}", "see to it") from None


def _part(path: Path, cell: str, where: str) -> tuple[str, float]:
    """A part and how many of its SI unit the one named beside it holds."""
    known = [part for part in path.parts if part]
    found = _PART.fullmatch(cell)
    word, unit = (found.group(1), found.group(2).strip()) if found else (cell, "")
    if word not in known:
        raise wrong(f"{where}: {brief(word)} is no part of {path.key}", did_you_mean(word, known))
    si = path.units[path.parts.index(word)]
    if not unit and si:
        raise wrong(f"{where}: {word} has no unit", f'write "{word} {path.usual or si}"')
    try:
        return word, factor(unit, si, path.usual) if unit else 1.0
    except CaseError as error:
        raise wrong(f"{where}: {word}: {error.what}", f'write "{word} {path.usual or si}"') from None


def _row(
    cells: Sequence[str], where: str, label: str, unit: float, units: Sequence[float]
) -> tuple[float, ...]:
    """One line in SI; `label` is the part it has to begin with, if any."""
    if label:
        found = _PART.fullmatch(cells[0])
        if not found or found.group(1) != label:
            what = f"{where}: the line of {label} begins with {brief(cells[0])}"
            raise wrong(what, "write the lines in the order of the first line")
        cells = cells[1:]
    if len(cells) != len(units):
        raise wrong(
            f"{where}: {len(cells)} numbers stand where {len(units)} belong", "write one for each part"
        )
    return tuple(unit * other * _number(cell, where) for cell, other in zip(cells, units, strict=True))


def _number(cell: str, where: str) -> float:
    try:
        value = number_in(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise wrong(
            f"{where}: {brief(cell)} is not a number", "write plain numbers, the units are in the first line"
        )
    return value
