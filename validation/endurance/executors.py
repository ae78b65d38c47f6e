"""One campaign flown every way there is: `python -m validation.endurance.executors [RUNS]`.

One thread, two threads, three parts in folders of their own that are merged, two worker processes of a Dask
scheduler, and the same with a worker killed on the way; all through the commands, and all have to end in one table,
bit for bit. Ends with 1 where one does not.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from rvd.store import digest, table
from tests.short_case import TIGHT, write_short


def rvd_starts(*words: object) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "rvd.cli", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> None:
    """Waits for a campaign to end in a verdict."""
    _, errors = process.communicate()
    if process.returncode not in (0, 1, 3):
        raise SystemExit(f"exit code {process.returncode}: {errors}")


def on_threads(case: Path, home: Path) -> dict[str, Path]:
    """One and two threads, and three parts merged."""
    plain = ("--no-figures", "--quiet")
    ways = {f"{jobs} thread(s)": home / f"jobs{jobs}" for jobs in (1, 2)}
    for jobs, out in zip((1, 2), ways.values(), strict=True):
        ended(rvd_starts("campaign", case, *plain, "--jobs", jobs, "--out", out))
    parts = [home / f"part{k}" for k in (1, 2, 3)]
    for k, out in enumerate(parts, 1):
        ended(rvd_starts("campaign", case, *plain, "--shard", f"{k}/3", "--out", out))
    ended(rvd_starts("merge", *parts, "--out", home / "merged"))
    return {**ways, "3 parts, merged": home / "merged"}


def on_a_cluster(case: Path, home: Path, kill: bool) -> Path:
    """Two worker processes; one of them is killed as soon as a fifth of the runs is stored."""
    from distributed import Client, LocalCluster

    out = home / ("killed" if kill else "cluster")
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 60}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        address = cluster.scheduler_address
        process = rvd_starts("campaign", case, "--no-figures", "--quiet", "--cluster", address, "--out", out)
        while kill and process.poll() is None:
            if len(list((out / "runs").glob("*.parquet"))) >= 2:
                victim = next(iter(client.run(os.getpid).values()))
                os.kill(victim, signal.SIGKILL)
                print(f"killed worker {victim}", flush=True)
                kill = False
            time.sleep(0.01)
        ended(process)
    return out


def main() -> int:
    """Prints each way with the digest of its table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with TemporaryDirectory() as folder:
        home = Path(folder)
        case = write_short(home, {**TIGHT, "campaign.runs": runs})
        ways = on_threads(case, home)
        ways["2 worker processes"] = on_a_cluster(case, home, False)
        ways["2 worker processes, one killed"] = on_a_cluster(case, home, True)
        found = {name: digest(table(out)) for name, out in ways.items()}
        for name, out in ways.items():
            print(f"{name:32} {table(out).num_rows} runs  {found[name][:16]}")
    equal = len(set(found.values())) == 1
    print(f"tables equal: {equal}")
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
