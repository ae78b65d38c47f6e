"""The family of guidance laws: one number each, and the ladder that chooses."""

from enum import IntEnum

from rvd.core.guidance.drift import drift
from rvd.core.guidance.glideslope import glideslope, glideslope_duration
from rvd.core.guidance.hold import hold
from rvd.core.guidance.retreat import next_retreat_stage, retreat
from rvd.core.guidance.slew import slew_at
from rvd.core.guidance.straight import straight, straight_duration
from rvd.core.guidance.two_impulse import next_stage, two_impulse
from rvd.core.kernel import kernel
from rvd.core.signals import Aim, Belief, Memory, Request


class Law(IntEnum):
    """The guidance laws a leg may fly."""

    HOLD = 0
    TWO_IMPULSE = 1
    STRAIGHT = 2
    GLIDESLOPE = 3
    DRIFT = 4
    RETREAT = 5
    OWN = 6
    """A law of the user's own (`rvd.core.guidance.own`)."""


@kernel
def guide(n: float, memory: Memory, belief: Belief, t: float) -> Aim:
    """The Aim of the current leg: its law for translation, its slew for attitude."""
    s = t - memory.t_entry
    mode, r, v, dv = choose(n, memory, belief, s)
    q, w = slew_at(memory.slew_from, memory.slew_rotvec, memory.slew_time, s)
    return Aim(
        translate=mode,
        r_hill=r,
        v_hill=v,
        dv_hill=dv,
        point=0.0 if memory.leg.free_drift > 0.0 else 1.0,
        q_hill_body=q,
        w_rel_body=w,
    )


@kernel
def choose(n: float, memory: Memory, belief: Belief, s: float) -> Request:
    """The ladder: translation mode (0 none, 1 track, 2 gain), position, velocity, gain.

    A law of the user's own is asked later, where the driver has it (`consult`).
    """
    leg, law = memory.leg, int(memory.leg.law)
    if law == Law.TWO_IMPULSE:
        return two_impulse(leg, n, belief.r_hill, belief.v_hill, memory.stage, s)
    if law == Law.STRAIGHT:
        return straight(leg, memory.r_entry_hill, s)
    if law == Law.GLIDESLOPE:
        return glideslope(leg, memory.r_entry_hill, s)
    if law == Law.DRIFT:
        return drift(belief.r_hill, belief.v_hill)
    if law == Law.RETREAT:
        return retreat(leg, memory.v_entry_hill, belief.r_hill, belief.v_hill, memory.stage)
    return hold(leg)


@kernel
def advance_stage(n: float, memory: Memory, belief: Belief, s: float) -> float:
    """The stage within the leg after this tick; laws without stages stay at 0."""
    leg, law = memory.leg, int(memory.leg.law)
    if law == Law.TWO_IMPULSE:
        return next_stage(leg, n, belief.r_hill, belief.v_hill, memory.stage, s)
    if law == Law.RETREAT:
        return next_retreat_stage(leg, memory.v_entry_hill, belief.v_hill, memory.stage)
    return memory.stage if law == Law.OWN else 0.0


@kernel
def flown(memory: Memory, s: float) -> bool:
    """Whether the law itself has nothing more to fly s seconds after entry (tolerances are judged apart)."""
    leg, law = memory.leg, int(memory.leg.law)
    # Selects, not returns: LLVM does not vectorise a chain of returned conditions.
    over = s >= memory.slew_time
    over = memory.stage > 3.5 if law == Law.TWO_IMPULSE else over
    over = s >= straight_duration(leg, memory.r_entry_hill) if law == Law.STRAIGHT else over
    over = s >= glideslope_duration(leg, memory.r_entry_hill) if law == Law.GLIDESLOPE else over
    over = (over & (law != Law.OWN)) | (memory.flown > 0.5)
    return (memory.stage > 0.5) & (s >= leg.time) if law == Law.RETREAT else over
