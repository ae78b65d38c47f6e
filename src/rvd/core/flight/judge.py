"""What is judged of both sides at once: how far the filter may be trusted, and what the rules say of the truth."""

import math
from typing import NamedTuple

from rvd.core.algebra.covariance import Covariance
from rvd.core.flight.aboard import Aboard
from rvd.core.flight.truth import Run
from rvd.core.flight.world import Outside, World, speed_gained
from rvd.core.kernel import Vec, kernel
from rvd.core.navigation.track import Track, errors_in_sigmas
from rvd.core.safety.rules import Sight
from rvd.core.safety.rules import watch as tally_after
from rvd.core.signals import Tally, Trust
from rvd.core.vehicle.mass import mass_after


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
def watch(outside: Outside, run: Run, before: Sides, world: World) -> Tally:
    """The tally at the end of a step: what the rules saw of it, and the outcome once there is one."""
    truth, tick = run.truth, world.tick
    return tally_after(
        outside.rules,
        tally=world.tally,
        before=before.world.seen,
        after=world.seen,
        memory=before.aboard.memory,
        belief=before.aboard.belief,
        trust=before.trust,
        used=world.state.used,
        loaded=truth.chaser.propellant,
        arm=arm_time(truth.arm.time, before.aboard.memory.tries),
        dv=speed_gained(world.fired, mass_after(truth.chaser, before.world.state.used)),
        t=tick.t,
        h=tick.h,
    )


@kernel
def arm_time(times: Vec, tries: float) -> float:
    """The time (s) the arm needs at this try; `tries` counts the fall-backs before it."""
    if tries < 0.5:
        return times[0]
    if tries < 1.5:
        return times[1]
    return times[2]
