"""First calls: a few rows are computed in plain Python, where compiling the function would take longer.

A function of guidance takes 1 to 8 s to compile and less than 10 ms a row in plain Python, which gives the same bits.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from rvd.core.kernel import plain

#: Seconds of plain Python that one function is given in a process before it is compiled.
PATIENCE = 1.5

#: Seconds of rows after the first, by which the others are told; the first is slower, as it is prepared meanwhile.
TRIED = 0.05

#: What is left of it; nothing for a function whose entry has been called, and is compiled therefore.
_left: dict[Any, float] = {}


def is_compiled(entry: Any) -> bool:
    """Whether an entry is compiled, in this process or on disk, or never will be (`NUMBA_DISABLE_JIT`)."""
    return bool(entry.is_compiled())


def in_python(entry: Any, count: int, row: Callable[[int], None]) -> bool:
    """Whether all of `count` rows were computed by `row(0)`, `row(1)`, ...; if not, the entry has to be called.

    `row` computes and writes one row with kernels as plain Python. It is not asked where the entry is compiled, nor
    where the rows done tell that all would use up the function's patience: the first, and `TRIED` seconds of others.
    Where a kernel gives infinity or NaN Python may raise: then the entry decides.
    """
    if entry not in _left:
        _left[entry] = 0.0 if is_compiled(entry) else PATIENCE
    left, _left[entry] = _left[entry], 0.0
    if left <= 0.0:
        return False
    start, first = time.thread_time(), 0.0
    try:
        for i in range(count):
            row(i)
            spent = time.thread_time() - start
            first = spent if i == 0 else first
            whole = first + (spent - first) / max(i, 1) * (count - 1)
            if spent > left or (spent - first >= TRIED and whole > left):
                return False
    except (ArithmeticError, ValueError):
        return False
    _left[entry] = left - (time.thread_time() - start)
    return True


def run(entry: Any, *arguments: Any) -> None:
    """Calls an entry that goes through the rows of its arrays, or its text in plain Python, where they are few."""
    body = plain(getattr(entry, "__wrapped__", entry))
    count = next(len(one) for one in arguments if isinstance(one, np.ndarray))

    def row(i: int) -> None:
        body(*(one[i : i + 1] if isinstance(one, np.ndarray) else one for one in arguments))

    with np.errstate(all="ignore"):  # NumPy's numbers warn where compiled code gives infinity or NaN
        if in_python(entry, count, row):
            return
    entry(*arguments)
