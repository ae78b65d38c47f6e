"""How far something is: a bar on a terminal, a line every 5 % or 30 s in a log, nothing where it is not wanted.

Progress is not the result: where nobody hears it any more (a closed terminal, a pipe whose reader has gone), the work
goes on.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import IO, Any, TextIO, cast

Tell = Callable[[int, int, str], None]
"""Takes what is done, what there is in all, and a sentence."""

SHARE, SECONDS = 0.05, 30.0


@contextlib.contextmanager
def telling(title: str, quiet: bool = False) -> Iterator[Tell]:
    """Something to tell progress to, on standard error; a bar is gone when it is left."""
    if quiet:
        yield lambda done, total, sentence: None
    elif sys.stderr.isatty():
        with _bar(title) as tell:
            yield tell
    else:
        yield Lines()


class Lines:
    """A line when another 5 % is done, or half a minute after the last; the first and the last always."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = -SECONDS
        self._said = -1

    def __call__(self, done: int, total: int, sentence: str) -> None:
        now = self._clock()
        due = done - self._said >= SHARE * total or now >= self._since + SECONDS or done == total
        if due and done != self._said:
            with contextlib.suppress(OSError):
                print(sentence, file=sys.stderr, flush=True)
            self._since, self._said = now, done


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


@contextlib.contextmanager
def _bar(title: str) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), TextColumn("{task.fields[words]}"))
    with Progress(
        *columns, console=Console(file=cast(IO[str], Unheard(sys.stderr))), transient=True
    ) as progress:
        task = progress.add_task(title, total=None, words="compiling or starting")

        def tell(done: int, total: int, sentence: str) -> None:
            progress.update(task, completed=done, total=total, words=sentence)

        yield tell
