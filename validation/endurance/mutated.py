"""Cases and parts with accidents, read and made ready to fly: `python -m validation.endurance.mutated [COUNT] [SEED]`.

Each is read, said back, made ready and looked at, or refused in sentences. What raises anything else, or takes longer
than a minute, is a miss: it is shown with its number, and ends this command with 1.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import traceback
from pathlib import Path

from tests.casefile.mutants import read_or_refused

CASES = Path(__file__).parents[2] / "cases"
LONGEST = 60
"""Seconds that one may take."""


def main(count: int = 10_000, seed: int = 1) -> int:
    """Prints how many could be read, and every miss."""

    def too_long(*_: object) -> None:
        raise TimeoutError(f"longer than {LONGEST} s")

    signal.signal(signal.SIGALRM, too_long)
    read, missed = 0, 0
    for number in range(count):
        with tempfile.TemporaryDirectory() as folder:
            signal.alarm(LONGEST)
            try:
                read += read_or_refused(number, seed, CASES, Path(folder))
            except Exception:
                missed += 1
                print(f"number {number} of seed {seed}:\n{traceback.format_exc()}", flush=True)
            finally:
                signal.alarm(0)
        if (number + 1) % 1000 == 0:
            print(f"{number + 1:,}: {read:,} read, {missed} missed", flush=True)
    print(
        f"{count:,} cases with accidents: {read:,} read, {count - read - missed:,} refused, {missed} missed"
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
