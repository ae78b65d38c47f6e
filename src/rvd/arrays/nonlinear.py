"""The exact relative model for many pairs of craft: `rvd.motion.nonlinear` over arrays, 32 pairs side by side."""

import math
from typing import NamedTuple

import numpy as np

from rvd.arrays.check import ArgumentError, numbers, positive, rows
from rvd.kernel import LANES, Block, Vec, entry, load, store
from rvd.motion import nonlinear
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


def coast(
    environment, rt, vt, dr, dv, t, *, step=1.0, ballistic_target=0.0, ballistic_chaser=0.0, sky=NO_SKY
):
    """(rt, vt, dr, dv), each (..., 3), on inertial axes after `t` seconds of free motion; one t for all.

    environment: rvd.motion.nonlinear.Environment; rt, vt: the targets; dr, dv: the chasers relative to them, m and m/s;
    ballistic: Cd A / m, m2/kg; sky: two third bodies that stand still over t. Runge-Kutta of order 4 with steps of at
    most `step` seconds: at 1 s in low orbit it errs by 1e-11 of the separation in a revolution.
    """
    t, step = float(numbers("t", t)), float(positive("step", step))
    if len(environment) != len(Environment._fields) or environment.scale_height == 0.0:
        raise ArgumentError("environment is an Environment with a scale height that is not zero")
    plain = {"ballistic_target": ballistic_target, "ballistic_chaser": ballistic_chaser}
    lead, flat = rows({"rt": rt, "vt": vt, "dr": dr, "dv": dv}, plain)
    if not np.all(np.any(flat[0] != 0.0, axis=1)):
        raise ArgumentError("rt holds a position at the centre of the central body")
    state = np.concatenate([a.reshape(len(a), -1) for a in flat], axis=1)
    steps = max(1, math.ceil(abs(t) / step))
    for first in range(0, len(state), LANES):
        part = state[first : first + LANES]
        block = np.empty((state.shape[1], LANES))
        block[:, : len(part)] = part.T
        flying = block.ravel()
        _coast(environment, tuple(sky), t / steps, steps, len(part), flying)
        state[first : first + LANES] = flying.reshape(block.shape)[:, : len(part)].T
    return tuple(np.ascontiguousarray(state[:, 3 * k : 3 * k + 3]).reshape(*lead, 3) for k in range(4))
