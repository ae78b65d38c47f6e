"""The exact relative model for many pairs of craft: `rvd.core.motion.nonlinear` over arrays, 32 pairs side by side."""

import math
from typing import NamedTuple

import numpy as np

from rvd.array_arguments import (
    ArgumentError,
    body,
    finite,
    numbers,
    off_centre,
    positive,
    rows,
    single,
    steps_of,
    word,
)
from rvd.core.algebra.vec import add, dot
from rvd.core.constants import MU_EARTH, MU_MOON
from rvd.core.kernel import LANES, Block, Table, Vec, entry, inside, kernel, load, store
from rvd.core.motion import exact, nonlinear, perturbed
from rvd.core.motion.leap import leap as leap_once
from rvd.core.motion.nonlinear import Environment, sky_of
from rvd.core.motion.perturbed import Surface
from rvd.core.orbit.ephemeris import sky_table
from rvd.core.orbit.zonals import Zonals
from rvd.orbit.ephemeris import tables

__all__ = ["Environment", "coast", "leap"]


def __dir__() -> list[str]:
    return sorted(__all__)


NO_SKY = (0.0,) * 8
#: mu of the bodies about which motion with an epoch is, m3/s2
CENTRES = {"earth": MU_EARTH, "moon": MU_MOON}
#: J3 to J6 of `coast`, when none are given
ROUND = (0.0,) * 4


class Pair(NamedTuple):
    """Target and relative state on inertial axes, and what air and sunlight do to each."""

    rt: Vec
    vt: Vec
    dr: Vec
    dv: Vec
    surface: Surface


@kernel
def closer(p: Pair) -> float:
    """Square of the distance from the centre of the nearer of both craft."""
    chaser = add(p.rt, p.dr)
    return min(dot(p.rt, p.rt), dot(chaser, chaser))


@entry
def _fall(environment: Environment, h: float, steps: int, count: int, block: Block, nearest: Block) -> None:
    for _ in range(steps):
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            nearest[lane] = min(nearest[lane], closer(p))
            rt, vt, dr, dv = nonlinear.fall(environment, p.rt, p.vt, p.dr, p.dv, h)
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, p.surface))


@entry
def _coast(
    environment: Environment, skies: Table, h: float, steps: int, count: int, block: Block, nearest: Block
) -> None:
    zero = (0.0, 0.0, 0.0)
    for k in range(steps):
        begin, middle, end = sky_of(skies, 2 * k), sky_of(skies, 2 * k + 1), sky_of(skies, 2 * k + 2)
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            nearest[lane] = min(nearest[lane], closer(p))
            bt, bc = p.surface.ballistic_target, p.surface.ballistic_chaser
            rt, vt, dr, dv = nonlinear.step(
                environment, bt, bc, begin, middle, end, p.rt, p.vt, p.dr, p.dv, zero, h
            )
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, p.surface))


@entry
def _perturb(
    environment: Environment,
    j: Zonals,
    skies: Table,
    h: float,
    steps: int,
    count: int,
    block: Block,
    nearest: Block,
) -> None:
    for k in range(steps):
        begin, middle, end = sky_of(skies, 2 * k), sky_of(skies, 2 * k + 1), sky_of(skies, 2 * k + 2)
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            nearest[lane] = min(nearest[lane], closer(p))
            rt, vt, dr, dv = perturbed.step(
                environment, j, p.surface, begin, middle, end, p.rt, p.vt, p.dr, p.dv, h
            )
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, p.surface))


@entry
def _leap(environment: Environment, h: float, steps: int, count: int, block: Block, nearest: Block) -> None:
    for _ in range(steps):
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            nearest[lane] = min(nearest[lane], closer(p))
            rt, vt, dr, dv = leap_once(environment, p.rt, p.vt, p.dr, p.dv, h)
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, p.surface))


def coast(
    rt,
    vt,
    dr,
    dv,
    environment,
    t,
    step=1.0,
    ballistic_target=0.0,
    ballistic_chaser=0.0,
    reflect_target=0.0,
    reflect_chaser=0.0,
    zonals=ROUND,
    sky=NO_SKY,
    epoch=None,
    about="earth",
    ephemeris=None,
):
    """(rt, vt, dr, dv), each (..., 3), on inertial axes after `t` seconds of free motion; one t for all.

    rt, vt: the targets; dr, dv: the chasers relative to them, m and m/s; environment: an `Environment`.
    ballistic: Cd A / m; reflect: Cr A / m, m2/kg, a number or one for each pair. zonals: J3 to J6 of the central body.
    sky: (mu, x, y, z) of two third bodies that stand still over t; the second is the Sun, if there is sunlight.
    epoch: seconds of TDB past J2000 at the start (rvd.orbit.timescales); then Moon and Sun about the "earth", or Earth
    and Sun about the "moon", move as in DE440, or as in `ephemeris` (rvd.orbit.spice), and the axes are ICRF's.

    Runge-Kutta of order 4 with steps of at most `step` seconds: at 1 s in low orbit it errs by 1e-11 of the separation
    in a revolution; the edge of a shadow costs it 1e-7 m/s2 times a part of a step. What is off costs no time.
    Raises ArgumentError for what cannot be used, steps in which a craft turns by more than 0.05 rad about the centre
    among it, and RvdError for an epoch that the ephemeris does not cover.
    """
    surface = dict(zip(Surface._fields, (ballistic_target, ballistic_chaser, reflect_target, reflect_chaser)))
    lead, state, t, steps = _begin(environment, (rt, vt, dr, dv), surface, t, step)
    if np.any(state[:, -4:] < 0.0):
        raise ArgumentError("Cd A / m and Cr A / m (ballistic, reflect) are not negative")
    h, j = t / steps, _zonals(zonals)
    skies = _skies(environment, sky, epoch, about, h, steps, ephemeris)
    lit = bool(np.any(state[:, -2:] != 0.0))
    if lit and not np.any(skies[:, 5:]):
        raise ArgumentError("sunlight needs the Sun: give an epoch, or a sky whose second body is the Sun")
    if lit:
        body(environment.mu, 1.0, environment.radius, "environment.")
    if lit and np.linalg.norm(skies[0, 5:]) < 1e10:
        raise ArgumentError(
            "the Sun of sky is a place in metres, some 1.5e11 away, not a direction or kilometres"
        )
    nearest = np.full(LANES, np.inf)
    for part, count, block in _blocks(state):
        if lit or any(j):
            _perturb(environment, j, skies, h, steps, count, block, nearest)
        elif environment[4] != 0.0 or np.any(skies[0, ::4]):  # air, or a third body with mass
            _coast(environment, skies, h, steps, count, block, nearest)
        else:
            _fall(environment, h, steps, count, block, nearest)
        part[:] = block.reshape(-1, LANES)[:, :count].T
    return _end(lead, state, environment, h, nearest, nonlinear.MOST_TURN)


inside(coast, exact.coast, exact.coasts_on)


def surroundings(environment) -> Environment:
    """The Environment, checked: numbers, signs, and that no unit is another than SI (kilometres, degrees)."""
    if not isinstance(environment, Environment):
        raise ArgumentError("environment is an rvd.core.motion.nonlinear.Environment")
    for name, value in environment._asdict().items():
        single(f"environment.{name}", value)
    for name in ("mu", "radius", "reference_radius", "scale_height"):
        positive(f"environment.{name}", getattr(environment, name))
    e = environment
    body(e.mu, e.j2, e.radius, "environment.")
    if e.spin * e.spin * e.radius**3 > 4.0 * e.mu:  # twice as quick as an orbit along the ground
        raise ArgumentError(
            f"environment.spin {e.spin:g} rad/s would tear the body apart (is it in degrees, or revolutions a day?)"
        )
    if e.density < 0.0:
        raise ArgumentError("environment.density must not be below zero")
    if e.density > 0.0:
        _air(e)
    return environment


def _air(e: Environment) -> None:
    """Refuses air that no body has: what is off is mostly a unit."""
    if e.density > 100.0:
        raise ArgumentError(f"environment.density {e.density:g} kg/m3 is more than any air's")
    if not 0.9 * e.radius <= e.reference_radius <= 10.0 * e.radius:
        raise ArgumentError(
            f"environment.reference_radius {e.reference_radius:g} m is not just outside the body's radius of "
            f"{e.radius:g} m (it counts from the centre, in metres)"
        )
    if not 1e-4 * e.radius <= e.scale_height <= e.radius:
        raise ArgumentError(
            f"environment.scale_height {e.scale_height:g} m is no air's over a radius of {e.radius:g} m "
            "(is it in metres?)"
        )


def outside(environment: Environment, name: str, r: np.ndarray) -> None:
    """Refuses places inside the body, where its radius plays a part."""
    if environment.j2 == 0.0 and environment.density == 0.0:
        return
    if np.any(np.linalg.norm(r, axis=-1) < environment.radius):
        raise ArgumentError(
            f"{name} lies inside the body of radius {environment.radius:g} m in at least one row (are both in metres?)"
        )


def _zonals(zonals) -> tuple:
    j = numbers("zonals", zonals)
    if j.shape != (4,):
        raise ArgumentError(
            f"zonals has shape {j.shape}; it holds J3, J4, J5 and J6 (J2 is the environment's)"
        )
    return (0.0, *map(float, j))


def third_bodies(environment, sky, epoch, about) -> tuple[tuple, float | None]:
    """The sky that stands still and the epoch, checked; with an epoch, whether the environment is that of `about`."""
    still, central = numbers("sky", sky), word("about", about, tuple(CENTRES))
    if still.shape != (8,):
        raise ArgumentError(f"sky has shape {still.shape}; it holds mu, x, y, z of two bodies")
    for mu, *place in (still[:4], still[4:]):
        if mu < 0.0 or (mu > 0.0 and not np.any(place)):
            raise ArgumentError(
                "sky holds mu, x, y, z of two bodies: mu is not negative, and none is at the centre"
            )
    if epoch is None:
        return tuple(map(float, still)), None
    if np.any(still):
        raise ArgumentError("give a sky that stands still or an epoch, not both")
    if abs(environment.mu / CENTRES[central] - 1.0) > 0.01:
        raise ArgumentError(
            f'environment.mu {environment.mu:g} m3/s2 is not that of the {central}: about is "earth" or "moon"'
        )
    return tuple(map(float, still)), single("epoch", epoch)


def _skies(environment, sky, epoch, about, h, steps, ephemeris) -> np.ndarray:
    """Rows of third bodies: one that stands still, or one every half step."""
    table = tables(ephemeris)
    still, begin = third_bodies(environment, sky, epoch, about)
    if begin is None:
        return np.array([still])
    return sky_table(table, about, begin, h, steps)


def leap(rt, vt, dr, dv, environment, t, step=60.0):
    """(rt, vt, dr, dv), each (..., 3), after `t` seconds under gravity alone: central body and J2, no air.

    Order 8 (rvd.core.motion.leap): at 60 s in low orbit it errs by 1e-12 of the separation in a revolution, and it is
    forty times faster than `coast`. Raises ArgumentError for an environment with air, and for steps in which a craft
    turns by more than 0.5 rad about the centre.
    """
    if surroundings(environment).density != 0.0:
        raise ArgumentError("leap knows no drag: give an environment of density 0, or use coast")
    nothing = dict.fromkeys(Surface._fields, 0.0)
    lead, state, t, steps = _begin(environment, (rt, vt, dr, dv), nothing, t, step)
    nearest = np.full(LANES, np.inf)
    for part, count, block in _blocks(state):
        _leap(environment, t / steps, steps, count, block, nearest)
        part[:] = block.reshape(-1, LANES)[:, :count].T
    return _end(lead, state, environment, t / steps, nearest, exact.MOST_LEAP)


inside(leap, exact.leap, exact.leaps_on)


def _begin(environment, states, plain, t, step):
    """(leading shape, rows of states, t, how many steps)."""
    t, step = single("t", t), single("step", positive("step", step))
    surroundings(environment)
    lead, flat = rows(dict(zip(("rt", "vt", "dr", "dv"), states)), plain)
    off_centre("rt", flat[0])
    outside(environment, "rt", flat[0])
    state = np.concatenate([a if a.ndim == 2 else a[:, None] for a in flat], axis=1)
    return lead, state, t, steps_of(t, step)


def _blocks(state):
    """(rows, how many, flat block with them side by side) for every 32 rows."""
    for first in range(0, len(state), LANES):
        part = state[first : first + LANES]
        block = np.empty((state.shape[1], LANES))
        block[:, : len(part)] = part.T
        yield part, len(part), block.ravel()


def _end(lead, state, environment, h, nearest, most):
    """The four vectors, or ArgumentError where a path has no end or its steps were too long.

    nearest: squares of the least distances of a craft from the centre, m2.
    """
    finite(state, "a path meets the centre of the central body")
    if wrong := nonlinear.too_long(h, environment.mu, math.sqrt(np.min(nearest)), most):
        raise ArgumentError(wrong)
    return tuple(np.ascontiguousarray(state[:, 3 * k : 3 * k + 3]).reshape(*lead, 3) for k in range(4))
