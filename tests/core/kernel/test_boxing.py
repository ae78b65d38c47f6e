"""Records that kernels return: what they are in Python, and that no signal on the way is fatal."""

import collections
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np
import pytest

from rvd.core.kernel import Vec, kernel

ROOT = Path(__file__).parents[3]


class Inner(NamedTuple):
    r: Vec
    fine: bool


class Outer(NamedTuple):
    inner: Inner
    pair: tuple[Inner, int]
    table: np.ndarray


class Named(collections.namedtuple("Named", "x y")):
    """A class that makes itself in its own way."""

    def __new__(cls, x, y):
        """Doubles x."""
        return super().__new__(cls, 2 * x, y)


@kernel
def made(x, table):
    inner = Inner((x, 2.0 * x, 3.0 * x), x > 0.0)
    return Outer(inner, (inner, 7), table)


def test_a_record_is_what_it_is_in_python():
    table = np.arange(3.0)
    one, plain = made(1.0, table), made.py_func(1.0, table)
    assert type(one) is Outer and type(one.inner) is Inner and type(one.pair[0]) is Inner
    assert one[:2] == plain[:2] and one.table is table
    assert one._replace(pair=None).pair is None


def test_nothing_is_leaked_or_freed_too_early():
    table = np.arange(3.0)
    for _ in range(3):
        before = sys.getrefcount(table), sys.getrefcount(Outer), sys.getrefcount(tuple.__new__)
        kept = [made(1.0, table) for _ in range(1000)]
        del kept
        after = sys.getrefcount(table), sys.getrefcount(Outer), sys.getrefcount(tuple.__new__)
    assert after == before


def test_a_class_that_makes_itself_is_asked_to():
    @numba.njit
    def numbers(x):
        return named(x, 1.0)

    named = collections.namedtuple("Named", "x y")
    assert type(numbers(1.0)) is named
    from rvd.core.kernel.boxing import _box_record

    asked = []
    kind = numba.types.NamedUniTuple(numba.types.float64, 2, Named)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("numba.core.boxing.box_namedtuple", lambda *given: asked.append(given) or "theirs")
        assert _box_record(kind, "value", "context") == "theirs"
    assert asked == [(kind, "value", "context")]


STORM = """
import signal, sys, threading
from typing import NamedTuple
from rvd.core.kernel import kernel

class Answer(NamedTuple):
    x: float
    n: int

class Asked(BaseException):
    pass

@kernel
def summed(n):
    s = 0.0
    for i in range(n):
        s += (i % 7) * 0.5
    return Answer(s, n)

def take(number, frame):
    raise Asked

summed(10)
signal.signal(signal.SIGTERM, take)
ready = threading.Event()

def storm():
    while True:
        ready.wait()
        ready.clear()
        signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)

threading.Thread(target=storm, daemon=True).start()
count = 0
while count < 200:
    try:
        ready.set()
        while True:
            summed(20_000)
    except Asked:
        count += 1
print(count)
"""


def test_a_signal_while_a_kernel_runs_is_an_exception_and_not_a_fault():
    done = subprocess.run([sys.executable, "-c", STORM], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "200\n"), done.stderr
