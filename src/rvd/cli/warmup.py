"""`rvd warmup`: compiles what flights run, so that the first one begins at once."""

from __future__ import annotations

from pathlib import Path

import click

from .options import json_option, trust_option
from .output import say, say_json
from .progress import telling


@click.command("warmup")
@click.argument("case", type=click.Path(path_type=Path), required=False)
@trust_option
@json_option
def command(case: Path | None, trust: bool, as_json: bool) -> int:
    """Compile the code of the flights, and the laws of CASE if one is given, before the first flight needs them.

    What is compiled is kept for this version of rvd and this machine. It takes a minute or more, once.
    """
    with telling("warmup", as_json):
        from rvd import api

        done = api.warmup(case, trust)
    if as_json:
        say_json({"seconds": done.seconds, "compiled": done.compiled, "kept": done.kept})
    else:
        say(done.sentence)
    return 0
