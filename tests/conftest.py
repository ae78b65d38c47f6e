"""What all tests share: the same examples every time, no window for figures, one thread for Numba, a live Ctrl-C."""

import atexit
import os
import shutil
import signal
import tempfile

# Before anything imports Numba or matplotlib.
os.environ.setdefault("NUMBA_NUM_THREADS", "1")
os.environ.setdefault("MPLBACKEND", "Agg")

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
