"""Where compiled kernels live: one folder for each state of the sources they were compiled from."""

import contextlib
import functools
import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

CORE = Path(__file__).parents[1]
_UNUSED_DAYS = 2.0


def sources_hash(core: Path = CORE) -> str:
    """Hash of all sources under `core`, and of tables as texts: what is within one function comes from many files."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted([*core.rglob("*.py"), *core.rglob("*.txt")]):
        text = path.read_bytes()
        digest.update(f"{path.relative_to(core).as_posix()} {len(text)} ".encode() + text)
    return digest.hexdigest()


def _own_temporary_folder() -> Path:
    """A folder in the temporary directory that nobody else could have prepared (the cache holds pickles)."""
    user = getattr(os, "getuid", lambda: 0)()
    folder = Path(tempfile.gettempdir()) / f"rvd-{user}"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        ours = status.st_uid == user and not folder.is_symlink()
        if ours and (os.name == "nt" or not status.st_mode & 0o022) and os.access(folder, os.W_OK):
            return folder
    with contextlib.suppress(OSError):
        return Path(tempfile.mkdtemp(prefix="rvd-"))
    return Path(os.devnull) / "rvd"  # nothing can be written anywhere


def cache_home() -> Path:
    """RVD_CACHE_DIR, else `rvd` in the user's cache directory, else a temporary folder."""
    chosen, home = os.environ.get("RVD_CACHE_DIR"), Path("~").expanduser()
    if chosen:
        folder = Path(chosen).expanduser()
    elif os.name == "nt":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "rvd"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "rvd"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return _own_temporary_folder()
    return folder


def remove_unused(home: Path, keep: Path, days: float = _UNUSED_DAYS) -> None:
    """Removes the folders of earlier sources that no process has opened for `days`.

    A younger one may belong to a process that is still flying with those sources.
    """
    for old in home.glob("kernels-*"):
        with contextlib.suppress(OSError):
            if old != keep and old.is_dir() and time.time() - old.stat().st_mtime > 86400.0 * days:
                shutil.rmtree(old, ignore_errors=True)


@functools.cache
def cache_folder() -> Path:
    """The folder of the kernels compiled from the present sources; opening it marks it as used."""
    home = cache_home()
    folder = home / f"kernels-{sources_hash()}"
    fresh = not folder.exists()
    with contextlib.suppress(OSError):  # on a full disk nothing is kept; the first attempt to do so tells
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
    if fresh:
        remove_unused(home, folder)
    return folder
