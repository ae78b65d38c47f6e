"""What a command has measured of a case, cell by cell, in one file; what is there with the same identity is kept."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "measured"

Numbers = dict[str, Any]
"""What is kept of a cell: anything that JSON holds."""


class Stored:
    """The cells of one file, by name; each is kept with the identity of what it was made from."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cells: dict[str, Numbers] = json.loads(path.read_text())["cells"] if path.is_file() else {}

    def cell(self, name: str, identity: str) -> Numbers:
        """The cell of a name: as it is stored, or a new one where it is not, or was made from something else."""
        if self.cells.get(name, {}).get("identity") != identity:
            self.cells[name] = {"identity": identity}
        return self.cells[name]

    def save(self) -> None:
        """Writes the file, one line a cell; it is replaced whole, so that what is there is never half a file."""
        lines = [f"{json.dumps(name)}: {json.dumps(cell)}" for name, cell in self.cells.items()]
        text = '{"cells": {\n' + ",\n".join(lines) + "\n}}\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".part")
        beside.write_text(text)
        os.replace(beside, self.path)


def identity_of(parts: Mapping[str, Any], *content: bytes) -> str:
    """A short hash of what numbers are made from."""
    whole = hashlib.sha256(json.dumps(parts, sort_keys=True).encode())
    for each in content:
        whole.update(hashlib.sha256(each).digest())
    return whole.hexdigest()[:16]


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown whose columns stand below one another."""
    wide = [max(len(row[k]) for row in (head, *rows)) for k in range(len(head))]
    lines = [head, tuple("-" * width for width in wide), *rows]
    said = [" | ".join(word.ljust(width) for word, width in zip(line, wide, strict=True)) for line in lines]
    return "\n".join(f"| {line} |" for line in said)
