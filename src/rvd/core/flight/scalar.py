"""The scalar driver: one run, from its row to its tally. Whoever reads `fly` knows the house."""

import numpy as np

from rvd.core.algebra.covariance import workspace_for
from rvd.core.flight.aboard import (
    advance,
    allocate,
    believe,
    command,
    first_attitude,
    guide,
    know,
    monitor,
    read,
    report,
    start_aboard,
    start_track,
    steer,
)
from rvd.core.flight.chain import UNCALLED, take_over
from rvd.core.flight.history import Inside, log, log_leg
from rvd.core.flight.judge import Sides, trust_in, watch
from rvd.core.flight.moments import keep
from rvd.core.flight.setup import Setup
from rvd.core.flight.tally import result_of
from rvd.core.flight.truth import Drawn, run_of
from rvd.core.flight.work import Work
from rvd.core.flight.world import fire, hear, look, move, sense, sense_backup, start_world, uplink
from rvd.core.guidance.own import laws_at
from rvd.core.kernel import Place, Sheet, entry, kernel
from rvd.core.navigation.relative import PATTERN
from rvd.core.navigation.track import estimate
from rvd.core.rules.rules import SCORE, start_scores
from rvd.core.signals import SENSED, Outcome, Tick
from rvd.core.vehicle.lines import LINE
from rvd.core.vehicle.momentum import END
from rvd.core.vehicle.nozzles import NOTHING_FIRED
from rvd.core.vehicle.sensors.sense import LATENT

TICKS_A_SECOND = 16
"""Step numbers of the noise are seconds times this plus the tick within the second: rates up to 16 Hz."""


def work_for(setup: Setup, legs: Sheet, history: Sheet, moments: Sheet) -> Work:
    """The workspace of a flight of this set-up, with the sheets that it fills."""
    return Work(
        on=np.zeros(len(setup.onboard.nozzles.thrust)),
        legs=legs,
        history=history,
        moments=moments,
        lines=np.zeros((END, len(LINE))),
        scores=np.full((len(setup.outside.rules.applies), len(SCORE)), np.nan),
        readings=np.zeros((len(setup.outside.sensors), SENSED)),
        latent=np.zeros((len(setup.outside.sensors), LATENT)),
        covariance=workspace_for(PATTERN),
    )


@kernel
def tick_of(second: int, part: int, rate: int) -> Tick:
    """Part number `part` of a second, of `rate` parts."""
    h = 1.0 / rate
    number = second * TICKS_A_SECOND + part
    return Tick(number=number, t=second + part * h, h=h, second=second, first=part == 0)


@entry
def fly(setup: Setup, own: Place, drawn: Drawn, work: Work, every: int) -> tuple[float, ...]:
    """The members of the `Tally` of one run: a pure function of (setup, own, drawn).

    `own` is where the laws of the user's own are. The sheets of `work` are filled until they are full, that of the
    history with a line every `every` s, or with the last alone where that is 0.
    """
    onboard, outside, seconds, chain = setup
    run, laws = run_of(drawn), laws_at(own)
    start_scores(work.scores)
    world = start_world(outside, run, first_attitude(onboard), work)
    track = start_track(onboard, work, uplink(run, world))
    aboard = start_aboard(onboard, work, track)
    firing, manoeuvre = NOTHING_FIRED, UNCALLED
    line, kept = 0, 0
    log_leg(work.legs, 0, Sides(world, aboard, trust_in(track, work.covariance, world.seen)))
    for second in range(seconds):
        rate = int(aboard.memory.leg.rate)
        for part in range(rate):
            tick, at = tick_of(second, part, rate), aboard.memory.at
            world = world._replace(tick=tick)
            told = sense(outside, run, world, work)
            reading = read(onboard, work, told)
            known = know(onboard, track.used)
            track = estimate(
                onboard.filters,
                known,
                track=track,
                covariance=work.covariance,
                reading=reading,
                firing=firing,
            )
            aboard = aboard._replace(belief=believe(onboard, aboard, work, track), used=track.used)
            alarm = monitor(onboard, aboard, tick)
            word = hear(outside, run, report(aboard), tick)
            aboard = aboard._replace(memory=advance(onboard, aboard, alarm, word, tick))
            memory, aim = guide(onboard, aboard, laws, tick)
            aboard = aboard._replace(memory=memory)
            wrench = steer(onboard, aboard, aim, tick)
            aboard = aboard._replace(owed=allocate(onboard, aboard, wrench, work, tick))
            firing = command(onboard, aboard, work, tick)
            reported = report(aboard)
            manoeuvre = take_over(
                chain,
                before=manoeuvre,
                told=reported,
                reading=sense_backup(run, world, reported),
                on=work.on,
                tick=tick,
            )
            sides = Sides(world, aboard, trust_in(track, work.covariance, world.seen))
            if aboard.memory.at != at:
                log_leg(work.legs, int(aboard.memory.at), sides)
            if tick.first:
                kept = keep(work.moments, kept, onboard.plan, run, sides)
            inside = Inside(track, aim, wrench)
            world = world._replace(fired=fire(outside, run, world, reported, work))
            if tick.first & (every > 0) and second % every == 0:
                line = log(work, line, sides._replace(world=world), inside, tick.t)
            world = world._replace(state=move(outside, run, world, reported, work))
            geometry, seen = look(outside, run, world.state)
            world = world._replace(geometry=geometry, seen=seen)
            world = world._replace(tally=watch(outside, run, sides, world, work))
            last = (second == seconds - 1) & (part == rate - 1)
            if (world.tally.outcome > 0.0) | last:
                log(work, line, sides._replace(world=world), inside, tick.t + tick.h)
                end = world.tally.outcome if world.tally.outcome > 0.0 else float(Outcome.UNFINISHED.value)
                return result_of(world.tally._replace(outcome=end))[:]
    return result_of(world.tally._replace(outcome=float(Outcome.UNFINISHED.value)))[:]
