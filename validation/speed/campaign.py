"""Cost of a campaign beside the flights themselves: `python -m validation.speed.campaign [--basilisk PYTHON]`.

Flies a flyer that costs next to nothing (thirty values drawn and thirty results a run, all stored, two workers), so
that what is timed is draws, executors and store. With the Python of an environment that has Basilisk
(`pip install bsk`), its Monte Carlo controller is timed in the same run on a spacecraft that coasts for a second.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from rvd.core.signals import Outcome
from rvd.montecarlo.distributions import Normal
from rvd.montecarlo.draws import Draw
from rvd.montecarlo.plan import Plan
from rvd.montecarlo.run import run_campaign

ROOT = Path(__file__).parents[2]


class Cheap:
    """Results that are the row itself."""

    row_names = tuple(f"slot.{i}" for i in range(30))
    columns = (("outcome", np.dtype("i1")), *((f"result.{i}", np.dtype("f8")) for i in range(30)))

    def fly(self, rows, seed, runs):
        """Captured, all of them."""
        return np.column_stack([np.full(runs.size, Outcome.CAPTURED.value), rows])


def seconds_per_run(runs: int, stored: bool) -> tuple[float, float]:
    """The whole of a campaign from nothing to the verdict, divided by its runs: by the clock, and of processors."""
    plan = Plan(np.ones(30), tuple(Draw(f"slot.{i}", (i,), Normal(1.0)) for i in range(30)))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out" if stored else None
        begin, worked = time.perf_counter(), time.process_time()
        run_campaign(plan, Cheap(), 1, runs, jobs=2, out=out)
        return (time.perf_counter() - begin) / runs, (time.process_time() - worked) / runs


def peak_bytes(runs: int) -> float:
    """The most memory a process holds that flies and stores so many runs of sixty columns."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.montecarlo.cheap", "peak", f"{folder}/out", str(runs)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return float(done.stdout)


def basilisk(python: str, runs: int) -> tuple[float, float]:
    """Seconds a run of Basilisk's controller, without and with stored data."""
    script = Path(__file__).with_name("basilisk_campaign.py")
    done = subprocess.run([python, str(script), str(runs)], capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    bare, stored = map(float, line.split()[1:])
    return bare, stored


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--basilisk", metavar="PYTHON", help="the interpreter of an environment that has Basilisk"
    )
    parser.add_argument("--runs", type=int, default=100, help="runs of Basilisk's campaign")
    given = parser.parse_args()
    seconds_per_run(100, True)
    print("campaign, two workers                    runs   us a run   us of processors")
    for runs, stored in ((100, True), (1000, True), (10_000, True), (100_000, True), (100_000, False)):
        clock, worked = (1e6 * seconds for seconds in seconds_per_run(runs, stored))
        print(
            f"rvd, {'stored' if stored else 'in memory':34} {runs:7} {clock:10.1f} {worked:10.1f}", flush=True
        )
    few, many = peak_bytes(10_000), peak_bytes(100_000)
    print(
        f"peak memory, 10,000 and 100,000 runs: {few / 1e6:.0f} and {many / 1e6:.0f} MB, ratio {many / few:.3f}"
    )
    if given.basilisk:
        bare, stored = basilisk(given.basilisk, given.runs)
        print(f"Basilisk, nothing stored                {given.runs:6} {1e6 * bare:10.1f}")
        print(f"Basilisk, one message stored            {given.runs:6} {1e6 * stored:10.1f}")
        print(
            f"ratio with stored data, {given.runs} runs: {stored / seconds_per_run(given.runs, True)[0]:.0f}"
        )


if __name__ == "__main__":
    main()
