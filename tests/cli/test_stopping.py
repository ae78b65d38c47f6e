import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import threading
import time

import numpy as np
import pytest

import rvd
from rvd.cli.group import _answer
from rvd.cli.stopping import Stopped, Stopping
from rvd.errors import StoreError
from rvd.interrupts import ASKING
from rvd.store import digest
from tests.cli.asked import Campaign, campaigns, hear, listening, loop_of_flights, storm_of_signals
from tests.short_case import TIGHT, write_short

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as Unix has them")


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def heard():
    """The signals as they are where nothing ignores them."""
    before = [(number, signal.getsignal(number)) for number in ASKING]
    hear()
    yield
    for number, handler in before:
        signal.signal(number, handler)


@pytest.fixture
def stopping(heard):
    """Signals taken, by a clock of our own."""
    one = Stopping(Clock())
    one.listen()
    yield one
    one.give_back()


@pytest.mark.parametrize(("number", "code"), [(n, 130 if n == signal.SIGINT else 75) for n in ASKING])
def test_each_signal_has_its_exit_code(stopping, number, code):
    with pytest.raises(Stopped) as caught:
        signal.raise_signal(number)
    assert caught.value.exit_code == code == stopping.asked.exit_code
    assert "What was flown is kept" in caught.value.sentence


def test_what_comes_at_once_after_it_is_the_same_request_and_what_comes_later_is_not(stopping):
    with pytest.raises(Stopped):
        signal.raise_signal(signal.SIGTERM)
    stopping._clock.now = 0.9
    signal.raise_signal(signal.SIGHUP)
    stopping._clock.now = 1.1
    with pytest.raises(Stopped):
        signal.raise_signal(signal.SIGINT)


def test_once_the_answer_is_known_nothing_is_raised(stopping):
    stopping.over = True
    signal.raise_signal(signal.SIGTERM)
    assert stopping.asked is None


@pytest.mark.parametrize("number", ASKING)
def test_what_is_ignored_stays_ignored_and_all_is_given_back(number):
    before = signal.signal(number, signal.SIG_IGN)
    hooks = sys.unraisablehook, sys.excepthook
    try:
        one = Stopping()
        one.listen()
        signal.raise_signal(number)
        one.give_back()
        assert signal.getsignal(number) is signal.SIG_IGN and (sys.unraisablehook, sys.excepthook) == hooks
    finally:
        signal.signal(number, before)


def test_a_signal_whose_exception_is_dropped_is_sent_again():
    """Listening from within the test: early versions of pytest take the hook themselves when a test begins."""

    class Finalised:
        def __del__(self):
            signal.raise_signal(signal.SIGTERM)

    one = Stopping()
    one.listen()
    try:
        with pytest.raises(Stopped):
            Finalised()
            threading.Event().wait()
    finally:
        one.give_back()


def test_a_signal_whose_exception_a_library_prints_is_sent_again(capsys):
    """NumPy's `import_array` calls `PyErr_Print`, which drops the exception."""
    one = Stopping()
    one.listen()
    try:
        with pytest.raises(Stopped):
            dropped_and_printed(lambda: signal.raise_signal(signal.SIGTERM))
            threading.Event().wait()
        dropped_and_printed(lambda: int("of its own"))
    finally:
        one.give_back()
    told = capsys.readouterr().err
    assert "Stopped" not in told and told.endswith(
        "ValueError: invalid literal for int() with base 10: 'of its own'\n"
    )


def dropped_and_printed(call):
    """What C code does that has no way to hand an exception on: it is printed by `sys.excepthook`."""
    try:
        call()
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_what_a_library_makes_of_a_signal_is_no_mistake_of_ours(stopping, capsys):
    """As pydantic does with what is raised while it writes a value."""

    def run():
        try:
            signal.raise_signal(signal.SIGINT)
        except Stopped as stopped:
            raise ValueError("a value cannot be written") from stopped

    assert _answer(run, stopping) == 130
    assert capsys.readouterr().err.startswith("Interrupted.")


def test_a_signal_does_not_hide_that_the_disk_is_full(stopping, capsys):
    def run():
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            raise StoreError("out", "the disk is full", "free some space")

    assert _answer(run, stopping) == 2
    assert capsys.readouterr().err == "rvd: out: the disk is full; free some space.\n"


def test_a_signal_while_another_ending_is_told_is_taken(stopping, monkeypatch):
    def late(*_):
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("rvd.cli.group.shown", late)

    def run():
        raise StoreError("out", "is damaged")

    assert _answer(run, stopping) == 75


def test_what_else_cannot_be_raised_goes_where_it_went():
    class Faulty:
        def __del__(self):
            raise ValueError("of its own")

    told, before = [], sys.unraisablehook
    sys.unraisablehook = told.append
    one = Stopping()
    one.listen()
    Faulty()
    one.give_back()
    sys.unraisablehook = before
    assert len(told) == 1 and one.asked is None


# ---- processes


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return write_short(tmp_path_factory.mktemp("case"), {**TIGHT, "campaign.runs": 100})


@pytest.fixture(scope="module")
def whole(case):
    """The table of a campaign left in peace."""
    return digest(rvd.campaign(case).table())


def test_signals_in_a_loop_of_flights_are_taken_each():
    sent = loop_of_flights(8, np.random.default_rng(1))
    assert [one.fault for one in sent] == [""] * 8


def test_no_signal_is_lost_whatever_line_of_a_flight_it_meets():
    """Of 640 one was lost on average where Numba was given the laws themselves."""
    assert storm_of_signals(1500) == ""


@pytest.mark.parametrize("jobs", [1, 2])
def test_signals_to_campaigns_end_them_by_their_codes_and_cost_no_run(case, whole, tmp_path, jobs):
    """Six at random moments, a third of them twice; the table in the end is that of a campaign left in peace."""
    given = Campaign(case, tmp_path, jobs, whole)
    sent = campaigns(given, 6, np.random.default_rng(jobs), again=0.33)
    assert [one.fault for one in sent] == [""] * 6


def start(case, out, **options):
    words = ["campaign", str(case), "--runs", "100000", "--no-figures", "--jobs", "1", "--out", str(out)]
    return subprocess.Popen([sys.executable, "-m", "rvd.cli", *words], text=True, **options)


def stored(out):
    """Waits until there is a shard."""
    while not any((out / "runs").glob("*")):
        time.sleep(0.01)


def test_under_nohup_a_terminal_that_closes_stops_nothing(case, tmp_path):
    process = start(
        case,
        tmp_path / "out",
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    assert listening(process)
    process.send_signal(signal.SIGHUP)
    stored(tmp_path / "out")
    process.send_signal(signal.SIGTERM)
    assert process.communicate()[1].splitlines()[-1].startswith("Stopped.") and process.returncode == 75


def test_a_terminal_that_closes_stops_a_campaign_that_can_tell_nobody(case, tmp_path):
    """Its progress bar, its last words and the flush at the end meet a terminal that is no more."""
    ours, theirs = pty.openpty()
    process = start(
        case, tmp_path / "out", stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | {"TERM": "xterm"},
        start_new_session=True, preexec_fn=lambda: (hear(), fcntl.ioctl(0, termios.TIOCSCTTY, 0)),
    )  # fmt: skip
    os.close(theirs)
    while not any((tmp_path / "out" / "runs").glob("*")):
        if select.select([ours], [], [], 0.01)[0]:
            os.read(ours, 4096)
    os.close(ours)  # the system sends SIGHUP
    assert process.wait() == 75


def test_a_pipe_that_nobody_reads_does_not_stop_a_campaign_and_is_no_verdict(case, tmp_path):
    """Progress that nobody hears is no reason to stop: all runs are flown and kept, and the code is that of SIGPIPE."""
    read, write = os.pipe()
    os.close(read)
    words = ["campaign", str(case), "--runs", "20", "--no-figures", "--out", "out"]
    command = [sys.executable, "-m", "rvd.cli", *words]
    assert subprocess.run(command, cwd=tmp_path, stdout=write, stderr=write).returncode == 141
    os.close(write)
    assert len(list((tmp_path / "out" / "runs").glob("*.parquet"))) > 0
    again = subprocess.run([*command, "--json"], cwd=tmp_path, capture_output=True, text=True)
    assert '"flown": 0' in again.stdout and again.returncode in (1, 3)


@pytest.mark.parametrize("words", [["--help"], ["check", "{case}"], ["--version"]])
def test_a_pipe_that_nobody_reads_is_no_verdict_for_any_command(case, words):
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "rvd.cli", *(word.format(case=case) for word in words)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")
