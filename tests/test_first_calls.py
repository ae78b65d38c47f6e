"""First calls of few rows: nothing is compiled, and the bits are those of compiled code."""

import os
import subprocess
import sys

import numba
import numpy as np
import pytest

from rvd import first_calls
from rvd.guidance import hops, interception
from rvd.orbit import lambert
from rvd.safety import drifting

from .test_every_face import face
from .test_three_callers import PAIRED, good_call

COMPILED = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="compiled code is what is compared")


def whole(result):
    return [np.asarray(part) for part in result] if isinstance(result, tuple) else [np.asarray(result)]


@COMPILED
@pytest.mark.parametrize("name", PAIRED)
def test_plain_python_gives_the_bits_of_compiled_code(name, monkeypatch):
    given = good_call(name)
    monkeypatch.setattr(first_calls, "_left", {})
    monkeypatch.setattr(first_calls, "is_compiled", lambda entry: True)
    theirs = whole(face(name)(*given))
    monkeypatch.setattr(first_calls, "is_compiled", lambda entry: False)
    monkeypatch.setattr(first_calls, "_left", {})
    ours = whole(face(name)(*given))
    assert all(
        np.array_equal(a, b) and np.array_equal(np.signbit(a), np.signbit(b))
        for a, b in zip(ours, theirs, strict=True)
    )


FIRST = """
import time, rvd
from rvd.compiling import Compiling
from rvd.core.constants import MU_EARTH as mu
r, v, rt, vt = (7.0e6, 0.0, 1e5), (100.0, 7400.0, 900.0), (6.9e6, 9e5, 3e4), (-980.0, 7450.0, 800.0)
rvd.guidance, rvd.motion, rvd.orbit
begin = time.process_time()
with Compiling() as compiling:
    rvd.guidance.interception.intercept(r, v, rt, vt, 0, mu, [2000.0, 2500.0])
    rvd.orbit.lambert.transfer(r, rt, 2500.0, mu)
    rvd.orbit.kepler.coast(r, v, mu, 900.0)
    rvd.motion.cw.two_impulse((-300.0, 500.0, 40.0), (0.0, 0.0, 0.0), (0.0, -50.0, 1.0), 1.1e-3, 900.0)
    rvd.motion.yamanaka_ankersen.coast((-300.0, 500.0, 40.0), (0.0, 0.0, 0.0), mu, 7e6, 0.3, 0.5, 900.0)
    rvd.guidance.hops.vbar_radial(100.0, 1.1e-3)
print(compiling.functions, time.process_time() - begin)
"""


@COMPILED
def test_the_first_calls_on_an_empty_cache_compile_nothing(tmp_path):
    environment = os.environ | {"RVD_CACHE_DIR": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", FIRST], env=environment, check=True, capture_output=True, text=True
    ).stdout.split()
    assert int(told[0]) == 0
    # six first calls with their imports: 0.6 s of processor time; compiled they took 20 s
    assert float(told[1]) < 3.0


class Entry:
    """What `in_python` asks of an entry, compiled or not."""

    def __init__(self, compiled):
        self.compiled = compiled

    def is_compiled(self):
        return self.compiled


def counted(entry, count, row):
    done = []
    return first_calls.in_python(entry, count, lambda i: (done.append(i), row(i))), done


def test_what_is_compiled_is_called():
    assert counted(Entry(True), 3, lambda i: None) == (False, [])
    assert counted(Entry(False), 3, lambda i: None) == (True, [0, 1, 2])


def test_many_rows_are_told_by_some_after_the_first(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(first_calls.time, "thread_time", lambda: clock[0])

    def row(i):
        clock[0] += 0.02

    entry = Entry(False)
    assert counted(entry, 45, row) == (True, list(range(45)))
    # what was spent before counts, for this function alone; then it is compiled, and called
    assert counted(entry, 35, row) == (False, [0, 1, 2, 3])
    assert counted(entry, 1, row) == (False, [])
    assert counted(Entry(False), 20, row) == (True, list(range(20)))
    assert counted(Entry(False), 1000, row) == (False, [0, 1, 2, 3])


def test_a_slow_first_row_tells_nothing_of_the_others(monkeypatch):
    """Kernels are made plain with it, which takes some 30 ms: times 3,000 rows that would be more than any patience."""
    clock = [0.0]
    monkeypatch.setattr(first_calls.time, "thread_time", lambda: clock[0])

    def row(i):
        clock[0] += 0.03 if i == 0 else 2e-4

    assert counted(Entry(False), 3000, row) == (True, list(range(3000)))

    def slower(i):
        clock[0] += 2.0

    assert counted(Entry(False), 3000, slower) == (False, [0])


def test_where_python_raises_the_entry_decides():
    for error in (ZeroDivisionError, ValueError, OverflowError):

        def row(i, error=error):
            raise error

        assert counted(Entry(False), 2, row) == (False, [0])
    with pytest.raises(TypeError):
        counted(Entry(False), 2, lambda i: 1 + "")


def test_rows_and_broadcasting_are_those_of_the_loop(monkeypatch):
    monkeypatch.setattr(first_calls, "_left", {})
    monkeypatch.setattr(first_calls, "is_compiled", lambda entry: False)
    times = np.array(((2000.0, 2500.0, 2600.0),)).T
    given = (7.0e6, 0.0, 1e5), (100.0, 7400.0, 900.0), (6.9e6, 9e5, 3e4), (-980.0, 7450.0, 800.0)
    first, second = interception.intercept(*given, 0, 3.986004418e14, times)
    assert first.shape == second.shape == (3, 1, 3)
    assert [left > 0.0 for left in first_calls._left.values()] == [True]  # it was in Python
    alone = interception.intercept(*given, 0, 3.986004418e14, 2500.0)
    assert np.array_equal(first[1, 0], alone[0]) and np.array_equal(second[1, 0], alone[1])
    v1, v2 = lambert.transfer((7.0e6, 0.0, 1e5), (6.9e6, 9e5, 3e4), times[:, 0], 3.986004418e14)
    assert v1.shape == v2.shape == (3, 3) and len(np.unique(v1[:, 0])) == 3
    assert hops.vbar_radial([[1.0, 2.0]], 1e-3)[0].shape == (1, 2, 3)


def test_a_function_of_long_rows_is_compiled_at_once(monkeypatch):
    """A day of drift is 2,000 looks, and 1e6 rad are 20 million: those never go through plain Python."""
    monkeypatch.setattr(first_calls, "is_compiled", lambda entry: pytest.fail("was asked"))
    assert float(drifting.closest_approach((-200.0, -1e3, 0.0), (0.0, 0.3, 0.0), 1e-3, 9e8)[0]) > 0.0
