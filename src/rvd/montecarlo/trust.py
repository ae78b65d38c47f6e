"""Whose code may run: a results folder holds the laws it was flown with, and may come from anybody.

Who names a case file of his own to be flown has asked for its laws. Who asks for a report has asked for no code: the
laws of a results folder run only if they are those that were flown, by their hashes, and if this user has flown or
trusted them before. What he has is a list of hashes in a file of his own.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rvd.errors import StoreError
from rvd.names import plain_file, why_no_file
from rvd.store.files import unreadable
from rvd.store.manifests import NAME, content_hash, read_manifest

if TYPE_CHECKING:
    from rvd.casefile import Case

CASE = "case.toml"
LIST = "trusted_laws.txt"

_NEEDED = ("case", "parts", "code", "seed", "sampling")

_RESTORE = "restore it from a copy; to change it, copy it out of the results folder"


def admit(case: Case, trust: bool = False) -> None:
    """Raises StoreError, before anything of a results folder runs, for a case in it that may not be flown.

    That is one whose text, tables or laws are not those flown, and, without `trust`, one with a law that this user
    has neither flown nor trusted. A case that lies elsewhere is its user's own.
    """
    if not _of_results(case):
        return
    identity = read_manifest(case.folder).identity
    for key in _NEEDED:
        if key not in identity:
            raise StoreError(case.folder / NAME, f"holds no {key} of a campaign", _RESTORE)
    laws = case.code
    if case.from_file:
        _check_flown(case.path, case.text.encode(), identity["case"])
        for name in _tables(case):
            if name not in identity["parts"]:
                raise StoreError(case.path, f"names a table {name!r} that is not of the campaign", _RESTORE)
    for name, seal in identity["parts"].items():
        _check_flown(case.folder / name, _content(case.folder / name), seal)
    for name, content in laws.items():
        _check_flown(case.folder / name, content, identity["code"].get(name))
    known = set() if trust else _known()
    for name, content in laws.items():
        if not trust and content_hash(content) not in known:
            what = f"is code that you have neither flown nor trusted (hash {content_hash(content)}), and would be run"
            raise StoreError(case.folder / name, what, "read it, then give --trust (in Python trust=True)")


def remember(case: Case) -> None:
    """Adds the laws of a case that has been made ready to fly to the list; where there can be none, it is left."""
    laws = {file: content_hash(content) for file, content in case.code.items()}
    known = _known() if laws else set()
    fresh = {file: seal for file, seal in laws.items() if seal not in known}
    path = list_path()
    if not fresh or path is None or why_no_file(path):
        return
    now = datetime.now(UTC).isoformat(timespec="seconds")
    lines = [f"{seal} {now} {str(case.folder.absolute() / file)!a}\n" for file, seal in fresh.items()]
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as there:
            there.writelines(lines)


def list_path(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The list of the laws that this user has flown or trusted; None for a user without a home.

    It lies in RVD_STATE_DIR, else where the system keeps a user's state.
    """
    chosen, xdg = environment.get("RVD_STATE_DIR"), environment.get("XDG_STATE_HOME", "")
    if chosen:
        return Path(chosen).expanduser() / LIST
    if os.name == "nt" and environment.get("LOCALAPPDATA"):
        return Path(environment["LOCALAPPDATA"]) / "rvd" / LIST
    if os.path.isabs(xdg):  # the standard says that another is to be ignored
        return Path(xdg) / "rvd" / LIST
    try:
        return Path.home() / ".local" / "state" / "rvd" / LIST
    except RuntimeError:
        return None


def _known() -> set[str]:
    """The hashes in the list."""
    path = list_path()
    try:
        lines = plain_file(path).read_text("utf-8", errors="replace").splitlines() if path else []
    except OSError:
        return set()
    return {line.split(maxsplit=1)[0] for line in lines if line.strip()}


def _of_results(case: Case) -> bool:
    return case.path.name == CASE and (case.folder / NAME).exists()


def _tables(case: Case) -> list[str]:
    """The tables that a case names."""
    named = [case.chaser.thrusters, case.campaign.draws, *case.covariances.values()]
    return [name for name in named if name]


def _content(path: Path) -> bytes:
    try:
        return plain_file(path).read_bytes()
    except OSError as error:
        raise unreadable(path, error, _RESTORE) from None


def _check_flown(path: Path, content: bytes, seal: str | None) -> None:
    if seal is not None and content_hash(content) != seal:
        what = f"is not what was flown: its hash is {content_hash(content)}, the manifest's {seal}"
        raise StoreError(path, what, _RESTORE)
