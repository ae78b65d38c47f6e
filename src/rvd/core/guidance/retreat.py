"""Retreat: one burn away from the target, then coast. The collision-avoidance manoeuvre of an abort is one."""

from rvd.core.algebra.vec import add, norm, select, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.signals import Leg, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def retreat_gain(leg: Leg, v_entry_hill: Vec, v_hill: Vec, stage: float) -> Vec:
    """Velocity (m/s, hill) still to be gained: the leg's dv on top of the velocity at entry; zero once burnt."""
    left = sub(add(v_entry_hill, leg.dv_hill), v_hill)
    return select(stage < 0.5, left, ZERO)


@kernel
def retreat(leg: Leg, v_entry_hill: Vec, r_hill: Vec, v_hill: Vec, stage: float) -> Request:
    """Gain flag, position, velocity and gain to ask for."""
    return 2.0, r_hill, v_hill, retreat_gain(leg, v_entry_hill, v_hill, stage)


@kernel
def next_retreat_stage(leg: Leg, v_entry_hill: Vec, v_hill: Vec, stage: float) -> float:
    """0 while burning, 1 once within 1 cm/s of the velocity asked for."""
    return 1.0 if (stage > 0.5) | (norm(sub(add(v_entry_hill, leg.dv_hill), v_hill)) < 0.01) else 0.0
