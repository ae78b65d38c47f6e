import contextlib
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from rvd.core.signals import Outcome
from rvd.errors import RvdError
from rvd.montecarlo import cluster as room
from rvd.montecarlo.cluster import Cluster
from rvd.montecarlo.run import run_campaign
from rvd.store import digest, events
from tests.montecarlo.cheap import CheapFlyer, plan
from tests.short_case import write_short

ROOT = Path(__file__).parents[2]

dask, distributed = pytest.importorskip("dask"), pytest.importorskip("distributed")


class Deadly(CheapFlyer):
    """Run 77 kills its worker, whenever it is flown.

    Not at once: Dask gives up a worker that dies before it has told its nanny that it runs, which it does a moment
    after the scheduler has sent it its first task.
    """

    def fly(self, rows, seed, runs):
        if (runs == 77).any():
            time.sleep(1.0)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().fly(rows, seed, runs)


LONG = {
    "distributed.comm.timeouts.connect": "1h",
    "distributed.comm.timeouts.tcp": "1h",
    "distributed.scheduler.worker-ttl": "1h",
}
"""Dask's own clocks: on a busy machine a worker needs minutes to start, and one that comes too late is given up."""


@contextlib.contextmanager
def workers():
    """A cluster of two worker processes that are started again when they die, and a client of it."""
    options = {"distributed.scheduler.allowed-failures": 1, "distributed.worker.daemon": False, **LONG}
    with (
        dask.config.set(options),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield cluster, client


@pytest.fixture(scope="module")
def client():
    """The client of two workers for all tests."""
    with workers() as (_, client):
        yield client


@pytest.fixture
def reviving():
    """The client of two workers of a test's own: for one that its nanny has given up another is made."""
    with workers() as (cluster, client):
        cluster.adapt(minimum=2, maximum=2, interval="1s")
        yield client


def patient(where) -> Cluster:
    """The workers of a scheduler, waited for however long they take to start on a busy machine."""
    return Cluster(where, patience=math.inf)


@pytest.fixture(scope="module")
def whole():
    """What one worker in this process gives."""
    return run_campaign(plan(), CheapFlyer(), 7, 400, jobs=1)


def test_worker_processes_make_the_same_table_though_one_is_killed(client, whole, tmp_path):
    killed = []

    def kill_one(progress):
        if not killed and progress.done > 20:
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    results = run_campaign(
        plan(), CheapFlyer(0.002), 7, 400, out=tmp_path, progress=kill_one, using=patient(client)
    )
    assert killed
    assert results.complete and results.flown == 400
    assert digest(results.table()) == digest(whole.table())
    assert results.findings == whole.findings


def test_a_run_that_kills_its_workers_is_lost_and_counted_and_no_other(reviving, whole, tmp_path):
    there = patient(reviving.scheduler.address)
    results = run_campaign(plan(), Deadly(), 7, 100, out=tmp_path, using=there)
    there.close()
    assert sum(results.counts.values()) == 100
    assert results.counts[Outcome.LOST] == 1
    rows = results.table()
    assert rows["outcome"][77].as_py() == Outcome.LOST.value
    assert rows["fuel_kg"][77].as_py() is None and rows["captured"][77].as_py() is False
    assert rows["start.vbar"][77] == whole.table()["start.vbar"][77]
    others = rows.filter(np.arange(100) != 77)
    assert digest(others) == digest(whole.table().slice(0, 100).filter(np.arange(100) != 77))
    assert [e["run"] for e in events(tmp_path) if e["event"] == "lost"] == [77]
    captured = whole.table()["captured"].to_numpy()[:100]
    assert results.findings[0].failures == int((~captured).sum()) + int(captured[77])


def test_a_cluster_needs_a_folder_and_a_scheduler(client):
    with pytest.raises(RvdError, match="needs a results folder"):
        run_campaign(plan(), CheapFlyer(), 7, 10, using=patient(client))
    with pytest.raises(RvdError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        Cluster("tcp://127.0.0.1:9", patience=1.0)


def test_a_mistake_of_ours_on_a_worker_is_ours_here(client, tmp_path):
    class Wrong(CheapFlyer):
        def fly(self, rows, seed, runs):
            raise ZeroDivisionError("a mistake of ours")

    with pytest.raises(ZeroDivisionError, match="a mistake of ours"):
        run_campaign(plan(), Wrong(), 7, 10, out=tmp_path, using=patient(client))


# ---- software


@contextlib.contextmanager
def scheduler():
    """A scheduler without workers, and a client of it."""
    options = {"n_workers": 0, "dashboard_address": ":0", "silence_logs": 50}
    with (
        dask.config.set(LONG),
        distributed.LocalCluster(**options) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@contextlib.contextmanager
def worker(client, *paths):
    """One worker more, that finds its packages in these folders first."""
    there = len(client.nthreads())
    command = [sys.executable, "-m", "distributed.cli.dask_worker", client.scheduler.address]
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "1h"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths))}
    environment |= {f"DASK_{key.upper().replace('-', '_').replace('.', '__')}": LONG[key] for key in LONG}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command, *options], env=environment, cwd=ROOT, **quiet)
    try:
        client.wait_for_workers(there + 1)
        yield
    finally:
        process.kill()
        process.wait()


def patched(folder, text):
    """A copy of the sources with something added to what draws the rows."""
    source = Path(rvd.__file__).parent
    shutil.copytree(source, folder / "rvd", ignore=shutil.ignore_patterns("__pycache__", "*.npz", "*.csv"))
    draws = folder / "rvd" / "montecarlo" / "draws.py"
    draws.write_text(draws.read_text() + text)
    return folder


def test_a_worker_with_other_sources_is_refused_by_name_and_nothing_is_stored(tmp_path):
    copy = patched(tmp_path / "copy", "# One line more.\n")
    case = write_short(tmp_path)
    with scheduler() as client, worker(client, copy, ROOT):
        words = [
            "campaign",
            str(case),
            "--cluster",
            client.scheduler.address,
            "--out",
            str(tmp_path / "out"),
            "--quiet",
        ]
        done = CliRunner().invoke(main, [*words, "--out", str(tmp_path / "out")])
    assert done.exit_code == 2, done.output
    (sentence,) = done.stderr.splitlines()
    assert f"a worker on {os.uname().nodename} has other software than this campaign: rvd (0.1.0 " in sentence
    assert "install the same there, start it anew, and run again to go on" in sentence
    assert not any((tmp_path / "out" / "runs").iterdir())


def test_a_worker_that_joins_later_is_looked_at_too(whole, tmp_path):
    """A good one flies on and its runs are kept; one with other sources that comes later ends the campaign."""
    copy = patched(tmp_path / "copy", "# One line more.\n")
    out, joined = tmp_path / "out", contextlib.ExitStack()
    ours = Path(rvd.__file__).parents[1]
    with scheduler() as client, joined, worker(client, ours, ROOT):

        def join(progress):
            if progress.done > 20 and len(client.nthreads()) == 1:
                joined.enter_context(worker(client, copy, ROOT))

        with pytest.raises(RvdError, match=r"has other software than this campaign: rvd \("):
            run_campaign(plan(), CheapFlyer(0.001), 7, 4000, out=out, progress=join, using=patient(client))
    rest = run_campaign(plan(), CheapFlyer(), 7, 4000, out=out)
    assert 0 < rest.flown < 4000
    assert digest(rest.table().slice(0, 400)) == digest(whole.table())


def test_a_good_worker_that_joins_later_takes_its_part(whole, tmp_path):
    ours, joined = Path(rvd.__file__).parents[1], contextlib.ExitStack()
    with scheduler() as client, joined, worker(client, ours, ROOT):

        def join(progress):
            if progress.done > 20 and len(client.nthreads()) == 1:
                joined.enter_context(worker(client, ours, ROOT))

        results = run_campaign(
            plan(), CheapFlyer(0.001), 7, 400, out=tmp_path, progress=join, using=patient(client)
        )
    assert digest(results.table()) == digest(whole.table())
    told = [event for event in events(tmp_path) if event["event"] == "worker"]
    assert len({event["process"] for event in told}) == len(told) == 2
    assert all(event["host"] and event["machine"]["cpu"] for event in told)


@pytest.mark.parametrize("text", ["raise ImportError('of another make')\n", ""])
def test_a_worker_that_has_no_rvd_or_a_strange_one_is_one_sentence(tmp_path, text):
    (tmp_path / "rvd").mkdir()
    (tmp_path / "rvd" / "__init__.py").write_text(text)
    said = pytest.raises(
        RvdError, match=r"a worker cannot begin .*; install there what this campaign is flown"
    )
    with scheduler() as client, worker(client, tmp_path), said:
        run_campaign(plan(), CheapFlyer(), 7, 40, out=tmp_path / "out", using=patient(client))


def test_each_package_that_rows_come_from_is_compared():
    ours = room.software()
    room.check_software(ours)
    for name in ("rvd", "numpy", "scipy", "numba"):
        with pytest.raises(RvdError, match=rf"than this campaign: {name} \(.* there, 1\.2\.3 now\); install"):
            room.check_software({**ours, name: "1.2.3"})


def test_a_cluster_without_a_worker_is_waited_for_as_long_as_patience_has(tmp_path):
    with (
        scheduler() as client,
        pytest.raises(RvdError, match="has had no worker for 1 s; run again to go on"),
    ):
        run_campaign(plan(), CheapFlyer(), 7, 40, out=tmp_path, using=Cluster(client, patience=1.0))
