"""`rvd check`: a case read, converted and said back in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import case_argument, json_option, trust_option
from .output import say, say_json

if TYPE_CHECKING:
    from rvd.case import Case
    from rvd.report.grid import Grid


@click.command("check")
@case_argument
@click.option("--wrench", is_flag=True, help="Say too how hard each set of nozzles can push and turn.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="With --wrench: draw it into this folder."
)
@trust_option
@json_option
def command(case: Path, wrench: bool, out: Path | None, trust: bool, as_json: bool) -> int:
    """Read CASE, say every mistake in it, or say it back in words with its defaults.

    What is said back is what will be flown: a wrong sign is seen before it flies.
    """
    from rvd import case as room
    from rvd.campaign.mission import Mission

    if out is not None and not wrench:
        raise click.UsageError("--out is where --wrench draws: give both.")
    read = room.load(case)
    Mission(read, trust)  # the tables it names are read and the nozzles allotted, as for a flight
    summary = _wrench(read, out) if wrench else None
    if as_json:
        record = {"case": case, "values": read.model_dump(mode="json", by_alias=True)}
        say_json(
            record
            if summary is None
            else {**record, "wrench": [dict(zip(summary.heads, row)) for row in summary.rows]}
        )
        return 0
    say(room.say(read))
    if summary is not None:
        say("\n" + summary.text())
    return 0


def _wrench(read: Case, out: Path | None) -> Grid:
    """The attainable wrench as a table; its figure, if there is a folder for it."""
    from rvd.report.figures import write_figures
    from rvd.report.wrench import attainable_of, draw_wrench, wrench_grid

    summary = attainable_of(read)
    if out is not None:
        write_figures({"wrench": draw_wrench(summary, read.title)}, out)
    return wrench_grid(summary)
