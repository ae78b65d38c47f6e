"""`rvd report`: tables, figures and one page about a results folder."""

from __future__ import annotations

from pathlib import Path

import click

from .options import figure_options, jobs_option, json_option, trust_option
from .output import say, say_json
from .progress import telling


@click.command("report")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write [default: into DIR]."
)
@click.option(
    "--flights",
    type=click.IntRange(0),
    default=40,
    show_default=True,
    help="Runs drawn as lines, failures first; those that the campaign kept no lines of are flown again.",
)
@jobs_option
@figure_options
@trust_option
@click.option("--quiet", is_flag=True, help="Tell no progress.")
@json_option
def command(
    folder: Path, out: Path | None, flights: int, jobs: int | None, vbar: str, formats: tuple[str, ...], trust: bool,
    quiet: bool, as_json: bool,
) -> int:  # fmt: skip
    """Write report.html (one file, no other needed), tables.txt and figures/ about the results folder DIR.

    The exit code is the verdict: 3 too while runs are missing.
    """
    with telling("report", quiet or as_json, f"reading {folder}") as tell:
        from rvd import api
        from rvd.montecarlo.verdict import exit_code
        from rvd.reporting.write import capitalised

        done = api.report(
            folder, out, flights, jobs, formats, vbar,  # type: ignore[arg-type]
            lambda now, total: tell(now, total, f"{now} of {total} flights flown again"), trust,
        )  # fmt: skip
    if as_json:
        say_json(
            {
                "page": done.page,
                "figures": done.figures,
                "success": done.counted._asdict(),
                "findings": [finding.to_json() for finding in done.findings],
                "tables": {grid.title: grid.records for grid in done.grids},
                "complete": done.complete,
                "note": done.note,
            }
        )
        return exit_code(done.findings, done.complete)
    for grid in done.grids:
        say(grid.text() + "\n")
    say(capitalised(done.counted.sentence))
    for finding in done.findings:
        say(finding.sentence)
    if done.note:
        say(done.note)
    say(f"wrote {done.page} and {len(done.figures)} figures in {done.figures[0].parent}")
    return exit_code(done.findings, done.complete)
