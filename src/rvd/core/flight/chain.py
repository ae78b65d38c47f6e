"""The abort's own chain: a second computer that thrusts open loop, one way and for one time, once it is called.

It sees the call and its own attitude source, never the flight software's belief nor the truth. Without it the flight
software flies the abort as a leg.
"""

from typing import NamedTuple

from rvd.core.algebra.mat import Sym
from rvd.core.algebra.quat import conjugate, multiply, to_rotvec, unrotate
from rvd.core.algebra.vec import add, scale, sub
from rvd.core.control.allocation import Allocation, allocate
from rvd.core.control.steering import Gains, turn_to
from rvd.core.kernel import Quat, Row, Vec, kernel
from rvd.core.signals import BackupReading, Telemetry, Tick


class Chain(NamedTuple):
    """What the chain was told, from the nominal case: the chaser as it starts."""

    #: 1.0 where the abort has a chain of its own, else 0.0.
    independent: float
    #: From the call until it thrusts, s.
    delay: float
    #: How long it thrusts, s.
    burn: float
    #: Its push along body axes, N.
    force_body: Vec
    #: Its push along hill axes, N; one of both is zero.
    force_hill: Vec
    #: 1.0 where it holds the attitude read at the call while it thrusts, else 0.0.
    holds: float
    #: How it does so; its `turn_` alone are read.
    gains: Gains
    #: Number of its nozzle set.
    table: int
    #: The tables that nozzles are chosen by.
    allocation: Allocation
    #: Centre of mass of the chaser with full tanks, m, body axes from the body's origin.
    com_body: Vec
    #: Inertia of the chaser with full tanks about that, kg m2, body axes.
    inertia: Sym
    #: Rate of the hill frame, rad/s.
    orbit_rate: float


class Manoeuvre(NamedTuple):
    """What the chain remembers."""

    #: When it was called, s; -1: it was not.
    since: float
    #: The attitude against the hill frame that was read then.
    q_hill_body: Quat


UNCALLED = Manoeuvre(since=-1.0, q_hill_body=(0.0, 0.0, 0.0, 1.0))


@kernel
def take_over(
    chain: Chain, before: Manoeuvre, told: Telemetry, reading: BackupReading, on: Row, tick: Tick
) -> Manoeuvre:
    """What the chain remembers after this tick; from the call on the on-times (n,) are its own, and stay so."""
    called = (told.alarm > 0.0) | (before.since >= 0.0)
    if (chain.independent == 0.0) | (not called):
        return before
    now = before if before.since >= 0.0 else Manoeuvre(tick.t, reading.q_hill_body)
    on[:] = 0.0
    share = share_burning(chain, tick.t - now.since, tick.h)
    if share > 0.0:
        allocate(
            chain.allocation,
            table=chain.table,
            force_body=scale(share, force_of(chain, reading.q_hill_body)),
            torque_body=scale(chain.holds, torque_of(chain, now.q_hill_body, reading)),
            com_body=chain.com_body,
            period=tick.h,
            on=on,
        )
    return now


@kernel
def share_burning(chain: Chain, s: float, h: float) -> float:
    """The share of a tick of h s, which begins s s after the call, in which the chain thrusts."""
    begin, end = max(s, chain.delay), min(s + h, chain.delay + chain.burn)
    return min((end - begin) / h, 1.0) if end > begin else 0.0


@kernel
def force_of(chain: Chain, q_hill_body: Quat) -> Vec:
    """The push (N, body axes) in the attitude that is read."""
    return add(chain.force_body, unrotate(q_hill_body, chain.force_hill))


@kernel
def torque_of(chain: Chain, q_hill_held: Quat, reading: BackupReading) -> Vec:
    """The torque (N m, body axes) that holds an attitude against the hill frame."""
    miss = to_rotvec(multiply(conjugate(reading.q_hill_body), q_hill_held))
    turning = unrotate(reading.q_hill_body, (0.0, 0.0, chain.orbit_rate))
    return turn_to(chain.gains, chain.inertia, miss, sub(turning, reading.w_body))
