import os
import signal
import time

import numpy as np
import pytest

from rvd.campaign.cluster import Cluster
from rvd.campaign.run import run_campaign
from rvd.errors import RvdError
from rvd.signals import Outcome
from rvd.store import digest, events
from tests.campaign.cheap import CheapFlyer, plan

distributed = pytest.importorskip("distributed")


class Deadly(CheapFlyer):
    """Run 77 kills its worker, whenever it is flown."""

    def fly(self, rows, seed, runs):
        if (runs == 77).any():
            os.kill(os.getpid(), signal.SIGKILL)
        return super().fly(rows, seed, runs)


@pytest.fixture(scope="module")
def client():
    """Two worker processes that are started again when they die."""
    import dask

    options = {"distributed.scheduler.allowed-failures": 1, "distributed.worker.daemon": False}
    with (
        dask.config.set(options),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


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
        plan(), CheapFlyer(0.002), 7, 400, out=tmp_path, progress=kill_one, using=Cluster(client)
    )
    assert killed
    assert results.complete and results.flown == 400
    assert digest(results.table()) == digest(whole.table())
    assert results.findings == whole.findings


def test_a_run_that_kills_its_workers_is_lost_and_counted_and_no_other(client, whole, tmp_path):
    there = Cluster(client.scheduler.address)
    results = run_campaign(plan(), Deadly(), 7, 100, out=tmp_path, using=there)
    there.close()
    assert sum(results.counts.values()) == 100
    assert results.counts[Outcome.LOST] == 1
    rows = results.table()
    assert rows["outcome"][77].as_py() == Outcome.LOST.value
    assert np.isnan(rows["fuel_kg"][77].as_py()) and rows["captured"][77].as_py() is False
    assert rows["start.vbar"][77] == whole.table()["start.vbar"][77]
    others = rows.filter(np.arange(100) != 77)
    assert digest(others) == digest(whole.table().slice(0, 100).filter(np.arange(100) != 77))
    assert [e["run"] for e in events(tmp_path) if e["event"] == "lost"] == [77]
    captured = whole.table()["captured"].to_numpy()[:100]
    assert results.findings[0].failures == int((~captured).sum()) + int(captured[77])


def test_a_cluster_needs_a_folder_and_a_scheduler(client):
    with pytest.raises(RvdError, match="needs a results folder"):
        run_campaign(plan(), CheapFlyer(), 7, 10, using=Cluster(client))
    begin = time.monotonic()
    with pytest.raises(RvdError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        Cluster("tcp://127.0.0.1:9", patience=1.0)
    assert time.monotonic() - begin < 20.0


def test_a_mistake_of_ours_on_a_worker_is_ours_here(client, tmp_path):
    class Wrong(CheapFlyer):
        def fly(self, rows, seed, runs):
            raise ZeroDivisionError("a mistake of ours")

    with pytest.raises(ZeroDivisionError, match="a mistake of ours"):
        run_campaign(plan(), Wrong(), 7, 10, out=tmp_path, using=Cluster(client))
