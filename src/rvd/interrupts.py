"""Signals that ask a process to end, and what they must not tear.

Python lets a signal's handler raise its exception in the main thread, at whatever line that is. A step that has to be
taken whole is shielded from it, and the compiler works in a thread, where it cannot reach.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")

ASKING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that ask a process to end: from the keyboard, from a scheduler, from a terminal that closes."""


TOGETHER_S = 1.0
"""Signals so soon after the first are one request: `timeout` signals its child and then the group it is in."""


@contextlib.contextmanager
def deferred() -> Iterator[None]:
    """Takes the step inside whole: a signal that comes meanwhile reaches its handler at the end.

    One that comes a second or more after the first reaches it at once: the step waits for something. Only where the
    handler is a Python function, and in the main thread: no other ever runs one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: dict[int, float] = {}

    def note(number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if came and now >= min(came.values()) + TOGETHER_S:
            came.clear()
            before[number](number, frame)
        else:
            came.setdefault(number, now)

    handlers = {number: signal.getsignal(number) for number in ASKING}
    before = {number: handler for number, handler in handlers.items() if callable(handler)}
    try:
        for number in before:
            signal.signal(number, note)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


def aside(work: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """What `work` gives, done in a thread of its own: no signal's exception is raised within it.

    Numba's compiler is torn by one: what it registers stays half registered, and LLVM's callbacks drop the exception.
    The caller's wait ends at once; the work goes on, and Python waits for it before it ends.
    """
    if threading.current_thread() is not threading.main_thread():
        return work(*arguments, **named)
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work(*arguments, **named))
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, name="rvd-compiling").start()
    return done.result()
