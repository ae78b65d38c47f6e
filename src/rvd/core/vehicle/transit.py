"""Readings under way: a sensor looks, and what it saw reaches navigation a little later, or never."""

from typing import NamedTuple

from rvd.core.kernel import kernel

INSTANT = 1.0e-6
"""A latency (s) below this is none; ticks are known to better."""


class Delivery(NamedTuple):
    """How readings reach navigation."""

    #: The share of them that is lost, 0 to 1.
    dropout: float
    #: The time on the way, s.
    latency: float
    #: By how much a reading is older than its time tag says, s.
    time_bias: float


class Transit(NamedTuple):
    """A reading under way."""

    #: 1.0 where one is under way, else 0.0.
    waiting: float
    #: When it was taken, or the latest before it, s; before the first -1.
    taken: float


@kernel
def kept(delivery: Delivery, uniform: float) -> float:
    """1.0 where a reading is not lost, from a uniform number in (0, 1)."""
    return 0.0 if uniform < delivery.dropout else 1.0


@kernel
def deliver(latency: float, transit: Transit, taken: float, t: float) -> tuple[bool, float, Transit]:
    """Whether what was under way arrives, 1.0 where anything does, and what is under way then.

    `latency` (s) is the time on the way; `taken`: 1.0 where a reading is taken at t. One still under way when the next
    is taken arrives then.
    """
    new, waiting = taken > 0.0, transit.waiting > 0.0
    earlier = waiting & (new | (t >= transit.taken + latency - INSTANT))
    at_once = new & (latency < INSTANT)
    left = (new & (not at_once)) | (waiting & (not earlier))
    after = Transit(1.0 if left else 0.0, t if new else transit.taken)
    return earlier, (1.0 if earlier | at_once else 0.0), after
