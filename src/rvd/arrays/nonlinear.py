"""The exact relative model for many pairs of craft: `rvd.motion.nonlinear` over arrays, 32 pairs side by side."""

import math
from typing import NamedTuple

import numpy as np

from rvd.arrays.check import ArgumentError, numbers, positive, rows
from rvd.kernel import LANES, Block, Vec, entry, load, store
from rvd.motion import nonlinear
from rvd.motion.leap import leap as leap_once
from rvd.motion.nonlinear import Environment, Sky

NO_SKY = (0.0,) * 8


class Pair(NamedTuple):
    """Target and relative state on inertial axes, and what the air does to each."""

    rt: Vec
    vt: Vec
    dr: Vec
    dv: Vec
    ballistic_target: float
    ballistic_chaser: float


@entry
def _coast(environment: Environment, sky: Sky, h: float, steps: int, count: int, block: Block) -> None:
    zero = (0.0, 0.0, 0.0)
    for _ in range(steps):
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            bt, bc = p.ballistic_target, p.ballistic_chaser
            rt, vt, dr, dv = nonlinear.step(
                environment, bt, bc, sky, sky, sky, p.rt, p.vt, p.dr, p.dv, zero, h
            )
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, bt, bc))


@entry
def _leap(environment: Environment, h: float, steps: int, count: int, block: Block) -> None:
    for _ in range(steps):
        for lane in range(count):
            p = load(Pair, block, 0, lane, LANES)
            rt, vt, dr, dv = leap_once(environment, p.rt, p.vt, p.dr, p.dv, h)
            store(Pair, block, 0, lane, LANES, Pair(rt, vt, dr, dv, 0.0, 0.0))


def coast(
    environment, rt, vt, dr, dv, t, *, step=1.0, ballistic_target=0.0, ballistic_chaser=0.0, sky=NO_SKY
):
    """(rt, vt, dr, dv), each (..., 3), on inertial axes after `t` seconds of free motion; one t for all.

    environment: rvd.motion.nonlinear.Environment; rt, vt: the targets; dr, dv: the chasers relative to them, m and m/s;
    ballistic: Cd A / m, m2/kg; sky: two third bodies that stand still over t. Runge-Kutta of order 4 with steps of at
    most `step` seconds: at 1 s in low orbit it errs by 1e-11 of the separation in a revolution.
    """
    plain = {"ballistic_target": ballistic_target, "ballistic_chaser": ballistic_chaser}
    lead, state, t, steps = _begin(environment, (rt, vt, dr, dv), plain, t, step)
    for part, count, block in _blocks(state):
        _coast(environment, tuple(sky), t / steps, steps, count, block)
        part[:] = block.reshape(-1, LANES)[:, :count].T
    return _end(lead, state)


def leap(environment, rt, vt, dr, dv, t, *, step=60.0):
    """(rt, vt, dr, dv), each (..., 3), after `t` seconds under gravity alone: central body and J2, no air.

    Order 8 (rvd.motion.leap): at 60 s in low orbit it errs by 1e-12 of the separation in a revolution, and it is
    forty times faster than `coast`. Raises ArgumentError for an environment with air.
    """
    if len(environment) == len(Environment._fields) and environment.density != 0.0:
        raise ArgumentError("leap knows no drag: give an environment of density 0, or use coast")
    plain = {"ballistic_target": 0.0, "ballistic_chaser": 0.0}
    lead, state, t, steps = _begin(environment, (rt, vt, dr, dv), plain, t, step)
    for part, count, block in _blocks(state):
        _leap(environment, t / steps, steps, count, block)
        part[:] = block.reshape(-1, LANES)[:, :count].T
    return _end(lead, state)


def _begin(environment, states, plain, t, step):
    """(leading shape, rows of states, t, how many steps)."""
    t, step = float(numbers("t", t)), float(positive("step", step))
    if len(environment) != len(Environment._fields) or environment.scale_height == 0.0:
        raise ArgumentError("environment is an Environment with a scale height that is not zero")
    lead, flat = rows(dict(zip(("rt", "vt", "dr", "dv"), states)), plain)
    if not np.all(np.any(flat[0] != 0.0, axis=1)):
        raise ArgumentError("rt holds a position at the centre of the central body")
    state = np.concatenate([a.reshape(len(a), -1) for a in flat], axis=1)
    return lead, state, t, max(1, math.ceil(abs(t) / step))


def _blocks(state):
    """(rows, how many, flat block with them side by side) for every 32 rows."""
    for first in range(0, len(state), LANES):
        part = state[first : first + LANES]
        block = np.empty((state.shape[1], LANES))
        block[:, : len(part)] = part.T
        yield part, len(part), block.ravel()


def _end(lead, state):
    return tuple(np.ascontiguousarray(state[:, 3 * k : 3 * k + 3]).reshape(*lead, 3) for k in range(4))
