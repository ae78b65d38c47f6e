"""What a results folder keeps of a case beside its rows: the text and the tables it names, so that it stands alone."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from rvd.names import plain_file, why_outside

if TYPE_CHECKING:
    from rvd.casefile import Case


class Kept(NamedTuple):
    """The case's `text`, and the `tables` by the path it names them with, from the folder it lies in."""

    text: str
    tables: dict[str, bytes]


def kept(case: Case) -> Kept:
    """The case as a results folder keeps it: a table from outside the case's folder is kept under `parts`.

    Raises CaseError where two such tables have one name, and for a name that a results folder cannot take.
    """
    named: dict[tuple[str, ...], str] = {("chaser", "thrusters"): case.chaser.thrusters}
    if case.campaign.draws:
        named["campaign", "draws"] = case.campaign.draws
    named |= {("disperse", path, "covariance"): name for path, name in case.covariances.items()}
    inside = {key: _inside(case, key, name) for key, name in named.items()}
    tables: dict[str, bytes] = {}
    for key, name in named.items():
        content = plain_file(case.folder / name).read_bytes()
        if tables.setdefault(inside[key], content) != content:
            what = f"two tables are named {PurePosixPath(name).name}"
            raise case.error(key, what, "rename one of them")
    moved = {key: name for key, name in inside.items() if name != named[key]}
    return Kept(case.written(moved) if moved or case.parts else case.text, tables)


def _inside(case: Case, key: tuple[str, ...], name: str) -> str:
    """The path from a results folder of what the case names so; CaseError where a results folder can have none such."""
    if not why_outside(name, case.folder):
        return name
    moved = f"parts/{Path(name).name}"
    why = why_outside(moved)
    if why:
        raise case.error(key, f"the file's name {Path(name).name!r} {why}", "rename it")
    return moved
