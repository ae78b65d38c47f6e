"""The scalar driver: one run, from its row to its tally. Whoever reads `fly` knows the house."""

import math

from rvd.core.control.allocation import Allotted, allocate
from rvd.core.control.steering import gains_of, steer, with_owed
from rvd.core.flight.history import log, log_leg
from rvd.core.flight.moments import keep
from rvd.core.flight.setup import Onboard, Setup, Sky
from rvd.core.flight.step import fired, move, sky_at, speed_gained, truly_fired
from rvd.core.flight.truth import Truth, first_knowledge, first_state
from rvd.core.flight.words import heard
from rvd.core.guidance.law import guide
from rvd.core.guidance.own import consult, laws_at
from rvd.core.guidance.plan import advance, begin, first_leg
from rvd.core.kernel import Block, Place, Row, Sheet, Vec, entry, kernel, load
from rvd.core.motion.nonlinear import Environment
from rvd.core.navigation.attitude import start_attitude
from rvd.core.navigation.delay import nothing_since
from rvd.core.navigation.fixes import UNTESTED
from rvd.core.navigation.relative import start_relative
from rvd.core.navigation.track import Meter, Track, believe, errors_in_sigmas, estimate
from rvd.core.orbit.frames import hill_from_eci
from rvd.core.safety.monitors import monitor
from rvd.core.safety.rules import Sight, blank_tally, concluded, result_of, sight, watch
from rvd.core.signals import Firing, Outcome, State, Trust
from rvd.core.vehicle.mass import com_after, inertia_after, mass_after
from rvd.core.vehicle.sensors import Heaven, first_latent, sense

TICKS_A_SECOND = 16
"""Step numbers of the noise are seconds times this plus the tick within the second: rates up to 16 Hz."""

INSTANT = 1.0e-6
"""Length (s) of the coast before the first reading: none, but no division by zero."""


@kernel
def world_of(environment: Environment, truth: Truth) -> Environment:
    """The environment with this run's air."""
    return environment._replace(density=truth.atmosphere.density)


@kernel
def heaven_of(world: Environment, sky: Sky) -> Heaven:
    """What blinds sensors: the second body of the sky is the Sun."""
    return Heaven((sky[5], sky[6], sky[7]), world.radius)


@kernel
def first_track(onboard: Onboard, truth: Truth, state: State) -> Track:
    """What navigation starts from: the truth with the knowledge error, and the sigmas it was told."""
    r, v = hill_from_eci(state.rt_eci, state.vt_eci, state.dr_eci, state.dv_eci)
    r, v = first_knowledge(truth, r, v)
    return Track(
        relative=start_relative(onboard.filters.relative, r, v, onboard.sigma_r, onboard.sigma_v),
        attitude=start_attitude(onboard.filters.attitude, state.q_eci_body),
        meter=Meter(bias=(0.0, 0.0, 0.0), variance=0.0, quiet=0.0, burning=0.0),
        rt_eci=state.rt_eci,
        vt_eci=state.vt_eci,
        used=0.0,
        laser_age=1.0e9,
        since=nothing_since(),
        tested=UNTESTED,
        tested_all=UNTESTED,
    )


@kernel
def trust_in(track: Track, seen: Sight) -> Trust:
    """How the filter's belief of itself stands against the truth; NaN is the NIS before the first fix."""
    latest, every = track.tested, track.tested_all
    e = errors_in_sigmas(track, seen.r_hill, seen.v_hill)
    nees = e[0] * e[0] + e[1] * e[1] + e[2] * e[2] + e[3] * e[3] + e[4] * e[4] + e[5] * e[5]
    nis = latest.nis if latest.numbers > 0.0 else math.nan
    nis_all = every.nis / every.numbers if every.numbers > 0.0 else math.nan
    return Trust(nees, nis, latest.numbers, nis_all, e)


@kernel
def arm_time(times: Vec, tries: float) -> float:
    """The time (s) the arm needs at this try; `tries` counts the fall-backs before it."""
    return times[0] if tries < 0.5 else (times[1] if tries < 1.5 else times[2])


@entry
def fly(
    setup: Setup,
    own: Place,
    row: Row,
    seed: int,
    run: int,
    on: Block,
    legs: Sheet,
    history: Sheet,
    every: int,
    moments: Sheet,
) -> tuple[float, ...]:
    """The members of the `Tally` of one run: a pure function of (setup, own, row, seed, run).

    `own` is where the laws of the user's own are; on (n,) is working space; legs (count + 1, `LEGS`) and history
    (k, `HISTORY`) are filled, a line every `every` s, and moments (k, `KEPT`), as far as they have room.
    """
    onboard, environment, sky, sky_step, rules, points, suite, nozzles, seconds = setup
    laws = laws_at(own)
    truth = load(Truth, row, 0, 0, 1)
    world = world_of(environment, truth)
    aboard = onboard.chaser
    state = first_state(world.mu, points, first_leg(onboard.plan, aboard.com).q_hill_body, truth)
    track = first_track(onboard, truth, state)
    n = onboard.filters.orbit_rate
    zero = (0.0, 0.0, 0.0)
    firing = Firing(
        impulse_body=zero,
        turn_body=zero,
        reach_body=zero,
        total=0.0,
        valves_body=zero,
        used=0.0,
        period=INSTANT,
    )
    owed = Allotted(zero, zero, zero, zero, 1.0)
    first, latent = sense(
        truth.sensors, suite, points, heaven_of(world, sky_at(sky, sky_step, 0.0)), state, truth.chaser.com,
        first_latent(seed, run), 0.0, 0, 0.0, False, 1.0, seed, run,
    )  # fmt: skip
    memory = begin(onboard.plan, believe(track, first, aboard.mass, aboard.com, aboard.propellant), 0.0)
    tally, line, kept = blank_tally(), 0, 0
    after = sight(points, rules.box, state, truth.chaser.com)
    trust = trust_in(track, after)
    log_leg(legs, 0, 0.0, after, state, trust, tally)
    for second in range(seconds):
        rate = int(memory.leg.rate)
        h = 1.0 / rate
        for part in range(rate):
            t, tick = second + part * h, second * TICKS_A_SECOND + part
            com, above = com_after(truth.chaser, state.used), sky_at(sky, sky_step, t)
            reading, latent = sense(
                truth.sensors,
                suite,
                points,
                heaven_of(world, above),
                state,
                com,
                latent,
                t,
                tick,
                float(second),
                part == 0,
                firing.period,
                seed,
                run,
            )
            believed_com = com_after(aboard, track.used)
            track = estimate(
                onboard.filters,
                suite.laser,
                onboard.reflectors_hill,
                aboard.mass,
                track,
                reading,
                firing,
                believed_com,
            )
            left = aboard.propellant - track.used
            belief = believe(track, reading, mass_after(aboard, track.used), believed_com, left)
            alarm = monitor(onboard.limits, belief, memory, t)
            at = memory.at
            word = heard(truth, row, on.size, onboard.plan.count, memory, t, h)
            memory = advance(onboard.plan, n, memory, belief, alarm, word, t)
            aim = guide(n, memory, belief, t)
            memory, aim = consult(laws, onboard.plan, n, memory, belief, aim, t)
            gains = gains_of(onboard.gains, memory.leg.gains)
            inertia = inertia_after(aboard, track.used)
            wrench = steer(gains, n, inertia, belief, aim, memory.leg.acceleration, h)
            wrench = with_owed(wrench, owed)
            if memory.leg.free_drift > 0.0:
                on[:] = 0.0
            else:
                table = int(memory.leg.table)
                owed = allocate(
                    onboard.allocation, table, wrench.force_body, wrench.torque_body, believed_com, h, on
                )
            firing = fired(onboard.nozzles, believed_com, on, h)
            happened = truly_fired(nozzles, row, com, on, t, h, tick, seed, run)
            before = after
            trust = trust_in(track, before)
            if memory.at != at:
                log_leg(legs, int(memory.at), t, before, state, trust, tally)
            if (part == 0) and (every > 0) and (second % every == 0):
                line = log(history, line, t, before, state, belief, trust, memory, tally)
            if part == 0:
                kept = keep(moments, kept, onboard.plan, truth, state, memory, tally.delta_v, t)
            gained = speed_gained(happened, mass_after(truth.chaser, state.used))
            state = move(world, above, truth, state, happened, t, h, memory.leg.free_drift)
            after = sight(points, rules.box, state, com_after(truth.chaser, state.used))
            loaded, arm = truth.chaser.propellant, arm_time(truth.arm.time, memory.tries)
            tally = watch(
                rules, tally, before, after, memory, belief, trust, state.used, loaded, arm, gained, t, h
            )
            last = (second == seconds - 1) & (part == rate - 1)
            if (tally.outcome > 0.0) | last:
                log(history, line, t + h, after, state, belief, trust, memory, tally)
                end = tally.outcome if tally.outcome > 0.0 else float(Outcome.UNFINISHED.value)
                return result_of(concluded(tally, end))[:]
    return result_of(concluded(tally, Outcome.UNFINISHED.value))[:]
