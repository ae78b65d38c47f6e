"""The world: one side of the step. It knows the truth, and of the flight software what is fired and what is told."""

import math
from typing import NamedTuple

from rvd.core.algebra.mat import sym_inverse
from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec, unrotate
from rvd.core.algebra.random import normal4
from rvd.core.algebra.vec import add, axpy, norm, scale
from rvd.core.flight.tally import blank_tally
from rvd.core.flight.truth import GatesAt, NozzleErrors, Run, first_knowledge, first_state, nozzle_errors
from rvd.core.flight.words import heard
from rvd.core.flight.work import Work
from rvd.core.goals.goal import Goal, Progress
from rvd.core.hull.hull import Hulls
from rvd.core.kernel import Quat, Row, Sheet, Table, Vec, kernel, sweep
from rvd.core.motion.nonlinear import Environment, step
from rvd.core.motion.rigid import gravity_gradient
from rvd.core.motion.rigid import step as turn_step
from rvd.core.orbit.frames import hill_rate, q_eci_hill
from rvd.core.rules.rules import Rules
from rvd.core.rules.sight import Sight, sight
from rvd.core.signals import BackupReading, Broadcast, Firing, Key, State, Tally, Telemetry, Tick, Uplink
from rvd.core.vehicle.backup import UNREAD, measure_backup
from rvd.core.vehicle.drag import ballistic
from rvd.core.vehicle.geometry import Geometry, geometry_of
from rvd.core.vehicle.mass import Chaser, com_after, inertia_after, mass_after
from rvd.core.vehicle.nozzles import (
    NOTHING_FIRED,
    Failed,
    Nozzles,
    failed,
    isp_of_pulse,
    leak_of,
    least_impulse,
    one_nozzle,
    pulse_of,
    row_of,
)
from rvd.core.vehicle.sensors.sense import sense as read_sensors
from rvd.core.vehicle.sensors.sense import start_sensors
from rvd.core.vehicle.sensors.sensor import Heaven, Scene
from rvd.core.vehicle.station import Points, Station, held_attitude, held_rate, start_lines

ZERO = (0.0, 0.0, 0.0)

TURN = 0.25
"""Most that a chaser turns in one step of Runge-Kutta, rad: it errs by some 1e-5 of that."""

MOST_PARTS = 1000.0
"""Into how many such steps one of the flight is parted at the most."""

Sky = tuple[float, float, float, float, float, float, float, float]
"""Two third bodies: mu (m3/s2) and place (m, inertial axes about the central body) of each; the second is the Sun."""


class Thrusters(NamedTuple):
    """The nozzles as they are in the world."""

    #: As in their table.
    nozzles: Nozzles
    #: The stream (n,) by which the pulses of each vary, a whole number: that of its name.
    streams: Row
    #: 1.0 for each (n,) that an abort shuts off by its latch valve, else 0.0.
    isolated: Row


class Push(NamedTuple):
    """What one nozzle gives in one period."""

    #: Impulse, N s.
    newton_seconds: float
    #: Specific impulse, s.
    isp: float
    #: Its centroid, s from the begin of the period.
    centroid: float
    #: Turns of the push about the two axes across it, rad.
    tilts: tuple[float, float]


class Commanded(NamedTuple):
    """What the nozzles are told in one period."""

    #: On-times (n,), s.
    on: Row
    #: Whether an abort shuts branches off.
    aborts: bool


class Outside(NamedTuple):
    """The world's half of the set-up: all that the flight software was not told."""

    #: The central body and its air.
    environment: Environment
    #: Third bodies (k, 8), a row every `sky_step`: see `Sky`; one of mu = 0 does not pull.
    sky: Table
    #: The time between two rows, s.
    sky_step: float
    #: What the flight must keep.
    rules: Rules
    #: What it is flown for.
    goal: Goal
    #: What it has seen before the first step.
    start: Progress
    #: What they may hit.
    hulls: Hulls
    #: Points on both bodies.
    points: Points
    #: The sensors aboard (k, `SENSOR`).
    sensors: Table
    #: Where the row holds what the gates answer.
    gates: GatesAt
    #: The nozzles, and how their pulses vary.
    thrusters: Thrusters


class World(NamedTuple):
    """One run as it truly is at one step."""

    #: Both bodies.
    state: State
    #: How they stand to one another.
    geometry: Geometry
    #: The same, as the rules see it.
    seen: Sight
    #: What the nozzles gave in the latest step.
    fired: Firing
    #: What the rules have seen so far.
    tally: Tally
    #: The step that is flown.
    tick: Tick


@sweep
def start_world(outside: Outside, run: Run, q_hill_body: Quat, work: Work) -> World:
    """The world at t = 0, the chaser in the attitude that its first leg asks for; draws how the target moves."""
    mu, lines = outside.environment.mu, work.lines
    start_lines(lines, run.truth.target, mu, run.seed, run.number)
    start_sensors(outside.sensors, work.readings, work.latent, run.seed, run.number)
    state = first_state(mu, outside.points, q_hill_body, run.truth, lines)
    return World(
        state=state,
        geometry=geometry_of(state),
        seen=seen_of(outside, state, run.truth.chaser.com),
        fired=NOTHING_FIRED,
        tally=blank_tally(outside.start),
        tick=Tick(number=0, t=0.0, h=0.0, second=0, first=False),
    )


@kernel
def uplink(run: Run, world: World) -> Uplink:
    """What the flight software is given before it starts: where it is, with an error, and its attitude."""
    r_hill, v_hill = first_knowledge(run.truth, world.geometry.r_hill, world.geometry.v_hill)
    state = world.state
    return Uplink(r_hill, v_hill, state.q_eci_body, state.rt_eci, state.vt_eci)


@kernel
def look(outside: Outside, run: Run, state: State) -> tuple[Geometry, Sight]:
    """How the bodies stand to one another in a state, and what the rules see of it."""
    com_body = com_after(run.truth.chaser, state.used)
    return geometry_of(state), seen_of(outside, state, com_body)


@kernel
def seen_of(outside: Outside, state: State, com_body: Vec) -> Sight:
    """What rules and goal see of a state."""
    points = outside.points
    return sight(points.berthing, points.grapple, outside.goal, state, com_body)


@kernel
def sense(outside: Outside, run: Run, world: World, work: Work) -> Broadcast:
    """Writes what every sensor says; what the target tells of itself."""
    above = sky_at(outside.sky, outside.sky_step, world.tick.t)
    scene = Scene(
        state=world.state,
        geometry=world.geometry,
        com_body=com_after(run.truth.chaser, world.state.used),
        points=outside.points,
        hull=outside.hulls.target,
        heaven=Heaven((above[5], above[6], above[7]), outside.environment.radius),
        period=world.fired.period,
    )
    key = Key(run.seed, run.number, world.tick)
    read_sensors(outside.sensors, run.row, scene, readings=work.readings, latent=work.latent, key=key)
    return Broadcast(world.state.rt_eci, world.state.vt_eci)


@kernel
def sense_backup(run: Run, world: World, told: Telemetry) -> BackupReading:
    """What the backup attitude source says; nobody reads it before an abort is called."""
    if told.alarm == 0.0:
        return UNREAD
    return measure_backup(
        run.truth.backup,
        world.geometry.q_hill_body,
        world.state.w_mean_body,
        world.fired.period,
        Key(run.seed, run.number, world.tick),
    )


@kernel
def hear(outside: Outside, run: Run, told: Telemetry, tick: Tick) -> int:
    """The word (`Word`, a number) that reaches the chaser in this step."""
    return heard(run, outside.gates, told, tick)


@kernel
def fire(outside: Outside, run: Run, world: World, told: Telemetry, work: Work) -> Firing:
    """The firing that happens: not all as it is told."""
    return truly_fired(
        outside.thrusters,
        run.row,
        com_body=com_after(run.truth.chaser, world.state.used),
        told=Commanded(work.on, told.alarm > 0.0),
        key=Key(run.seed, run.number, world.tick),
    )


@kernel
def truly_fired(thrusters: Thrusters, row: Row, com_body: Vec, told: Commanded, key: Key) -> Firing:
    """The Firing that happened: each nozzle with its own errors from the row (`NozzleErrors`).

    Once it aborts, what that shuts off gives nothing, though its valve is stuck open or leaks.
    """
    nozzles, n, period = thrusters.nozzles, told.on.size, key.tick.h
    firing = NOTHING_FIRED._replace(period=period)
    for k in range(n):
        errs = nozzle_errors(row, k, n)
        now = failed(
            int(errs.fault),
            since=errs.fault_since,
            until=errs.fault_until,
            fault_size=errs.fault_size,
            t=key.tick.t,
            on=told.on[k],
            period=period,
        )
        shut = told.aborts & (thrusters.isolated[k] > 0.0)
        if (now.on > 0.0) & (not shut):
            pulse = pulse_given(thrusters, k, errs, now, key)
            firing = added(firing, nozzles, k, com_body, pulse)
        if (now.leak > 0.0) & (now.on < period) & (not shut):
            leak = leak_given(nozzles, k, errs, now, period)
            firing = added(firing, nozzles, k, com_body, leak)
    return firing


@kernel
def pulse_given(thrusters: Thrusters, k: int, errs: NozzleErrors, now: Failed, key: Key) -> Push:
    """What nozzle k gives through its open valve: of one that is weak all of it, times the share left (assumed)."""
    nozzles, period = thrusters.nozzles, key.tick.h
    least = least_impulse(nozzles.thrust[k], nozzles.least_on[k], now.on, period)
    chance = normal4(key.seed, key.run, int(thrusters.streams[k]), key.tick.number)[0]
    astray = errs.repeatability * least * chance + errs.bit * least
    whole, centroid = pulse_of(now.on, period, errs.dead_time, errs.rise, errs.decay)
    return Push(
        newton_seconds=now.left * max(nozzles.thrust[k] * errs.force * whole + astray, 0.0),
        isp=isp_of_pulse(nozzles.isp[k], now.on, period, errs.half_isp),
        centroid=centroid,
        tilts=(errs.tilt_1, errs.tilt_2),
    )


@kernel
def leak_given(nozzles: Nozzles, k: int, errs: NozzleErrors, now: Failed, period: float) -> Push:
    """What leaks through the closed valve of nozzle k: a steady flow, at the steady specific impulse (assumed)."""
    whole, centroid = leak_of(now.leak, now.on, period)
    return Push(
        newton_seconds=nozzles.thrust[k] * errs.force * whole,
        isp=nozzles.isp[k],
        centroid=centroid,
        tilts=(errs.tilt_1, errs.tilt_2),
    )


@kernel
def added(firing: Firing, nozzles: Nozzles, k: int, com_body: Vec, push: Push) -> Firing:
    """A firing, and beside it what nozzle k gave."""
    impulse, turn, used = one_nozzle(
        row_of(nozzles.where_body, k),
        row_of(nozzles.push_body, k),
        com_body,
        newton_seconds=push.newton_seconds,
        isp=push.isp,
        tilt_1=push.tilts[0],
        tilt_2=push.tilts[1],
    )
    return firing._replace(
        impulse_body=add(firing.impulse_body, impulse),
        turn_body=add(firing.turn_body, turn),
        reach_body=axpy(firing.period - push.centroid, impulse, firing.reach_body),
        total=firing.total + norm(impulse),
        used=firing.used + used,
    )


@kernel
def sky_at(sky: Table, sky_step: float, t: float) -> Sky:
    """The third bodies (eight numbers) at t, from the table's row at or before it."""
    k = min(int(t / sky_step), sky.shape[0] - 1)
    return (sky[k, 0], sky[k, 1], sky[k, 2], sky[k, 3], sky[k, 4], sky[k, 5], sky[k, 6], sky[k, 7])


@kernel
def move(outside: Outside, run: Run, world: World, told: Telemetry, work: Work) -> State:
    """The state one step on: the station in free drift where the chaser says that it drifts."""
    truth, state, tick = run.truth, world.state, world.tick
    air = outside.environment._replace(density=truth.atmosphere.density)
    above = sky_at(outside.sky, outside.sky_step, tick.t)
    mass = mass_after(truth.chaser, state.used)
    rt, vt, dr, dv = step(
        air,
        ballistic_target=ballistic(truth.target.drag, truth.target.mass, state.q_eci_station, state.vt_eci),
        ballistic_chaser=ballistic(truth.chaser.drag, mass, state.q_eci_body, state.vt_eci),
        sky_begin=above,
        sky_middle=above,
        sky_end=above,
        rt=state.rt_eci,
        vt=state.vt_eci,
        dr=state.dr_eci,
        dv=state.dv_eci,
        push_eci=ZERO,
        h=tick.h,
    )
    # Thrust enters at the end of the step by its impulse and reach.
    gain_body = scale(1.0 / mass, world.fired.impulse_body)
    dr = add(dr, rotate(state.q_eci_body, scale(1.0 / mass, world.fired.reach_body)))
    dv = add(dv, rotate(state.q_eci_body, gain_body))
    q, w, turned = turned_chaser(air.mu, truth.chaser, state, world.fired, rt)
    q_station, w_station = held_station(truth.target, work.lines, rt, vt, tick.t + tick.h)
    if told.target_free > 0.0:
        q_station, w_station = drifted_station(air.mu, truth.target, state, tick.h)
    return State(
        rt_eci=rt,
        vt_eci=vt,
        dr_eci=dr,
        dv_eci=dv,
        q_eci_body=q,
        w_body=w,
        q_eci_station=q_station,
        w_station=w_station,
        used=state.used + world.fired.used,
        dv_body=gain_body,
        w_mean_body=scale(1.0 / tick.h, turned),
    )


@kernel
def turned_chaser(mu: float, chaser: Chaser, state: State, firing: Firing, rt: Vec) -> tuple[Quat, Vec, Vec]:
    """The chaser's attitude and rate at the end of the firing's period, and its turn (rad, body axes) until then.

    The target is at rt. A chaser that spins, as one does whose nozzle is stuck, is turned in parts of at most `TURN`
    each: one step errs without bound once it turns by about three radians. What it fires meanwhile still pushes along
    the attitude of the period's begin: the path of a chaser that turns by more than a radian a step is no more than
    indicative.
    """
    h, inertia = firing.period, inertia_after(chaser, state.used)
    inverse = sym_inverse(inertia)
    pull = gravity_gradient(unrotate(state.q_eci_body, rt), inertia, mu)
    torque = axpy(1.0 / h, firing.turn_body, pull)
    turns = norm(state.w_body) * h / TURN
    parts = max(math.ceil(turns), 1.0) if turns < MOST_PARTS else MOST_PARTS
    q, w, turned = state.q_eci_body, state.w_body, ZERO
    for _ in range(int(parts)):
        before = q
        q, w = turn_step(inertia, inverse, q, w, torque_body=torque, h=h / parts)
        turned = add(turned, to_rotvec(multiply(conjugate(before), q)))
    return q, w, turned


@kernel
def held_station(target: Station, lines: Sheet, rt: Vec, vt: Vec, t: float) -> tuple[Quat, Vec]:
    """The attitude and rate at t of a station that holds itself about the hill frame, and moves by its lines."""
    q_hill_station, rate = held_attitude(target, lines, t)
    w_hill = (0.0, 0.0, hill_rate(rt, vt))
    return multiply(q_eci_hill(rt, vt), q_hill_station), held_rate(rate, q_hill_station, w_hill)


@kernel
def drifted_station(mu: float, target: Station, state: State, h: float) -> tuple[Quat, Vec]:
    """The attitude and rate, h s later, of a station that only the gravity gradient turns."""
    pull = gravity_gradient(unrotate(state.q_eci_station, state.rt_eci), target.inertia, mu)
    inverse = sym_inverse(target.inertia)
    return turn_step(target.inertia, inverse, state.q_eci_station, state.w_station, torque_body=pull, h=h)


@kernel
def speed_gained(firing: Firing, mass: float) -> float:
    """Velocity (m/s) that a firing spends: the length of its impulse over the mass."""
    return norm(firing.impulse_body) / mass
