"""`rvd parts`: what a case may be made of."""

from __future__ import annotations

from typing import Any

import click

from .options import json_option
from .output import say, say_json

ROLES = {"target": "target", "chaser": "chaser", "goal": "goal"}
"""What a part may be for a case: the option, and the table that the part has."""


def shipped_parts() -> dict[str, dict[str, Any]]:
    """The parts that ship with `rvd` by their names: what each is, what it may be used for, and its file."""
    from rvd.casefile.parts import part_files, read_source

    found = {}
    for name, path in part_files().items():
        raw = read_source(path).raw
        roles = [role for role, table in ROLES.items() if table in raw]
        found[name] = {
            "title": raw["title"],
            "for": roles,
            "tables": sorted(set(raw) - {"title", "source"}),
            "file": path,
        }
    return found


def listed() -> list[str]:
    """A line a part."""
    return [
        f"{name:<14}{', '.join(about['for']):<10}{about['title']}" for name, about in shipped_parts().items()
    ]


@click.command("parts")
@json_option
def command(as_json: bool) -> int:
    """List the parts that a case may take with `use`: stations, vehicles, goals.

    A case says `chaser = { use = "htv" }`, and its own keys win over those of the part.
    """
    if as_json:
        say_json({"parts": [{"name": name, **about} for name, about in shipped_parts().items()]})
        return 0
    for line in listed():
        say(line)
    return 0
