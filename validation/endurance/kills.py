"""SIGKILL at random moments, a hundred times over a campaign: `python -m validation.endurance.kills`.

First the main process of a campaign is killed and started again, until it has been killed seventy times and has got
through; then the workers of a Dask cluster, thirty times. Both tables have to be those of an uninterrupted campaign.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from rvd.errors import RvdError
from rvd.montecarlo.cluster import Cluster
from rvd.montecarlo.run import run_campaign
from rvd.store import digest
from tests.montecarlo.cheap import CheapFlyer, plan

ROOT = Path(__file__).parents[2]
DELAY_S = 0.002


def kill_main(out: Path, runs: int, kills: int, luck: np.random.Generator) -> int:
    """Kills and restarts the process of a campaign; how many kills met it alive."""
    met = 0
    command = [sys.executable, "-m", "tests.montecarlo.cheap", str(out), str(runs), "2", str(DELAY_S)]
    while met < kills:
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
        before = len(list((out / "runs").glob("*"))) if (out / "runs").is_dir() else 0
        while process.poll() is None and not stored_more(out, before):
            time.sleep(0.01)
        time.sleep(luck.uniform(0.0, 0.25))
        if process.poll() is not None:
            return met
        process.send_signal(signal.SIGKILL)
        process.wait()
        met += 1
    return met


def stored_more(out: Path, before: int) -> bool:
    """Whether there are more shards than before."""
    return (out / "runs").is_dir() and len(list((out / "runs").glob("*"))) > before


def kill_workers(out: Path, runs: int, kills: int, luck: np.random.Generator) -> int:
    """Kills workers of a cluster while it flies; how many. A cluster that restarts none any more is made anew."""
    from distributed import Client, LocalCluster

    met, last = 0, time.monotonic()

    def kill_one(progress) -> None:
        nonlocal met, last
        if met < kills and time.monotonic() - last > luck.uniform(0.5, 1.5):
            workers = list(client.run(os.getpid, on_error="ignore").values())
            if workers:
                os.kill(int(luck.choice(workers)), signal.SIGKILL)
                met, last = met + 1, time.monotonic()

    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 60}
    while True:
        with LocalCluster(**options) as cluster, Client(cluster) as client, contextlib.suppress(RvdError):
            there = Cluster(client, patience=5.0)
            run_campaign(plan(), CheapFlyer(DELAY_S), 7, runs, out=out, progress=kill_one, using=there)
            return met


def main() -> int:
    """Prints what was killed and whether the tables are equal."""
    luck = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    worst = 0
    for name, kill, runs, kills in (("main", kill_main, 40_000, 70), ("workers", kill_workers, 40_000, 30)):
        whole = digest(run_campaign(plan(), CheapFlyer(), 7, runs).table())
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out"
            met = kill(out, runs, kills, luck)
            rest = run_campaign(plan(), CheapFlyer(), 7, runs, out=out)
            equal = digest(rest.table()) == whole and rest.table().num_rows == runs
        print(
            f"{name}: {met} kills, {rest.flown} of {runs} runs left to fly, table equal: {equal}", flush=True
        )
        worst |= not equal
    return worst


if __name__ == "__main__":
    sys.exit(main())
