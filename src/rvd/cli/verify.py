"""`rvd verify`: stored runs flown again and compared bit for bit."""

from __future__ import annotations

from pathlib import Path

import click

from .options import json_option, trust_option
from .output import say, say_json
from .progress import telling


@click.command("verify")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--runs", type=click.IntRange(1, 10**9), default=20, show_default=True, help="How many runs to fly again."
)
@trust_option
@json_option
def command(folder: Path, runs: int, trust: bool, as_json: bool) -> int:
    """Fly some runs of the results folder DIR again and compare every number with the stored one.

    Exit code 0 if all are equal bit for bit, else 1. On another machine or with other versions, which are named, a
    difference in the last digits is no damage.
    """
    with telling("verify", as_json):
        from rvd import api

        done = api.verify(folder, runs, trust)
    if as_json:
        say_json(
            {
                "equal": done.equal,
                "sentence": done.sentence,
                "runs": done.runs,
                "differing": done.differing,
                "elsewhere": done.elsewhere,
            }
        )
    else:
        say(done.sentence)
    return 0 if done.equal else 1
