import resource
import signal
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

import rvd
from rvd.cli import main
from rvd.cli.group import COMMANDS, CommandGroup
from rvd.cli.stopping import Stopped
from rvd.errors import CaseError, StoreError
from rvd.interrupts import ASKING


def ending(how) -> CommandGroup:
    """A group whose only command ends in the way given: by raising, or by what it returns."""

    @click.command("check")
    def command():
        if isinstance(how, BaseException):
            raise how
        return how

    group = CommandGroup("rvd")
    group.get_command = lambda ctx, name: command
    return group


@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        (None, 0, ""),
        (3, 3, ""),
        (
            CaseError("a.toml", 7, "chaser.mass", "is negative", "write more"),
            2,
            "rvd: a.toml:7: chaser.mass: is negative",
        ),
        (StoreError("out", "is damaged"), 2, "rvd: out: is damaged."),
        (click.UsageError("no such option"), 2, "no such option"),
        (KeyboardInterrupt(), 130, "run the same command again"),
        (Stopped(), 75, "run the same command again"),
        (BrokenPipeError(), 141, ""),
        (ZeroDivisionError("division by zero"), 70, "ZeroDivisionError: division by zero"),
    ],
)
def test_every_way_to_end_has_its_exit_code(how, code, said):
    result = CliRunner().invoke(ending(how), ["check"])
    assert result.exit_code == code
    assert said in result.stderr and result.stdout == ""
    assert ("Traceback" in result.stderr) == (code == 70)
    if code == 2 and not isinstance(how, click.UsageError):
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("number", ASKING)
def test_the_handlers_of_signals_are_given_back(number):
    before = signal.getsignal(number)
    CliRunner().invoke(ending(0), ["check"])
    assert signal.getsignal(number) is before


def test_each_command_says_its_options_in_json_too():
    for name in COMMANDS:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0 and "--json" in result.output, name


def test_help_imports_nothing_heavy_and_lists_every_command():
    probe = (
        "import sys\nfrom rvd.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = ('numpy', 'numba', 'scipy', 'matplotlib', 'pydantic', 'pyarrow', 'rich')\n"
        "print(*[name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    *help_, loaded = done.stdout.splitlines()
    assert loaded == ""
    assert all(any(line.startswith(f"  {name} ") for line in help_) for name in COMMANDS)


def test_help_is_quick():
    """Processor time, which a busy machine stretches little: 0.07 s, and the least of three tries."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "rvd.cli", "--help"], stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(once() for _ in range(3)) < 0.3


def test_a_command_that_does_not_exist_is_refused():
    result = CliRunner().invoke(main, ["fliegen"])
    assert result.exit_code == 2 and "No such command 'fliegen'" in result.stderr


def test_the_version_is_that_of_the_package():
    assert CliRunner().invoke(main, ["--version"]).output == f"rvd {rvd.__version__}\n"
