"""Passive safety: what a day without thrust must keep, by what the flight was doing when the thrust was lost.

Source of the rule: International Rendezvous System Interoperability Standards (IRSIS): free drift inside the approach
ellipsoid stays outside the keep-out sphere for 24 h. Nobody's first burn keeps it at every moment: between no burn
and a whole one some end in a drift that comes back across the V-bar, so these moments are counted apart.
"""

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np


class During(IntEnum):
    """What the flight does at a moment; each member carries its words."""

    HOLD = 0, "hold"
    LINE = 1, "straight line"
    FIRST_BURN = 2, "first burn"
    COAST = 3, "coast"
    MIDCOURSE = 4, "midcourse burn"
    ARRIVAL = 5, "arrival burn"
    ASCENT = 6, "within the sphere"
    FREE_DRIFT = 7, "free drift"
    ABORT = 8, "abort burn"
    AWAY = 9, "coast after an abort"

    words: str

    def __new__(cls, number: int, words: str = "") -> "During":
        """Make a member that is its number and carries its words."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.words = words
        return member


BURNS = (During.FIRST_BURN, During.MIDCOURSE, During.ARRIVAL)
OUTSIDE = (During.HOLD, During.LINE, During.COAST, During.MIDCOURSE, During.ARRIVAL)
"""What must keep a day of drift outside the sphere, wherever a leg may not enter it."""
INSIDE = (During.ASCENT, During.FREE_DRIFT)
"""What flies where the sphere may be entered: its drifts must not touch, and not come back once they have left."""


class Passive(NamedTuple):
    """What a campaign asks of lost thrust: drifts from moments of every flight.

    Then those around the worst of them (`around`), since between two of them a drift may come nearer by tens of metres.
    """

    #: How long each drift lasts, s.
    seconds: float
    #: How many moments of each burn, at equal shares of it.
    in_burn: int
    #: How many moments of every other stretch of flight, at equal times.
    elsewhere: int
    #: Whether the chaser drifts with its mean area; else with the attitude to the wind of the moment it was lost.
    tumbling: bool


class PassiveSafety(NamedTuple):
    """The verdict of one flight: positive margins are safe; NaN where no moment was judged."""

    #: Smallest distance beyond the keep-out sphere over the moments of `OUTSIDE`, m: not first burns and aborts.
    passive_margin: float
    #: When the thrust of that drift was lost, s from the case's epoch.
    passive_epoch: float
    #: The same distance over the moments of first burns, m.
    passive_margin_first_burn: float
    #: The share of those moments whose drift enters the sphere, 0 to 1.
    unsafe_share_first_burn: float
    #: How far from contact the drifts from the moments `INSIDE` stay, m.
    contact_margin: float
    #: How far beyond the sphere they come back to (`after_leaving`), m.
    return_margin: float


class Fates(NamedTuple):
    """What drifts from moments (k,) came to: see the columns of the drift driver."""

    #: Least distance of the centres of mass, m.
    closest: np.ndarray
    #: Least distance from the berthing point, m.
    point: np.ndarray
    #: When the sphere is left, s after the moment; NaN: never, 0: it was outside.
    left: np.ndarray
    #: Least distance at which it passes the target after that, m; NaN: it never turns back.
    returned: np.ndarray
    #: Distance at the end, m.
    last: np.ndarray


def after_leaving(fates: Fates) -> np.ndarray:
    """How near (m) each drift passes the target after the moment at which it leaves the sphere, or ends.

    The way out through the sphere is no approach: of a drift that never turns back, and of one that never leaves,
    this is the distance at its end.
    """
    turns_back = ~np.isnan(fates.returned)
    return np.where(turns_back, np.minimum(fates.returned, fates.last), fates.last)


def back(fates: Fates) -> np.ndarray:
    """How near (m) each drift from inside the sphere comes back (`after_leaving`); NaN from outside.

    A moment outside the sphere on the way in dips into it first: only contact is asked of it.
    """
    return np.where(fates.left == 0.0, np.nan, after_leaving(fates))


def judge(during, t, fates: Fates, keep_out: float, contact: float) -> PassiveSafety:
    """The verdict over the moments (k,) of a flight from what became of them; not a number is not safe."""
    during = np.asarray(during).astype(int)
    outside, inside = np.isin(during, OUTSIDE), np.isin(during, INSIDE)
    first = during == During.FIRST_BURN
    from_inside = inside & (fates.left != 0.0)
    epoch = math.nan
    if outside.any():
        nearest = np.argmin(fates.closest[outside])  # which finds a NaN first
        epoch = float(t[np.flatnonzero(outside)[nearest]])
    entering, burning = np.count_nonzero(~(fates.closest[first] >= keep_out)), np.count_nonzero(first)
    return PassiveSafety(
        passive_margin=_least(fates.closest[outside]) - keep_out,
        passive_epoch=epoch,
        passive_margin_first_burn=_least(fates.closest[first]) - keep_out,
        unsafe_share_first_burn=entering / burning if burning else math.nan,
        contact_margin=_least(fates.point[inside]) - contact,
        return_margin=_least(back(fates)[from_inside]) - keep_out,
    )


def _least(distances: np.ndarray) -> float:
    """The smallest of some distances (m); NaN of none, or where one is no number."""
    return float(distances.min()) if distances.size else math.nan


def choose(during, leg, t, delta_v, in_burn: int, elsewhere: int) -> np.ndarray:
    """Which of the moments (k,) to drift from, in order: each burn at equal shares of its delta-v, the rest by time.

    A stretch is a run of moments that do the same thing in the same leg; its first and last are always chosen.
    """
    during, leg = np.asarray(during).astype(int), np.asarray(leg).astype(int)
    if not during.size:
        return np.empty(0, dtype=np.int64)
    change = np.flatnonzero((np.diff(during) != 0) | (np.diff(leg) != 0)) + 1
    chosen: list[int] = []
    for first, last in zip((0, *change), (*change, during.size), strict=True):
        burn = during[first] in BURNS
        along, count = (delta_v[first:last], in_burn) if burn else (t[first:last], elsewhere)
        wanted = _spread(along[0], along[-1], min(count, last - first))
        chosen.extend(first + np.minimum(np.searchsorted(along, wanted), last - first - 1))
    return np.unique(np.array(chosen, dtype=np.int64))


def around(during, chosen: np.ndarray, fates: Fates, most: int) -> np.ndarray:
    """Which of the moments (k,) to drift from as well: those beside the worst of the chosen, as far as the next chosen.

    `chosen` are numbers of moments, in order, and `fates` what became of them. The worst of each margin is looked
    around, by at most `most` moments on either side; nothing lies between neighbours in a burn that is flown whole.
    """
    during = np.asarray(during).astype(int)
    if not chosen.size:
        return np.empty(0, dtype=np.int64)
    doing = during[chosen]
    inside = np.isin(doing, INSIDE)
    judged = (
        (np.isin(doing, OUTSIDE), fates.closest),
        (doing == During.FIRST_BURN, fates.closest),
        (inside, fates.point),
        (inside & (fates.left != 0.0), back(fates)),
    )
    found: list[np.ndarray] = []
    for of, distance in judged:
        if of.any():
            worst = int(np.flatnonzero(of)[np.argmin(distance[of])])
            here = chosen[worst]
            before, after = chosen[max(worst - 1, 0)], chosen[min(worst + 1, chosen.size - 1)]
            found += [_between(before, here, most), _between(here, after, most)]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


def _between(first: int, last: int, most: int) -> np.ndarray:
    """The whole numbers between two, or `most` of them about equally spaced."""
    count = min(max(last - first - 1, 0), most)
    return first + np.arange(1, count + 1) * (last - first) // (count + 1)


def _spread(first: float, last: float, count: int) -> np.ndarray:
    """Equally spaced numbers (count,) from the first to the last."""
    spread = first + np.arange(count) * ((last - first) / max(count - 1, 1))
    if count > 1:
        spread[-1] = last
    return spread
