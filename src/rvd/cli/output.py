"""What commands print: words for people, or one JSON object for machines."""

from __future__ import annotations

import enum
import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from rvd.errors import RvdError


def say(text: str = "") -> None:
    """Prints a paragraph for people."""
    _put(shown(text))


def shown(text: object) -> str:
    """A text as a terminal may show it: what would steer the terminal, or turn its letters around, is spelt out."""
    return "".join(letter if _harmless(letter) else _spelt(letter) for letter in str(text))


def complain(text: str) -> None:
    """Says something on standard error."""
    print(text, file=sys.stderr, flush=True)


def say_json(record: Mapping[str, Any]) -> None:
    """Prints one JSON object; a number that is not finite is null."""
    text = json.dumps(plain(record), indent=1, ensure_ascii=not _unicode(sys.stdout), allow_nan=False)
    _put("".join(letter if _harmless(letter) else f"\\u{ord(letter):04x}" for letter in text))


def _put(text: str) -> None:
    try:
        click.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise RvdError(f"what there is to say cannot be written: {error.strerror or error}.") from None


_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
"""Characters that turn the direction of writing: a sentence could read as another."""


def _harmless(letter: str) -> bool:
    code = ord(letter)
    control = (code < 32 and letter not in "\n\t") or 127 <= code < 160
    return not (control or code in _TURNING or 0xD800 <= code < 0xE000)


def _spelt(letter: str) -> str:
    """As Python and JSON spell it."""
    return f"\\u{ord(letter):04x}" if ord(letter) > 0xFF else f"\\x{ord(letter):02x}"


def _unicode(stream: Any) -> bool:
    return str(getattr(stream, "encoding", "")).lower().replace("-", "") in ("utf8", "utf16", "utf32")


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
