"""What all tests share: the same examples every time, no window for figures, one thread for Numba, a live Ctrl-C."""

import os
import signal

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
