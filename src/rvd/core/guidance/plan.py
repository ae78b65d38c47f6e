"""The leg table: what ends a leg, what begins the next, what sends the chaser back or away.

A word from outside (`Word`) opens or refuses a gate, holds, sends back, or sends away. Authority goes by zone: ABORT is
obeyed always; HOLD and RETREAT are the crew's, inside the approach ellipsoid, and not on an orbital transfer.
"""

from enum import IntEnum
from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec
from rvd.core.algebra.vec import norm, sub
from rvd.core.guidance.frames import attitude_between, state_of
from rvd.core.guidance.law import advance_stage, flown
from rvd.core.guidance.laws import Law
from rvd.core.guidance.slew import plan_slew, slew_at
from rvd.core.kernel import Quat, Row, Table, Vec, kernel, load, size
from rvd.core.signals import (
    HALTED_BY_ALARM,
    HALTED_BY_ORDER,
    Alarm,
    Belief,
    GuidanceState,
    Leg,
    Memory,
    Word,
)

LEG = size(Leg)

NUMBERS = 8
"""How many numbers a case may give to a law of the user's own."""

NEVER = 1.0e30
"""A time or a tolerance that is never reached."""


class Reaction(IntEnum):
    """What an alarm on board leads to."""

    ABORT = 0
    RETREAT = 1
    HOLD = 2


class Plan(NamedTuple):
    """The legs of a flight.

    In the table the points are of the leg's `point_body`; a leg is flown by the centre of mass, which moves with the
    propellant, so `leg_of` converts them on entry.
    """

    #: One flat row of numbers, `Leg` after `Leg`; the last is the abort's.
    legs: Row
    #: How many are flown in order. (It hides tuple.count, which nobody asks of a plan.)
    count: int  # type: ignore[assignment]
    #: The frames on the target's body that legs name, `Frame` after `Frame`; the first is frame 1.
    frames: Row
    #: (legs, 1 + `NUMBERS`): which law of the user's own a leg flies, if one, and the numbers the case gives it.
    own: Table
    #: What each alarm leads to (`Reaction`), by its number.
    reactions: Row


@kernel
def leg_of(row: Leg, com_body: Vec, q_leg_body: Quat) -> Leg:
    """A leg of the table with its points moved to the centre of mass.

    A leg whose slew rate is zero keeps the attitude given, that of the moment it is entered.
    """
    q = turned(row.slew_rate > 0.0, row.q_leg_body, q_leg_body)
    arm = rotate(q, sub(row.point_body, com_body))
    return row._replace(to_leg=sub(row.to_leg, arm), aim_leg=sub(row.aim_leg, arm), q_leg_body=q)


@kernel
def turned(turns: bool, q: Quat, p: Quat) -> Quat:
    """The attitude q where a leg turns, else p."""
    return (
        q[0] if turns else p[0], q[1] if turns else p[1], q[2] if turns else p[2], q[3] if turns else p[3],
    )  # fmt: skip


@kernel
def first_leg(plan: Plan, com_body: Vec) -> Leg:
    """The leg a flight starts in, in the attitude its row asks."""
    row = row_of(plan, 0)
    return leg_of(row, com_body, row.q_leg_body)


@kernel
def row_of(plan: Plan, at: int) -> Leg:
    """Leg number `at` as the table has it; `plan.count` is the abort's."""
    return load(Leg, plan.legs, at * LEG, 0, 1)


@kernel
def begin(plan: Plan, belief: Belief, t: float) -> Memory:
    """Guidance's memory at the start of a flight: the first leg, in its attitude."""
    leg = first_leg(plan, belief.com_body)
    state = state_of(plan.frames, leg, belief)
    return Memory(
        at=0.0,
        leg=leg,
        t_entry=t,
        r_entry_leg=state.r_leg,
        v_entry_leg=state.v_leg,
        stage=0.0,
        t_stage=t,
        slew_from=leg.q_leg_body,
        slew_rotvec=(0.0, 0.0, 0.0),
        slew_time=0.0,
        t_settled=-1.0,
        t_ready=-1.0,
        tries=0.0,
        halted=0.0,
        alarm=0.0,
        over=0.0,
        asked=0.0,
        flown=0.0,
        t_begun=t,
        led_back=0.0,
    )


@kernel
def enter(plan: Plan, memory: Memory, belief: Belief, at: int, alarm: int, t: float) -> Memory:
    """Guidance's memory on entering leg `at`: where and when, and the turn from the attitude aimed at to its own."""
    row = row_of(plan, at)
    q, _ = slew_at(memory.slew_from, memory.slew_rotvec, memory.slew_time, t - memory.t_entry)
    q = attitude_between(plan.frames, before=memory.leg.frame, after=row.frame, belief=belief, q_leg_body=q)
    leg = leg_of(row, belief.com_body, q)
    slew, duration = plan_slew(q, leg.q_leg_body, leg.slew_rate)
    return entered(memory, state_of(plan.frames, leg, belief), t)._replace(
        at=float(at), leg=leg, slew_from=q, slew_rotvec=slew, slew_time=duration, alarm=float(alarm)
    )


@kernel
def entered(memory: Memory, state: GuidanceState, t: float) -> Memory:
    """Memory as a leg begins at t: where the chaser is believed to be, and nothing of the leg flown."""
    return memory._replace(
        t_entry=t,
        r_entry_leg=state.r_leg,
        v_entry_leg=state.v_leg,
        stage=0.0,
        t_stage=t,
        t_settled=-1.0,
        t_ready=-1.0,
        halted=0.0,
        over=0.0,
        asked=0.0,
        flown=0.0,
        t_begun=t,
        led_back=0.0,
    )


@kernel
def halt(memory: Memory, state: GuidanceState, by: float, t: float) -> Memory:
    """Memory held by an order or an alarm: the same leg, but at rest where it is, until it resumes or its time is up.

    `by` is which of both holds it.
    """
    q, _ = slew_at(memory.slew_from, memory.slew_rotvec, memory.slew_time, t - memory.t_entry)
    leg = memory.leg._replace(
        law=float(Law.HOLD.value),
        to_leg=state.r_leg,
        aim_leg=state.r_leg,
        time=0.0,
        midcourse=0.0,
        speed_begin=0.0,
        speed_end=0.0,
        q_leg_body=q,
        slew_rate=0.0,
        at_least=NEVER,
        arrived_r=NEVER,
        arrived_v=NEVER,
        arrived_angle=NEVER,
        settle=0.0,
        free_drift=0.0,
        target_free=0.0,
        gated=0.0,
    )
    return entered(memory, state, t)._replace(
        leg=leg,
        slew_from=q,
        slew_rotvec=(0.0, 0.0, 0.0),
        slew_time=0.0,
        halted=by,
        t_begun=memory.t_begun if by == HALTED_BY_ALARM else t,
    )


@kernel
def fall_back(plan: Plan, memory: Memory, belief: Belief, alarm: int, t: float) -> Memory:
    """Guidance's memory on the way back: the leg's fallback while tries are left, else the abort for this alarm."""
    leg = memory.leg
    if (leg.fallback < 0.0) | (memory.tries >= leg.tries):
        return enter(plan, memory, belief, plan.count, alarm, t)
    back = enter(plan, memory, belief, int(leg.fallback), Alarm.NONE.value, t)
    return back._replace(tries=memory.tries + 1.0, led_back=float(alarm))


@kernel
def reaction_of(plan: Plan, memory: Memory, alarm: int) -> int:
    """What an alarm leads to on the leg that is flown; -1 for none. In free drift nothing may fire, so alarms wait.

    An alarm that has led back is left alone there until it is over. A transfer and a burn cannot be held: there an
    alarm that asks for it leads into the abort.
    """
    if (alarm == Alarm.NONE) | (memory.leg.free_drift > 0.0):
        return -1
    reaction, law = int(plan.reactions[alarm]), int(memory.leg.law)
    if reaction == Reaction.RETREAT:
        return -1 if memory.led_back == alarm else reaction
    if reaction == Reaction.ABORT:
        return reaction
    if (law == Law.TWO_IMPULSE) | (law == Law.RETREAT):
        return Reaction.ABORT.value
    return -1 if memory.halted > 0.0 else reaction


@kernel
def advance(plan: Plan, n: float, memory: Memory, belief: Belief, alarm: int, word: int, t: float) -> Memory:
    """Guidance's memory after this tick: obeying a word, into the abort, a stage on, a leg on, or unchanged.

    Once aborting, only the abort's own end counts. A leg held by an alarm goes on when that is over.
    """
    leg = memory.leg
    state = state_of(plan.frames, leg, belief)
    if memory.alarm > 0.0:
        stage = advance_stage(memory, state, n, t - memory.t_entry)
        memory = settle(memory, state, belief.laser_age, stage, t)
        return over(memory) if done(memory, t) else memory
    alarm = Alarm.LAW.value if memory.asked < 0.0 else alarm
    reaction = reaction_of(plan, memory, alarm)
    memory = memory._replace(led_back=memory.led_back if memory.led_back == alarm else 0.0)
    crew = (leg.zone > 0.5) & (int(leg.law) != Law.TWO_IMPULSE)
    ordered = word == Word.ABORT
    if ordered | (reaction == Reaction.ABORT):
        return enter(plan, memory, belief, plan.count, Alarm.COMMANDED.value if ordered else alarm, t)
    refused = ((word == Word.RETREAT) & crew) | ((word == Word.NO_GO) & (memory.t_ready >= 0.0))
    if refused | (reaction == Reaction.RETREAT):
        return fall_back(plan, memory, belief, Alarm.REFUSED.value if refused else alarm, t)
    waits = (word == Word.HOLD) & crew & (memory.halted != HALTED_BY_ORDER)
    # An alarm that comes and goes must not keep the leg from its time-out.
    late = t - memory.t_begun > leg.at_most
    if waits | ((reaction == Reaction.HOLD) & (not late)):
        return halt(memory, state, HALTED_BY_ORDER if waits else HALTED_BY_ALARM, t)
    calm = (alarm == Alarm.NONE) & (memory.halted == HALTED_BY_ALARM) & (not late)
    if calm | ((word == Word.RESUME) & (memory.halted > 0.0)):
        again = enter(plan, memory, belief, int(memory.at), Alarm.NONE.value, t)
        return again._replace(t_begun=memory.t_begun if memory.halted == HALTED_BY_ALARM else t)
    stage = advance_stage(memory, state, n, t - memory.t_entry)
    memory = settle(memory, state, belief.laser_age, stage, t)
    if done(memory, t) & ((leg.gated == 0.0) | (word == Word.GO)):
        if int(leg.following) >= plan.count:
            return over(memory)
        return enter(plan, memory, belief, int(leg.following), Alarm.NONE.value, t)
    if late:
        if (leg.free_drift > 0.0) & ((leg.fallback < 0.0) | (memory.tries >= leg.tries)):
            return over(memory)
        return fall_back(plan, memory, belief, Alarm.TIME_OUT.value, t)
    return memory


@kernel
def over(memory: Memory) -> Memory:
    """The memory of a flight that guidance has ended."""
    return memory._replace(over=1.0)


@kernel
def settle(memory: Memory, state: GuidanceState, laser_age: float, stage: float, t: float) -> Memory:
    """The memory with its stage, since when the exit tolerances hold, and since when a gate waits (-1: they do not)."""
    since = -1.0
    if within(memory.leg, state, laser_age):
        since = memory.t_settled if memory.t_settled >= 0.0 else t
    t_stage = memory.t_stage if stage == memory.stage else t
    settled = memory._replace(stage=stage, t_stage=t_stage, t_settled=since)
    ready = -1.0
    if done(settled, t) & (memory.leg.gated > 0.0):
        ready = memory.t_ready if memory.t_ready >= 0.0 else t
    return settled._replace(t_ready=ready)


@kernel
def within(leg: Leg, state: GuidanceState, laser_age: float) -> bool:
    """Whether the belief meets the leg's exit tolerances, in its frame."""
    angle = norm(to_rotvec(multiply(conjugate(leg.q_leg_body), state.q_leg_body)))
    near = norm(sub(state.r_leg, leg.to_leg)) <= leg.arrived_r
    laser = (leg.needs_laser == 0.0) | (laser_age < 5.0)
    return near & (norm(state.v_leg) <= leg.arrived_v) & (angle <= leg.arrived_angle) & laser


@kernel
def done(memory: Memory, t: float) -> bool:
    """Whether the leg has ended: flown, long enough, and settled."""
    leg, s = memory.leg, t - memory.t_entry
    settled = (memory.t_settled >= 0.0) & (t - memory.t_settled >= leg.settle)
    drifting = int(leg.law) == Law.DRIFT
    return flown(memory, s) & (s >= leg.at_least) & settled & (not drifting)
