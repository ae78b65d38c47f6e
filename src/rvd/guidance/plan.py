"""The leg table: what ends a leg, what begins the next, and what sends the chaser away."""

from typing import NamedTuple

from rvd.algebra.quat import conjugate, multiply, rotate, to_rotvec
from rvd.algebra.vec import norm, sub
from rvd.guidance.law import Law, advance_stage, flown
from rvd.guidance.slew import plan_slew, slew_at
from rvd.kernel import Row, Vec, kernel, load, size
from rvd.signals import Alarm, Leg, Memory

LEG = size(Leg)


class Plan(NamedTuple):
    """The legs as one flat row of numbers (`Leg` after `Leg`); `count` are flown in order, the last row is the abort's.

    In the table the points are of the grapple fixture (m, body axes: `grapple_body`); a leg is flown by the centre of
    mass, which moves with the propellant, so `leg_of` converts them on entry.
    """

    legs: Row
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a plan
    grapple_body: Vec


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
        a.settle, a.needs_laser, a.zone, a.rate, a.gains, a.table, a.free_drift,
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
        0.0, leg, t, belief.r_hill, belief.v_hill, 0.0, t, leg.q_hill_body, zero, 0.0, -1.0, 0.0, 0.0,
    )  # fmt: skip


@kernel
def enter(plan, memory, belief, at, alarm, t):
    """Guidance's memory on entering leg `at`: where and when, and the turn from the attitude aimed at to its own."""
    q, _ = slew_at(memory.slew_from, memory.slew_rotvec, memory.slew_time, t - memory.t_entry)
    leg = leg_of(plan, at, belief.com_body, q)
    slew, duration = plan_slew(q, leg.q_hill_body, leg.slew_rate)
    return Memory(
        float(at), leg, t, belief.r_hill, belief.v_hill, 0.0, t, q, slew, duration, -1.0, float(alarm), 0.0,
    )  # fmt: skip


@kernel
def advance(plan, n, memory, belief, alarm, t):
    """Guidance's memory after this tick: a stage on, a leg on, into the abort, or unchanged.

    In free drift nothing may fire, so alarms wait; once aborting, only the abort's own end counts.
    """
    aborting = memory.alarm > 0.0
    if (alarm != Alarm.NONE) & (not aborting) & (memory.leg.free_drift == 0.0):
        return enter(plan, memory, belief, plan.count, alarm, t)
    memory = settle(memory, belief, advance_stage(n, memory, belief, t - memory.t_entry), t)
    if done(memory, t):
        if aborting | (int(memory.at) + 1 >= plan.count):
            return over(memory)
        return enter(plan, memory, belief, int(memory.at) + 1, Alarm.NONE.value, t)
    if (t - memory.t_entry > memory.leg.at_most) & (not aborting):
        if memory.leg.free_drift > 0.0:
            return over(memory)
        return enter(plan, memory, belief, plan.count, Alarm.TIME_OUT.value, t)
    return memory


@kernel
def over(memory):
    """The memory of a flight that guidance has ended."""
    m = memory
    return Memory(
        m.at, m.leg, m.t_entry, m.r_entry_hill, m.v_entry_hill, m.stage, m.t_stage,
        m.slew_from, m.slew_rotvec, m.slew_time, m.t_settled, m.alarm, 1.0,
    )  # fmt: skip


@kernel
def settle(memory, belief, stage, t):
    """The memory with its stage and the time since which the exit tolerances hold without a break (-1: they do not)."""
    ok = within(memory.leg, belief)
    since = (memory.t_settled if memory.t_settled >= 0.0 else t) if ok else -1.0
    t_stage = memory.t_stage if stage == memory.stage else t
    return Memory(
        memory.at, memory.leg, memory.t_entry, memory.r_entry_hill, memory.v_entry_hill, stage, t_stage,
        memory.slew_from, memory.slew_rotvec, memory.slew_time, since, memory.alarm, memory.over,
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
