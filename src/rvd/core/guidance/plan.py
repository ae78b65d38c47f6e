"""The leg table: what ends a leg, what begins the next, what sends the chaser back or away.

A word from outside (`Word`) opens or refuses a gate, holds, sends back, or sends away. Authority goes by zone: ABORT is
obeyed always; HOLD and RETREAT are the crew's, inside the approach ellipsoid, and not on an orbital transfer.
"""

from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec
from rvd.core.algebra.vec import norm, sub
from rvd.core.guidance.law import Law, advance_stage, flown
from rvd.core.guidance.slew import plan_slew, slew_at
from rvd.core.kernel import Row, Table, Vec, kernel, load, size
from rvd.core.signals import Alarm, Leg, Memory, Word

LEG = size(Leg)

NUMBERS = 8
"""How many numbers a case may give to a law of the user's own."""

NEVER = 1.0e30
"""A time or a tolerance that is never reached."""


class Plan(NamedTuple):
    """The legs as one flat row of numbers (`Leg` after `Leg`); `count` are flown in order, the last row is the abort's.

    In the table the points are of the grapple fixture (m, body axes: `grapple_body`); a leg is flown by the centre of
    mass, which moves with the propellant, so `leg_of` converts them on entry. `own` (legs, 1 + `NUMBERS`) is which law
    of the user's own a leg flies, where it flies one, and the numbers that the case gives it.
    """

    legs: Row
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a plan
    grapple_body: Vec
    own: Table


@kernel
def leg_of(plan, at, com_body, q_hill_body):
    """Leg number `at` of the table (`plan.count` is the abort's), its points moved to the centre of mass.

    A leg whose slew rate is zero keeps the attitude given, that of the moment it is entered.
    """
    a = load(Leg, plan.legs, at * LEG, 0, 1)
    q = turned(a.slew_rate > 0.0, a.q_hill_body, q_hill_body)
    arm = rotate(q, sub(plan.grapple_body, com_body))
    return Leg(
        a.law, sub(a.to_hill, arm), sub(a.aim_hill, arm), a.time, a.midcourse, a.speed_begin, a.speed_end, a.dv_hill,
        a.acceleration, a.braking, q, a.slew_rate, a.at_least, a.at_most, a.arrived_r, a.arrived_v, a.arrived_angle,
        a.settle, a.needs_laser, a.zone, a.rate, a.gains, a.table, a.free_drift, a.gated,
        a.following, a.fallback, a.tries,
    )  # fmt: skip


@kernel
def turned(turns, q, p):
    """The attitude q where a leg turns, else p."""
    return (
        q[0] if turns else p[0], q[1] if turns else p[1], q[2] if turns else p[2], q[3] if turns else p[3],
    )  # fmt: skip


@kernel
def first_leg(plan, com_body):
    """The leg a flight starts in, in the attitude its row asks."""
    row = load(Leg, plan.legs, 0, 0, 1)
    return leg_of(plan, 0, com_body, row.q_hill_body)


@kernel
def begin(plan, belief, t):
    """Guidance's memory at the start of a flight: the first leg, in its attitude."""
    leg = first_leg(plan, belief.com_body)
    zero = (0.0, 0.0, 0.0)
    return Memory(
        0.0, leg, t, belief.r_hill, belief.v_hill, 0.0, t, leg.q_hill_body, zero, 0.0,
        -1.0, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    )  # fmt: skip


@kernel
def enter(plan, memory, belief, at, alarm, t):
    """Guidance's memory on entering leg `at`: where and when, and the turn from the attitude aimed at to its own."""
    q, _ = slew_at(memory.slew_from, memory.slew_rotvec, memory.slew_time, t - memory.t_entry)
    leg = leg_of(plan, at, belief.com_body, q)
    slew, duration = plan_slew(q, leg.q_hill_body, leg.slew_rate)
    return Memory(
        float(at), leg, t, belief.r_hill, belief.v_hill, 0.0, t, q, slew, duration,
        -1.0, -1.0, memory.tries, 0.0, float(alarm), 0.0, 0.0, 0.0,
    )  # fmt: skip


@kernel
def halt(memory, belief, t):
    """Memory held by command: the same leg, but at rest where it is, until it resumes or its time is up."""
    a = memory.leg
    q, _ = slew_at(memory.slew_from, memory.slew_rotvec, memory.slew_time, t - memory.t_entry)
    leg = Leg(
        float(Law.HOLD.value), belief.r_hill, belief.r_hill, 0.0, 0.0, 0.0, 0.0, a.dv_hill, a.acceleration, a.braking,
        q, 0.0, NEVER, a.at_most, NEVER, NEVER, NEVER, 0.0, a.needs_laser, a.zone, a.rate, a.gains, a.table, 0.0, 0.0,
        a.following, a.fallback, a.tries,
    )  # fmt: skip
    return Memory(
        memory.at, leg, t, belief.r_hill, belief.v_hill, 0.0, t, q, (0.0, 0.0, 0.0), 0.0,
        -1.0, -1.0, memory.tries, 1.0, memory.alarm, 0.0, 0.0, 0.0,
    )  # fmt: skip


@kernel
def fall_back(plan, memory, belief, alarm, t):
    """Guidance's memory on the way back: the leg's fallback while tries are left, else the abort for this alarm."""
    leg = memory.leg
    if (leg.fallback < 0.0) | (memory.tries >= leg.tries):
        return enter(plan, memory, belief, plan.count, alarm, t)
    back = enter(plan, memory, belief, int(leg.fallback), Alarm.NONE.value, t)
    return Memory(
        back.at, back.leg, back.t_entry, back.r_entry_hill, back.v_entry_hill, back.stage, back.t_stage,
        back.slew_from, back.slew_rotvec, back.slew_time, back.t_settled, back.t_ready, memory.tries + 1.0,
        back.halted, back.alarm, back.over, back.asked, back.flown,
    )  # fmt: skip


@kernel
def advance(plan, n, memory, belief, alarm, word, t):
    """Guidance's memory after this tick: obeying a word, into the abort, a stage on, a leg on, or unchanged.

    In free drift nothing may fire, so alarms wait (words do not); once aborting, only the abort's own end counts.
    """
    leg = memory.leg
    if memory.alarm > 0.0:
        memory = settle(memory, belief, advance_stage(n, memory, belief, t - memory.t_entry), t)
        return over(memory) if done(memory, t) else memory
    if word == Word.ABORT:
        return enter(plan, memory, belief, plan.count, Alarm.COMMANDED.value, t)
    alarm = Alarm.LAW.value if memory.asked < 0.0 else alarm
    if (alarm != Alarm.NONE) & (leg.free_drift == 0.0):
        return enter(plan, memory, belief, plan.count, alarm, t)
    crew = (leg.zone > 0.5) & (int(leg.law) != Law.TWO_IMPULSE)
    if (word == Word.RETREAT) & crew:
        return fall_back(plan, memory, belief, Alarm.REFUSED.value, t)
    if (word == Word.HOLD) & crew & (memory.halted == 0.0):
        return halt(memory, belief, t)
    if (word == Word.RESUME) & (memory.halted > 0.0):
        return enter(plan, memory, belief, int(memory.at), Alarm.NONE.value, t)
    if (word == Word.NO_GO) & (memory.t_ready >= 0.0):
        return fall_back(plan, memory, belief, Alarm.REFUSED.value, t)
    memory = settle(memory, belief, advance_stage(n, memory, belief, t - memory.t_entry), t)
    if done(memory, t) & ((leg.gated == 0.0) | (word == Word.GO)):
        if int(leg.following) >= plan.count:
            return over(memory)
        return enter(plan, memory, belief, int(leg.following), Alarm.NONE.value, t)
    if t - memory.t_entry > leg.at_most:
        if (leg.free_drift > 0.0) & ((leg.fallback < 0.0) | (memory.tries >= leg.tries)):
            return over(memory)
        return fall_back(plan, memory, belief, Alarm.TIME_OUT.value, t)
    return memory


@kernel
def over(memory):
    """The memory of a flight that guidance has ended."""
    m = memory
    return Memory(
        m.at, m.leg, m.t_entry, m.r_entry_hill, m.v_entry_hill, m.stage, m.t_stage, m.slew_from, m.slew_rotvec,
        m.slew_time, m.t_settled, m.t_ready, m.tries, m.halted, m.alarm, 1.0, m.asked, m.flown,
    )  # fmt: skip


@kernel
def settle(memory, belief, stage, t):
    """The memory with its stage, since when the exit tolerances hold, and since when a gate waits (-1: they do not)."""
    m = memory
    ok = within(m.leg, belief)
    since = (m.t_settled if m.t_settled >= 0.0 else t) if ok else -1.0
    t_stage = m.t_stage if stage == m.stage else t
    settled = Memory(
        m.at, m.leg, m.t_entry, m.r_entry_hill, m.v_entry_hill, stage, t_stage, m.slew_from, m.slew_rotvec,
        m.slew_time, since, m.t_ready, m.tries, m.halted, m.alarm, m.over, m.asked, m.flown,
    )  # fmt: skip
    waits = done(settled, t) & (m.leg.gated > 0.0)
    ready = (m.t_ready if m.t_ready >= 0.0 else t) if waits else -1.0
    return Memory(
        m.at, m.leg, m.t_entry, m.r_entry_hill, m.v_entry_hill, stage, t_stage, m.slew_from, m.slew_rotvec,
        m.slew_time, since, ready, m.tries, m.halted, m.alarm, m.over, m.asked, m.flown,
    )  # fmt: skip


@kernel
def within(leg, belief):
    """Whether the belief meets the leg's exit tolerances."""
    angle = norm(to_rotvec(multiply(conjugate(leg.q_hill_body), belief.q_hill_body)))
    near = norm(sub(belief.r_hill, leg.to_hill)) <= leg.arrived_r
    laser = (leg.needs_laser == 0.0) | (belief.laser_age < 5.0)
    return near & (norm(belief.v_hill) <= leg.arrived_v) & (angle <= leg.arrived_angle) & laser


@kernel
def done(memory, t):
    """Whether the leg has ended: flown, long enough, and settled."""
    leg, s = memory.leg, t - memory.t_entry
    settled = (memory.t_settled >= 0.0) & (t - memory.t_settled >= leg.settle)
    drifting = int(leg.law) == Law.DRIFT
    return flown(memory, s) & (s >= leg.at_least) & settled & (not drifting)
