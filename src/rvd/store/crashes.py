"""Runs that were in flight when a process crashed: the next one flies them one by one, and finds the one that kills.

A fault in compiled code takes a whole process with it, and all its threads. While runs fly, their numbers stand in a
file of the process; when the system ends it for a fault of its own (SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL),
Python's `faulthandler` leaves a trace beside it. A process that was killed from outside leaves no trace, and its runs
are under no suspicion. Nor are those of a process that was asked to end (SIGINT, SIGTERM, SIGHUP) and crashed then: it
did so because compiled code could not take the exception of the signal, whatever was in flight.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import socket
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rvd.interrupts import ASKING
from rvd.names import plain_file

from .files import dead, refusals
from .shards import Span

_FLYING, _TRACE, _ASKED = "flying", "trace", "asked"


class Crash(NamedTuple):
    """The spans in flight when a process crashed; `alone`: a single run that was suspected before."""

    spans: list[Span]
    alone: bool


class Watch:
    """Notes what is in flight in this process; safe to share between threads. Use as a context manager.

    Where something else has enabled `faulthandler`, a crash leaves no trace here.
    """

    def __init__(self, folder: Path, alone: bool = False):
        self._mark = "alone" if alone else "among"
        stem = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._paths = [
            folder / "tmp" / f"{stem}-{kind}@{socket.gethostname()}" for kind in (_FLYING, _TRACE, _ASKED)
        ]

    def __enter__(self) -> Watch:
        # Python's own handler in C writes the number of a signal down at once, and never to what could block.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
        with refusals(self._paths[0]):
            self._flying, self._trace, self._asked = (os.open(path, flags, 0o644) for path in self._paths)
        self._ours = not faulthandler.is_enabled()
        if self._ours:
            faulthandler.enable(self._trace, all_threads=False)
        self._hears = self._listen()
        return self

    def __exit__(self, *_: object) -> None:
        if self._hears:
            signal.set_wakeup_fd(-1)
        if self._ours:
            faulthandler.disable()
        for descriptor in (self._flying, self._trace, self._asked):
            os.close(descriptor)
        for path in self._paths:
            path.unlink(missing_ok=True)

    def _listen(self) -> bool:
        """Has the number of each signal written down; not where that is an event loop's, or not ours to ask for."""
        if os.name == "nt" or threading.current_thread() is not threading.main_thread():
            return False
        before = signal.set_wakeup_fd(self._asked, warn_on_full_buffer=False)
        if before != -1:
            signal.set_wakeup_fd(before)
        return before == -1

    @contextlib.contextmanager
    def flying(self, span: Span) -> Iterator[None]:
        """While these runs are in the air."""
        self._note("+", span)
        try:
            yield
        finally:
            self._note("-", span)

    def _note(self, sign: str, span: Span) -> None:
        with contextlib.suppress(OSError):  # a full disk stops the campaign where rows are stored, not here
            os.write(self._flying, f"{sign} {span.first} {span.last} {self._mark}\n".encode())


def crashes(folder: Path) -> list[Crash]:
    """What dead processes of this machine had in the air when they crashed."""
    found = []
    for path in sorted((folder / "tmp").glob(f"*-{_FLYING}@*")):
        trace, asked = (
            path.with_name(path.name.replace(f"-{_FLYING}@", f"-{kind}@")) for kind in (_TRACE, _ASKED)
        )
        with contextlib.suppress(OSError, ValueError):
            if dead(path) and trace.stat().st_size > 0 and not _was_asked_to_end(asked):
                spans, alone = _in_flight(plain_file(path).read_text("ascii"))
                if spans:
                    found.append(Crash(spans, alone))
    return found


def _was_asked_to_end(asked: Path) -> bool:
    try:
        return not {*ASKING}.isdisjoint(plain_file(asked).read_bytes())
    except FileNotFoundError:
        return False


def _in_flight(text: str) -> tuple[list[Span], bool]:
    up: dict[Span, str] = {}
    for line in text.splitlines():
        sign, first, last, mark = line.split()
        span = Span(int(first), int(last))
        if sign == "+":
            up[span] = mark
        else:
            up.pop(span, None)
    return sorted(up), "alone" in up.values()
