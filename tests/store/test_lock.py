import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from rvd.errors import StoreError
from rvd.store import lock
from rvd.store.lock import NAME, locked

HOLD = """
import signal, sys
from pathlib import Path
from rvd.store.lock import locked
with locked(Path(sys.argv[1])) as alone:
    print(alone, flush=True)
    signal.pause()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock of the folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "True\n"
    yield process
    process.kill()
    process.wait()


def test_another_process_waits_and_then_says_who_it_waited_for(tmp_path, holder, monkeypatch):
    monkeypatch.setattr(lock, "WAIT_S", 0.1)
    with (
        pytest.raises(StoreError, match=r"\.lock: has been held by another process for 0 s; let that"),
        locked(tmp_path),
    ):
        pass


def test_a_process_that_is_killed_lets_go(tmp_path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with locked(tmp_path) as alone:
        assert alone


def test_a_failure_inside_lets_go(tmp_path):
    for _ in range(3):
        with pytest.raises(KeyError), locked(tmp_path):
            raise KeyError("x")
    assert (tmp_path / NAME).exists()


def count_up(folder, times):
    """Reads, waits and writes a number, which is right only where nobody else does so meanwhile."""
    for _ in range(times):
        with locked(folder):
            number = int((folder / "number").read_text())
            time.sleep(0.001)
            (folder / "number").write_text(str(number + 1))


def test_threads_and_processes_take_turns(tmp_path):
    (tmp_path / "number").write_text("0")
    workers = [threading.Thread(target=count_up, args=(tmp_path, 20)) for _ in range(3)]
    start = multiprocessing.get_context("spawn")
    workers += [start.Process(target=count_up, args=(tmp_path, 20)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (tmp_path / "number").read_text() == "100"


def test_a_disk_without_locks_is_said_to_have_none(tmp_path, monkeypatch):
    def refused(descriptor):
        raise OSError(95, "not supported")

    monkeypatch.setattr(lock, "_take", refused)
    with locked(tmp_path) as alone:
        assert alone is False
