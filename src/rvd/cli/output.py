"""What commands print: words for people, or one JSON object for machines."""

from __future__ import annotations

import enum
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click


def say(text: str = "") -> None:
    """Prints a paragraph for people."""
    click.echo(text)


def say_json(record: Mapping[str, Any]) -> None:
    """Prints one JSON object; a number that is not finite is null."""
    click.echo(json.dumps(plain(record), indent=1, ensure_ascii=False, allow_nan=False))


def plain(value: Any) -> Any:
    """The value as JSON can hold it."""
    if isinstance(value, enum.IntEnum):
        return value.name.lower()
    if isinstance(value, Mapping):
        return {str(key): plain(x) for key, x in value.items()}
    if hasattr(value, "tolist"):  # of NumPy, which is not imported for this
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(x) for x in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value) if isinstance(value, Path | enum.Enum) else repr(value)
