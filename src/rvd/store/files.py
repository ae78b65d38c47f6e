"""Files that appear whole or not at all, and the sentences for a folder that cannot be read or written."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

from rvd.errors import StoreError
from rvd.names import NoFileError, plain_file, why_linked_out, why_no_file, why_outside

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_GONE = {errno.ENOENT, errno.ESTALE}
NO_FILE = ("is no file", "move it away")
"""What is said of a pipe or a device, and its remedy."""
_SHORT = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}


@contextlib.contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turns what the system refuses into a StoreError about `path`.

    That memory or file handles are short says nothing of the file, and passes as it is.
    """
    try:
        yield
    except OSError as error:
        if short(error):
            raise
        file = path if error.errno in _GONE else error.filename or path
        if isinstance(error, NoFileError):
            what, remedy = NO_FILE
        elif error.errno in _FULL:
            what, remedy = "the disk is full", "free some space and run again: what is stored is kept"
        elif error.errno in _FORBIDDEN:
            what, remedy = "may not be written", "allow it, or choose another folder with --out"
        elif error.errno in (errno.ENOTDIR, errno.EEXIST):
            what, remedy = "is a file where a folder is needed", "choose another folder with --out"
        elif error.errno == errno.ENAMETOOLONG:
            what, remedy = "is too long a name", "choose a shorter one"
        elif error.errno == errno.ELOOP:
            what, remedy = "is a link where a file or a folder is needed", "remove the link"
        elif error.errno in _GONE:
            what, remedy = "is not there, or its folder has gone", "see to it and run again"
        else:
            why = os.strerror(error.errno) if error.errno else f"{type(error).__name__}: {error}"
            what, remedy = f"cannot be used: {why}", "see to it and run again"
        raise StoreError(os.fsdecode(file), what, remedy) from error


def short(error: BaseException) -> bool:
    """Whether the system is short of memory or file handles, which says nothing of the file that was asked for."""
    return isinstance(error, OSError) and error.errno in _SHORT


def unreadable(path: Path, error: OSError, remedy: str = "see to it and run again") -> StoreError:
    """The error for a file that the system does not let us read; raises what says nothing of the file."""
    if short(error):
        raise error
    if isinstance(error, NoFileError):
        return StoreError(path, NO_FILE[0], remedy)
    if error.errno in _FORBIDDEN:
        return StoreError(path, "may not be read", "allow it")
    if error.errno == errno.ENAMETOOLONG:
        return StoreError(path, "is too long a name", "correct it")
    return StoreError(path, f"cannot be read ({error.strerror or error})", remedy)


def publish(data: bytes, folder: Path, name: str, tmp: Path) -> bool:
    """Makes `folder/name` hold `data`, through a file in `tmp` on the same disk; never replaces a file.

    True if this call made it, False if it was already there. After a crash the name holds all of `data` or nothing.
    """
    draft = _draft(tmp, name)
    with refusals(folder / name):
        try:
            write_all(draft, data)
            return _name_it(draft, folder / name)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink()


def within(folder: Path, name: str) -> Path:
    """The path of a named file below a folder. Raises StoreError for a name that leads elsewhere, by a link too."""
    why = why_outside(name, folder)
    if why:
        raise StoreError(folder, f"the name {name!r} {why}", "nothing was written there")
    return folder / name


def keep(content: bytes, folder: Path, name: str) -> None:
    """Makes `folder/name` hold `content`, below a results folder; never replaces a file.

    Raises StoreError for a name that leads elsewhere, and where another content stands there.
    """
    there = within(folder, name)
    with refusals(there):
        there.parent.mkdir(parents=True, exist_ok=True)
        if publish(content, there.parent, there.name, folder / "tmp"):
            return
        if plain_file(there).read_bytes() == content:
            return
    raise StoreError(there, "is not what is flown", "choose another folder with --out")


def replace(content: bytes, folder: Path, name: str) -> Path:
    """Writes `folder/name` anew, whole or not at all, and gives its path; a link of that name is not followed.

    The folders on the way are made. Raises StoreError where one of them leads out of `folder` by a link.
    """
    there = folder / name
    with refusals(there):
        why = why_linked_out(there.parent, folder)
        if why:
            raise StoreError(there.parent, why, "nothing was written there")
        there.parent.mkdir(parents=True, exist_ok=True)
        draft = there.with_name(f".{os.getpid()}-{uuid.uuid4().hex[:8]}")
        try:
            write_all(draft, content)
            os.replace(draft, there)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink()
    return there


def write_all(path: Path, data: bytes) -> None:
    """Writes a new file and waits until the disk has it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


FRESH = "runs.new"
"""The folder that takes the place of `runs` once it is whole."""


def exchange(folder: Path) -> None:
    """Puts `folder/runs.new`, which is whole, in the place of `folder/runs`.

    Between its two steps there is no `runs`: who reads then is told so, and reads no run twice. A process that ends
    there leaves `finish_exchange` to the next one.
    """
    runs, old = folder / "runs", _draft(folder / "tmp", "runs")
    with refusals(runs):
        os.rename(runs, old)
        os.rename(folder / FRESH, runs)
        sync_folder(folder)
    shutil.rmtree(old, ignore_errors=True)


def finish_exchange(folder: Path) -> None:
    """Ends an exchange that was broken off: between its steps by the second one, before them by leaving it."""
    fresh = folder / FRESH
    if not fresh.is_dir():
        return
    if (folder / "runs").is_dir():
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        os.rename(fresh, folder / "runs")


def append_line(path: Path, line: str) -> None:
    """Adds one line; lines of several processes do not mix."""
    with refusals(path):
        if why_no_file(path) == NO_FILE[0]:  # to open a pipe waits for a reader
            raise StoreError(path, *NO_FILE)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(path, flags, 0o644)
        try:
            os.write(descriptor, (line + "\n").encode())
        finally:
            os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the folder's entries (where the system can: not on Windows)."""
    with contextlib.suppress(OSError, AttributeError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_drafts(tmp: Path) -> None:
    """Removes what dead processes of this machine left in `tmp`; other machines' drafts stay."""
    with contextlib.suppress(OSError):
        for draft in tmp.iterdir():
            if not dead(draft):
                continue
            if draft.is_dir():
                shutil.rmtree(draft, ignore_errors=True)
            else:
                draft.unlink(missing_ok=True)


def _draft(tmp: Path, name: str) -> Path:
    """A name in `tmp` that says which process of which machine it belongs to."""
    return tmp / f"{os.getpid()}-{uuid.uuid4().hex[:8]}-{name}@{socket.gethostname()}"


def dead(draft: Path) -> bool:
    """Whether the process of this machine that a draft is named after has ended."""
    head, _, host = draft.name.rpartition("@")
    process = head.partition("-")[0]
    return host == socket.gethostname() and process.isdigit() and not _alive(int(process))


def _alive(process: int) -> bool:
    if os.name == "nt":  # there, signal 0 is Ctrl-C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _name_it(draft: Path, final: Path) -> bool:
    try:
        os.link(draft, final)  # unlike a rename, a link never replaces
    except FileExistsError:
        return False
    except OSError:
        if final.exists():
            return False
        os.rename(draft, final)  # a disk without links
    sync_folder(final.parent)
    return True
