"""Passive safety: what a day without thrust must keep, by what the flight was doing when the thrust was lost.

Source of the rule: International Rendezvous System Interoperability Standards (IRSIS): free drift inside the approach
ellipsoid stays outside the keep-out sphere for 24 h. Nobody's first burn keeps it at every moment: between no burn
and a whole one some end in a drift that comes back across the V-bar, so these moments are counted apart.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

FAR = 1.0e30
"""A margin of which no moment has anything to say."""


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
    """What a campaign asks of lost thrust: a drift of this many s from moments of every flight.

    `in_burn` moments at equal shares of each burn, `elsewhere` at equal times of every other stretch of flight.
    `tumbling`: the chaser drifts with its mean area; else with the attitude to the wind of the moment it was lost.
    """

    seconds: float
    in_burn: int
    elsewhere: int
    tumbling: bool


class PassiveSafety(NamedTuple):
    """The verdict of one flight (m, s): positive margins are safe; 1e30 where no moment was judged.

    `passive_margin`, `passive_epoch`: smallest distance beyond the keep-out sphere over the moments of `OUTSIDE`, and
    when that thrust was lost. `unsafe_share_first_burn`: share of the moments of first burns whose drift enters.
    `contact_margin`: of the moments `INSIDE`, how far from contact; `return_margin`: once they have left the sphere.
    """

    passive_margin: float
    passive_epoch: float
    unsafe_share_first_burn: float
    contact_margin: float
    return_margin: float


class Fates(NamedTuple):
    """What drifts from moments (k,) came to (m, s): see the columns of the drift driver."""

    closest: np.ndarray
    point: np.ndarray
    left: np.ndarray
    returned: np.ndarray
    last: np.ndarray


def back(fates: Fates) -> np.ndarray:
    """How near (m) each drift comes once it has left the sphere; where it ends, if it never leaves; 1e30 from outside.

    A moment outside the sphere on the way in dips into it first: only contact is asked of it.
    """
    never, from_inside = fates.left >= FAR, fates.left > 0.0
    return np.where(never, fates.last, np.where(from_inside, fates.returned, FAR))


def judge(during, t, fates: Fates, keep_out: float, contact: float) -> PassiveSafety:
    """The verdict over the moments (k,) of a flight from what became of them; not a number is not safe."""
    during = np.asarray(during).astype(int)
    outside, inside = np.isin(during, OUTSIDE), np.isin(during, INSIDE)
    first = during == During.FIRST_BURN
    margin, epoch = FAR, -1.0
    if outside.any():
        worst = np.flatnonzero(outside)[np.argmin(fates.closest[outside])]  # argmin finds a NaN first
        margin, epoch = float(fates.closest[worst] - keep_out), float(t[worst])
    entering = np.count_nonzero(~(fates.closest[first] >= keep_out))
    share = entering / np.count_nonzero(first) if first.any() else 0.0
    touch = float(fates.point[inside].min() - contact) if inside.any() else FAR
    again = float(back(fates)[inside].min() - keep_out) if inside.any() else FAR
    return PassiveSafety(margin, epoch, share, touch, again if again < 0.5 * FAR else FAR)


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


def _spread(first: float, last: float, count: int) -> np.ndarray:
    """Equally spaced numbers (count,) from the first to the last."""
    spread = first + np.arange(count) * ((last - first) / max(count - 1, 1))
    if count > 1:
        spread[-1] = last
    return spread
