"""A command that is asked to end: by Ctrl-C, by a scheduler, by a terminal that closes."""

from __future__ import annotations

import atexit
import math
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

from rvd.interrupts import ASKING, TOGETHER_S

STOPPED, INTERRUPTED = 75, 130

AGAIN_S = 0.05
"""When a signal is raised once more whose exception was dropped."""


class Stopped(BaseException):
    """The process was asked to end by the signal `number`; what was flown is kept."""

    def __init__(self, number: int = signal.SIGTERM):
        super().__init__(number)
        self.interrupted = number == signal.SIGINT

    @property
    def exit_code(self) -> int:
        """130 for Ctrl-C, 75 for any other."""
        return INTERRUPTED if self.interrupted else STOPPED

    @property
    def sentence(self) -> str:
        """What to say, and how to go on."""
        how = "Interrupted" if self.interrupted else "Stopped"
        return f"{how}. What was flown is kept: run the same command again to go on."


class Stopping:
    """Takes SIGINT, SIGTERM and SIGHUP while a command runs, and raises `Stopped`; one that is ignored stays so.

    A signal that comes a second or more after the first is raised again: it leaves what the first still waited for.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._before: dict[int, Any] = {}
        self._since = -math.inf
        self._hooks = sys.unraisablehook, sys.excepthook
        self.asked: Stopped | None = None
        """What was raised last."""
        self.over = False
        """Whether the answer of the command is known: then nothing is raised any more."""

    def listen(self) -> None:
        """From now on, once; elsewhere than in the main thread signals are not ours to take."""
        if self._before or threading.current_thread() is not threading.main_thread():
            return
        self._hooks = sys.unraisablehook, sys.excepthook
        sys.unraisablehook, sys.excepthook = self._unraisable, self._printed
        for number in ASKING:
            before = signal.getsignal(number)
            if before not in (signal.SIG_IGN, None):
                self._before[number] = before
                signal.signal(number, self._take)

    def give_back(self) -> None:
        """Restores what was there before."""
        for number, before in self._before.items():
            signal.signal(number, before)
        sys.unraisablehook, sys.excepthook = self._hooks

    def _take(self, number: int, frame: FrameType | None) -> None:
        now = self._clock()
        if self.over or now < self._since + TOGETHER_S:
            return
        self.asked, self._since = Stopped(number), now
        raise self.asked

    def _unraisable(self, unraisable: Any) -> None:
        """A finaliser or a callback from C has dropped our exception."""
        if isinstance(unraisable.exc_value, Stopped):
            self._again(unraisable.exc_value)
        else:
            self._hooks[0](unraisable)

    def _printed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A module in C drops our exception and has it printed, as NumPy's do while they are imported."""
        if isinstance(error, Stopped):
            self._again(error)
        else:
            self._hooks[1](kind, error, trace)

    def _again(self, error: Stopped) -> None:
        """Sends the signal of a dropped exception once more, a moment later."""
        self._since = -math.inf
        timer = threading.Timer(AGAIN_S, _send, (error.args[0],))
        timer.daemon = True
        timer.start()


def _send(number: int) -> None:
    """Signals the main thread, where it may be waiting."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)


def end_deaf() -> None:
    """While Python ends, the signals are ignored: the answer is known, and nothing is left to be stopped."""
    atexit.unregister(_ignore)
    atexit.register(_ignore)


def _ignore() -> None:
    for number in ASKING:
        signal.signal(number, signal.SIG_IGN)
