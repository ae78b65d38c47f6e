"""What all tests share: the same examples every time, no window for figures, one thread for Numba, a live Ctrl-C."""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

# Before anything imports Numba or matplotlib.
os.environ.setdefault("NUMBA_NUM_THREADS", "1")
os.environ.setdefault("MPLBACKEND", "Agg")

import pytest
from hypothesis import HealthCheck, settings

# The first call of a kernel compiles it, which no deadline foresees.
settings.register_profile(
    "rvd", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("rvd")

# A run in the background inherits an ignored SIGINT and hands it on to the processes that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Nothing that a test flies is remembered as what the user has flown.
os.environ["RVD_STATE_DIR"] = tempfile.mkdtemp(prefix="rvd-state-")
atexit.register(shutil.rmtree, os.environ["RVD_STATE_DIR"], ignore_errors=True)


@pytest.fixture
def piped():
    """Makes a pipe at a path. Another process opens it now and then, so that who waits for it goes on and finds it
    empty: a test of what must not wait fails then, and does not hang."""
    others = []
    opening = 'while sleep 0.05; do [ -p "$0" ] && : <> "$0"; done'

    def make(path: Path) -> None:
        os.mkfifo(path)
        others.append(subprocess.Popen(["bash", "-c", opening, str(path)]))

    yield make
    for other in others:
        other.kill()
        other.wait()
