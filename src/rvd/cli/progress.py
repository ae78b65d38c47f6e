"""How far something is: a bar on a terminal, lines in a log, nothing where it is not wanted.

A log gets a line when another 5 % is done, or half a minute after the last; while code is compiled, which takes minutes
once for each version, a line every 10 s. Where nothing has been said for 2 s, it is said what is being done.

Progress is not the result: where nobody hears it any more (a closed terminal, a pipe whose reader has gone), the work
goes on.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, Protocol, TextIO, cast

if TYPE_CHECKING:
    from rvd.compiling import Compiling

Tell = Callable[[int, int, str], None]
"""Takes what is done, what there is in all, and a sentence."""

SHARE, SECONDS = 0.05, 30.0

COMPILING_S = 9.5
"""Between two lines while code is compiled: every 10 s, where this thread has to wait for its turn too."""

BRIEF_S = 1.0
"""What is compiled in less is not worth a word; and a pause of more is its end."""

FIRST_S = 2.0
"""After so long without a word it is said what is being done: a command that is refused has ended by then."""

BEAT_S = 0.25


class Show(Protocol):
    """Where progress is shown; told from the main thread, looked after by another."""

    def __call__(self, done: int, total: int, sentence: str) -> None: ...

    def look(self, compiling: Compiling) -> None:
        """Says what is to be said of compiling, and that nothing has happened yet."""
        ...


@contextlib.contextmanager
def telling(title: str, quiet: bool = False, first: str = "") -> Iterator[Tell]:
    """Something to tell progress to, on standard error; a bar is gone when it is left.

    `first` says what is being done until there is any progress; without it nothing is shown until then.
    """
    if quiet:
        yield lambda done, total, sentence: None
        return
    with (
        _bar(title, first) if sys.stderr.isatty() else contextlib.nullcontext(Lines(first)) as show,
        _watched(show),
    ):
        yield show


@contextlib.contextmanager
def _watched(show: Show) -> Iterator[None]:
    """Looks after a show while the block runs."""
    from rvd.compiling import Compiling

    compiling, over = Compiling(), threading.Event()

    def watch() -> None:
        while not over.wait(BEAT_S):
            show.look(compiling)

    thread = threading.Thread(target=watch, name="rvd-telling", daemon=True)
    thread.start()
    try:
        with compiling:  # which imports Numba: the watch is on by then
            yield
    finally:
        over.set()
        thread.join()


class Spell:
    """One stretch of compiling as it is told: begun, going on, over; short ones are none."""

    def __init__(self) -> None:
        self._told = 0.0
        self._idle_since = 0.0
        self.on = False

    def look(self, compiling: Compiling, now: float) -> tuple[bool, bool]:
        """Whether a stretch begins now, and whether one is over."""
        if compiling.now:
            self._idle_since = now
            begins = not self.on and compiling.seconds - self._told >= BRIEF_S
            self.on |= begins
            return begins, False
        ends = self.on and now >= self._idle_since + BRIEF_S
        if ends or not self.on:
            self.on, self._told = False, compiling.seconds
        return False, ends


class Lines:
    """A line when another 5 % is done, or half a minute after the last; the first and the last always."""

    def __init__(self, first: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._begin = self._spoke = clock()
        self._since, self._said = -SECONDS, -1
        self._first, self._spell = first, Spell()

    def __call__(self, done: int, total: int, sentence: str) -> None:
        with self._lock:
            now = self._clock()
            due = done - self._said >= SHARE * total or now >= self._since + SECONDS or done == total
            if due and done != self._said:
                self._print(sentence)
                self._since, self._said = now, done

    def look(self, compiling: Compiling) -> None:
        """See `Show`."""
        with self._lock:
            now = self._clock()
            begins, ends = self._spell.look(compiling, now)
            waited = now >= self._spoke + COMPILING_S
            silent = self._first and self._said < 0 and self._spoke == self._begin
            if begins:
                self._print(
                    "compiling the code of the flights, once for this version of rvd: takes some minutes"
                )
            elif ends:
                self._print(f"compiled in {as_clock(compiling.seconds)}")
            elif self._spell.on and waited:
                self._print(f"compiling: {as_clock(compiling.seconds)}, {compiling.functions} functions")
            elif silent and now >= self._begin + FIRST_S:
                self._print(self._first)
            elif self._first and self._said < 0 and waited:
                self._print(f"{self._first}: {as_clock(now - self._begin)}")

    def _print(self, text: str) -> None:
        with contextlib.suppress(OSError):
            print(text, file=sys.stderr, flush=True)
        self._spoke = self._clock()


class Unheard:
    """A stream that drops what cannot be written to the one behind it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """The text, if anybody reads it."""
        with contextlib.suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """What was written so far."""
        with contextlib.suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Bar:
    """A bar with words; it appears with the first thing that there is to say."""

    def __init__(self, progress: Any, title: str, first: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None, words=first)
        self._spell = Spell()
        if first:
            progress.start()

    def __call__(self, done: int, total: int, sentence: str) -> None:
        self._progress.start()
        self._progress.update(self._task, completed=done, total=total, words=sentence)

    def look(self, compiling: Compiling) -> None:
        """See `Show`."""
        _, ends = self._spell.look(compiling, time.monotonic())
        if self._spell.on:
            self._progress.start()
            words = f"compiling, once for this version of rvd: {as_clock(compiling.seconds)}"
            self._progress.update(self._task, words=words)
        elif ends:
            self._progress.update(self._task, words=f"compiled in {as_clock(compiling.seconds)}")


@contextlib.contextmanager
def _bar(title: str, first: str) -> Iterator[Bar]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), TextColumn("{task.fields[words]}"))
    progress = Progress(*columns, console=Console(file=cast(IO[str], Unheard(sys.stderr))), transient=True)
    try:
        yield Bar(progress, title, first)
    finally:
        progress.stop()


def as_clock(seconds: float) -> str:
    """A time as minutes and seconds: 1:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
