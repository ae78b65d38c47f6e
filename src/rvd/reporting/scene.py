"""What figures and tables show of a case: places, limits and the leg table, in the words of the case.

Places are (vbar, rbar, hbar) in m from the berthing point, as in a case file, or from the port of the target that the
goal is at. A level station's forward, down and starboard are +V-bar, +R-bar and +H-bar.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rvd.assembly.axes import berthing_of, hill_of_level, level_place, port_axes
from rvd.case.legs import HILL
from rvd.case.limits import SUCCESS, UNITS, Goal
from rvd.case.results import MARGIN
from rvd.core.algebra import quat
from rvd.core.goals.box import Box
from rvd.core.kernel import plain
from rvd.core.rules.cone import Cone
from rvd.core.rules.ellipsoid import Ellipsoid
from rvd.core.rules.speed import Speed, Step
from rvd.core.rules.sphere import Sphere

if TYPE_CHECKING:
    from rvd.assembly.build import Built
    from rvd.case.legs import LegCase
    from rvd.case.table import Place
    from rvd.casefile.case import Case

LONG = 250.0
"""How long a corridor is drawn that is watched everywhere, m."""

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

    `ellipsoid` holds semi-axes along V-bar, R-bar, H-bar; `axis` is the corridor's, `corridor_width` its half width
    where places are from. What a case lacks is zero.
    `speeds` are pairs: within m of the target's centre of mass, at most m/s. `goal` is its kind, `success` the word of
    a run that reached it, `place` where it is, `limits` are its own by the names of the case. `port` are the ways out,
    right and down of its port, each along forward, starboard and down of the target. `margins` are the columns of its
    rules' margins and their SI units.
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
    goal: str
    success: str
    place: Words
    limits: Goal
    orbit_rate: float
    margins: Mapping[str, str] = {}
    corridor_width: float = 0.0
    port: tuple[Words, Words, Words] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

    @property
    def origin(self) -> str:
        """What places are from."""
        return "berthing point" if self.limits.port is None else "target's port"

    @property
    def point(self) -> str:
        """What of the chaser is led to them."""
        return "grapple fixture" if self.limits.of is None else "chaser's port"

    @property
    def half_width(self) -> Words:
        """Half widths of the capture box along V-bar, R-bar, H-bar; zeros where the goal is no box."""
        box = self.limits.numbers
        forward, starboard, down = box.half_width if isinstance(box, Box) else (0.0, 0.0, 0.0)
        return (forward, down, starboard)

    def speed_limit(self, away: float) -> float:
        """The smallest speed limit (m/s) that holds at this distance (m) from the target; inf where none does."""
        return min((most for within, most in self.speeds if away < within), default=math.inf)


def scene_of(built: Built) -> Scene:
    """The scene of a case that has been built."""
    case, setup = built.case, built.setup
    berthing = setup.outside.points.berthing
    return Scene(
        title=case.title,
        target=case.target.name,
        chaser=case.chaser.name,
        legs=tuple(LegMark(leg.name, leg.law, _there(case, leg), leg.zone) for leg in case.leg),
        centre=(-berthing[0], -berthing[2], -berthing[1]),
        **_zones(case),
        speeds=tuple((step.within, step.at_most) for step in _steps(case)),
        goal=case.goal.kind,
        success=SUCCESS[case.goal.kind],
        place=(0.0, 0.0, 0.0) if case.goal.at is None else _along(case.goal.at),
        limits=case.goal,
        orbit_rate=setup.onboard.filters.orbit_rate,
        margins={f"{name}{MARGIN}": UNITS[rule.kind] for name, rule in case.rules.items()},
        port=_port(case),
    )


def _steps(case: Case) -> list[Step]:
    """The steps of all speed limits among the rules."""
    limits = [rule.numbers for rule in case.rules.values() if isinstance(rule.numbers, Speed)]
    return [step for speed in limits for step in speed.steps if step.within > 0.0]


def _port(case: Case) -> tuple[Words, Words, Words]:
    """Out, right and down of the goal's port, on the target's axes; those axes where it has none."""
    turn = (0.0, 0.0, 0.0, 1.0) if case.goal.port is None else port_axes(case.target.ports[case.goal.port])
    rotate = plain(quat.rotate)
    return (
        rotate(turn, (1.0, 0.0, 0.0)),
        rotate(turn, (0.0, 1.0, 0.0)),
        rotate(turn, (0.0, 0.0, 1.0)),
    )


def _along(place: Place) -> Words:
    """A place of the case along V-bar, R-bar and H-bar."""
    return (place.vbar, place.rbar, place.hbar)


def _there(case: Case, leg: LegCase) -> Words:
    """Where a leg leads, the target level, from the berthing point: whatever its frame."""
    if leg.frame == HILL:
        return _along(leg.to)
    x, y, z = np.subtract(level_place(case, leg, leg.to), hill_of_level(berthing_of(case)))
    return (float(y), float(-x), float(-z))


def _zones(case: Case) -> dict[str, Any]:
    """The first ellipsoid, the largest sphere and the first cone among the rules; else the axis is the port's."""
    rules = [(rule.numbers, rule.from_) for rule in case.rules.values()]
    cone, armed = next(((one, within) for one, within in rules if isinstance(one, Cone)), (None, None))
    radial, along, across = next(
        (one.semi_axes for one, _ in rules if isinstance(one, Ellipsoid)), (0.0, 0.0, 0.0)
    )
    keep_out = max((one.radius for one, _ in rules if isinstance(one, Sphere)), default=0.0)
    ahead = (-1.0, 0.0, 0.0) if case.goal.port is None else hill_of_level(_port(case)[0])
    x, y, z = ahead if cone is None else cone.axis
    watched = math.inf if armed is None else armed
    return {
        "ellipsoid": (along, radial, across),
        "keep_out": keep_out,
        "corridor": 0.0 if cone is None else cone.half_angle,
        "corridor_width": 0.0 if cone is None else cone.half_width,
        "corridor_from": watched if math.isfinite(watched) else max(keep_out, LONG),
        "axis": (y, -x, -z),
    }
