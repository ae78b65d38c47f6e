"""The exact relative model for many pairs of craft: `rvd.motion.nonlinear` over arrays, 32 pairs side by side."""

from typing import NamedTuple

import numpy as np

from rvd.arrays.check import ArgumentError, finite, numbers, off_centre, positive, rows, single, steps_of
from rvd.kernel import LANES, Block, Table, Vec, entry, load, store
from rvd.motion import nonlinear, perturbed
from rvd.motion.leap import leap as leap_once
from rvd.motion.nonlinear import Environment, sky_of
from rvd.motion.perturbed import Surface
from rvd.orbit.ephemeris import de440, sky_table
from rvd.orbit.zonals import Zonals

NO_SKY = (0.0,) * 8
#: J3 to J6 of `coast`, when none are given
ROUND = (0.0,) * 4


class Pair(NamedTuple):
    """Target and relative state on inertial axes, and what air and sunlight do to each."""

    rt: Vec
    vt: Vec
    dr: Vec
    dv: Vec
    surface: Surface


@entry
def _fall(environment: Environment, h: float, steps: int, count: int, block: Block) -> None:
    for _ in range(steps):
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            rt, vt, dr, dv = nonlinear.fall(environment, p.rt, p.vt, p.dr, p.dv, h)
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, p.surface))


@entry
def _coast(environment: Environment, skies: Table, h: float, steps: int, count: int, block: Block) -> None:
    zero = (0.0, 0.0, 0.0)
    for k in range(steps):
        begin, middle, end = sky_of(skies, 2 * k), sky_of(skies, 2 * k + 1), sky_of(skies, 2 * k + 2)
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            bt, bc = p.surface.ballistic_target, p.surface.ballistic_chaser
            rt, vt, dr, dv = nonlinear.step(
                environment, bt, bc, begin, middle, end, p.rt, p.vt, p.dr, p.dv, zero, h
            )
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, p.surface))


@entry
def _perturb(
    environment: Environment, j: Zonals, skies: Table, h: float, steps: int, count: int, block: Block
) -> None:
    for k in range(steps):
        begin, middle, end = sky_of(skies, 2 * k), sky_of(skies, 2 * k + 1), sky_of(skies, 2 * k + 2)
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            rt, vt, dr, dv = perturbed.step(
                environment, j, p.surface, begin, middle, end, p.rt, p.vt, p.dr, p.dv, h
            )
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, p.surface))


@entry
def _leap(environment: Environment, h: float, steps: int, count: int, block: Block) -> None:
    for _ in range(steps):
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            rt, vt, dr, dv = leap_once(environment, p.rt, p.vt, p.dr, p.dv, h)
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, p.surface))


def coast(
    environment,
    rt,
    vt,
    dr,
    dv,
    t,
    *,
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

    environment: rvd.motion.nonlinear.Environment; rt, vt: the targets; dr, dv: the chasers relative to them, m and m/s.
    ballistic: Cd A / m; reflect: Cr A / m, m2/kg, a number or one for each pair. zonals: J3 to J6 of the central body.
    sky: (mu, x, y, z) of two third bodies that stand still over t; the second is the Sun, if there is sunlight.
    epoch: seconds of TDB past J2000 at the start (rvd.orbit.timescales); then Moon and Sun about the "earth", or Earth
    and Sun about the "moon", move as in DE440, or as in `ephemeris` (rvd.exchange.spice), and the axes are ICRF's.

    Runge-Kutta of order 4 with steps of at most `step` seconds: at 1 s in low orbit it errs by 1e-11 of the separation
    in a revolution; the edge of a shadow costs it 1e-7 m/s2 times a part of a step. What is off costs no time.
    Raises ArgumentError for what cannot be used, RvdError for an epoch that the ephemeris does not cover.
    """
    surface = dict(zip(Surface._fields, (ballistic_target, ballistic_chaser, reflect_target, reflect_chaser)))
    lead, state, t, steps = _begin(environment, (rt, vt, dr, dv), surface, t, step)
    if np.any(state[:, -4:] < 0.0):
        raise ArgumentError("Cd A / m and Cr A / m (ballistic, reflect) are not negative")
    h, j = t / steps, _zonals(zonals)
    skies = _skies(sky, epoch, about, h, steps, ephemeris)
    lit = bool(np.any(state[:, -2:] != 0.0))
    if lit and not np.any(skies[:, 5:]):
        raise ArgumentError("sunlight needs the Sun: give an epoch, or a sky whose second body is the Sun")
    for part, count, block in _blocks(state):
        if lit or any(j):
            _perturb(environment, j, skies, h, steps, count, block)
        elif environment[4] != 0.0 or np.any(skies[0, ::4]):  # air, or a third body with mass
            _coast(environment, skies, h, steps, count, block)
        else:
            _fall(environment, h, steps, count, block)
        part[:] = block.reshape(-1, LANES)[:, :count].T
    return _end(lead, state)


def surroundings(environment) -> Environment:
    """The Environment, checked."""
    if not isinstance(environment, Environment):
        raise ArgumentError("environment is an rvd.motion.nonlinear.Environment")
    for name, value in environment._asdict().items():
        single(f"environment.{name}", value)
    for name in ("mu", "radius", "reference_radius", "scale_height"):
        positive(f"environment.{name}", getattr(environment, name))
    if environment.density < 0.0:
        raise ArgumentError("environment.density must not be below zero")
    return environment


def _zonals(zonals) -> tuple:
    j = numbers("zonals", zonals)
    if j.shape != (4,):
        raise ArgumentError(
            f"zonals has shape {j.shape}; it holds J3, J4, J5 and J6 (J2 is the environment's)"
        )
    return (0.0, *map(float, j))


def third_bodies(sky, epoch) -> tuple[tuple, float | None]:
    """The sky that stands still and the epoch, checked."""
    still = numbers("sky", sky)
    if still.shape != (8,):
        raise ArgumentError(f"sky has shape {still.shape}; it holds mu, x, y, z of two bodies")
    if epoch is not None and np.any(still):
        raise ArgumentError("give a sky that stands still or an epoch, not both")
    return tuple(map(float, still)), None if epoch is None else single("epoch", epoch)


def _skies(sky, epoch, about, h, steps, ephemeris) -> np.ndarray:
    """Rows of third bodies: one that stands still, or one every half step."""
    still, begin = third_bodies(sky, epoch)
    if begin is None:
        return np.array([still])
    return sky_table(ephemeris or de440(), about, begin, h, steps)


def leap(environment, rt, vt, dr, dv, t, *, step=60.0):
    """(rt, vt, dr, dv), each (..., 3), after `t` seconds under gravity alone: central body and J2, no air.

    Order 8 (rvd.motion.leap): at 60 s in low orbit it errs by 1e-12 of the separation in a revolution, and it is
    forty times faster than `coast`. Raises ArgumentError for an environment with air.
    """
    if surroundings(environment).density != 0.0:
        raise ArgumentError("leap knows no drag: give an environment of density 0, or use coast")
    nothing = dict.fromkeys(Surface._fields, 0.0)
    lead, state, t, steps = _begin(environment, (rt, vt, dr, dv), nothing, t, step)
    for part, count, block in _blocks(state):
        _leap(environment, t / steps, steps, count, block)
        part[:] = block.reshape(-1, LANES)[:, :count].T
    return _end(lead, state)


def _begin(environment, states, plain, t, step):
    """(leading shape, rows of states, t, how many steps)."""
    t, step = single("t", t), single("step", positive("step", step))
    surroundings(environment)
    lead, flat = rows(dict(zip(("rt", "vt", "dr", "dv"), states)), plain)
    off_centre("rt", flat[0])
    state = np.concatenate([a if a.ndim == 2 else a[:, None] for a in flat], axis=1)
    return lead, state, t, steps_of(t, step)


def _blocks(state):
    """(rows, how many, flat block with them side by side) for every 32 rows."""
    for first in range(0, len(state), LANES):
        part = state[first : first + LANES]
        block = np.empty((state.shape[1], LANES))
        block[:, : len(part)] = part.T
        yield part, len(part), block.ravel()


def _end(lead, state):
    finite(state, "a path meets the centre of the central body")
    return tuple(np.ascontiguousarray(state[:, 3 * k : 3 * k + 3]).reshape(*lead, 3) for k in range(4))
