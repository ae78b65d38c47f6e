"""Ten thousand case files with accidents: `python -m validation.endurance.cases [--count N] [--seed S]`.

Each goes through `rvd check`; where that is clean, two runs of its campaign are flown, and of every twentieth the
nominal flight with its figures. Each command has to end in an exit code of the design, with a sentence where it
refuses: a traceback, a warning, silence, a hang or a dead process is a miss, is shown with the number that makes the
same file again (`--only K`), and ends this command with 1.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

from rvd.campaign.executors import cores
from tests.case.mutants import mutant
from tests.case.small import HTV, SMALL
from tests.short_case import short_case

from .calls import Call, all_calls

LIMIT_S = 60.0
FIGURES = 20


def bases() -> list[str]:
    """The texts that accidents happen to."""
    htv = HTV.read_text(encoding="utf-8")
    return [SMALL.replace('"nozzles.csv"', '"parts/htv_rcs.csv"'), htv, short_case().text]


def file_of(number: int, seed: int, texts: list[str]) -> bytes:
    """The file of a number: the same for the same seed."""
    chance = random.Random(f"{seed} {number}")
    return mutant(texts[number % len(texts)], chance)


class Fuzz:
    """What is done with a number."""

    def __init__(self, seed: int):
        self.seed, self.texts = seed, bases()

    def __call__(self, number: int, folder: Path, call) -> list[Call]:
        case = folder / "case.toml"
        case.write_bytes(file_of(number, self.seed, self.texts))
        shutil.copytree(HTV.parent / "parts", folder / "parts")
        calls = [call("check", case)]
        if calls[0].code == 0:
            calls.append(call("campaign", case, "--runs", 2, "--jobs", 1, "--no-figures", "--quiet"))
            if number % FIGURES == 0:
                calls.append(call("fly", case))
        return calls


def main() -> int:
    """Prints how the commands ended, and every miss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=cores())
    parser.add_argument("--only", type=int, help="print the file of this number and what becomes of it")
    given = parser.parse_args()
    os.environ.setdefault("MPLBACKEND", "Agg")
    if given.only is not None:
        return only(given.only, given.seed)
    begin, misses, worst = time.monotonic(), 0, (0.0, 0)
    ends: Counter[tuple[str, int | None]] = Counter()
    for number, calls in all_calls(Fuzz(given.seed), given.count, given.jobs, LIMIT_S):
        for one in calls:
            ends[one.words[0], one.code] += 1
            worst = max(worst, (one.seconds, number))
            if one.fault:
                misses += 1
                print(f"MISS {number}: rvd {' '.join(one.words[:1])}: {one.fault}", flush=True)
    for (verb, code), count in sorted(ends.items(), key=str):
        print(f"rvd {verb:10} exit code {code}: {count:6}")
    took = f"{time.monotonic() - begin:.0f} s, the longest command {worst[0]:.1f} s (file {worst[1]})"
    print(f"{given.count} files, {took}, {misses} misses")
    return 1 if misses else 0


def only(number: int, seed: int) -> int:
    """One file again, in this process' own words."""
    fuzz = Fuzz(seed)
    sys.stdout.write(file_of(number, seed, fuzz.texts).decode("utf-8", "replace"))
    ((_, calls),) = all_calls(lambda _, folder, call: fuzz(number, folder, call), 1, 1, LIMIT_S)
    for one in calls:
        print("\n$ rvd", *one.words, "->", one.code, one.fault, f"\n{one.out}{one.err}")
    return 1 if any(one.fault for one in calls) else 0


if __name__ == "__main__":
    sys.exit(main())
