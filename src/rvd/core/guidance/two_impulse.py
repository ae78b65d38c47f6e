"""Two-impulse transfer flown by velocity to be gained, with an offset aim before the midcourse.

The first burn aims at `aim_leg`, so that a missed arrival burn drifts clear of the target; the midcourse burn,
`midcourse` s after entry, aims at the leg's point. Both are re-targeted at every tick from the belief (Clohessy-
Wiltshire), which takes finite burns and navigation into account. Stages: 0 first burn, 1 coast, 2 midcourse burn,
3 coast, 4 arrived (the next leg brakes).
"""

from rvd.core.algebra.vec import norm, select, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.motion.cw import velocity_to
from rvd.core.signals import GuidanceState, Leg, Memory, Request

ZERO = (0.0, 0.0, 0.0)


@kernel
def to_gain(leg: Leg, n: float, r_hill: Vec, v_hill: Vec, stage: float, s: float) -> Vec:
    """Velocity (m/s, hill) still to be gained at this stage s seconds after entry; zero while coasting."""
    left = max(leg.time - s, 60.0)
    first = (stage < 0.5) & (leg.midcourse > 0.0)
    dv = sub(velocity_to(r_hill, select(first, leg.aim_leg, leg.to_leg), n, left), v_hill)
    burning = (stage < 0.5) | ((stage > 1.5) & (stage < 2.5))
    return select(burning, dv, ZERO)


@kernel
def stage_after(leg: Leg, n: float, r_hill: Vec, v_hill: Vec, stage: float, s: float) -> float:
    """The stage that follows: a burn ends when little is left to gain, a coast when its time has come.

    The arrival burn is begun half its own length early, so that it is centred on the arrival.
    """
    lead = 0.5 * norm(v_hill) / leg.braking
    if s >= leg.time - lead:
        return 4.0
    if stage == 1.0:
        return 2.0 if (leg.midcourse > 0.0) & (s >= leg.midcourse) else stage
    if stage == 3.0:
        return stage
    left = to_gain(leg, n, r_hill=r_hill, v_hill=v_hill, stage=stage, s=s)
    return stage + 1.0 if norm(left) < 0.01 else stage


@kernel
def request(memory: Memory, state: GuidanceState, n: float, s: float) -> Request:
    """Asks to gain what the burn of this stage still lacks."""
    r, v = state.r_leg, state.v_leg
    return 2.0, r, v, to_gain(memory.leg, n, r_hill=r, v_hill=v, stage=memory.stage, s=s)


@kernel
def next_stage(memory: Memory, state: GuidanceState, n: float, s: float) -> float:
    """The stage that follows: see `stage_after`."""
    r, v = state.r_leg, state.v_leg
    return stage_after(memory.leg, n, r_hill=r, v_hill=v, stage=memory.stage, s=s)


@kernel
def flown(memory: Memory, s: float) -> bool:
    """Whether the chaser has arrived; the next leg brakes."""
    return memory.stage > 3.5
