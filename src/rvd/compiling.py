"""Whether Numba compiles something, and for how long: what a first flight waits for.

with Compiling() as compiling:
    rvd.fly(case)
print(compiling.seconds)
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any


class Compiling:
    """Listens to what Numba compiles in this process, in any thread, while it is entered; safe to read from another."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._ears = contextlib.ExitStack()
        self._depth = 0
        self._since = 0.0
        self._spent = 0.0
        self._functions = 0

    def __enter__(self) -> Compiling:
        from numba.core import event

        compiling = self

        class Ears(event.Listener):
            def on_start(self, event: Any) -> None:
                compiling.begun()

            def on_end(self, event: Any) -> None:
                compiling.ended()

        self._ears.enter_context(event.install_listener("numba:compile", Ears()))
        return self

    def __exit__(self, *_: object) -> None:
        self._ears.close()

    def begun(self) -> None:
        """A function begins to be compiled; it may lie within another one."""
        with self._lock:
            if self._depth == 0:
                self._since = self._clock()
            self._depth += 1

    def ended(self) -> None:
        """A function is compiled, or has failed to be."""
        with self._lock:
            self._depth = max(self._depth - 1, 0)
            self._functions += 1
            if self._depth == 0:
                self._spent += self._clock() - self._since

    @property
    def now(self) -> bool:
        """Whether something is being compiled."""
        return self._depth > 0

    @property
    def functions(self) -> int:
        """How many functions were compiled."""
        return self._functions

    @property
    def seconds(self) -> float:
        """How long was compiled in all, until now."""
        with self._lock:
            return self._spent + (self._clock() - self._since if self._depth else 0.0)
