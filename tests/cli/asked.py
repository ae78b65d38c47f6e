"""Processes that are asked to end by a signal at a random moment: a loop of `rvd.fly`, and campaigns.

Each function gives what was wrong, in words; nothing where all was well.
"""

from __future__ import annotations

import contextlib
import os
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


# ---- campaigns


def campaigns(
    case: Path,
    home: Path,
    count: int,
    jobs: int,
    luck: np.random.Generator,
    longest_s: float,
    again: float = 0.0,
    environment: dict[str, str] | None = None,
) -> list[Sent]:
    """Signals to campaigns of a case, one in each process; a campaign that gets through is followed by another.

    Each comes at most `longest_s` after the process can take it, and a share `again` of them twice. What is left of
    the last campaign is flown at the end; the table has to be that of one that nobody has asked to end.
    """
    whole, sent, number = None, [], 0
    while True:
        out = home / f"jobs{jobs}-{number}"
        words = ["campaign", str(case), "--jobs", str(jobs), "--out", str(out)]
        while True:
            one, code = ask(words, luck, longest_s, again if len(sent) < count else -1.0, environment)
            if one:
                sent.append(one)
            if code in ENDS or (one and one.fault):
                break
        if sent and sent[-1].fault:
            return sent
        found = wrong_in(out)
        whole = whole or digest(table(out))
        if digest(table(out)) != whole:
            found = "another table"
        if found:
            return [*sent, Sent(0, code, found)]
        if len(sent) >= count:
            return sent
        number += 1


def ask(
    words: list[str],
    luck: np.random.Generator,
    longest_s: float,
    again: float,
    environment: dict[str, str] | None,
) -> tuple[Sent | None, int]:
    """One process, signalled where `again` is not negative; None for the signal if it had ended before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "rvd.cli", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | (environment or {}),
    )
    numbers: list[int] = []
    if again >= 0.0 and listening(process):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(luck.uniform(0.0, longest_s))
        for _ in range(1 + (luck.random() < again)):
            if process.poll() is None:
                numbers.append(int(luck.choice(ASKING)))
                process.send_signal(numbers[-1])
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(luck.choice([0.0, 0.05, 1.5]))
    _, said = process.communicate()
    code = process.returncode
    if not numbers:
        return None, code
    return Sent(numbers[0], code, fault(numbers, code, said)), code


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


def wrong_in(out: Path) -> str:
    """What is wrong with a folder whose campaign has got through."""
    told = [event for event in events(out) if event["event"] in ("crashed", "lost")]
    rows = table(out, ["outcome"])
    lost = int((rows["outcome"].to_numpy() == Outcome.LOST).sum())
    left = [path.name for path in (out / "tmp").iterdir()]
    return f"{told}, {lost} runs lost, {left} left over" if told or lost or left else ""
