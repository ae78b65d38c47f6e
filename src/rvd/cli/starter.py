"""`rvd new`: a starter case and the tables it names, copied into this folder."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from rvd.case.shipped import shelf, shipped
from rvd.errors import CaseError

from .options import json_option
from .output import say, say_json


def starters() -> list[str]:
    """The names of the starter cases."""
    return [path.stem for path in shipped()]


def parts(case: Path) -> list[Path]:
    """The files that a case names, relative to its folder."""
    words = _texts(tomllib.loads(case.read_text(encoding="utf-8")))
    named = {Path(word) for word in words if "/" in word or word.endswith(".csv")}
    return sorted(path for path in named if not path.is_absolute() and (case.parent / path).is_file())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def copy(name: str, into: Path) -> list[Path]:
    """Copies starter case `name` and its tables into a folder and gives the new files; nothing is overwritten.

    A table that is there already with the same content stays. Raises CaseError for another name, and where a file
    of one of these names stands in the way.
    """
    known = starters()
    stem = name.removesuffix(".toml")
    if stem not in known:
        near = difflib.get_close_matches(stem, known, n=1)
        remedy = f"did you mean {near[0]!r}" if near else f"there are {', '.join(known)}"
        raise CaseError("", 0, "", f"there is no starter case {name!r}", remedy)
    case = shelf() / f"{stem}.toml"
    wanted = {into / path: case.parent / path for path in [Path(case.name), *parts(case)]}
    for there, source in wanted.items():
        if there.exists() and (
            there.suffix == ".toml" or not there.is_file() or there.read_bytes() != source.read_bytes()
        ):
            raise CaseError(
                there, 0, "", "is there already", "rename it or work in another folder: nothing was copied"
            )
    from rvd.store.files import refusals

    fresh = [there for there in wanted if not there.exists()]
    for there in fresh:
        with refusals(there):
            there.parent.mkdir(parents=True, exist_ok=True)
            with there.open("xb") as file:
                file.write(wanted[there].read_bytes())
    return fresh


@click.command("new")
@click.argument("name")
@json_option
def command(name: str, as_json: bool) -> int:
    """Copy the starter case NAME and the tables it names into this folder.

    Nothing is overwritten. A NAME that is none lists those there are.
    """
    written = copy(name, Path())
    if as_json:
        say_json({"written": written})
        return 0
    for path in written:
        say(f"wrote {path}")
    say(f"next: rvd check {written[0]}")
    return 0
