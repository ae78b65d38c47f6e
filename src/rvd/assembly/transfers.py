"""Whether the planned two-impulse transfers exist: by how far the target turns meanwhile, and by what they move."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rvd.assembly.axes import berthing_of, fixture_of, hill_of_level, level_attitude, level_place, point_of
from rvd.assembly.orbit import orbit_rate
from rvd.casefile.in_words import duration
from rvd.core.algebra import elementary, quat, vec
from rvd.core.kernel import plain
from rvd.core.motion import cw

if TYPE_CHECKING:
    from rvd.case.legs import LegCase
    from rvd.case.table import LegPlace
    from rvd.casefile.case import Case

MISSED = 1e-3
"""A miss across the orbit, m, that counts for none."""


def refuse_transfers(case: Case) -> None:
    """Raises CaseError at the time of a two-impulse leg that no impulse can fly, as guidance flies it.

    In the plane: within 1.15 deg of the target's turn of a whole turn, of 1.4067 turns, and so on, at the start or at
    the midcourse. Across it: within 1.15 deg of half turns guidance leaves the plane alone, so that the leg must end
    where that takes it. See rvd.core.motion.transfers.
    """
    n = orbit_rate(case)
    for k, leg in enumerate(case.leg):
        if leg.law != "two-impulse":
            continue
        for key, begun in (("time", 0.0), ("midcourse", leg.midcourse)):
            left = leg.time - begun
            if not _inside(n * left):
                what = f"{_turns(n, left)} no impulse chooses the place in the orbit's plane"
                raise case.error(("leg", k, key), f'{what} (in "{leg.name}")', _other(n, left, key))
        before = case.leg[k - 1]
        begins = _across(case, before, before.to) if k else _start_across(case)
        missed = _missed_across(case, n, leg, begins)
        if missed > MISSED:
            key = "midcourse" if leg.midcourse > 0.0 else "time"
            left = leg.time - leg.midcourse
            what = (
                f"{_turns(n, left)} no impulse chooses the place across the orbit: {missed:.3g} m are missed"
            )
            remedy = f"{_other(n, left, key)}, or end the leg where that is none"
            raise case.error(("leg", k, key), f'{what} (in "{leg.name}")', remedy)


def _inside(angle: float) -> bool:
    """Whether the place in the plane can be chosen after the target has turned by `angle` rad."""
    return plain(cw.margin)(angle) > cw.PLANE_LIMIT * min(1.0, angle)


def _missed_across(case: Case, n: float, leg: LegCase, z: float) -> float:
    """By how much a leg ends beside its place (m), from rest at z (m, hill) across the orbit, burn by burn."""
    sincos = plain(elementary.sincos)
    speed, last = 0.0, 0.0
    burns = [(leg.time, leg.midcourse, leg.aim)] if leg.midcourse > 0.0 else []
    for left, lasts, goal in [*burns, (leg.time - leg.midcourse, leg.time - leg.midcourse, leg.to)]:
        (s, c), last = sincos(n * left), _across(case, leg, goal or leg.to)
        speed = n * (last - c * z) / s if abs(s) >= cw.PLANE_LIMIT else 0.0
        s, c = sincos(n * lasts)
        z, speed = c * z + s / n * speed, c * speed - n * s * z
    return abs(z - last)


def _across(case: Case, leg: LegCase, place: LegPlace) -> float:
    """The chaser's centre of mass across the orbit (hill z, m), led to a place of a leg in its attitude."""
    arm = plain(vec.sub)(point_of(case, leg), case.chaser.centre_of_mass)
    turned = plain(quat.rotate)(level_attitude(case, leg), arm)
    return level_place(case, leg, place)[2] - turned[2]


def _start_across(case: Case) -> float:
    """The chaser's centre of mass across the orbit (hill z, m) at the start, in the attitude of the first leg."""
    arm = plain(vec.sub)(fixture_of(case), case.chaser.centre_of_mass)
    turned = plain(quat.rotate)(level_attitude(case, case.leg[0]), arm)
    return hill_of_level(berthing_of(case))[2] - case.start.hbar - turned[2]


def _turns(n: float, seconds: float) -> str:
    return f"in {duration(round(seconds))}, after {n * seconds / (2.0 * math.pi):.4g} turns of the target,"


def _other(n: float, left: float, key: str) -> str:
    """The remedy: how far from here the place can be chosen, both in the plane and across it."""

    def chosen(seconds: float) -> bool:
        return _inside(n * seconds) and abs(plain(elementary.sin)(n * seconds)) >= cw.PLANE_LIMIT

    less = next(x for x in range(1, 10000) if x >= left or chosen(left - x))
    more = next(x for x in range(1, 10000) if chosen(left + x))
    earlier, later = (less, more) if key == "time" else (more, less)
    return f"write a {key} at least {earlier} s less, or {later} s more"
