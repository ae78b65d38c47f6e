import faulthandler
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from rvd.core.signals import Outcome
from rvd.montecarlo.run import run_campaign
from rvd.montecarlo.verify import verify
from rvd.store import digest, events
from rvd.store.crashes import Watch, crashes
from rvd.store.shards import Span
from tests.montecarlo.cheap import CheapFlyer, plan

ROOT = Path(__file__).parents[2]
FAULTS = {1: signal.SIGABRT, 2: signal.SIGSEGV}


def fly(out, jobs, runs=200):
    command = [sys.executable, "-m", "tests.montecarlo.cheap", "crash", str(out), str(runs), str(jobs)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_crashes_its_process_twice_is_lost_and_no_other(tmp_path, jobs):
    first = fly(tmp_path, jobs)
    assert first.returncode == -FAULTS[jobs], first.stderr
    second = fly(tmp_path, jobs)  # flies all others, and the suspects one by one in the main thread
    assert second.returncode == -signal.SIGABRT, second.stderr
    third = fly(tmp_path, jobs)
    assert third.returncode == 0, third.stderr
    whole = run_campaign(plan(), CheapFlyer(), 7, 200, jobs=1)
    done = run_campaign(plan(), CheapFlyer(), 7, 200, out=tmp_path)
    assert done.flown == 0 and done.counts[Outcome.LOST] == 1 and sum(done.counts.values()) == 200
    rows, others = done.table(), np.arange(200) != 77
    assert rows["outcome"][77].as_py() == Outcome.LOST.value
    assert [rows[name][77].as_py() for name in ("captured", "leg", "fuel_kg")] == [False, None, None]
    assert rows["start.vbar"][77] == whole.table()["start.vbar"][77]
    assert digest(rows.filter(others)) == digest(whole.table().filter(others))
    told = [e for e in events(tmp_path) if e["event"] in ("crashed", "lost")]
    assert [(e["event"], e.get("alone")) for e in told] == [
        ("crashed", False),
        ("crashed", True),
        ("lost", None),
    ]
    assert any(a <= 77 < b for a, b in told[0]["runs"]) and told[1]["runs"] == [[77, 78]]
    assert list((tmp_path / "tmp").iterdir()) == []
    assert verify(tmp_path, plan(), CheapFlyer(), 200).equal  # which does not fly run 77


def test_a_process_that_was_killed_from_outside_puts_no_run_under_suspicion(tmp_path):
    command = [sys.executable, "-m", "tests.montecarlo.cheap", str(tmp_path), "1000", "2", "0.01"]
    process = subprocess.Popen(command, cwd=ROOT)
    while not list((tmp_path / "runs").glob("*")) and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert list((tmp_path / "tmp").glob("*-flying@*")) and crashes(tmp_path) == []
    run_campaign(plan(), CheapFlyer(), 7, 1000, out=tmp_path)
    assert not [e for e in events(tmp_path) if e["event"] == "crashed"]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_process_that_crashed_once_it_was_asked_to_end_puts_no_run_under_suspicion(tmp_path):
    """As compiled code does that cannot take the exception of a signal: the fault is in the handler's place."""
    (tmp_path / "tmp").mkdir()
    code = (
        "import faulthandler, pathlib, signal\nfrom rvd.store.crashes import Watch\nfrom rvd.store.shards import Span\n"
        "signal.signal({}, lambda *_: faulthandler._sigsegv())\n"
        f"with Watch(pathlib.Path({str(tmp_path)!r})) as watch, watch.flying(Span(3, 5)):\n"
        "    signal.raise_signal({})\n    faulthandler._sigsegv()\n"
    )
    for number, suspected in (
        (signal.SIGINT, []),
        (signal.SIGTERM, []),
        (signal.SIGUSR1, [([Span(3, 5)], False)]),
    ):
        done = subprocess.run([sys.executable, "-c", code.format(int(number), int(number))], cwd=ROOT)
        assert done.returncode == -signal.SIGSEGV
        assert len(list((tmp_path / "tmp").iterdir())) == 3
        assert crashes(tmp_path) == suspected
        for path in (tmp_path / "tmp").iterdir():
            path.unlink()


def test_a_run_that_was_interrupted_is_not_in_the_air_any_more(tmp_path, monkeypatch):
    monkeypatch.setattr(faulthandler, "is_enabled", lambda: True)  # pytest has its own
    (tmp_path / "tmp").mkdir()
    with Watch(tmp_path) as watch:
        with pytest.raises(KeyboardInterrupt), watch.flying(Span(0, 8)):
            raise KeyboardInterrupt
        (record,) = (tmp_path / "tmp").glob("*-flying@*")
        assert record.read_text() == "+ 0 8 among\n- 0 8 among\n"


def test_the_signals_of_an_event_loop_stay_its_own(tmp_path):
    (tmp_path / "tmp").mkdir()
    read, write = os.pipe()
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write)
    try:
        with Watch(tmp_path):
            pass
    finally:
        assert signal.set_wakeup_fd(-1) == write
        os.close(read)
        os.close(write)


def test_what_is_in_the_air_is_what_was_begun_and_has_not_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(faulthandler, "is_enabled", lambda: True)  # pytest has its own
    (tmp_path / "tmp").mkdir()
    with Watch(tmp_path) as watch:
        with watch.flying(Span(0, 8)):
            pass
        with watch.flying(Span(8, 16)), watch.flying(Span(40, 41)):
            (record,) = (tmp_path / "tmp").glob("*-flying@*")
            lines = record.read_text()
    assert lines == "+ 0 8 among\n- 0 8 among\n+ 8 16 among\n+ 40 41 among\n"
    assert list((tmp_path / "tmp").iterdir()) == []
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    name = record.name.replace(str(os.getpid()), str(ended.pid), 1)
    record.with_name(name).write_text(lines)
    trace = record.with_name(name.replace("flying", "trace"))
    trace.write_text("")
    assert crashes(tmp_path) == []
    trace.write_text("Fatal Python error: Segmentation fault\n")
    assert crashes(tmp_path) == [([Span(8, 16), Span(40, 41)], False)]
    record.with_name(name).write_text("+ 8 sixteen among\n")
    assert crashes(tmp_path) == []
