"""Retreat: one burn away from the target, then coast. The collision-avoidance manoeuvre of an abort is one."""

from rvd.core.algebra.vec import add, norm, select, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.signals import Belief, Leg, Memory, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def retreat_gain(leg: Leg, v_entry_hill: Vec, v_hill: Vec, stage: float) -> Vec:
    """Velocity (m/s, hill) still to be gained: the leg's dv on top of the velocity at entry; zero once burnt."""
    left = sub(add(v_entry_hill, leg.dv_hill), v_hill)
    return select(stage < 0.5, left, ZERO)


@kernel
def stage_after(leg: Leg, v_entry_hill: Vec, v_hill: Vec, stage: float) -> float:
    """0 while burning, 1 once within 1 cm/s of the velocity asked for."""
    return 1.0 if (stage > 0.5) | (norm(sub(add(v_entry_hill, leg.dv_hill), v_hill)) < 0.01) else 0.0


@kernel
def request(memory: Memory, belief: Belief, n: float, s: float) -> Request:
    """Asks to gain what the burn still lacks."""
    v = belief.v_hill
    return 2.0, belief.r_hill, v, retreat_gain(memory.leg, memory.v_entry_hill, v, memory.stage)


@kernel
def next_stage(memory: Memory, belief: Belief, n: float, s: float) -> float:
    """The stage that follows: see `stage_after`."""
    return stage_after(memory.leg, memory.v_entry_hill, belief.v_hill, memory.stage)


@kernel
def flown(memory: Memory, s: float) -> bool:
    """Whether the burn is over, and the time of the coast too."""
    return (memory.stage > 0.5) & (s >= memory.leg.time)
