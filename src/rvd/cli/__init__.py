"""The command line: the only place that prints. Each command is loaded when it is called."""

import click

from rvd import __version__

from .group import CommandGroup


def _version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"rvd {__version__}")
        ctx.exit()


main = CommandGroup(
    name="rvd",
    help="Will this chaser reach its goal at this target, how surely, and if not, why?",
    epilog=(
        "Exit codes: 0 requirements met, 1 one is not met, 2 the case or the results folder is wrong, "
        "3 not yet decided or runs missing, 70 our own mistake, 75 stopped (run again to resume), "
        "130 interrupted, 141 nobody reads the output."
    ),
    params=[  # click's own version_option would look the package up, which takes as long as all the rest
        click.Option(
            ["--version"], is_flag=True, expose_value=False, is_eager=True, help="Print the version.",
            callback=_version,
        )
    ],
)  # fmt: skip

__all__ = ["main"]
