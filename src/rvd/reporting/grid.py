"""A table as data, given as aligned plain text, as HTML, or as records for machines."""

from __future__ import annotations

import html
from typing import NamedTuple


class Said(float):
    """A number of a table with the text that people read in its place; NaN with an empty text is no number.

    >>> share = Said(0.9973, "99.73 %")
    >>> share.text, 1.0 - share < 0.003
    ('99.73 %', True)
    """

    text: str

    def __new__(cls, value: float, text: str) -> Said:
        """The number with its text."""
        said = super().__new__(cls, value)
        said.text = text
        return said


COMMANDS = ("command", "that one, alone")
"""Heads of columns whose cells are commands."""

NOTHING = Said(float("nan"), "")
"""A cell without a number."""

Cell = str | int | Said


class Grid(NamedTuple):
    """A title, column heads and rows of cells; `sides` has a letter a column: l for words, r for numbers."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sides: str

    @property
    def records(self) -> list[dict[str, Cell]]:
        """A record a row by the heads, numbers as numbers."""
        return [dict(zip(self.heads, row, strict=True)) for row in self.rows]

    def text(self) -> str:
        """Lines of aligned columns under the title."""
        lines = [self.heads, *(tuple(map(shown, row)) for row in self.rows)]
        widths = [max(len(line[k]) for line in lines) for k in range(len(self.heads))]
        cells = [
            "  ".join(
                cell.ljust(width) if self.sides[k] == "l" else cell.rjust(width)
                for k, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.title, *("  " + cell for cell in cells)])

    def html(self) -> str:
        """A table element with a caption; each cell names its column too, for screens where a row is a card."""
        head = "".join(
            f"<th scope='col'{_side(self.sides[k])}>{html.escape(h)}</th>" for k, h in enumerate(self.heads)
        )
        body = "".join(
            "<tr>" + "".join(self._cell(k, c) for k, c in enumerate(row)) + "</tr>" for row in self.rows
        )
        return (
            f"<table><caption>{html.escape(self.title)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )

    def _cell(self, k: int, cell: Cell) -> str:
        text = html.escape(shown(cell))
        inner = f"<code>{text}</code>" if self.heads[k] in COMMANDS and text else text
        return f"<td{_side(self.sides[k])} data-head='{html.escape(self.heads[k])}'>{inner}</td>"


def shown(cell: Cell) -> str:
    """A cell as people read it."""
    return cell.text if isinstance(cell, Said) else str(cell)


def _side(side: str) -> str:
    return "" if side == "l" else " class='number'"
