"""`rvd new`: a case to start from, copied or made of parts."""

from __future__ import annotations

import difflib
import re
import shlex
from pathlib import Path

import click

from rvd.casefile.shipped import shelf, shipped
from rvd.errors import CaseError

from .options import json_option
from .output import say, say_json
from .parts import listed, shipped_parts

_NAME = re.compile(r"[^\W_][\w .-]{0,59}")

SKELETON = Path(__file__).parent / "skeleton.toml"


def starters() -> list[str]:
    """The names of the starter cases."""
    return [path.stem for path in shipped()]


def copied(name: str) -> tuple[str, str]:
    """The name of the file and the text of a starter case. Raises CaseError for another name."""
    known = starters()
    stem = name.removesuffix(".toml")
    if stem not in known:
        near = difflib.get_close_matches(stem, known, n=1)
        remedy = f"did you mean {near[0]!r}" if near else f"there are {', '.join(known)}"
        what = f"there is no starter case {name!r}"
        raise CaseError("", 0, "", what, f"{remedy}; for one of your own give --target, --chaser and --goal")
    return f"{stem}.toml", (shelf() / f"{stem}.toml").read_text(encoding="utf-8")


def composed(name: str, chosen: dict[str, str]) -> tuple[str, str]:
    """The name of the file and the text of a case made of parts. Raises CaseError for a part that is not there."""
    known = shipped_parts()
    for role, part in chosen.items():
        fit = [one for one, about in known.items() if role in about["for"]]
        if part not in fit:
            near = difflib.get_close_matches(part, fit, n=1)
            remedy = f"did you mean {near[0]!r}" if near else f"there are {', '.join(fit)}"
            raise CaseError("", 0, "", f"there is no {role} {part!r} among the parts", remedy)
    stem = name.removesuffix(".toml")
    if not _NAME.fullmatch(stem):
        remedy = "write letters, digits, spaces, dots, hyphens and underscores, a letter or a digit first"
        raise CaseError("", 0, "", f"{name!r} is no name for a case", remedy)
    text = SKELETON.read_text(encoding="utf-8")
    for role, part in chosen.items():
        text = text.replace(f"@{role}", part)
    return f"{stem}.toml", text.replace("@name", stem)


SKELETON_NEEDS = {"mode": ("far", "near", "drift"), "nozzles": ("burn", "quiet")}
"""Tables that the skeleton's legs name, which the parts must have."""


def lacks(chosen: dict[str, str]) -> str:
    """What the parts lack of all that the skeleton's legs name, in a sentence; empty if nothing."""
    from rvd.casefile.parts import part_files, read_source

    raws = [read_source(part_files()[part]).raw for part in chosen.values()]
    lacking = [
        f"[{table}.{name}]"
        for table, names in SKELETON_NEEDS.items()
        for name in names
        if not any(name in raw.get(table, {}) for raw in raws)
    ]
    return (
        f"The parts have no {', '.join(lacking)}: write them, or name others in the legs." if lacking else ""
    )


def write(file: str, text: str, into: Path) -> Path:
    """Writes a new file into a folder; nothing is overwritten. Raises CaseError where something is in the way."""
    from rvd.names import why_outside
    from rvd.store.files import refusals

    why = why_outside(file)
    if why:
        raise CaseError("", 0, "", f"the name {file!r} {why}", "give a plain name")
    there = into / file
    if there.exists():
        raise CaseError(
            there, 0, "", "is there already", "rename it or work in another folder: nothing was written"
        )
    with refusals(there), there.open("xb") as out:
        out.write(text.encode())
    return there


def refuse_no_berthing(goal: str) -> None:
    """Raises UsageError for a goal to which the sequence of a berthing does not lead."""
    from rvd.casefile.parts import part_files, read_source

    path = part_files().get(goal)
    kind = read_source(path).raw.get("goal", {}).get("kind", "box") if path is not None else "box"
    if kind != "box":
        like = "crew_dragon_docking" if kind == "touch" else "inspection"
        what = f"A case of parts is a berthing, and the goal {goal} is a {kind}"
        raise click.UsageError(f"{what}: begin with rvd new {like}, and write your parts in it.")


@click.command("new")
@click.argument("name", required=False)
@click.option("--target", help="A part to fly to: rvd parts lists them.")
@click.option("--chaser", help="A part that flies.")
@click.option("--goal", help="A part that says what has to be reached.")
@json_option
def command(name: str | None, target: str | None, chaser: str | None, goal: str | None, as_json: bool) -> int:
    """Write a case into this folder: a copy of the starter case NAME, or a new one made of parts.

    Without NAME the starter cases and the parts are listed. Nothing is overwritten.
    """
    given = {"target": target, "chaser": chaser, "goal": goal}
    chosen = {role: part for role, part in given.items() if part is not None}
    if name is None:
        if chosen:
            raise click.UsageError("A case of parts needs a NAME too.")
        return _list(as_json)
    if chosen and len(chosen) < len(given):
        missing = ", ".join(f"--{role}" for role in given if role not in chosen)
        raise click.UsageError(f"A case of parts needs {missing} too.")
    if chosen:
        refuse_no_berthing(chosen["goal"])
    file, text = composed(name, chosen) if chosen else copied(name)
    written, lacking = write(file, text, Path()), lacks(chosen) if chosen else ""
    if as_json:
        say_json({"written": [written], "missing": lacking or None})
        return 0
    say(f"wrote {written}")
    if lacking:
        say(lacking)
    say(f"next: rvd check {shlex.quote(str(written))}")
    return 0


def _list(as_json: bool) -> int:
    if as_json:
        say_json(
            {
                "cases": starters(),
                "parts": [{"name": name, **about} for name, about in shipped_parts().items()],
            }
        )
        return 0
    say("Starter cases: rvd new NAME")
    for name in starters():
        say(f"  {name}")
    say("Parts of a case: rvd new NAME --target iss --chaser htv --goal arm-box")
    for line in listed():
        say(f"  {line}")
    return 0
