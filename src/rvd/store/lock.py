"""One writer at a time in a results folder: a lock that the system takes back when its process ends, however it ends.

It is held while a shard is given its name, for milliseconds, and while small shards are made into few.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from rvd.errors import StoreError

from .files import refusals

NAME = ".lock"
"""The file that is locked. It is never removed: who waits for it has it open."""

WAIT_S = 300.0
"""A process that holds the lock for so long was stopped (SIGSTOP, a laptop's lid), not slow."""

_LOOK_S = 0.005
_BUSY = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
_threads = threading.Lock()


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """While the block runs no other thread or process is in such a block of this results folder; it does not nest.

    Gives False on a disk that has no locks: then other processes are not kept out. Raises StoreError where another
    process does not let go for `WAIT_S` s.
    """
    path = folder / NAME
    with _threads:
        with refusals(path):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            alone = _wait(descriptor, path)
            try:
                yield alone
            finally:
                if alone:
                    _let_go(descriptor)
        finally:
            os.close(descriptor)


def _wait(descriptor: int, path: Path) -> bool:
    """Takes the lock as soon as it is free; False where the disk has none."""
    end = time.monotonic() + WAIT_S
    while True:
        try:
            _take(descriptor)
            return True
        except OSError as error:
            if error.errno not in _BUSY:
                return False
        if time.monotonic() > end:
            what = f"has been held by another process for {WAIT_S:.0f} s"
            raise StoreError(path, what, "let that process go on, or end it, and run again")
        time.sleep(_LOOK_S)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _let_go(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
