"""The flight software: one side of the step. It sees readings and what it fired itself, never the truth."""

from typing import NamedTuple

from rvd.core.algebra.vec import add, axpy, norm, scale, times
from rvd.core.control.allocation import Allocation, Allotted
from rvd.core.control.allocation import allocate as fill_on_times
from rvd.core.control.steering import gains_of, with_owed
from rvd.core.control.steering import steer as wrench_for
from rvd.core.flight.work import Work
from rvd.core.guidance.frames import aim_of, level_attitude, state_of
from rvd.core.guidance.law import choose
from rvd.core.guidance.own import OwnLaws, consult
from rvd.core.guidance.plan import Plan, begin, first_leg
from rvd.core.guidance.plan import advance as advance_leg
from rvd.core.guidance.slew import slew_at
from rvd.core.kernel import Quat, Row, Vec, kernel, sweep
from rvd.core.navigation.attitude import start_attitude
from rvd.core.navigation.delay import nothing_since
from rvd.core.navigation.fixes import UNTESTED
from rvd.core.navigation.readings import Readers, reading_of
from rvd.core.navigation.relative import start_relative
from rvd.core.navigation.track import UNREAD, Filters, Known, Meter, Track
from rvd.core.navigation.track import believe as belief_of
from rvd.core.safety.monitors import Limits
from rvd.core.safety.monitors import monitor as alarm_of
from rvd.core.signals import Aim, Belief, Broadcast, Firing, Memory, Reading, Telemetry, Tick, Uplink, Wrench
from rvd.core.vehicle.mass import Chaser, com_after, inertia_after, mass_after
from rvd.core.vehicle.mount import Mount
from rvd.core.vehicle.nozzles import Nozzles, least_impulse, one_nozzle, row_of

ZERO = (0.0, 0.0, 0.0)


class Onboard(NamedTuple):
    """The flight software's half of the set-up: its own numbers, from the nominal case."""

    #: What the filters are told.
    filters: Filters
    #: The legs.
    plan: Plan
    #: The sets of gains, one after the other (`Gains`).
    gains: Row
    #: The tables that nozzles are chosen by.
    allocation: Allocation
    #: The nozzles as in their table.
    nozzles: Nozzles
    #: What the monitors allow.
    limits: Limits
    #: The chaser as designed.
    chaser: Chaser
    #: Which of the readings it uses.
    readers: Readers
    #: How the laser was to be mounted.
    laser: Mount
    #: The believed reflectors, m, hill axes from the target's centre of mass.
    reflectors_hill: tuple[Vec, Vec]
    #: One sigma of the first position, an axis, m.
    sigma_r: float
    #: One sigma of the first velocity, an axis, m/s.
    sigma_v: float


class Aboard(NamedTuple):
    """What the flight software remembers, but for the filters' `Track`: that is long, and navigation's alone."""

    #: What guidance remembers.
    memory: Memory
    #: What is believed at this tick; of the centre of mass, from before the latest firing.
    belief: Belief
    #: What the on-times of the tick before did not give.
    owed: Allotted
    #: Propellant used by what was commanded, kg.
    used: float


@kernel
def first_attitude(onboard: Onboard) -> Quat:
    """The attitude that the first leg asks for, against the hill frame: its frame's axes are level then."""
    leg = first_leg(onboard.plan, onboard.chaser.com)
    return level_attitude(onboard.plan.frames, leg.frame, leg.q_leg_body)


@sweep
def start_track(onboard: Onboard, work: Work, told: Uplink) -> Track:
    """Navigation before its first reading: the belief it was told, and its sigmas."""
    filters = onboard.filters
    return Track(
        relative=start_relative(
            filters.relative,
            covariance=work.covariance,
            r_hill=told.r_hill,
            v_hill=told.v_hill,
            sigma_r=onboard.sigma_r,
            sigma_v=onboard.sigma_v,
        ),
        attitude=start_attitude(filters.attitude, told.q_eci_body),
        meter=Meter(bias=ZERO, variance=0.0, quiet=0.0, burning=0.0),
        rt_eci=told.rt_eci,
        vt_eci=told.vt_eci,
        used=0.0,
        laser_age=UNREAD,
        since=nothing_since(),
        tested=UNTESTED,
        tested_all=UNTESTED,
    )


@sweep
def start_aboard(onboard: Onboard, work: Work, track: Track) -> Aboard:
    """The flight software before its first tick, in its first leg."""
    chaser = onboard.chaser
    belief = belief_of(track, work.covariance, chaser.mass, chaser.com, chaser.propellant)
    return Aboard(
        memory=begin(onboard.plan, belief, 0.0),
        belief=belief,
        owed=Allotted(ZERO, ZERO, ZERO, ZERO, 1.0),
        used=0.0,
    )


@kernel
def read(onboard: Onboard, work: Work, told: Broadcast) -> Reading:
    """What the sensors say, as the filters take it."""
    return reading_of(work.readings, onboard.readers, told)


@kernel
def know(onboard: Onboard, used: float) -> Known:
    """What navigation knows of the vehicles once `used` kg of propellant are gone."""
    return Known(
        mass=mass_after(onboard.chaser, used),
        com_body=com_after(onboard.chaser, used),
        laser=onboard.laser,
        reflectors_hill=onboard.reflectors_hill,
    )


@kernel
def believe(onboard: Onboard, aboard: Aboard, work: Work, track: Track) -> Belief:
    """What is believed now."""
    chaser = onboard.chaser
    com_body = com_after(chaser, aboard.used)
    return belief_of(
        track, work.covariance, mass_after(chaser, track.used), com_body, chaser.propellant - track.used
    )


@kernel
def monitor(onboard: Onboard, aboard: Aboard, tick: Tick) -> int:
    """The alarm (`Alarm`, a number) that what is believed raises."""
    state = state_of(onboard.plan.frames, aboard.memory.leg, aboard.belief)
    return alarm_of(
        onboard.limits,
        reactions=onboard.plan.reactions,
        belief=aboard.belief,
        q_leg_body=state.q_leg_body,
        memory=aboard.memory,
        t=tick.t,
    )


@kernel
def advance(onboard: Onboard, aboard: Aboard, alarm: int, word: int, tick: Tick) -> Memory:
    """Guidance after an alarm and a word (`Word`, a number) from outside: a stage on, a leg on, back or away."""
    return advance_leg(
        onboard.plan,
        n=onboard.filters.orbit_rate,
        memory=aboard.memory,
        belief=aboard.belief,
        alarm=alarm,
        word=word,
        t=tick.t,
    )


@kernel
def guide(onboard: Onboard, aboard: Aboard, laws: OwnLaws, tick: Tick) -> tuple[Memory, Aim]:
    """What the leg's law asks for; one of the user's own (`laws`) is remembered to have been asked."""
    n, plan, memory, belief = onboard.filters.orbit_rate, onboard.plan, aboard.memory, aboard.belief
    state = state_of(plan.frames, memory.leg, belief)
    s = tick.t - memory.t_entry
    request = choose(memory, state, n, s)
    memory, request = consult(laws, plan, n=n, memory=memory, state=state, request=request, t=tick.t)
    q, w = slew_at(memory.slew_from, memory.slew_rotvec, memory.slew_time, s)
    return memory, aim_of(plan.frames, memory=memory, belief=belief, request=request, q_leg_body=q, w_body=w)


@kernel
def steer(onboard: Onboard, aboard: Aboard, aim: Aim, tick: Tick) -> Wrench:
    """The wrench that follows an aim, with what the tick before still owes."""
    leg = aboard.memory.leg
    wrench = wrench_for(
        gains_of(onboard.gains, leg.gains),
        n=onboard.filters.orbit_rate,
        inertia=inertia_after(onboard.chaser, aboard.used),
        belief=aboard.belief,
        aim=aim,
        acceleration=leg.acceleration,
        period=tick.h,
    )
    return with_owed(wrench, aboard.owed)


@kernel
def allocate(onboard: Onboard, aboard: Aboard, wrench: Wrench, work: Work, tick: Tick) -> Allotted:
    """Fills the on-times of the nozzles; in free drift with zeros, and what was owed stays owed."""
    on = work.on
    if aboard.memory.leg.free_drift > 0.0:
        on[:] = 0.0
        return aboard.owed
    return fill_on_times(
        onboard.allocation,
        table=int(aboard.memory.leg.table),
        force_body=wrench.force_body,
        torque_body=wrench.torque_body,
        com_body=aboard.belief.com_body,
        period=tick.h,
        on=on,
    )


@kernel
def command(onboard: Onboard, aboard: Aboard, work: Work, tick: Tick) -> Firing:
    """The firing that the flight software believes in."""
    return fired(onboard.nozzles, aboard.belief.com_body, work.on, tick.h)


@kernel
def report(aboard: Aboard) -> Telemetry:
    """What is told to those outside."""
    memory = aboard.memory
    return Telemetry(
        leg=memory.at,
        t_ready=memory.t_ready,
        tries=memory.tries,
        target_free=memory.leg.target_free,
        alarm=memory.alarm,
    )


@kernel
def fired(nozzles: Nozzles, com_body: Vec, on: Row, period: float) -> Firing:
    """The Firing of these on-times (n,), every nozzle as in its table."""
    impulse, turn, reach, total, valves, used = ZERO, ZERO, ZERO, 0.0, ZERO, 0.0
    for k in range(on.size):
        if on[k] > 0.0:
            way = row_of(nozzles.push_body, k)
            push, spin, mass = one_nozzle(
                row_of(nozzles.where_body, k),
                way,
                com_body,
                newton_seconds=nozzles.thrust[k] * on[k],
                isp=nozzles.isp[k],
                tilt_1=0.0,
                tilt_2=0.0,
            )
            impulse, turn, used = add(impulse, push), add(turn, spin), used + mass
            reach, total = axpy(period - 0.5 * on[k], push, reach), total + norm(push)
            bit = scale(least_impulse(nozzles.thrust[k], nozzles.least_on[k], on[k], period), way)
            valves = add(valves, times(bit, bit))
    return Firing(
        impulse_body=impulse,
        turn_body=turn,
        reach_body=reach,
        total=total,
        valves_body=valves,
        used=used,
        period=period,
    )
