"""Retreat: one burn away from the target, then coast. The collision-avoidance manoeuvre of an abort is one."""

from rvd.core.algebra.vec import add, norm, select, sub
from rvd.core.kernel import kernel

ZERO = (0.0, 0.0, 0.0)


@kernel
def retreat_gain(leg, v_entry_hill, v_hill, stage):
    """Velocity (m/s, hill) still to be gained: the leg's dv on top of the velocity at entry; zero once burnt."""
    left = sub(add(v_entry_hill, leg.dv_hill), v_hill)
    return select(stage < 0.5, left, ZERO)


@kernel
def retreat(leg, v_entry_hill, r_hill, v_hill, stage):
    """Gain flag, position, velocity and gain to ask for."""
    return 2.0, r_hill, v_hill, retreat_gain(leg, v_entry_hill, v_hill, stage)


@kernel
def next_retreat_stage(leg, v_entry_hill, v_hill, stage):
    """0 while burning, 1 once within 1 cm/s of the velocity asked for."""
    return 1.0 if (stage > 0.5) | (norm(sub(add(v_entry_hill, leg.dv_hill), v_hill)) < 0.01) else 0.0
