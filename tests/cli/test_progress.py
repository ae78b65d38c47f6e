import io
import subprocess
import sys
import time

import pytest

from rvd.cli.progress import SECONDS, Lines, telling


@pytest.fixture(autouse=True)
def no_first_word():
    """Here silence is ended as it is for users."""


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_log_gets_a_line_every_twentieth(capsys):
    lines = Lines(clock=Clock())
    for done in range(1001):
        lines(done, 1000, f"{done}")
    said = capsys.readouterr().err.split()
    assert said == [str(k) for k in range(0, 1001, 50)]


def test_or_every_half_minute(capsys):
    clock = Clock()
    lines = Lines(clock=clock)
    for second in range(100):
        clock.now = float(second)
        lines(second, 10**9, f"{second}")
    assert capsys.readouterr().err.split() == ["0", "30", "60", "90"]
    assert SECONDS == 30.0


def test_the_end_is_said_once(capsys):
    lines = Lines(clock=Clock())
    for _ in range(3):
        lines(7, 7, "all")
    assert capsys.readouterr().err == "all\n"


class Work:
    """What is compiled at which seconds, as `rvd.compiling` tells it."""

    def __init__(self, clock: Clock, *spans: tuple[float, float]) -> None:
        self._clock, self._spans = clock, spans

    @property
    def now(self) -> bool:
        return any(a <= self._clock.now < b for a, b in self._spans)

    @property
    def seconds(self) -> float:
        return sum(min(max(self._clock.now - a, 0.0), b - a) for a, b in self._spans)

    functions = 7


def heard(capsys, until: float, *spans: tuple[float, float], first: str = "", done=()) -> list[str]:
    """The lines that a log gets while the clock goes on, each with its second."""
    clock, said = Clock(), []
    lines, work = Lines(first, clock=clock), Work(clock, *spans)
    for beat in range(int(4 * until)):
        clock.now = beat / 4.0
        lines.look(work)
        for at, count in done:
            if at == clock.now:
                lines(count, 100, f"{count} of 100 runs")
        said += [f"{clock.now:g} {line}" for line in capsys.readouterr().err.splitlines()]
    return said


def test_while_code_is_compiled_a_log_gets_a_line_every_ten_seconds(capsys):
    # In three stretches with short pauses between them, in which what is compiled is written to the disk.
    said = heard(
        capsys, 60.0, (3.0, 20.0), (20.5, 30.0), (30.25, 47.0), first="reading a.toml", done=[(52.0, 3)]
    )
    assert said == [
        "2 reading a.toml",
        "4 compiling the code of the flights, once for this version of rvd: takes some minutes",
        "13.5 compiling: 0:10, 7 functions",
        "23 compiling: 0:19, 7 functions",
        "32.5 compiling: 0:28, 7 functions",
        "42 compiling: 0:38, 7 functions",
        "47.75 compiled in 0:43",
        "52 3 of 100 runs",
    ]


def test_what_takes_no_time_to_compile_is_not_said_to_be_compiled(capsys):
    assert heard(capsys, 30.0, (1.0, 1.5), (3.0, 3.75), (9.0, 9.25)) == []


def test_two_stretches_far_apart_are_two(capsys):
    said = heard(capsys, 40.0, (1.0, 5.0), (20.0, 24.0))
    assert [line.split()[:2] for line in said] == [
        ["2", "compiling"], ["5.75", "compiled"], ["21", "compiling"], ["24.75", "compiled"],
    ]  # fmt: skip


def test_silence_is_ended_by_what_is_being_done_until_there_is_progress(capsys):
    said = heard(capsys, 60.0, first="reading a.toml", done=[(25.0, 1), (27.0, 2)])
    assert said == [
        "2 reading a.toml",
        "11.5 reading a.toml: 0:11",
        "21 reading a.toml: 0:21",
        "25 1 of 100 runs",
    ]


SCRIPT = """
import sys, time
sys.path.insert(0, "tests")
from rvd.cli import progress
progress.BRIEF_S = progress.FIRST_S = 0.1
with progress.telling("test", first="reading it") as tell:
    time.sleep(0.5)
    import numba

    @numba.njit
    def slow(x):
        return [str(x), x * 2.0, x + 1]

    for kind in (1, 2.0, 1j, True):
        try:
            slow(kind)
        except Exception:
            pass
    tell(1, 1, "1 of 1 runs")
"""


def test_a_pipe_hears_what_is_done_and_compiled_while_it_is(tmp_path):
    """In a process of its own, whose main thread compiles."""
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    said = done.stderr.splitlines()
    assert said[0] == "reading it" and said[-1] == "1 of 1 runs"
    assert any(line.startswith("compiling the code of the flights") for line in said), said


def test_nothing_is_said_where_it_is_not_wanted(capsys):
    with telling("campaign", quiet=True) as tell:
        tell(1, 1, "all")
    assert capsys.readouterr() == ("", "")


class Terminal(io.StringIO):
    """Somebody looks at it."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch) -> Terminal:
    """Standard error is a terminal from here on."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return sys.stderr


def test_a_terminal_gets_a_bar_that_is_gone_afterwards(monkeypatch):
    shown = terminal(monkeypatch)
    with telling("campaign") as tell:
        tell(3, 10, "3 of 10 runs")
    assert "3 of 10 runs" in shown.getvalue() and "\x1b[2K" in shown.getvalue()


def test_a_terminal_says_that_something_is_compiled(monkeypatch):
    from rvd.compiling import Compiling

    monkeypatch.setattr(Compiling, "now", True)
    monkeypatch.setattr(Compiling, "seconds", 65.0)
    shown = terminal(monkeypatch)
    with telling("fly"):
        time.sleep(0.6)
    assert "compiling, once for this version of rvd: 1:05" in shown.getvalue()


def test_a_terminal_without_anything_to_say_stays_clean(monkeypatch):
    shown = terminal(monkeypatch)
    with telling("fly"):
        time.sleep(0.6)
    assert shown.getvalue() == ""


def test_a_failure_inside_passes_through():
    with pytest.raises(KeyError), telling("campaign", quiet=True):
        raise KeyError("x")


class Gone(io.StringIO):
    """A terminal that is no more."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        raise OSError(5, "Input/output error")

    flush = close = lambda self: self.write("")


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_work_goes_on_where_nobody_hears_of_it(monkeypatch, is_terminal):
    gone = Gone()
    gone.isatty = lambda: is_terminal
    monkeypatch.setattr(sys, "stderr", gone)
    monkeypatch.setenv("TERM", "xterm")
    with telling("campaign") as tell:
        for done in range(11):
            tell(done, 10, f"{done} of 10 runs")
