"""Processes that are asked to end by a signal at a random moment: a loop of `rvd.fly`, and campaigns.

Each function gives what was wrong, in words; nothing where all was well.
"""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rvd.core.signals import Outcome
from rvd.interrupts import ASKING
from rvd.store import digest, events, table

ROOT = Path(__file__).parents[2]
CODES = {number: 130 if number == signal.SIGINT else 75 for number in ASKING}
ENDS = (0, 1, 3)
"""How a campaign ends that nobody asked to end: a verdict."""


class Sent(NamedTuple):
    """A signal that met a process alive, and what was wrong with how it ended."""

    number: int
    code: int
    fault: str


def hear() -> None:
    """Takes the signals as where none is ignored: under `nohup` whatever a test starts would ignore SIGHUP."""
    for number in ASKING:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def listening(process: subprocess.Popen) -> bool:
    """Waits until a process takes SIGTERM by a handler of its own; False if it ended before."""
    while process.poll() is None:
        with contextlib.suppress(OSError, AttributeError):
            status = Path(f"/proc/{process.pid}/status").read_text()
            caught = int(re.search(r"^SigCgt:\s*(\w+)$", status, re.M).group(1), 16)
            if caught >> (signal.SIGTERM - 1) & 1:
                return True
        time.sleep(0.01)
    return False


# ---- a loop of flights


LOOP = """
import signal, sys
import rvd
from rvd.interrupts import ASKING
from tests.short_case import short_case

class Asked(BaseException):
    pass

def take(number, frame):
    raise Asked(number)

case = short_case()
rvd.fly(case)  # an interrupted import leaves a library half there: that is not ours to mend
for number in ASKING:
    signal.signal(number, take)
while True:
    try:
        print("flying", flush=True)
        while True:
            rvd.fly(case)
    except Asked as asked:
        print("asked", asked.args[0], flush=True)
"""


def loop_of_flights(count: int, luck: np.random.Generator, longest_s: float = 0.2) -> list[Sent]:
    """Signals to a process that flies in its main thread, again and again; each has to be taken."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOOP], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    sent = []
    try:
        for _ in range(count):
            if process.stdout.readline() != "flying\n":
                break
            time.sleep(luck.uniform(0.0, longest_s))
            number = int(luck.choice(ASKING))
            process.send_signal(number)
            answer = process.stdout.readline()
            sent.append(Sent(number, CODES[number], "" if answer == f"asked {number}\n" else f"{answer!r}"))
        else:
            return sent
        process.wait()
        return [*sent[:-1], sent[-1]._replace(code=process.returncode, fault=process.stderr.read())]
    finally:
        process.kill()
        process.wait()


STORM = """
import random, signal, sys, threading, time
import numpy as np
from rvd.montecarlo.mission import Mission
from rvd.interrupts import ASKING
from tests.short_case import short_case

class Asked(BaseException):
    pass

def take(number, frame):
    raise Asked(number)

mission = Mission(short_case())
row, flyer, runs = mission.built.row[None], mission.flyer, np.array([0])
flyer.fly(row, 1, runs)
ready, sent, taken, flown, missed = threading.Event(), 0, 0, 0, 0

def storm():
    global sent, missed
    while True:
        ready.wait()
        ready.clear()
        ready.wait(random.uniform(0.0, 0.003))
        before, at = taken, flown
        sent += 1
        signal.pthread_kill(threading.main_thread().ident, random.choice(ASKING))
        while taken == before and flown < at + 5:
            time.sleep(0.001)
        if taken == before:  # five flights later
            missed += 1
            ready.set()

for number in ASKING:
    signal.signal(number, take)
threading.Thread(target=storm, daemon=True).start()
while sent < int(sys.argv[1]):
    try:
        ready.set()
        while True:
            flyer.fly(row, 1, runs)
            flown += 1
    except Asked:
        taken += 1
print(taken, missed)
"""


def storm_of_signals(count: int) -> str:
    """What is wrong where signals come within microseconds of any line of a flight's call; nothing if all are taken."""
    command = [sys.executable, "-c", STORM, str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return "" if (done.returncode, done.stdout) == (0, f"{count} 0\n") else f"{done}"


# ---- campaigns


class Campaign(NamedTuple):
    """What is flown, again and again: a case, on `jobs` threads, in folders of `home`; `whole`: its table's digest."""

    case: Path
    home: Path
    jobs: int
    whole: str


def campaigns(given: Campaign, count: int, luck: np.random.Generator, again: float = 0.0) -> list[Sent]:
    """So many signals to campaigns, one in each process, a share `again` of them twice.

    A campaign that gets through is looked at, and another begun; what is left of the last one is flown in peace.
    """
    sent: list[Sent] = []
    number = 0
    while len(sent) < count:
        out = given.home / f"jobs{given.jobs}-{number}"
        code = -1
        while code not in ENDS:
            one, code = ask(given, out, luck, again if len(sent) < count else None)
            sent += [one] if one else []
            if one and one.fault:
                return sent
        found = wrong_in(out, given.whole)
        if found:
            return [*sent, Sent(0, code, found)]
        number += 1
    return sent


def ask(
    given: Campaign, out: Path, luck: np.random.Generator, again: float | None
) -> tuple[Sent | None, int]:
    """One process and the signal it met; left in peace where `again` is None, none where it had ended before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "rvd.cli", "campaign", str(given.case), "--jobs", str(given.jobs), "--out", str(out)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear,
    )  # fmt: skip
    numbers: list[int] = []
    if again is not None and listening(process):
        moment(process, out, luck)
        for _ in range(1 + (luck.random() < again)):
            if process.poll() is None:
                numbers.append(int(luck.choice(ASKING)))
                process.send_signal(numbers[-1])
                pause(process, luck.choice([0.0, 0.05, 1.5]))
    _, said = process.communicate()
    code = process.returncode
    return (Sent(numbers[0], code, fault(numbers, code, said)) if numbers else None), code


def moment(process: subprocess.Popen, out: Path, luck: np.random.Generator) -> None:
    """Waits for a random moment: of the start, of the flights, or of the figures at the end."""
    shards = stored(out)
    kind = luck.choice(["start", "flights", "figures"], p=[0.35, 0.5, 0.15])
    while process.poll() is None and (
        (kind == "flights" and stored(out) <= shards)
        or (kind == "figures" and not (out / "figures").is_dir())
    ):
        time.sleep(0.005)
    pause(process, luck.uniform(0.0, 3.0 if kind == "start" else 0.5))


def stored(out: Path) -> int:
    """How many shards there are."""
    return len(list((out / "runs").glob("*.parquet")))


def pause(process: subprocess.Popen, seconds: float) -> None:
    """Lets a process work for so long, or to its end."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def fault(numbers: list[int], code: int, said: str) -> str:
    """What is wrong with how a campaign ended; one whose runs were all flown may end in its verdict."""
    wanted = {CODES[number] for number in numbers}
    if code not in wanted and code not in ENDS:
        return f"signals {numbers}: exit code {code}: {said}"
    if "Traceback" in said or "Exception ignored" in said or "Error" in said:
        return f"signals {numbers}: exit code {code} with a traceback: {said}"
    if code in wanted and "run the same command again to go on" not in said:
        return f"signals {numbers}: exit code {code} without a word: {said}"
    return ""


def wrong_in(out: Path, whole: str) -> str:
    """What is wrong with a folder whose campaign has got through."""
    rows = table(out)
    told = [event for event in events(out) if event["event"] in ("crashed", "lost")]
    lost = int((rows["outcome"].to_numpy() == Outcome.LOST).sum())
    left = [path.name for path in (out / "tmp").iterdir()]
    if told or lost or left:
        return f"{told}, {lost} runs lost, {left} left over"
    return "" if digest(rows) == whole else "another table than that of a campaign left in peace"
