"""What a command has measured of a case, cell by cell, in one file; what is there with the same identity is kept."""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import rvd
from rvd.casefile import Case
from rvd.montecarlo.mission import Mission

CASES = Path(__file__).parents[1] / "cases"
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


def percent(share: float) -> str:
    """A share in per cent."""
    return f"{100.0 * share:.3g}"


def counts(words: Sequence[str], but: tuple[str, ...]) -> str:
    """How often each word occurs, the commonest first, but for some."""
    known = {word: words.count(word) for word in words if word not in but}
    return ", ".join(f"{known[word]} {word}" for word in sorted(known, key=lambda word: (-known[word], word)))


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown whose columns stand below one another."""
    wide = [max(len(row[k]) for row in (head, *rows)) for k in range(len(head))]
    lines = [head, tuple("-" * width for width in wide), *rows]
    said = [" | ".join(word.ljust(width) for word, width in zip(line, wide, strict=True)) for line in lines]
    return "\n".join(f"| {line} |" for line in said)


def ready(case: Case) -> Mission:
    """The case without what only costs time here: the days of drift after lost thrust."""
    return Mission(case.with_values({"passive": None, "require": []}))


class Command(NamedTuple):
    """A command that measures cases."""

    #: Its name, that of its module and of its files.
    name: str
    #: What it does, in a line.
    says: str
    #: What it flies so many of in each cell, and how many.
    amount: tuple[str, int]
    #: Flies what is not stored, and stores it: of a mission, its store, the seed, the amount and the threads.
    measure: Callable[[Mission, Stored, int, int, int], None]
    #: What is stored, as a table in Markdown.
    shown: Callable[[Mapping[str, Numbers]], str]

    def run(self, words: list[str] | None = None) -> int:
        """Flies each case, stores what was flown, also where Ctrl-C stops it, and prints the tables."""
        given = self._parser().parse_args(words)
        for word in given.case:
            path = Path(word) if word.endswith(".toml") else CASES / f"{word}.toml"
            stored = Stored(given.out or FOLDER / f"{self.name}_{path.stem}.json")
            if not given.print:
                try:
                    self.measure(ready(rvd.load(path)), stored, given.seed, given.amount, given.jobs)
                except KeyboardInterrupt:
                    stored.save()
                    print(f"\nstopped; what was flown is in {stored.path}", file=sys.stderr)
                    return 130
            print(f"\n{path.stem}\n\n{self.shown(stored.cells)}")
        return 0

    def _parser(self) -> argparse.ArgumentParser:
        what, usual = self.amount
        parser = argparse.ArgumentParser(prog=f"python -m validation.{self.name}", description=self.says)
        parser.add_argument("case", nargs="*", default=["htv_berthing"], help="a shipped case, or a file")
        parser.add_argument(f"--{what}", dest="amount", type=int, default=usual)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--jobs", type=int, default=1)
        where = "where to store; by default a file a case in validation/measured/"
        parser.add_argument("--out", type=Path, help=where)
        parser.add_argument("--print", action="store_true", help="print what is stored, and fly nothing")
        return parser
