"""Names of files that come from files: whoever wrote them, each has to lie inside its folder.

A case names a law, a manifest names the tables it keeps, a results folder may come from anybody. Each such name goes
through `why_outside` before anything is read or written under it.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path, PurePosixPath

LONGEST_PART, LONGEST = 255, 1024
"""Bytes of one part of a name, and of the whole of it; most file systems take no more of the first."""

KEPT_FOLDERS = ("runs", "runs.new", "tmp", "compact", "export", "flights")
KEPT_FILES = ("manifest.json", "case.toml", "events.ndjson", ".lock", "report.html", "tables.txt")
"""What a results folder keeps for itself; no table and no law may have such a name."""

_DRIVE = re.compile(r"[A-Za-z]:")


def why_outside(name: object, folder: Path | None = None) -> str:
    """Why a name may not be used for a file below a folder, in words; empty where it may.

    With `folder`, links are followed too: the file and the folders on the way to it have to lie inside.

    >>> why_outside("../evil.pth")
    'leads out of the folder'
    >>> why_outside("parts/rcs.csv")
    ''
    """
    if not isinstance(name, str) or not name.strip():
        return "is no name of a file"
    if any(ord(letter) < 32 or ord(letter) == 127 or "\ud800" <= letter < "\udc80" for letter in name):
        return "holds a character that no name may hold"
    if "\\" in name:
        return "holds a backslash"
    path = PurePosixPath(name)
    if path.is_absolute() or any(_DRIVE.match(part) for part in path.parts):
        return "is not relative to the folder"
    if ".." in path.parts or not path.parts:
        return "leads out of the folder"
    if _bytes(name) > LONGEST or any(_bytes(part) > LONGEST_PART for part in path.parts):
        return "is too long"
    if path.parts[0].casefold() in KEPT_FOLDERS or path.as_posix().casefold() in KEPT_FILES:
        return "is a name that results keep for themselves"
    return "" if folder is None else why_linked_out(folder / path, folder)


class NoFileError(OSError):
    """A pipe, a device or a socket lies where a file is needed."""


def plain_file(path: Path) -> Path:
    """The path itself, once it is known to lead to a file: whatever is read goes through here.

    A pipe or a device may never end. Raises `NoFileError` for one, and otherwise what opening the path would raise.
    """
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise NoFileError(errno.EINVAL, "it is no file", str(path))
    return path


def why_no_file(path: Path) -> str:
    """Why what lies at a path is not read, in words: a device or a pipe never ends.

    Empty for a file, and where nothing lies there.
    """
    try:
        plain_file(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last for a name that no file can have
        return ""
    except IsADirectoryError:
        return "is a folder"
    except NoFileError:
        return "is no file"
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"
    return ""


def _bytes(name: str) -> int:
    """How long a name is on a disk; one that is no Unicode came from there as it is."""
    return len(name.encode("utf-8", "surrogateescape"))


def why_linked_out(path: Path, folder: Path) -> str:
    """Why a path below a folder leads elsewhere by a link, in words; empty where it does not."""
    try:
        return "" if path.resolve().is_relative_to(folder.resolve()) else "leads out of the folder by a link"
    except (OSError, RuntimeError):  # links in a circle; a RuntimeError before Python 3.13
        return "cannot be followed"
