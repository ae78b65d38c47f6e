"""`rvd export`: the table of a results folder as one file for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from .options import json_option
from .output import say, say_json


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--csv", "csv", is_flag=True, help="Write runs.csv, and columns.csv with units and meanings.")
@click.option("--parquet", is_flag=True, help="Write runs.parquet, units and meanings in its fields.")
@click.option("--mat", is_flag=True, help="Write runs.mat, for MATLAB.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write [default: DIR/export]."
)
@json_option
def command(folder: Path, csv: bool, parquet: bool, mat: bool, out: Path | None, as_json: bool) -> int:
    """Write the runs of the results folder DIR as one table: each run once, sorted, in SI units.

    Pandas, Polars and DuckDB read the folder itself too: DIR/runs.
    """
    from rvd import api

    kinds = [kind for kind, asked in (("csv", csv), ("parquet", parquet), ("mat", mat)) if asked]
    if not kinds:
        raise click.UsageError("say what to write: --csv, --parquet or --mat.")
    done = api.export(folder, kinds, out)
    if as_json:
        say_json({"written": done.written, "runs": done.runs, "asked": done.asked})
        return 0
    for path in done.written:
        say(f"wrote {path}")
    say(done.sentence)
    return 0
