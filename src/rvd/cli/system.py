"""What the system refuses while a command runs (streams, memory, files, disks): one sentence each, no mistake of ours.

What a campaign has flown is stored by then; the command given again goes on. What may be better the next time ends with
75, what has to be changed first with 2.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

TRY_AGAIN, CHANGE = 75, 2

MEMORY = "there is not enough memory; give it more, or fewer --jobs"
HANDLES = "no more files can be opened; raise the limit (ulimit -n) and run again"
THREADS = "no more threads can be started; give fewer --jobs and run again"
FULL = "the disk is full; free some space and run again"
KEPT = ": what was flown is kept"
GONE = "is not there any more, or never was; see to it and run again"

_OF_MEMORY = ("cannot allocate memory", "failed to map segment", "out of memory")
_OF_HANDLES = ("too many open files",)


class Refusal(NamedTuple):
    """What the system refused: the process's exit code, and a sentence for the user."""

    code: int
    sentence: str


def refusal_of(error: BaseException, kept: bool = False) -> Refusal | None:
    """What the system refused, where that is what an error comes from; None where it is another.

    `kept`: the command stores what it flies, and the sentence says that it is kept.
    """
    found = next((found for link in _chain(error) if (found := _refusal(link)) is not None), None)
    return found._replace(sentence=found.sentence + KEPT) if found is not None and kept else found


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those it was raised for: a library may wrap what the system said."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        yield error
        seen.append(error)
        error = error.__cause__ or error.__context__


def _refusal(error: BaseException) -> Refusal | None:
    text = str(error).lower()
    if isinstance(error, MemoryError):
        return Refusal(TRY_AGAIN, MEMORY)
    if isinstance(error, RuntimeError) and "can't start new thread" in text:
        return Refusal(TRY_AGAIN, THREADS)
    if isinstance(error, ImportError | OSError) and any(words in text for words in _OF_MEMORY):
        return Refusal(TRY_AGAIN, MEMORY)
    if isinstance(error, ImportError | OSError) and any(words in text for words in _OF_HANDLES):
        return Refusal(TRY_AGAIN, HANDLES)
    if not isinstance(error, OSError) or error.errno is None or isinstance(error, BrokenPipeError):
        return None
    where = "" if error.filename is None else f"{os.fsdecode(error.filename)[:200]}: "
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Refusal(CHANGE, f"{where}{FULL}")
    if error.errno in (errno.ENOENT, errno.ESTALE):
        return Refusal(CHANGE, f"{where or 'a file or folder: '}{GONE}")
    return Refusal(
        CHANGE, f"{where or 'the system refuses: '}{os.strerror(error.errno)}; see to it and run again"
    )


LEAST_ROOM = 768 * 1024**2
"""Bytes of address space below which no flight can be flown."""


def check_room() -> None:
    """Raises MemoryError where the user's limits leave too little: OpenBLAS would end the process with 1, a verdict."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY and most < LEAST_ROOM:
        raise MemoryError


# ---- streams


class Closed(io.TextIOBase):
    """Standard output where there is none: whatever is said into it is refused."""

    def write(self, text: str) -> int:
        """Refuses."""
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def open_streams() -> None:
    """Makes the three standard streams safe to write to, before anything else is opened.

    A number of theirs that is free would be given to the next file: a shard would get what is said. Letters that the
    terminal's encoding lacks are spelt out. Without standard error nothing is told beside the result.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
    if sys.stdout is None:
        sys.stdout = Closed()
    elif isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
