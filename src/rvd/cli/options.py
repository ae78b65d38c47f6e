"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

FORMATS = ("png", "svg", "pdf")

case_argument = click.argument("case", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
seed_option = click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), help="Seed of the draws [default: the case's]."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 4096), help="Runs flown at a time [default: one a core]."
)


draws_option = click.option(
    "--draws",
    type=click.Path(path_type=Path),
    help="A table of draws (CSV or Parquet) to fly as given [default: the case's].",
)


trust_option = click.option(
    "--trust", is_flag=True, help="Run the laws of a results folder that you have neither flown nor trusted."
)


def figure_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """How figures are drawn: to which side +V-bar points, and in which formats."""
    side = click.option(
        "--vbar",
        type=click.Choice(["right", "left"]),
        default="right",
        show_default=True,
        help="Side of +V-bar in figures.",
    )
    form = click.option(
        "--format", "formats", type=click.Choice(FORMATS), multiple=True, default=("png",), show_default=True,
        help="Format of the figures; may be given again.",
    )  # fmt: skip
    return side(form(command))
