"""From a case file to a `Case`: read, check, and say everything that is wrong at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rvd.errors import CaseError
from rvd.names import plain_file

from .agreement import disagreements
from .disperse import KINDS, DisperseEntry, read_entry
from .faults import Fault, faults_of, raise_faults
from .keys import Place, key_lines
from .own import own_laws
from .require import Require, read_require
from .schema import SCHEMA, Case
from .values import brief


def load(path: str | Path) -> Case:
    """The case in a file. Raises CaseError, with every fault of the file, for whatever cannot be flown."""
    path = Path(path)
    text = _text(path)
    raw = _parsed(path, text)
    return checked(raw, path, text, key_lines(text))


def checked(raw: dict[str, Any], path: Path, text: str, lines: Mapping[Place, int], si: bool = False) -> Case:
    """The case that parsed TOML holds; `si`: bare numbers are SI. Raises CaseError with every fault."""
    _refuse_later(raw, path, lines)
    faults: list[Fault] = []
    entries = _entries(raw.get("disperse", {}), si, faults, path.parent)
    names = _leg_names(raw)
    requires = _requires(raw.get("require", []), [name for name in names if name], si, faults)
    legs, laws = own_laws(raw.get("leg", []), path.parent, si, faults)
    case: Case | None = None
    try:
        values = {**raw, "disperse": entries, "require": requires}
        values |= {"leg": legs} if "leg" in raw else {}
        case = Case.model_validate(values, context={"si": si})
    except ValidationError as error:
        faults += faults_of(error, Case)
    if case is not None:
        case._path, case._text, case._raw, case._laws = path, text, raw, laws
        faults += disagreements(case)
    raise_faults(path, faults, lines, names)
    assert case is not None
    return case


# ---- the file


def _text(path: Path) -> str:
    try:
        return plain_file(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CaseError(path, line, "", "the case file is not UTF-8 text", "save it as UTF-8") from None
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


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at (?:line (\d+), column (\d+)|(end of document))\)", str(error))
        line = int(found.group(1)) if found and found.group(1) else len(text.splitlines())
        why = re.sub(r"\s*\(at .*\)$", "", str(error))
        remedy = 'write each key as key = value, texts in quotes: mass = "15500 kg"'
        if re.match(r"\s*epoch\s*=\s*\d", "".join(text.splitlines()[line - 1 : line])):
            remedy = 'write the instant in quotes: epoch = "2013-08-09T07:57:00Z"'
        raise CaseError(path, line, "", f"this is not TOML: {why[:1].lower()}{why[1:]}", remedy) from None
    except RecursionError:
        raise CaseError(path, None, "", "the lists are nested too deeply", "write them flat") from None
    except ValueError as error:  # a number of thousands of digits
        raise CaseError(path, None, "", f"this is not TOML: {error}", "write shorter numbers") from None


def _refuse_later(raw: Mapping[str, Any], path: Path, lines: Mapping[Place, int]) -> None:
    """A later schema has keys that are unknown here: say so, rather than list them."""
    number = raw.get("schema")
    if isinstance(number, int) and not isinstance(number, bool) and number > SCHEMA:
        what = f"the case is written in schema {number}, this rvd reads up to {SCHEMA}"
        raise CaseError(path, lines.get(("schema",)), "schema", what, "install a later rvd")


# ---- the parts with readers of their own


def _entries(raw: Any, si: bool, faults: list[Fault], folder: Path) -> tuple[DisperseEntry, ...]:
    if not isinstance(raw, Mapping):
        faults.append(Fault(("disperse",), f"{brief(raw)} stands where a table belongs", "write [disperse]"))
        return ()
    entries = []
    for key, value in raw.items():
        try:
            entries.append(read_entry(key, value, si, folder))
        except CaseError as error:
            whole = _unquoted(key, value)
            what, remedy = error.what, error.remedy
            if whole != key:
                what, remedy = "the key is not in quotes", f'write "{whole}" = {{ ... }}'
            faults.append(Fault(("disperse", key), what, remedy))
    return tuple(entries)


def _unquoted(key: str, value: Any) -> str:
    """The key a user meant who forgot the quotes, so that TOML made tables of its parts."""
    while isinstance(value, Mapping) and value and not any(kind in value for kind in KINDS):
        first, inside = next(iter(value.items()))
        if not isinstance(inside, Mapping):
            break
        key, value = f"{key}.{first}", inside
    return key


def _requires(raw: Any, legs: list[str], si: bool, faults: list[Fault]) -> tuple[Require, ...]:
    if not isinstance(raw, list | tuple):
        faults.append(
            Fault(("require",), "requirements are a list of tables", "write [[require]] above each")
        )
        return ()
    found = []
    for k, value in enumerate(raw):
        try:
            found.append(read_require(value, legs, si))
        except CaseError as error:
            place: Place = ("require", k, error.key) if error.key else ("require", k)
            faults.append(Fault(place, error.what, error.remedy))
    return tuple(found)


def _leg_names(raw: Mapping[str, Any]) -> list[str]:
    """The names of the legs as they are written, in their order; empty where one has none."""
    legs = raw.get("leg", [])
    if not isinstance(legs, list | tuple):
        return []
    names = [leg.get("name") if isinstance(leg, Mapping) else None for leg in legs]
    return [name if isinstance(name, str) else "" for name in names]
