"""What all tests share: the same random examples every time, no window for figures, one thread for Numba."""

import os

# Before anything imports Numba or matplotlib.
os.environ.setdefault("NUMBA_NUM_THREADS", "1")
os.environ.setdefault("MPLBACKEND", "Agg")

from hypothesis import HealthCheck, settings

# The first call of a kernel compiles it, which no deadline foresees.
settings.register_profile(
    "rvd", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("rvd")
