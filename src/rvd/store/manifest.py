"""The manifest of a results folder: whose rows these are. Written once, never changed.

The identity says what the rows are a function of; two folders of one identity hold rows of one campaign. The number
of runs is no part of it, so that a campaign can be extended. The machine is recorded beside it: rows are the same
bits for one CPU family, C library and version of Numba.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rvd.errors import StoreError

SCHEMA = 1
NAME = "manifest.json"
_PARTS = ("schema", "identity", "machine", "created")


@dataclass(frozen=True)
class Manifest:
    """`identity` and `machine` are plain values for JSON."""

    identity: dict
    machine: dict
    created: str = ""
    schema: int = SCHEMA

    @property
    def name(self) -> str:
        """The identity's hash: each shard carries it."""
        return hash_of(self.identity)

    def to_text(self) -> str:
        """The file: readable JSON, sealed by a hash of what it says."""
        says = {part: getattr(self, part) for part in _PARTS}
        return json.dumps({**says, "seal": hash_of(says)}, indent=1) + "\n"


def new_manifest(identity: Mapping, versions: Mapping[str, str] | None = None) -> Manifest:
    """A manifest of this machine, now."""
    plain = json.loads(json.dumps(identity, allow_nan=False))
    return Manifest(plain, machine(versions), datetime.now(UTC).isoformat(timespec="seconds"))


def read_manifest(folder: Path) -> Manifest:
    """Reads and checks `folder/manifest.json`; StoreError if it is none of ours, or was edited."""
    path = Path(folder) / NAME
    try:
        record = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            folder, "holds no results of a campaign", "name a folder that rvd campaign wrote"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(path, f"is damaged ({type(error).__name__})", _RESTORE) from None
    if isinstance(record, dict) and isinstance(record.get("schema"), int) and record["schema"] > SCHEMA:
        raise StoreError(path, f"is of schema {record['schema']}, newer than {SCHEMA}", "install a newer rvd")
    says: dict[str, Any] = {part: record.get(part) for part in _PARTS} if isinstance(record, dict) else {}
    if not says or record.get("seal") != hash_of(says) or not isinstance(says["identity"], dict):
        raise StoreError(path, "was changed after it was written", _RESTORE)
    return Manifest(says["identity"], says["machine"], says["created"], says["schema"])


_RESTORE = "restore it from a copy, or choose another folder with --out"


def differences(theirs: Mapping, ours: Mapping, under: str = "") -> list[str]:
    """The dotted names of what two identities do not share, in words."""
    found = []
    for key in sorted({*theirs, *ours}):
        a, b = theirs.get(key), ours.get(key)
        name = f"{under}{key}"
        if isinstance(a, dict) and isinstance(b, dict):
            found += differences(a, b, f"{name}.")
        elif a != b:
            plain = isinstance(a, str | int) and isinstance(b, str | int) and len(f"{a}{b}") < 60
            found.append(f"{name} ({a} there, {b} now)" if plain else name)
    return found


def machine(versions: Mapping[str, str] | None = None) -> dict:
    """What the bits of a row may depend on beside the identity."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "libc": " ".join(platform.libc_ver()).strip(),
        "cpu": _cpu(),
        **(versions or {}),
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def content_hash(content: bytes) -> str:
    """The hash by which an identity names a file."""
    return hashlib.sha256(content).hexdigest()[:32]


def hash_of(value) -> str:
    """SHA-256 of plain values, written one way."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
