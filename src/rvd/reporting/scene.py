"""What figures and tables show of a case: places, limits and the leg table, in the words of the case.

Places are (vbar, rbar, hbar) in m from the berthing point, as in a case file. A level station's forward, down and
starboard are +V-bar, +R-bar and +H-bar.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rvd.assembly.axes import hill_of_level, level_place
from rvd.case.legs import HILL

if TYPE_CHECKING:
    from rvd.assembly.build import Built
    from rvd.case.legs import LegCase
    from rvd.casefile.case import Case

Words = tuple[float, float, float]
"""Along V-bar, R-bar, H-bar."""


def hill(vbar: Any, rbar: Any, hbar: Any) -> np.ndarray:
    """Places (..., 3) on the axes of hill from numbers or arrays along V-bar, R-bar and H-bar."""
    return np.stack([-np.asarray(rbar, float), np.asarray(vbar, float), -np.asarray(hbar, float)], axis=-1)


class LegMark(NamedTuple):
    """One leg of the plan: name, law, where it leads (m, from the berthing point) and its zone."""

    name: str
    law: str
    to: Words
    zone: str


class Scene(NamedTuple):
    """The fixed things of a case (SI, rad). `centre` is the target's centre of mass, from the berthing point.

    `ellipsoid` holds semi-axes and `half_width` half widths along V-bar, R-bar, H-bar; `axis` is the corridor's.
    `speeds` are pairs: within m of the target's centre of mass, at most m/s.
    """

    title: str
    target: str
    chaser: str
    legs: tuple[LegMark, ...]
    centre: Words
    ellipsoid: Words
    keep_out: float
    corridor: float
    corridor_from: float
    axis: Words
    speeds: tuple[tuple[float, float], ...]
    box: Words
    half_width: Words
    release_speed: float
    box_speed: float
    box_angle: float
    box_rate: float
    box_time: float
    orbit_rate: float

    def speed_limit(self, away: float) -> float:
        """The smallest speed limit (m/s) that holds at this distance (m) from the target; inf where none does."""
        return min((most for within, most in self.speeds if away < within), default=math.inf)


def scene_of(built: Built) -> Scene:
    """The scene of a case that has been built."""
    case, setup = built.case, built.setup
    rules, berthing, box = setup.outside.rules, setup.outside.points.berthing, setup.outside.rules.box
    forward, starboard, down = setup.outside.points.box
    legs = tuple(LegMark(leg.name, leg.law, _there(case, leg), leg.zone) for leg in case.leg)
    return Scene(
        title=case.title,
        target=case.target.name,
        chaser=case.chaser.name,
        legs=legs,
        centre=(-berthing[0], -berthing[2], -berthing[1]),
        ellipsoid=(rules.ellipsoid[1], rules.ellipsoid[0], rules.ellipsoid[2]),
        keep_out=rules.keep_out,
        corridor=rules.corridor,
        corridor_from=rules.corridor_from,
        axis=(rules.corridor_axis[1], -rules.corridor_axis[0], -rules.corridor_axis[2]),
        speeds=tuple((w, s) for w, s in zip(rules.speeds.within, rules.speeds.speed, strict=True) if w > 0.0),
        box=(forward, down, starboard),
        half_width=(box.half_width[0], box.half_width[2], box.half_width[1]),
        release_speed=box.release_speed,
        box_speed=box.speed,
        box_angle=box.angle,
        box_rate=box.rate,
        box_time=case.capture.time,
        orbit_rate=setup.onboard.filters.orbit_rate,
    )


def _there(case: Case, leg: LegCase) -> Words:
    """Where a leg leads, the target level, from the berthing point: whatever its frame."""
    if leg.frame == HILL:
        return (leg.to.vbar, leg.to.rbar, leg.to.hbar)
    x, y, z = np.subtract(level_place(case, leg, leg.to), hill_of_level(case.target.points.berthing))
    return (float(y), float(-x), float(-z))
