"""A table as data, given as aligned plain text or as HTML."""

from __future__ import annotations

import html
from typing import NamedTuple


class Grid(NamedTuple):
    """A title, column heads and rows of texts; `sides` has a letter a column: l for words, r for numbers."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sides: str

    def text(self) -> str:
        """Lines of aligned columns under the title."""
        lines = [self.heads, *self.rows]
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
        """A table element with a caption."""
        head = "".join(
            f"<th scope='col'{_side(self.sides[k])}>{html.escape(h)}</th>" for k, h in enumerate(self.heads)
        )
        body = "".join(
            "<tr>"
            + "".join(f"<td{_side(self.sides[k])}>{html.escape(c)}</td>" for k, c in enumerate(row))
            + "</tr>"
            for row in self.rows
        )
        return (
            f"<table><caption>{html.escape(self.title)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )


def _side(side: str) -> str:
    return "" if side == "l" else " class='number'"
