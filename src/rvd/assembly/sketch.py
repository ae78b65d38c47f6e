"""The plan as a sketch: where each leg leads the centre of mass and how fast, without a flight.

Lines are flown as their law says, transfers and retreats as Clohessy and Wiltshire (1960) have them, from rest at the
end of the leg before. That is enough to compare a plan with its rules; a flight says the rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.linalg import expm
from scipy.spatial.transform import Rotation

from rvd.assembly.axes import (
    berthing_of,
    fixture_of,
    hill_of,
    hill_of_level,
    level_attitude,
    level_place,
    level_vector,
    point_of,
)
from rvd.assembly.orbit import orbit_rate
from rvd.case.table import Place

if TYPE_CHECKING:
    from rvd.case.legs import LegCase
    from rvd.case.table import LegPlace
    from rvd.casefile.case import Case
    from rvd.core.kernel import Vec

POINTS = 201
"""Points of a stretch that is sampled."""

IN_PLANE_ONLY = 0.02
"""Within this of sin(n t) = 0 no impulse moves the place across the orbit, as `rvd.core.motion.cw` has it."""


class Stretch(NamedTuple):
    """One leg (its number) of a plan: the leg it comes from (-1: the start), and its path.

    r, v (k, 3): the centre of mass from the station's, hill axes (m, m/s); `burns` are changes of velocity that it
    asks for, in words and m/s; `thrust` are accelerations (m/s2) that its nozzles must give, in words.
    """

    leg: int
    after: int
    r: np.ndarray
    v: np.ndarray
    burns: tuple[tuple[str, np.ndarray], ...] = ()
    thrust: tuple[tuple[str, np.ndarray], ...] = ()

    @property
    def begin(self) -> np.ndarray:
        return self.r[0]

    @property
    def end(self) -> np.ndarray:
        return self.r[-1]


def sketch(case: Case) -> list[Stretch]:
    """The stretches of a plan: its legs in the order they are reached, each from where the first way to it comes."""
    found: dict[int, Stretch] = {}
    ways: list[tuple[int, int, np.ndarray]] = [(0, -1, start_of(case))]
    while ways:
        leg, after, begin = ways.pop(0)
        if leg in found or leg >= len(case.leg):
            continue
        found[leg] = stretch(case, leg, after, begin)
        ways += [(number, leg, found[leg].end) for number in following(case, leg)]
    return list(found.values())


def following(case: Case, leg: int) -> Iterator[int]:
    """The legs that may be flown after a leg: the next one, then its fallback."""
    names, this = [one.name for one in case.leg], case.leg[leg]
    if this.next in names:
        yield names.index(this.next)
    elif this.law != "drift":
        yield leg + 1
    if this.fallback in names:
        yield names.index(this.fallback)


def start_of(case: Case) -> np.ndarray:
    """Where the centre of mass starts, in the attitude of the first leg."""
    s = case.start
    start = Place(vbar=s.vbar, rbar=s.rbar, hbar=s.hbar)
    return centre_of(case, hill_place(case, start), case.leg[0], fixture_of(case))


def hill_place(case: Case, place: Place) -> np.ndarray:
    """A place from the berthing point as one from the target's centre of mass, hill axes."""
    return np.add(hill_of(place), hill_of_level(berthing_of(case)))


def centre_of(case: Case, r_hill: np.ndarray, leg: LegCase, point_body: Vec) -> np.ndarray:
    """Where the centre of mass is when a point of the chaser is at r (hill), in the attitude of a leg."""
    return r_hill - turn_of(case, leg).apply(np.subtract(point_body, case.chaser.centre_of_mass))


def place_of(case: Case, place: LegPlace, leg: LegCase) -> np.ndarray:
    """A place of a leg, the target level, as one of the centre of mass (hill) in the attitude of the leg."""
    return centre_of(case, np.array(level_place(case, leg, place)), leg, point_of(case, leg))


def turn_of(case: Case, leg: LegCase) -> Rotation:
    """From body axes to hill in the attitude of a leg, the target level."""
    return Rotation.from_quat(level_attitude(case, leg))


# ---- one leg


def stretch(case: Case, number: int, after: int, begin: np.ndarray) -> Stretch:
    """The stretch of one leg, from where it begins."""
    leg = case.leg[number]
    end = place_of(case, leg.to, leg)
    if leg.law == "two-impulse":
        return _transfer(case, number, after, begin, end)
    if leg.law == "retreat":
        dv = np.array(level_vector(case, leg, leg.dv))
        r, v = coast(case, begin, dv, leg.time)
        return Stretch(number, after, r, v, burns=(("its burn", dv),))
    if leg.law in ("straight", "glideslope"):
        return _line(case, number, after, begin, end)
    if leg.law == "drift":
        end = begin
    path = np.array([begin, end]) if leg.law == "hold" else end[None]
    held = (("holding", held_back(case, end, np.zeros(3))),) if leg.law == "hold" else ()
    return Stretch(number, after, path, np.zeros_like(path), thrust=held)


def _transfer(case: Case, number: int, after: int, begin: np.ndarray, end: np.ndarray) -> Stretch:
    leg = case.leg[number]
    first = place_of(case, leg.aim if leg.aim is not None else leg.to, leg)
    leaves = velocity_to(case, leg.time, begin, first)
    if leg.midcourse <= 0.0:
        r, v = coast(case, begin, leaves, leg.time)
        return Stretch(number, after, r, v, burns=(("the first burn", leaves),))
    r, v = coast(case, begin, leaves, leg.midcourse)
    left = leg.time - leg.midcourse
    anew = velocity_to(case, left, r[-1], end)
    later, faster = coast(case, r[-1], anew, left)
    burns = (("the first burn", leaves), ("the midcourse", anew - v[-1]))
    return Stretch(number, after, np.vstack([r, later]), np.vstack([v, faster]), burns)


def _line(case: Case, number: int, after: int, begin: np.ndarray, end: np.ndarray) -> Stretch:
    """A straight line with the speed of its law, and what the nozzles must give at its ends and between."""
    leg, along = case.leg[number], end - begin
    length = float(np.linalg.norm(along))
    if length == 0.0:
        return Stretch(number, after, np.array([begin, end]), np.zeros((2, 3)))
    gone = np.linspace(0.0, length, POINTS)
    speed, slows = _speeds(leg, gone, length)
    heading = along / length
    r, v = begin + np.outer(gone, heading), np.outer(speed, heading)
    thrust = [("gathering speed", held_back(case, r[0], v[0]) + leg.acceleration * heading)]
    k = int(np.argmax(slows > 0.0)) if np.any(slows > 0.0) else POINTS - 1
    for at in {k, POINTS - 1}:
        thrust.append(("braking", held_back(case, r[at], v[at]) - slows[at] * heading))
    middle = int(np.argmax(speed))
    thrust.append(("keeping its line", held_back(case, r[middle], v[middle])))
    return Stretch(number, after, r, v, thrust=tuple(thrust))


def _speeds(leg: LegCase, gone: np.ndarray, length: float) -> tuple[np.ndarray, np.ndarray]:
    """Speed (m/s) and braking (m/s2) along a line, by the distance gone: as `rvd.core.guidance` flies it."""
    rising = np.sqrt(2.0 * leg.acceleration * gone)
    if leg.law == "glideslope":
        slope = (leg.speed[0] - leg.speed[1]) / length
        falling = leg.speed[1] + slope * (length - gone)
        speed = np.minimum(rising, falling)
        return speed, np.where(rising >= falling, slope * speed, 0.0)
    falling = np.sqrt(2.0 * leg.braking * (length - gone))
    speed = np.minimum(np.minimum(rising, falling), leg.speed[0])
    return speed, np.where(falling <= speed, leg.braking, 0.0)


# ---- Clohessy and Wiltshire, 1960, eq. 8


def rates(case: Case) -> np.ndarray:
    """The 6x6 matrix of the rates of (r, v), hill."""
    n = orbit_rate(case)
    a = np.zeros((6, 6))
    a[:3, 3:] = np.eye(3)
    a[3, 0], a[5, 2] = 3.0 * n * n, -n * n
    a[3, 4], a[4, 3] = 2.0 * n, -2.0 * n
    return a


def held_back(case: Case, r: np.ndarray, v: np.ndarray) -> np.ndarray:
    """The acceleration (m/s2) that cancels the relative motion's own."""
    return -(rates(case)[3:] @ np.concatenate([r, v]))


def coast(case: Case, r: np.ndarray, v: np.ndarray, seconds: float) -> tuple[np.ndarray, np.ndarray]:
    """Free motion for some time: places and velocities (POINTS, 3), begin and end among them."""
    step = expm(rates(case) * (seconds / (POINTS - 1)))
    states = [np.concatenate([r, v])]
    for _ in range(POINTS - 1):
        states.append(step @ states[-1])
    table = np.array(states)
    return table[:, :3], table[:, 3:]


def velocity_to(case: Case, seconds: float, r: np.ndarray, to: np.ndarray) -> np.ndarray:
    """The velocity that leads from r to a place in some time; huge or not finite where there is none."""
    move = expm(rates(case) * seconds)
    miss = to - move[:3, :3] @ r
    v = np.zeros(3)
    with np.errstate(all="ignore"):
        (a, b), (c, d) = move[:2, 3:5]
        whole = a * d - b * c
        v[0], v[1] = (d * miss[0] - b * miss[1]) / whole, (a * miss[1] - c * miss[0]) / whole
        if abs(math.sin(orbit_rate(case) * seconds)) >= IN_PLANE_ONLY:
            v[2] = miss[2] / move[2, 5]
    return v
