"""The world outside that speaks to the chaser: orders at their times, and the answer to a gate that waits.

Both are part of the truth (the row), not of the flight software: it only hears the word.
"""

from rvd.core.flight.truth import GatesAt, Order, Run
from rvd.core.kernel import Row, kernel
from rvd.core.signals import Telemetry, Tick, Word


@kernel
def heard(run: Run, gates: GatesAt, told: Telemetry, tick: Tick) -> int:
    """The `Word` (a number) that reaches the chaser in this step; an order goes before a gate's answer.

    A gate is answered its delay after the leg reported ready: refused while fall-backs are fewer than its refusals.
    """
    word = answer(run.row, gates, told, tick.t)
    a, b, c, d = run.truth.command
    word = int(d.what) if falls(d, tick) else word
    word = int(c.what) if falls(c, tick) else word
    word = int(b.what) if falls(b, tick) else word
    return int(a.what) if falls(a, tick) else word


@kernel
def falls(order: Order, tick: Tick) -> bool:
    """Whether an order is given in this step."""
    return (order.at >= tick.t) & (order.at < tick.t + tick.h)


@kernel
def answer(row: Row, gates: GatesAt, told: Telemetry, t: float) -> int:
    """The answer to the gate of the present leg, if one is due."""
    at = gates.first + min(int(told.leg), gates.legs - 1)
    due = (told.t_ready >= 0.0) & (t - told.t_ready >= row[at])
    reply = Word.NO_GO.value if row[at + gates.legs] > told.tries else Word.GO.value
    return reply if due else Word.NONE.value
