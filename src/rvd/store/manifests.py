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
from rvd.names import plain_file, why_outside

from .files import unreadable

SCHEMA = 2
"""1 had numbers (1e30, 0, -1) where a quantity does not exist; 2 has nulls."""
NAME = "manifest.json"
_PARTS = ("schema", "identity", "machine", "created")
_FILES = ("parts", "code")


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

    @property
    def files(self) -> dict[str, str]:
        """The tables and laws that the case names, and the hash of what each held when it was flown."""
        return {name: seal for kind in _FILES for name, seal in self.identity.get(kind, {}).items()}

    def to_text(self) -> str:
        """The file: readable JSON, sealed by a hash of what it says."""
        says = {part: getattr(self, part) for part in _PARTS}
        return json.dumps({**says, "seal": hash_of(says)}, indent=1) + "\n"


def new_manifest(identity: Mapping, versions: Mapping[str, str] | None = None) -> Manifest:
    """A manifest of this machine, now."""
    plain = json.loads(json.dumps(identity, allow_nan=False))
    return Manifest(plain, machine(versions), datetime.now(UTC).isoformat(timespec="seconds"))


def read_manifest(folder: Path) -> Manifest:
    """Reads and checks `folder/manifest.json`; StoreError if it is none of ours, or was edited.

    Its seal is a plain hash, which anyone can make anew: what it says is tested too.
    """
    path = Path(folder) / NAME
    try:
        record = json.loads(plain_file(path).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            folder, "holds no results of a campaign", "name a folder that rvd campaign wrote"
        ) from None
    except OSError as error:
        raise unreadable(path, error, _RESTORE) from None
    except (ValueError, RecursionError) as error:
        raise StoreError(path, f"is damaged ({type(error).__name__})", _RESTORE) from None
    schema = record.get("schema") if isinstance(record, dict) else None
    if isinstance(schema, int) and schema != SCHEMA:
        raise _other_schema(path, schema)
    says: dict[str, Any] = {part: record.get(part) for part in _PARTS} if isinstance(record, dict) else {}
    sound = isinstance(says.get("identity"), dict) and isinstance(says.get("machine"), dict)
    if not sound or record.get("seal") != hash_of(says):
        raise StoreError(path, "was changed after it was written", _RESTORE)
    _check_identity(path, says["identity"])
    return Manifest(says["identity"], says["machine"], says["created"], says["schema"])


def _other_schema(path: Path, schema: int) -> StoreError:
    """Why a folder of another schema is not read: its numbers would not mean the same."""
    if schema > SCHEMA:
        return StoreError(path, f"is of schema {schema}, newer than {SCHEMA}", "install a newer rvd")
    what = (
        f"is of schema {schema}, older than {SCHEMA}: its table holds numbers such as 1e30 and 0 where a quantity "
        "does not exist, and they would be judged as if it did"
    )
    return StoreError(
        path, what, "fly the campaign again into another folder, or read it with the rvd that flew it"
    )


def _check_identity(path: Path, identity: Mapping) -> None:
    """Raises StoreError for what no campaign writes, and for a file that would lie outside the folder."""
    kinds: dict[str, type] = {
        "seed": int,
        "sampling": dict,
        "parts": dict,
        "code": dict,
        "until_decided": int,
    }
    for key, kind in kinds.items():
        if key in identity and (not isinstance(identity[key], kind) or isinstance(identity[key], bool)):
            raise StoreError(path, f"holds no {key} of a campaign", _RESTORE)
    for files in _FILES:
        for name, seal in identity.get(files, {}).items():
            why = why_outside(name, path.parent) if isinstance(seal, str) else "has no hash"
            if why:
                raise StoreError(path, f"names a file {name!r} that {why}", _RESTORE)


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
