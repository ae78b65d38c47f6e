"""Ten thousand cases with accidents: `python -m validation.endurance.cases [--count N] [--seed S]`.

The accidents happen to the case file, and now and then to a table that it names. Each case goes through `rvd check`;
where that is clean, two runs of its campaign are flown, and of every twentieth the nominal flight with its figures.
Each command has to end in an exit code of the design, with a sentence where it refuses: a traceback, a warning,
silence, a hang or a dead process is a miss, is shown with the number that makes the same files again (`--only K`),
and ends this command with 1.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import rvd
from tests.casefile.mutants import mutant
from tests.casefile.small import HTV, SMALL
from tests.short_case import short_case
from validation.speed.own_law import copied

from .calls import Call, arguments, reported

FIGURES = 20


def bases() -> list[str]:
    """The texts that accidents happen to."""
    htv = HTV.read_text(encoding="utf-8")
    line = 'name     = "RI to hold point"\nlaw      = "straight"'
    own = htv.replace(line, f'{line.replace("straight", "my_laws.py:copied")}\nat_most  = "40 min"')
    assert own != htv
    short = short_case().text
    given = short.replace("[campaign]", '[campaign]\nsampling = "latin-hypercube"\ndraws = "draws.csv"')
    assert given != short
    return [SMALL.replace('"nozzles.csv"', '"parts/htv_rcs.csv"'), htv, short, own, given]


NOZZLES, DRAWS = "parts/htv_rcs.csv", "draws.csv"
TABLE = "run,start.vbar,chaser.mass\n" + "".join(f"{k},{0.05 * k},{15500 + k}\n" for k in range(12))


def files_of(number: int, seed: int, texts: list[str]) -> dict[str, bytes]:
    """The files of a number, with accidents to one of them: the same for the same seed."""
    chance = random.Random(f"{seed} {number}")
    texts_of = {
        "case.toml": texts[number % len(texts)],
        NOZZLES: (HTV.parent / NOZZLES).read_text(encoding="utf-8"),
    }
    if DRAWS in texts_of["case.toml"]:
        texts_of[DRAWS] = TABLE
    victim = "case.toml" if chance.random() < 0.8 else chance.choice(list(texts_of))
    files = {name: text.encode() for name, text in texts_of.items()}
    return {**files, victim: mutant(texts_of[victim], chance)}


class Fuzz:
    """What is done with a number."""

    def __init__(self, seed: int):
        self.seed, self.texts = seed, bases()
        rvd.fly(short_case())  # compiles, if need be, before there are processes that would each do so

    def __call__(self, number: int, folder: Path, call) -> list[Call]:
        case = folder / "case.toml"
        (folder / "parts").mkdir()
        for name, content in files_of(number, self.seed, self.texts).items():
            (folder / name).write_bytes(content)
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
        for name, content in files_of(given.only, given.seed, fuzz.texts).items():
            print(f"---- {name}\n{content.decode('utf-8', 'replace')}")
    return reported(fuzz, given, "files")


if __name__ == "__main__":
    sys.exit(main())
