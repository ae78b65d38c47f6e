"""The group of all commands: which there are, where they live, and what the process answers when one ends."""

from __future__ import annotations

import functools
import importlib
import os
import signal
import sys
import traceback
from types import FrameType
from typing import Any

import click

COMMANDS = {
    "new": ("rvd.cli.starter", "Copy a starter case and its tables here."),
    "check": ("rvd.cli.check", "Read a case and say it back in words."),
    "fly": ("rvd.cli.fly", "Fly a case once: the nominal flight, or one run of its campaign."),
    "campaign": ("rvd.cli.campaign", "Fly all runs of a case and give the verdict."),
    "report": ("rvd.cli.report", "Write tables, figures and a page about a results folder."),
    "export": ("rvd.cli.export", "Write a results folder as one CSV, Parquet or MAT file."),
    "merge": ("rvd.cli.merge", "Put the runs of several folders of one campaign into one."),
    "verify": ("rvd.cli.verify", "Fly stored runs again and compare them bit for bit."),
}
"""Name, module (whose `command` it is) and one line of help; the module is imported when the command is called."""

OUR_MISTAKE, STOPPED, INTERRUPTED = 70, 75, 130


class Stopped(BaseException):
    """The process was asked to end (SIGTERM); what was flown is kept."""


class House(click.Group):
    """Commands by name; every way to end has its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their lines of help, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a command and ends the process with its exit code; arguments as of click's own."""
        standalone = kwargs.pop("standalone_mode", True)
        run = functools.partial(super().main, *args, standalone_mode=False, **kwargs)
        if not standalone:
            return run()
        before = _listen()
        try:
            code = _answer(run)
        finally:
            _unlisten(before)
        sys.exit(code)


def _answer(run: Any) -> int:
    """The exit code of a command, with what has to be said on standard error."""
    try:
        code = run()
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Stopped:
        print("Stopped. What was flown is kept: run the same command again to go on.", file=sys.stderr)
        return STOPPED
    except (click.Abort, KeyboardInterrupt):
        print("Interrupted. What was flown is kept: run the same command again to go on.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; nothing may be written to it while Python ends, either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        return _explain(error)


def _explain(error: Exception) -> int:
    from rvd.errors import RvdError

    from .output import shown

    if isinstance(error, RvdError):
        print(f"rvd: {shown(error)}", file=sys.stderr)
        return error.exit_code
    traceback.print_exc()
    print("rvd: this is a mistake of rvd, not of the case.", file=sys.stderr)
    return OUR_MISTAKE


def _listen() -> Any:
    """Takes SIGTERM as `Stopped`; gives what was there before, None where signals are not ours to take."""
    try:
        return signal.signal(signal.SIGTERM, _stop)
    except ValueError:  # not the main thread
        return None


def _unlisten(before: Any) -> None:
    if before is not None:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
