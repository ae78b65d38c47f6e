"""`rvd merge`: the runs of several folders of one campaign brought together."""

from __future__ import annotations

from pathlib import Path

import click

from .options import json_option
from .output import say, say_json


@click.command("merge")
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Results folder to make, or to add to.",
)
@json_option
def command(folders: tuple[Path, ...], out: Path, as_json: bool) -> int:
    """Put the runs of the results folders DIR... of one campaign into one folder, and leave them as they are.

    Folders of another case or seed are refused, and so are two that hold one run.
    """
    from rvd import api

    done = api.merge(folders, out)
    if as_json:
        say_json({"folder": out, "runs": done.runs, "asked": done.asked, "missing": done.missing})
        return 0
    say(done.sentence)
    say(f"next: rvd {'report' if not done.missing else 'merge or campaign, for the rest: then report'} {out}")
    return 0
