"""The transition matrix of relative motion along any reference, under any force of the exact model.

Six relative trajectories are flown at a separation so small that motion is linear to 1e-12. The exact model forms
differential accelerations without subtracting large numbers, so this loses no digits: it *is* the solution of the
variational equations, J2, drag and third bodies included, with no gradient written by hand. Works along an NRHO as
well as in low Earth orbit. The matrix acts on (dr, dv) on inertial axes; `in_hill` turns it.
"""

import math
from typing import NamedTuple

import numpy as np

from rvd.core.algebra.vec import norm
from rvd.core.kernel import Block, Table, Vec, entry
from rvd.core.motion import nonlinear
from rvd.core.motion.nonlinear import Environment, Sky, sky_of, too_long
from rvd.core.orbit.ephemeris import de440, sky_table
from rvd.core.orbit.frames import eci_from_hill, hill_from_eci
from rvd.errors import RvdError

#: Separation at which the tangent is taken, m; over a radius of 2,000 km its square is 1e-13 of it.
SMALL = 1e-6


class Passage(NamedTuple):
    """How a reference is flown."""

    #: The central body and its air.
    environment: Environment
    #: Cd A / m of both craft, m2/kg.
    ballistic: float
    #: Length of a step, s.
    h: float
    #: How many steps.
    steps: int


@entry
def fly(passage: Passage, skies: Table, rt: Vec, vt: Vec, columns: Block) -> tuple[Vec, Vec, float]:
    """Moves the target and six separations (columns: 6 x 6 rows of dr, dv).

    `skies`: one row, or one every half step (orbit.ephemeris.sky_table). The third number is the target's least
    distance from the centre at the begin of a step, m.
    """
    environment, ballistic, h, steps = passage
    r, v = rt, vt
    zero = (0.0, 0.0, 0.0)
    nearest = math.inf
    for step in range(steps):
        nearest = min(nearest, norm(r))
        begin, middle, end = sky_of(skies, 2 * step), sky_of(skies, 2 * step + 1), sky_of(skies, 2 * step + 2)
        r1, v1 = r, v
        for k in range(6):
            i = 6 * k
            dr = (columns[i], columns[i + 1], columns[i + 2])
            dv = (columns[i + 3], columns[i + 4], columns[i + 5])
            r1, v1, dr, dv = nonlinear.step(
                environment,
                ballistic_target=ballistic,
                ballistic_chaser=ballistic,
                sky_begin=begin,
                sky_middle=middle,
                sky_end=end,
                rt=r,
                vt=v,
                dr=dr,
                dv=dv,
                push_eci=zero,
                h=h,
            )
            columns[i], columns[i + 1], columns[i + 2] = dr
            columns[i + 3], columns[i + 4], columns[i + 5] = dv
        r, v = r1, v1
    return r, v, nearest


def transition(
    rt,
    vt,
    environment: Environment,
    t: float,
    step: float = 10.0,
    ballistic: float = 0.0,
    sky: Sky = (0.0,) * 8,
    epoch: float | None = None,
    about: str = "earth",
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(matrix (6, 6) on (dr_eci, dv_eci), rt_eci, vt_eci) after `t` seconds along the target's own path.

    Both craft have the same `ballistic` coefficient. Steps are at most `step` seconds (Runge-Kutta of order 4).
    `sky`: two third bodies that stand still; or `epoch`, seconds of TDB past J2000 at the start, and `about`: the Moon
    and the Sun about the "earth", or the Earth and the Sun about the "moon", move as in DE440. Raises RvdError where
    the steps are too long for the path (`rvd.core.motion.nonlinear.too_long`).
    """
    steps = max(1, math.ceil(abs(t) / step))
    h = t / steps
    skies = np.array([sky]) if epoch is None else sky_table(de440(), about, epoch, h, steps)
    speed = SMALL / max(1.0, abs(t))
    sizes = np.array([SMALL] * 3 + [speed] * 3)
    columns = np.diag(sizes).ravel().copy()
    passage = Passage(environment, ballistic, h, steps)
    r, v, nearest = fly(passage, skies, tuple(rt), tuple(vt), columns)
    if wrong := too_long(h, environment.mu, nearest):
        raise RvdError(wrong)
    return columns.reshape(6, 6).T / sizes, np.array(r), np.array(v)


def in_hill(matrix: np.ndarray, rt, vt, rt_end, vt_end) -> np.ndarray:
    """The matrix on (r_hill, v_hill), from the one on inertial axes and the target's two states."""
    begin = np.array([np.concatenate(eci_from_hill(tuple(rt), tuple(vt), *_halves(c))) for c in np.eye(6)]).T
    ends = (tuple(rt_end), tuple(vt_end))
    return np.array([np.concatenate(hill_from_eci(*ends, *_halves(c))) for c in (matrix @ begin).T]).T


def _halves(column) -> tuple[tuple, tuple]:
    return tuple(map(float, column[:3])), tuple(map(float, column[3:]))
