"""Commands of `rvd` called many times, in processes that may hang or die: what each answered, and whether it may."""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from rvd.montecarlo.executors import cores

LIMIT_S = 60.0
"""No number takes longer: then something hangs."""

CODES = (0, 1, 2, 3)
"""How a command may end that was not stopped and did not find a mistake of ours."""

LONGEST = 600
"""Letters of a line that is still a sentence."""


class Call(NamedTuple):
    """One command and its answer; `code` is None where there was none in time, or its process died."""

    words: tuple[str, ...]
    code: int | None
    out: str
    err: str
    seconds: float

    @property
    def fault(self) -> str:
        """Why this is no way to end; empty for an exit code of the design with its words."""
        if self.code not in CODES:
            said = [line for line in self.err.splitlines() if line.strip()][-2:]
            return f"exit code {self.code}: {' '.join(said)}"
        if "Traceback" in self.err or "Warning:" in self.err:
            return f"exit code {self.code} with a traceback or a warning"
        said = self.err if self.code == 2 else self.out
        if not said.strip():
            return f"exit code {self.code} without a word"
        if self.code == 2 and not all(0 < len(line) < LONGEST for line in said.rstrip("\n").split("\n")):
            return "a sentence that is none"
        return ""


Work = Callable[[int, Path, Callable[..., Call]], list[Call]]
"""What is done with a number: given the number, an empty folder and `call`, which takes the words of a command."""


def arguments(text: str | None, count: int) -> argparse.Namespace:
    """What these commands are given: how many, the seed of the accidents, workers, or one number alone."""
    parser = argparse.ArgumentParser(description=text)
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=cores())
    parser.add_argument("--only", type=int, help="do this number alone and show what was said")
    return parser.parse_args()


def reported(work: Work, given: argparse.Namespace, things: str) -> int:
    """Does all the numbers and prints how the commands ended, and every miss; the exit code."""
    if given.only is not None:
        return _shown(work, given.only)
    begin, misses, worst = time.monotonic(), 0, (0.0, 0)
    ends: Counter[tuple[str, int | None]] = Counter()
    for number, calls in all_calls(work, given.count, given.jobs, LIMIT_S):
        for one in calls:
            ends[one.words[0], one.code] += 1
            worst = max(worst, (one.seconds, number))
            if one.fault:
                misses += 1
                print(f"MISS {number}: {one.words[0]}: {one.fault}", flush=True)
    for (verb, code), count in sorted(ends.items(), key=str):
        print(f"{verb:10} exit code {code}: {count:6}")
    took = f"{time.monotonic() - begin:.0f} s, the longest command {worst[0]:.1f} s (of number {worst[1]})"
    print(f"{given.count} {things}, {took}, {misses} misses")
    return 1 if misses else 0


def _shown(work: Work, number: int) -> int:
    """One number again, with the words of each command."""
    ((_, calls),) = all_calls(lambda _, folder, call: work(number, folder, call), 1, 1, LIMIT_S)
    for one in calls:
        print("\n$ rvd", *one.words, "->", one.code, one.fault, f"\n{one.out}{one.err}")
    return 1 if any(one.fault for one in calls) else 0


def all_calls(work: Work, count: int, workers: int, limit_s: float) -> Iterator[tuple[int, list[Call]]]:
    """The numbers 0 to count - 1 with what was called for each, as they come; no number takes longer than `limit_s`.

    A process that hangs is killed, and one that died is replaced; either is an answer without a code.
    """
    numbers = iter(range(count))
    busy: dict[Connection, _Worker] = {}
    for number in itertools.islice(numbers, workers):
        worker = _Worker(work)
        worker.give(number)
        busy[worker.pipe] = worker
    try:
        while busy:
            ready = wait(list(busy), timeout=0.5)
            late = [pipe for pipe, w in busy.items() if pipe not in ready and w.seconds > limit_s]
            for pipe in [*ready, *late]:
                worker = busy.pop(pipe)
                number, calls, alive = worker.taken(pipe in late)
                yield number, calls
                following = next(numbers, None)
                if not alive:
                    worker.end()
                    worker = _Worker(work)
                if following is None:
                    worker.end()
                else:
                    worker.give(following)
                    busy[worker.pipe] = worker
    finally:
        for worker in busy.values():
            worker.end()


class _Worker:
    """A process that works on one number at a time."""

    def __init__(self, work: Work):
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._since

    def give(self, number: int) -> None:
        self._number, self._since = number, time.monotonic()
        self.pipe.send(number)

    def taken(self, late: bool) -> tuple[int, list[Call], bool]:
        """The number, its calls, and whether the process still lives."""
        calls: list[Call] = []
        try:
            while not late:
                answer: Any = self.pipe.recv()
                if answer is None:
                    return self._number, calls, True
                calls.append(answer)
        except EOFError:
            pass
        why = f"no answer within {self.seconds:.0f} s" if late else "the process died"
        return self._number, [*calls, Call(("...",), None, "", why, self.seconds)], False

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _serve(pipe: Connection, work: Work) -> None:
    from rvd.cli import main

    with contextlib.suppress(EOFError):
        while True:
            number = pipe.recv()
            with TemporaryDirectory(dir=memory()) as folder:
                os.chdir(folder)
                for answer in work(number, Path(folder), lambda *words: _call(main, words)):
                    pipe.send(answer)
                os.chdir("/")
            pipe.send(None)


def _call(main: Any, words: tuple[Any, ...]) -> Call:
    """One command in this process, as its entry point would run it."""
    words, out, err = tuple(map(str, words)), io.StringIO(), io.StringIO()
    begin = time.monotonic()
    code: int | None = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(list(words), prog_name="rvd")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        except BaseException as error:
            err.write(f"{type(error).__name__} went past the entry: {error}")
    return Call(words, code, out.getvalue(), err.getvalue(), time.monotonic() - begin)


def memory() -> str | None:
    """A folder in memory where the system has one: thousands of folders are slow to remove from a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
