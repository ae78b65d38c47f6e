"""The world outside that speaks to the chaser: orders at their times, and the answer to a gate that waits.

Both are part of the truth (the row), not of the flight software: it only hears the word.
"""

import numpy as np

from rvd.core.flight.truth import THRUSTERS, TRUTH, Truth
from rvd.core.kernel import kernel
from rvd.core.signals import Memory, Word


@kernel
def heard(truth: Truth, row: np.ndarray, nozzles: int, legs: int, memory: Memory, t: float, h: float) -> int:
    """The `Word` (a number) that reaches the chaser in the tick from t to t + h; an order goes before a gate's answer.

    A gate is answered its delay after the leg reported ready: refused while fall-backs are fewer than its refusals.
    """
    word = answer(row, TRUTH + len(THRUSTERS) * nozzles, legs, memory, t)
    a, b, c, d = truth.command
    word = int(d.what) if (d.at >= t) & (d.at < t + h) else word
    word = int(c.what) if (c.at >= t) & (c.at < t + h) else word
    word = int(b.what) if (b.at >= t) & (b.at < t + h) else word
    return int(a.what) if (a.at >= t) & (a.at < t + h) else word


@kernel
def answer(row: np.ndarray, gates: int, legs: int, memory: Memory, t: float) -> int:
    """The answer to the gate of the present leg, if one is due; `gates` is where the gates begin in the row."""
    at = min(int(memory.at), legs - 1)
    due = (memory.t_ready >= 0.0) & (t - memory.t_ready >= row[gates + at])
    reply = Word.NO_GO.value if row[gates + legs + at] > memory.tries else Word.GO.value
    return reply if due else Word.NONE.value
