"""The text of a case file and what TOML makes of it, with one sentence for whatever cannot be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from rvd.errors import CaseError
from rvd.names import plain_file


def text_of(path: Path) -> str:
    """The text of a file. Raises CaseError."""
    try:
        return plain_file(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CaseError(path, line, "", "the file is not UTF-8 text", "save it as UTF-8") from None
    except IsADirectoryError:
        raise CaseError(path, None, "", "this is a folder, not a case file", _cases_in(path)) from None
    except FileNotFoundError:
        raise CaseError(path, None, "", "the case file does not exist", _cases_in(path.parent)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CaseError(path, None, "", f"the case file cannot be read ({why})", "correct the path") from None


def _cases_in(folder: Path) -> str:
    try:
        found = sorted(folder.glob("*.toml"))
    except OSError:
        found = []
    return f"did you mean {found[0]}?" if found else "give the path of a .toml file"


def parsed(path: Path, text: str) -> dict[str, Any]:
    """What a TOML text holds. Raises CaseError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at (?:line (\d+), column (\d+)|(end of document))\)", str(error))
        line = int(found.group(1)) if found and found.group(1) else len(text.splitlines())
        why = re.sub(r"\s*\(at .*\)$", "", str(error))
        remedy = 'write each key as key = value, texts in quotes: mass = "15500 kg"'
        if re.search("twice|overwrite|immutable", why):
            remedy = (
                "the table is there already: write its keys in its braces, or all of it under one [table]"
            )
        if re.match(r"\s*epoch\s*=\s*\d", "".join(text.splitlines()[line - 1 : line])):
            remedy = 'write the instant in quotes: epoch = "2013-08-09T07:57:00Z"'
        raise CaseError(path, line, "", f"this is not TOML: {why[:1].lower()}{why[1:]}", remedy) from None
    except RecursionError:
        raise CaseError(path, None, "", "the lists are nested too deeply", "write them flat") from None
    except ValueError as error:  # a number of thousands of digits
        raise CaseError(path, None, "", f"this is not TOML: {error}", "write shorter numbers") from None
