"""`rvd check`: a case read, converted and said back in words."""

from __future__ import annotations

from pathlib import Path

import click

from .options import case_argument, json_option
from .output import say, say_json


@click.command("check")
@case_argument
@json_option
def command(case: Path, as_json: bool) -> int:
    """Read CASE, say every mistake in it, or say it back in words with its defaults.

    What is said back is what will be flown: a wrong sign is seen before it flies.
    """
    from rvd import case as room
    from rvd.campaign.mission import Mission

    read = room.load(case)
    Mission(read)  # the tables it names are read and the nozzles allotted, as for a flight
    if as_json:
        say_json({"case": case, "values": read.model_dump(mode="json", by_alias=True)})
    else:
        say(room.say(read))
    return 0
