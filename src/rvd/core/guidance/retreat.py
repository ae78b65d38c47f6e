"""Retreat: one burn away from the target, then coast. The collision-avoidance manoeuvre of an abort is one."""

from rvd.core.algebra.vec import add, norm, select, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.signals import GuidanceState, Leg, Memory, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def retreat_gain(leg: Leg, v_entry_leg: Vec, v_leg: Vec, stage: float) -> Vec:
    """Velocity (m/s, the leg's axes) still to gain: the leg's dv on top of the velocity at entry; zero once burnt."""
    left = sub(add(v_entry_leg, leg.dv_leg), v_leg)
    return select(stage < 0.5, left, ZERO)


@kernel
def stage_after(leg: Leg, v_entry_leg: Vec, v_leg: Vec, stage: float) -> float:
    """0 while burning, 1 once within 1 cm/s of the velocity asked for."""
    return 1.0 if (stage > 0.5) | (norm(sub(add(v_entry_leg, leg.dv_leg), v_leg)) < 0.01) else 0.0


@kernel
def request(memory: Memory, state: GuidanceState, n: float, s: float) -> Request:
    """Asks to gain what the burn still lacks; nothing where nothing may fire, since another chain burns."""
    v, asks = state.v_leg, 0.0 if memory.leg.free_drift > 0.0 else 2.0
    return asks, state.r_leg, v, retreat_gain(memory.leg, memory.v_entry_leg, v, memory.stage)


@kernel
def next_stage(memory: Memory, state: GuidanceState, n: float, s: float) -> float:
    """The stage that follows: see `stage_after`; of another chain's burn by its time, as belief may have failed."""
    if memory.leg.free_drift > 0.0:
        return 1.0 if s >= memory.leg.midcourse else 0.0
    return stage_after(memory.leg, memory.v_entry_leg, state.v_leg, memory.stage)


@kernel
def flown(memory: Memory, s: float) -> bool:
    """Whether the burn is over, and the time of the coast too."""
    return (memory.stage > 0.5) & (s >= memory.leg.time)
