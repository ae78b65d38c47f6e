"""Lines of text tables as people and spreadsheets write them: CSV with commas, semicolons or tabs."""

from __future__ import annotations

import csv
from collections.abc import Iterator

SEPARATORS = (",", ";", "\t")
"""Spreadsheets write the second where the comma is that of decimals."""


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Number (from 1) and cells of every line that is neither empty nor a comment (`#`), blanks around cells removed.

    The first such line says which separator the others have; a line "sep=;" before it is left out.

    >>> list(lines_of("# ours\\nname;mass\\nA;4,3"))
    [(2, ['name', 'mass']), (3, ['A', '4,3'])]
    """
    separator = ""
    for line, raw in enumerate(text.splitlines(), 1):
        if not raw.strip() or raw.lstrip().startswith("#") or _names_separator(raw):
            continue
        separator = separator or max(SEPARATORS, key=raw.count)
        yield line, [cell.strip() for cell in next(csv.reader([raw], delimiter=separator))]


def number_in(cell: str) -> float:
    """The number in a cell, with a decimal point or comma; ValueError for what is none.

    >>> number_in("4,3")
    4.3
    """
    return float(cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell)


def _names_separator(raw: str) -> bool:
    return raw.strip().strip('"').lower().startswith("sep=")
