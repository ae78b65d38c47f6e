import io
import sys

import pytest

from rvd.cli.progress import SECONDS, Lines, telling


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_log_gets_a_line_every_twentieth(capsys):
    lines = Lines(Clock())
    for done in range(1001):
        lines(done, 1000, f"{done}")
    said = capsys.readouterr().err.split()
    assert said == [str(k) for k in range(0, 1001, 50)]


def test_or_every_half_minute(capsys):
    clock = Clock()
    lines = Lines(clock)
    for second in range(100):
        clock.now = float(second)
        lines(second, 10**9, f"{second}")
    assert capsys.readouterr().err.split() == ["0", "30", "60", "90"]
    assert SECONDS == 30.0


def test_the_end_is_said_once(capsys):
    lines = Lines(Clock())
    for _ in range(3):
        lines(7, 7, "all")
    assert capsys.readouterr().err == "all\n"


def test_nothing_is_said_where_it_is_not_wanted(capsys):
    with telling("campaign", quiet=True) as tell:
        tell(1, 1, "all")
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_that_is_gone_afterwards(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with telling("campaign") as tell:
        tell(3, 10, "3 of 10 runs")
    shown = terminal.getvalue()
    assert "3 of 10 runs" in shown and "\x1b[2K" in shown


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


@pytest.mark.parametrize("terminal", [True, False])
def test_the_work_goes_on_where_nobody_hears_of_it(monkeypatch, terminal):
    gone = Gone()
    gone.isatty = lambda: terminal
    monkeypatch.setattr(sys, "stderr", gone)
    monkeypatch.setenv("TERM", "xterm")
    with telling("campaign") as tell:
        for done in range(11):
            tell(done, 10, f"{done} of 10 runs")
