"""Time of `rvd --help` beside an empty Python and beside click alone: `python -m validation.speed.cli`."""

from __future__ import annotations

import subprocess
import sys
import time

BUDGET = 0.3
"""Seconds that help may take at the most."""


def quickest(*words: str, times: int = 7) -> float:
    """Seconds of the quickest of several calls of this Python."""
    best = float("inf")
    for _ in range(times):
        begin = time.perf_counter()
        subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)
        best = min(best, time.perf_counter() - begin)
    return best


def main() -> None:
    """Prints the table."""
    bare = quickest("-c", "pass")
    click = quickest("-c", "import click")
    ours = quickest("-m", "rvd.cli", "--help")
    print(f"python -c pass            {1e3 * bare:6.0f} ms")
    print(f"python -c 'import click'  {1e3 * click:6.0f} ms, {click / bare:.1f} times")
    print(f"rvd --help                {1e3 * ours:6.0f} ms, {ours / bare:.1f} times")
    print(f"{BUDGET / ours:.1f} times below {BUDGET:g} s")


if __name__ == "__main__":
    main()
