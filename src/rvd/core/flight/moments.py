"""The moments of a flight at which thrust may be lost: their states, and what the flight was doing."""

from typing import NamedTuple

import numpy as np

from rvd.core.flight.drift import MOMENT, Drifts, Moment, drift
from rvd.core.flight.judge import Sides
from rvd.core.flight.truth import Run
from rvd.core.guidance.laws import Law
from rvd.core.guidance.plan import LEG, Plan
from rvd.core.kernel import Sheet, kernel, leaves, store, sweep
from rvd.core.safety.passive import During, Fates, Passive, PassiveSafety, around, choose, judge
from rvd.core.signals import Leg, Memory
from rvd.core.vehicle.drag import Drag, ballistic
from rvd.core.vehicle.mass import mass_after

LAW = leaves(Leg).index("law")
SPACING = 30
"""Seconds between the moments that are kept outside of burns; in a burn, one a second."""

LOOKS = 2
"""How often the moments around the worst are flown."""

BESIDE = 4
"""How many of them on either side of each of the four margins' worst: at most one block of the drift driver."""

KEPT = (*leaves(Moment), "during", "leg", "delta_v", "mean_ballistic")
"""Columns of a moment as it is kept: its state, what the flight was doing, the delta-v spent, and Cd A / m (m2/kg)
of the chaser averaged over all attitudes."""


@kernel
def during(plan: Plan, memory: Memory) -> int:
    """What the flight does (`During`): by the law and the stage of its leg, and by the leg before.

    A law of the user's own flies a line, and while it asks for a gain of velocity a midcourse burn.
    """
    at, law, stage = int(memory.at), int(memory.leg.law), memory.stage
    before = int(plan.legs[max(at - 1, 0) * LEG + LAW])
    transfer = law == Law.TWO_IMPULSE
    kind = During.HOLD.value
    kind = During.LINE.value if (law == Law.STRAIGHT) | (law == Law.GLIDESLOPE) else kind
    own, gaining = law == Law.OWN, memory.asked > 1.5
    own_kind = During.MIDCOURSE.value if gaining else During.LINE.value
    kind = own_kind if own else kind
    kind = During.ARRIVAL.value if (before == Law.TWO_IMPULSE) & (memory.t_settled < 0.0) else kind
    kind = During.COAST.value if transfer else kind
    kind = During.FIRST_BURN.value if transfer & (stage == 0.0) else kind
    kind = During.MIDCOURSE.value if transfer & (stage == 2.0) else kind
    kind = During.ASCENT.value if memory.leg.zone > 1.5 else kind
    kind = During.FREE_DRIFT.value if memory.leg.free_drift > 0.0 else kind
    away = During.ABORT.value if stage == 0.0 else During.AWAY.value
    return away if memory.alarm > 0.0 else kind


@kernel
def mean_ballistic(drag: Drag, mass: float) -> float:
    """Cd A / m (m2/kg) with the area averaged over all attitudes: of a box, half the sum of its three areas.

    Source: Cauchy, the mean projected area of a convex body is a quarter of its surface.
    """
    return drag.coefficient * 0.5 * (drag.area[0] + drag.area[1] + drag.area[2]) / mass


@sweep
def keep(moments: Sheet, line: int, plan: Plan, run: Run, sides: Sides) -> int:
    """Keeps the moment of a whole second (`KEPT`) unless the sheet is full; gives the number of the next line.

    Every second of a burn is kept, else one in `SPACING`.
    """
    truth, state, memory = run.truth, sides.world.state, sides.aboard.memory
    t = sides.world.tick.t
    doing = during(plan, memory)
    burning = (doing == During.FIRST_BURN) | (doing == During.MIDCOURSE) | (doing == During.ARRIVAL)
    burning = burning | (doing == During.ABORT)
    if (line >= moments.shape[0]) | ((not burning) & (int(t) % SPACING != 0)):
        return line
    mass = mass_after(truth.chaser, state.used)
    row = moments[line]
    moment = Moment(
        t=t,
        rt_eci=state.rt_eci,
        vt_eci=state.vt_eci,
        dr_eci=state.dr_eci,
        dv_eci=state.dv_eci,
        ballistic=ballistic(truth.chaser.drag, mass, state.q_eci_body, state.vt_eci),
        station_ballistic=ballistic(truth.target.drag, truth.target.mass, state.q_eci_station, state.vt_eci),
        density=truth.atmosphere.density,
    )
    store(Moment, row, 0, 0, 1, value=moment)
    row[MOMENT], row[MOMENT + 1], row[MOMENT + 2] = doing, memory.at, sides.world.tally.delta_v
    row[MOMENT + 3] = mean_ballistic(truth.chaser.drag, mass)
    return line + 1


class Moments(NamedTuple):
    """The moments kept of a flight, a number of each (k,), and their states."""

    #: What the flight was doing (`During`, as a number).
    during: np.ndarray
    #: Number of the leg.
    leg: np.ndarray
    #: When, s.
    t: np.ndarray
    #: Velocity spent by then, m/s.
    delta_v: np.ndarray
    #: States (k, `Moment`), ready for the drift driver.
    states: np.ndarray

    def take(self, which: np.ndarray) -> "Moments":
        """Some of them, by number or mask."""
        return Moments(*(column[which] for column in self))


def empty_sheet(seconds: int) -> np.ndarray:
    """An empty sheet for the moments of a flight that lasts at most this many seconds."""
    return np.full((seconds + 1, len(KEPT)), np.nan)


def moments_of(sheet: np.ndarray, tumbling: bool) -> Moments:
    """The moments of a filled sheet; `tumbling`: their drag is that of the area averaged over all attitudes."""
    lines = sheet[~np.isnan(sheet[:, 0])]
    states = lines[:, :MOMENT].copy()
    if tumbling:
        states[:, leaves(Moment).index("ballistic")] = lines[:, KEPT.index("mean_ballistic")]
    doing, leg = (lines[:, KEPT.index(name)].astype(np.int64) for name in ("during", "leg"))
    return Moments(doing, leg, lines[:, 0], lines[:, KEPT.index("delta_v")], states)


def chosen(moments: Moments, passive: Passive) -> np.ndarray:
    """The numbers of the moments of a flight whose loss of thrust is flown on first."""
    return choose(
        moments.during,
        moments.leg,
        moments.t,
        moments.delta_v,
        in_burn=passive.in_burn,
        elsewhere=passive.elsewhere,
    )


def drifts_of(setup, moments: Moments, seconds: float, paths: bool = False) -> Drifts:
    """The drifts from these moments, held against the rules of a set-up."""
    return drift(setup, moments.states, seconds, paths=paths)


def passive_safety(setup, sheet: np.ndarray, passive: Passive) -> PassiveSafety:
    """What loss of thrust would do to one flight, from its filled sheet of moments.

    The share of unsafe first burns is that of the moments at equal shares of them; the margins are the least of these
    and of the moments around the worst.
    """
    moments, rules = moments_of(sheet, passive.tumbling), setup.outside.rules
    which = chosen(moments, passive)
    fates = fates_of(drifts_of(setup, moments.take(which), passive.seconds))
    evenly = judge(moments.during[which], moments.t[which], fates, rules.keep_out, rules.contact)
    for _ in range(LOOKS):
        more = around(moments.during, which, fates, BESIDE)
        if not more.size:
            break
        which = np.concatenate([which, more])
        fates = joined(fates, fates_of(drifts_of(setup, moments.take(more), passive.seconds)))
        order = np.argsort(which, kind="stable")
        which, fates = which[order], Fates(*(column[order] for column in fates))
    every = judge(moments.during[which], moments.t[which], fates, rules.keep_out, rules.contact)
    return every._replace(unsafe_share_first_burn=evenly.unsafe_share_first_burn)


def joined(some: Fates, more: Fates) -> Fates:
    """What became of some moments, and of more."""
    return Fates(*(np.concatenate(pair) for pair in zip(some, more, strict=True)))


def fates_of(drifts: Drifts) -> Fates:
    """What the rules of passive safety need of drifts."""
    return Fates(drifts.closest, drifts.point, drifts.left, drifts.returned, drifts.last)
