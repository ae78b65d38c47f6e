"""What a results folder keeps of a case beside its rows: the text and the tables it names, so that it stands alone."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from rvd.case.write import written

if TYPE_CHECKING:
    from rvd.case import Case


class Kept(NamedTuple):
    """The case's `text`, and the `tables` by the path it names them with, from the folder it lies in."""

    text: str
    tables: dict[str, bytes]


def kept(case: Case) -> Kept:
    """The case as a results folder keeps it: a table from outside the case's folder is kept under `parts`.

    Raises CaseError where two such tables have one name.
    """
    named = {"chaser.thrusters": case.chaser.thrusters}
    if case.campaign.draws:
        named["campaign.draws"] = case.campaign.draws
    inside = {key: _inside(name) for key, name in named.items()}
    tables: dict[str, bytes] = {}
    for key, name in named.items():
        content = (case.folder / name).read_bytes()
        if tables.setdefault(inside[key], content) != content:
            what = f"two tables are named {PurePosixPath(name).name}"
            raise case.error(tuple(key.split(".")), what, "rename one of them")
    return Kept(case.text if inside == named else written(_renamed(case, inside)), tables)


def _inside(name: str) -> str:
    """The path from a results folder of what the case names so."""
    path = Path(name)
    return f"parts/{path.name}" if path.is_absolute() or ".." in path.parts else name


def _renamed(case: Case, names: dict[str, str]) -> Case:
    chaser = case.chaser.model_copy(update={"thrusters": names["chaser.thrusters"]})
    campaign = case.campaign.model_copy(update={"draws": names.get("campaign.draws", "")})
    return case.model_copy(update={"chaser": chaser, "campaign": campaign})
