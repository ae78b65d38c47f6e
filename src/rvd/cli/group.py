"""The group of all commands: which there are, where they live, and what the process answers when one ends."""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import click

from rvd.errors import RvdError

from .output import complain, shown
from .stopping import Stopped, Stopping, end_deaf
from .system import check_room, open_streams, refusal_of

COMMANDS = {
    "new": ("rvd.cli.starter", "Write a case to start from: a copy, or one made of parts."),
    "parts": ("rvd.cli.parts", "List the parts that a case may take with `use`."),
    "check": ("rvd.cli.check", "Read a case and say it back in words."),
    "fly": ("rvd.cli.fly", "Fly a case once: the nominal flight, or one run of its campaign."),
    "campaign": ("rvd.cli.campaign", "Fly all runs of a case and give the verdict."),
    "report": ("rvd.cli.report", "Write tables, figures and a page about a results folder."),
    "export": ("rvd.cli.export", "Write a results folder as one CSV, Parquet or MAT file."),
    "merge": ("rvd.cli.merge", "Put the runs of several folders of one campaign into one."),
    "warmup": ("rvd.cli.warmup", "Compile what flights run, once, before the first one."),
    "verify": ("rvd.cli.verify", "Fly stored runs again and compare them bit for bit."),
}
"""Name, module (whose `command` it is) and one line of help; the module is imported when the command is called."""

STORING = ("campaign",)
"""The commands that store what they fly as they go."""

OUR_MISTAKE, UNREAD = 70, 141

Ending = tuple[int, Callable[[], None]]
"""An exit code, and what says why."""


class Unread(BaseException):
    """Whoever read our output has gone."""


class CommandGroup(click.Group):
    """The commands by name; every way to end has its exit code."""

    named: str | None = None
    """The command that was called; None before one is, and where none is."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in ("new", "parts"):
            check_room()
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that the words name, kept in mind: what is said at its end depends on it."""
        found = super().resolve_command(ctx, args)
        self.named = found[0]
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their lines of help, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """The words of the command line, taken apart; --help prints in the midst of it."""
        with _unread():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command that was named."""
        with _unread():
            return super().invoke(ctx)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a command and ends the process with its exit code; arguments as of click's own."""
        standalone = kwargs.pop("standalone_mode", True)
        run = functools.partial(super().main, *args, standalone_mode=False, **kwargs)
        if not standalone:
            return run()
        open_streams()
        self.named, stopping = None, Stopping()
        try:
            code = _answer(run, stopping, lambda: self.named in STORING)
        finally:
            stopping.give_back()
        if stopping.asked:  # threads may be compiling or flying still: nobody waits for them
            os._exit(code)
        end_deaf()
        sys.exit(code)


@contextlib.contextmanager
def _unread() -> Iterator[None]:
    """Keeps a broken pipe from click, which ends with 1 then: a verdict here."""
    try:
        yield
    except BrokenPipeError as error:
        raise Unread from error


def _answer(run: Callable[[], Any], stopping: Stopping, stores: Callable[[], bool] = bool) -> int:
    """The exit code of a command, with what has to be said on standard error; whether it stores what it flies."""
    try:
        code, say = _ending(run, stopping, stores)
    except Stopped as stopped:  # while it ended by itself
        code, say = _stopped(stopped)
    stopping.over = True
    with contextlib.suppress(OSError):
        say()
    _close_ears()
    return code


def _ending(run: Callable[[], Any], stopping: Stopping, stores: Callable[[], bool]) -> Ending:
    """How a command ends."""
    try:
        stopping.listen()
        code = run()
        sys.stdout.flush()
        return code if isinstance(code, int) else 0, _nothing
    except click.ClickException as error:
        return error.exit_code, error.show
    except Stopped as stopped:
        return _stopped(stopped)
    except (click.Abort, KeyboardInterrupt):
        return _stopped(Stopped(signal.SIGINT))
    except (Unread, BrokenPipeError):
        return UNREAD, _nothing
    except RvdError as error:
        return error.exit_code, functools.partial(complain, f"rvd: {shown(error)}")
    except Exception as error:
        refusal = refusal_of(error, kept=stores())
        if refusal is not None and not stopping.asked:
            return refusal.code, functools.partial(complain, f"rvd: {shown(refusal.sentence)}.")
        # Some libraries make an error of their own of what a signal raises in them (pydantic, as it writes a case).
        return _stopped(stopping.asked) if stopping.asked else (OUR_MISTAKE, functools.partial(_trace, error))


def _stopped(stopped: Stopped) -> Ending:
    return stopped.exit_code, functools.partial(complain, stopped.sentence)


def _trace(error: Exception) -> None:
    traceback.print_exception(error)
    complain("rvd: this is a mistake of rvd, not of the case.")


def _nothing() -> None:
    pass


def _close_ears() -> None:
    """Where whoever read our output has gone, nothing may be written there while Python ends, either."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
