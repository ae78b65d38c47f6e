"""Ten thousand case files with accidents: `python -m validation.endurance.cases [--count N] [--seed S]`.

Each goes through `rvd check`; where that is clean, two runs of its campaign are flown, and of every twentieth the
nominal flight with its figures. Each command has to end in an exit code of the design, with a sentence where it
refuses: a traceback, a warning, silence, a hang or a dead process is a miss, is shown with the number that makes the
same file again (`--only K`), and ends this command with 1.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import rvd
from tests.case.mutants import mutant
from tests.case.small import HTV, SMALL
from tests.short_case import short_case
from validation.speed.own_law import copied

from .calls import Call, arguments, reported

FIGURES = 20


def bases() -> list[str]:
    """The texts that accidents happen to."""
    htv = HTV.read_text(encoding="utf-8")
    line = 'name     = "RI to hold point"\nlaw      = "straight"'
    own = htv.replace(line, line.replace("straight", "my_laws.py:copied"))
    assert own != htv
    return [SMALL.replace('"nozzles.csv"', '"parts/htv_rcs.csv"'), htv, short_case().text, own]


def file_of(number: int, seed: int, texts: list[str]) -> bytes:
    """The file of a number: the same for the same seed."""
    chance = random.Random(f"{seed} {number}")
    return mutant(texts[number % len(texts)], chance)


class Fuzz:
    """What is done with a number."""

    def __init__(self, seed: int):
        self.seed, self.texts = seed, bases()
        rvd.fly(short_case())  # compiles, if need be, before there are processes that would each do so

    def __call__(self, number: int, folder: Path, call) -> list[Call]:
        case = folder / "case.toml"
        case.write_bytes(file_of(number, self.seed, self.texts))
        shutil.copytree(HTV.parent / "parts", folder / "parts")
        (folder / "my_laws.py").write_text(copied(), encoding="utf-8")
        calls = [call("check", case)]
        if calls[0].code == 0:
            calls.append(call("campaign", case, "--runs", 2, "--jobs", 1, "--no-figures", "--quiet"))
            if number % FIGURES == 0:
                calls.append(call("fly", case))
        return calls


def main() -> int:
    """Prints how the commands ended, and every miss."""
    given = arguments(__doc__, 10_000)
    os.environ.setdefault("MPLBACKEND", "Agg")
    fuzz = Fuzz(given.seed)
    if given.only is not None:
        sys.stdout.write(file_of(given.only, given.seed, fuzz.texts).decode("utf-8", "replace"))
    return reported(fuzz, given, "files")


if __name__ == "__main__":
    sys.exit(main())
