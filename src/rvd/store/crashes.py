"""Runs that were in flight when a process crashed: the next one flies them one by one, and finds the one that kills.

A fault in compiled code takes a whole process with it, and all its threads. While runs fly, their numbers stand in a
file of the process; when the system ends it for a fault of its own (SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL),
Python's `faulthandler` leaves a trace beside it. A process that was killed from outside leaves no trace, and its runs
are under no suspicion.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .files import dead, refusals
from .shards import Span

_FLYING, _TRACE = "flying", "trace"


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
        self._paths = [folder / "tmp" / f"{stem}-{kind}@{socket.gethostname()}" for kind in (_FLYING, _TRACE)]

    def __enter__(self) -> Watch:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with refusals(self._paths[0]):
            self._flying, self._trace = (os.open(path, flags, 0o644) for path in self._paths)
        self._ours = not faulthandler.is_enabled()
        if self._ours:
            faulthandler.enable(self._trace, all_threads=False)
        return self

    def __exit__(self, *_: object) -> None:
        if self._ours:
            faulthandler.disable()
        for descriptor in (self._flying, self._trace):
            os.close(descriptor)
        for path in self._paths:
            path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def flying(self, span: Span) -> Iterator[None]:
        """While these runs are in the air."""
        self._note("+", span)
        yield
        self._note("-", span)

    def _note(self, sign: str, span: Span) -> None:
        with contextlib.suppress(OSError):  # a full disk stops the campaign where rows are stored, not here
            os.write(self._flying, f"{sign} {span.first} {span.last} {self._mark}\n".encode())


def crashes(folder: Path) -> list[Crash]:
    """What dead processes of this machine had in the air when they crashed."""
    found = []
    for path in sorted((folder / "tmp").glob(f"*-{_FLYING}@*")):
        trace = path.with_name(path.name.replace(f"-{_FLYING}@", f"-{_TRACE}@"))
        with contextlib.suppress(OSError, ValueError):
            if dead(path) and trace.stat().st_size > 0:
                spans, alone = _in_flight(path.read_text("ascii"))
                if spans:
                    found.append(Crash(spans, alone))
    return found


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
