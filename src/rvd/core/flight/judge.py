"""What is judged of both sides at once: how far the filter may be trusted, and what the rules say of the truth."""

import math
from typing import NamedTuple

from rvd.core.algebra.covariance import Covariance
from rvd.core.flight.aboard import Aboard
from rvd.core.flight.tally import counted, moment_of, outcome_of, progress_of, with_progress
from rvd.core.flight.truth import Run
from rvd.core.flight.work import Work
from rvd.core.flight.world import Outside, World, speed_gained
from rvd.core.goals.goals import follow, is_docking
from rvd.core.hull.hull import FAR, Clearance, clearance
from rvd.core.kernel import Vec, kernel
from rvd.core.navigation.track import Track, errors_in_sigmas
from rvd.core.rules.rules import score
from rvd.core.rules.sight import Sight, passage
from rvd.core.signals import Tally, Trust
from rvd.core.vehicle.mass import com_after, mass_after


class Sides(NamedTuple):
    """Both sides at one moment."""

    #: What is true.
    world: World
    #: What is believed.
    aboard: Aboard
    #: How the two agree.
    trust: Trust


@kernel
def trust_in(track: Track, covariance: Covariance, seen: Sight) -> Trust:
    """How the filter's belief of itself stands against the truth; NaN is the NIS before the first fix."""
    latest, every = track.tested, track.tested_all
    e = errors_in_sigmas(track, covariance, seen.r_hill, seen.v_hill)
    nees = e[0] * e[0] + e[1] * e[1] + e[2] * e[2] + e[3] * e[3] + e[4] * e[4] + e[5] * e[5]
    nis = latest.nis if latest.numbers > 0.0 else math.nan
    nis_all = every.nis / every.numbers if every.numbers > 0.0 else math.nan
    return Trust(nees, nis, latest.numbers, nis_all, e)


@kernel
def watch(outside: Outside, run: Run, before: Sides, world: World, work: Work) -> Tally:
    """The tally at the end of a step, and the outcome once there is one; what the rules saw joins their scores."""
    truth, tick, memory = run.truth, world.tick, before.aboard.memory
    least = Clearance(world.tally.clearance, world.tally.clearance_pair)
    from_here = least.least
    if outside.rules.of_hulls > 0.5:  # a rule asks for the clearance of this step, the least so far or not
        from_here = FAR
    now = clearance(
        outside.hulls,
        com_body=com_after(truth.chaser, world.state.used),
        r_hill=world.geometry.r_hill,
        q_hill_target=world.seen.q_hill_target,
        q_hill_body=world.geometry.q_hill_body,
        docking=is_docking(outside.goal, world.seen.stand),
        was=Clearance(from_here, least.pair),
    )
    near = now if now.least < least.least else least
    passed = passage(before.world.seen, world.seen, now.least)
    score(outside.rules, work.scores, passed, leg=int(memory.at), t=tick.t + tick.h)
    tally = counted(
        world.tally,
        passed,
        near,
        memory=memory,
        belief=before.aboard.belief,
        trust=before.trust,
        used=world.state.used,
        dv=speed_gained(world.fired, mass_after(truth.chaser, before.world.state.used)),
        t=tick.t,
        h=tick.h,
    )
    needed = arm_time(truth.arm.time, memory.tries)
    moment = moment_of(passed, memory, needed=needed, t=tick.t, h=tick.h)
    seen, verdict = follow(outside.goal, progress_of(tally), moment)
    share = world.state.used / truth.chaser.propellant
    sphere = (
        outside.rules.contact if outside.hulls.target.shape[0] * outside.hulls.chaser.shape[0] == 0 else 0.0
    )
    outcome = outcome_of(
        passed,
        memory,
        verdict=verdict,
        share_used=share,
        contact=sphere,
        clearance=near.least,
    )
    return with_progress(tally, seen)._replace(outcome=float(outcome))


@kernel
def arm_time(times: Vec, tries: float) -> float:
    """The time (s) the arm needs at this try; `tries` counts the fall-backs before it."""
    if tries < 0.5:
        return times[0]
    if tries < 1.5:
        return times[1]
    return times[2]
