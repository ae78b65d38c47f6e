"""The collision-avoidance manoeuvre, commanded at many moments of a flight and flown; then a day of drift from each."""

import math
from typing import NamedTuple

import numpy as np

from rvd.assembly.ladder import OwnLaw, ladder
from rvd.core.flight.drift import Drifts
from rvd.core.flight.history import HISTORY, LEGS
from rvd.core.flight.moments import Moments, drifts_of, empty_sheet, fates_of, moments_of
from rvd.core.flight.scalar import fly, work_for
from rvd.core.flight.setup import Setup
from rvd.core.flight.truth import Drawn
from rvd.core.guidance.own import SIGNATURE
from rvd.core.kernel import place_of
from rvd.core.orbit.frames import hill_from_eci
from rvd.core.safety.passive import During, after_leaving
from rvd.core.signals import Word


class Abort(NamedTuple):
    """One abort: when it was commanded (s), the leg's number and what the flight was doing then.

    `started`: distance (m) from the target then; `closest`: the smallest from then until the end of the drift, `when`
    s after the command; `returned`: the smallest at which it passes the target once it has left the sphere, or
    where the drift ends if it never turns back; `point`: from the berthing point.
    `reason` says in words what happens where the abort is not safe, or was commanded within the sphere.
    """

    t: float
    leg: int
    during: During
    started: float
    closest: float
    when: float
    returned: float
    point: float
    safe: bool
    reason: str


def aborts(
    setup: Setup,
    row_names: tuple[str, ...],
    row: np.ndarray,
    times,
    seed: int,
    run: int,
    seconds: float = 86400.0,
    laws: tuple[OwnLaw, ...] = (),
) -> list[Abort]:
    """Flies the flight of a row once for each time (s) with the abort commanded then, and drifts on for `seconds`.

    The drift takes over, with the chaser's mean area, at the first moment kept once the burn is over: no longer than
    half a minute later. A time at which no flight is left to abort gives no line. `laws` are the user's own.
    """
    flown = [(float(t), ordered(setup, row_names, row, float(t), seed, run, laws)) for t in times]
    pairs = [
        (t, before, burn) for t, moments in flown for before, burn in [parted(moments, t)] if burn.t.size
    ]
    if not pairs:
        return []
    ends = Moments(
        *(np.array([column[-1] for column in columns]) for columns in zip(*(b for _, _, b in pairs)))
    )
    drifts = drifts_of(setup, ends, seconds)
    return [abort_of(setup, t, before, burn, drifts, k) for k, (t, before, burn) in enumerate(pairs)]


def ordered(
    setup: Setup, row_names, row: np.ndarray, t: float, seed: int, run: int, laws: tuple[OwnLaw, ...] = ()
) -> Moments:
    """The moments of a flight in which the abort is ordered at t, in place of the case's first order."""
    told = np.array(row, dtype=float)
    told[row_names.index("command.0.what")], told[row_names.index("command.0.at")] = Word.ABORT, t
    sheet, legs = empty_sheet(setup.seconds), np.empty((setup.onboard.plan.count + 1, len(LEGS)))
    work = work_for(setup, legs, np.empty((0, len(HISTORY))), sheet)
    own = ladder(laws)
    fly(setup, place_of(own, SIGNATURE), Drawn(told, seed, run), work, 0)
    return moments_of(sheet, True)


def parted(moments: Moments, t: float) -> tuple[Moments, Moments]:
    """The last moment at or before t, and those of the abort's burn with the first one after it; none if none."""
    burn, away = np.flatnonzero(moments.during == During.ABORT), np.flatnonzero(moments.during == During.AWAY)
    earlier = np.flatnonzero((moments.t <= t) & (moments.during < During.ABORT))
    return moments.take(earlier[-1:]), moments.take(np.concatenate([burn, away[:1]]))


def abort_of(setup: Setup, t: float, before: Moments, burn: Moments, drifts: Drifts, k: int) -> Abort:
    """One line of the table: the burn's own distances, and those of drift k."""
    keep_out, contact = setup.outside.rules.keep_out, setup.outside.rules.contact
    x, y, z = setup.outside.points.berthing
    places = np.array([hill_from_eci(*(tuple(s[i : i + 3]) for i in (1, 4, 7, 10)))[0] for s in burn.states])
    away = np.linalg.norm(places, axis=1)
    point = min(float(np.linalg.norm(places - (-z, x, -y), axis=1).min()), float(drifts.point[k]))
    nearest = int(np.argmin(away))
    drifting = drifts.closest[k] <= away[nearest]
    closest = float(drifts.closest[k] if drifting else away[nearest])
    when = max(float(burn.t[-1] + drifts.when[k] if drifting else burn.t[nearest]) - t, 0.0)
    inside = bool(away[0] < keep_out)
    returned = float(after_leaving(fates_of(drifts))[k])
    safe = (returned >= keep_out and point >= contact) if inside else closest >= keep_out
    left = float(burn.t[-1] - t + drifts.left[k])
    reason = why(inside, safe, closest, when, left, returned, point)
    doing = During(int(before.during[-1])) if before.t.size else During.HOLD
    leg = int(before.leg[-1]) if before.t.size else 0
    return Abort(t, leg, doing, float(away[0]), closest, when, returned, point, bool(safe), reason)


def why(
    inside: bool, safe: bool, closest: float, when: float, left: float, returned: float, point: float
) -> str:
    """What is to be said of an abort; nothing of a safe one from outside the sphere."""
    if not inside:
        return (
            "" if safe else f"passes the target at {closest:.0f} m, {when / 3600.0:.1f} h after the command"
        )
    if math.isnan(left):
        return "commanded within the sphere, and does not leave it"
    out = f"commanded within the sphere: leaves it within {left / 60.0:.0f} min"
    clear = f"no nearer than {point:.1f} m to the berthing point"
    return f"{out}, {clear}" if safe else f"{out}, {clear}, and comes back to {returned:.0f} m"
