"""One step of the truth: the nozzles as they really fire, both vehicles as they really move."""

import numpy as np

from rvd.core.algebra.mat import sym_inverse
from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec, unrotate
from rvd.core.algebra.random import normal4, stream_of
from rvd.core.algebra.vec import add, axpy, norm, scale, select, times
from rvd.core.flight.setup import Sky
from rvd.core.flight.truth import Truth, nozzle_errors
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.motion.nonlinear import Environment, step
from rvd.core.motion.rigid import gravity_gradient
from rvd.core.motion.rigid import step as turn_step
from rvd.core.orbit.frames import hill_rate, q_eci_hill
from rvd.core.signals import Firing, State
from rvd.core.vehicle.drag import ballistic
from rvd.core.vehicle.mass import inertia_after, mass_after
from rvd.core.vehicle.nozzles import Nozzles, least_impulse, on_time_with_fault, one_nozzle
from rvd.core.vehicle.station import Station, held_attitude, held_rate

ZERO = (0.0, 0.0, 0.0)

PULSES = stream_of("noise.pulses")


@kernel
def row_of(table: np.ndarray, k: int) -> Vec:
    """Row k of an (n, 3) table as a vector."""
    return (table[k, 0], table[k, 1], table[k, 2])


@kernel
def fired(nozzles: Nozzles, com_body: Vec, on: np.ndarray, period: float) -> Firing:
    """The Firing the flight software believes in: every nozzle as in its table."""
    impulse, turn, reach, total, valves, used = ZERO, ZERO, ZERO, 0.0, ZERO, 0.0
    for k in range(on.size):
        if on[k] > 0.0:
            way = row_of(nozzles.push_body, k)
            push, spin, mass = one_nozzle(
                row_of(nozzles.where_body, k), way, com_body, nozzles.thrust[k] * on[k], nozzles.isp[k], 0.0, 0.0
            )  # fmt: skip
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


@kernel
def truly_fired(
    nozzles: Nozzles,
    row: np.ndarray,
    com_body: Vec,
    on: np.ndarray,
    t: float,
    period: float,
    tick: int,
    seed: int,
    run: int,
) -> Firing:
    """The Firing that happened: each nozzle with its own factor, tilt, fault and scatter from the row (`THRUSTERS`)."""
    impulse, turn, reach, total, used = ZERO, ZERO, ZERO, 0.0, 0.0
    n = on.size
    for k in range(n):
        errs = nozzle_errors(row, k, n)
        seconds = on_time_with_fault(int(errs.fault), errs.fault_since, errs.fault_until, t, on[k], period)
        if seconds > 0.0:
            bit = errs.repeatability * least_impulse(nozzles.thrust[k], nozzles.least_on[k], seconds, period)
            scatter = bit * normal4(seed, run, PULSES, tick * n + k)[0]
            given = max(nozzles.thrust[k] * errs.force * seconds + scatter, 0.0)
            where, way = row_of(nozzles.where_body, k), row_of(nozzles.push_body, k)
            push, spin, mass = one_nozzle(
                where, way, com_body, given, nozzles.isp[k], errs.tilt_1, errs.tilt_2
            )
            impulse, turn, used = add(impulse, push), add(turn, spin), used + mass
            reach, total = axpy(period - 0.5 * seconds, push, reach), total + norm(push)
    return Firing(
        impulse_body=impulse,
        turn_body=turn,
        reach_body=reach,
        total=total,
        valves_body=ZERO,
        used=used,
        period=period,
    )


@kernel
def sky_at(sky: np.ndarray, sky_step: float, t: float) -> Sky:
    """The third bodies (eight numbers) at t, from the table's row at or before it."""
    k = min(int(t / sky_step), sky.shape[0] - 1)
    return (sky[k, 0], sky[k, 1], sky[k, 2], sky[k, 3], sky[k, 4], sky[k, 5], sky[k, 6], sky[k, 7])


@kernel
def move(
    environment: Environment,
    sky: Sky,
    truth: Truth,
    state: State,
    firing: Firing,
    t: float,
    h: float,
    drifting: float,
) -> State:
    """The state h seconds later: gravity, drag and thrust on the relative state; both attitudes.

    Thrust enters at the end of the step by its impulse and reach. `drifting`: the station is in free drift.
    """
    mass = mass_after(truth.chaser, state.used)
    wind = ballistic(truth.chaser.drag, mass, state.q_eci_body, state.vt_eci)
    station_wind = ballistic(truth.target.drag, truth.target.mass, state.q_eci_station, state.vt_eci)
    rt, vt, dr, dv = step(
        environment,
        station_wind,
        wind,
        sky,
        sky,
        sky,
        state.rt_eci,
        state.vt_eci,
        state.dr_eci,
        state.dv_eci,
        ZERO,
        h,
    )
    gain_body = scale(1.0 / mass, firing.impulse_body)
    dr = add(dr, rotate(state.q_eci_body, scale(1.0 / mass, firing.reach_body)))
    dv = add(dv, rotate(state.q_eci_body, gain_body))
    inertia = inertia_after(truth.chaser, state.used)
    torque = axpy(
        1.0 / h, firing.turn_body, gravity_gradient(unrotate(state.q_eci_body, rt), inertia, environment.mu)
    )
    q, w = turn_step(inertia, sym_inverse(inertia), state.q_eci_body, state.w_body, torque, h)
    q_station, w_station = move_station(environment, truth.target, state, rt, vt, t, h, drifting)
    w_mean = scale(1.0 / h, to_rotvec(multiply(conjugate(state.q_eci_body), q)))
    return State(
        rt_eci=rt,
        vt_eci=vt,
        dr_eci=dr,
        dv_eci=dv,
        q_eci_body=q,
        w_body=w,
        q_eci_station=q_station,
        w_station=w_station,
        used=state.used + firing.used,
        dv_body=gain_body,
        w_mean_body=w_mean,
    )


@kernel
def move_station(
    environment: Environment,
    target: Station,
    state: State,
    rt: Vec,
    vt: Vec,
    t: float,
    h: float,
    drifting: float,
) -> tuple[Quat, Vec]:
    """The station's attitude and rate at t + h: held about the hill frame, or free under gravity gradient."""
    pull = gravity_gradient(unrotate(state.q_eci_station, state.rt_eci), target.inertia, environment.mu)
    q_free, w_free = turn_step(
        target.inertia, sym_inverse(target.inertia), state.q_eci_station, state.w_station, pull, h
    )
    q_hill_station, rate = held_attitude(target, t + h)
    q_held = multiply(q_eci_hill(rt, vt), q_hill_station)
    w_held = held_rate(rate, q_hill_station, (0.0, 0.0, hill_rate(rt, vt)))
    free = drifting > 0.0
    q = (
        q_free[0] if free else q_held[0], q_free[1] if free else q_held[1],
        q_free[2] if free else q_held[2], q_free[3] if free else q_held[3],
    )  # fmt: skip
    return q, select(free, w_free, w_held)


@kernel
def speed_gained(firing: Firing, mass: float) -> float:
    """Velocity (m/s) that a firing spends: the length of its impulse over the mass."""
    return norm(firing.impulse_body) / mass
