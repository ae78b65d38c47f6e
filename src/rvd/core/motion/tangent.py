"""The transition matrix of relative motion along any reference, under any force of the exact model.

Six relative trajectories are flown at a separation so small that motion is linear to 1e-12. The exact model forms
differential accelerations without subtracting large numbers, so this loses no digits: it *is* the solution of the
variational equations, J2, drag and third bodies included, with no gradient written by hand. Works along an NRHO as
well as in low Earth orbit. The matrix acts on (dr, dv) on inertial axes; `in_hill` turns it.
"""

import math
from typing import NamedTuple, cast

import numpy as np

from rvd.core.algebra.vec import norm
from rvd.core.kernel import Block, Table, Vec, entry, kernel
from rvd.core.motion import nonlinear
from rvd.core.motion.nonlinear import Environment, Sky, sky_of, too_long
from rvd.core.motion.transfers import Matrix, Six, apply
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


@kernel
def carry(passage: Passage, skies: Table, rt: Vec, vt: Vec, columns: Block) -> tuple[Vec, Vec, float]:
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


@entry
def fly(passage: Passage, skies: Table, rt: Vec, vt: Vec, columns: Block) -> tuple[Vec, Vec, float]:
    """`carry`, for Python."""
    return carry(passage, skies, rt, vt, columns)


@kernel
def row(columns: Block, i: int, near: float, quick: float, k: float) -> Six:
    """Row i of the matrix, times k: what is left of separations of `near` m and of `quick` m/s."""
    return (
        k * (columns[i] / near), k * (columns[6 + i] / near), k * (columns[12 + i] / near),
        k * (columns[18 + i] / quick), k * (columns[24 + i] / quick), k * (columns[30 + i] / quick),
    )  # fmt: skip


@kernel
def seen_in_hill(matrix: Matrix, begin: tuple[Vec, Vec], end: tuple[Vec, Vec]) -> Matrix:
    """The matrix on (r_hill, v_hill), from the one on inertial axes and the target's two states."""
    o, x, y, z = (0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
    a, b, c = led(matrix, begin, end, x, o), led(matrix, begin, end, y, o), led(matrix, begin, end, z, o)
    d, e, f = led(matrix, begin, end, o, x), led(matrix, begin, end, o, y), led(matrix, begin, end, o, z)
    return (
        (a[0], b[0], c[0], d[0], e[0], f[0]),
        (a[1], b[1], c[1], d[1], e[1], f[1]),
        (a[2], b[2], c[2], d[2], e[2], f[2]),
        (a[3], b[3], c[3], d[3], e[3], f[3]),
        (a[4], b[4], c[4], d[4], e[4], f[4]),
        (a[5], b[5], c[5], d[5], e[5], f[5]),
    )


@kernel
def led(matrix: Matrix, begin: tuple[Vec, Vec], end: tuple[Vec, Vec], r: Vec, v: Vec) -> Six:
    """Where the matrix on inertial axes leads a state in hill."""
    m = matrix
    dr, dv = eci_from_hill(begin[0], begin[1], r, v)
    place = (apply(m[0], dr, dv), apply(m[1], dr, dv), apply(m[2], dr, dv))
    speed = (apply(m[3], dr, dv), apply(m[4], dr, dv), apply(m[5], dr, dv))
    p, u = hill_from_eci(end[0], end[1], place, speed)
    return (p[0], p[1], p[2], u[0], u[1], u[2])


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
    rows = cast(Matrix, tuple(tuple(map(float, line)) for line in matrix))
    return np.array(seen_in_hill(rows, (_vector(rt), _vector(vt)), (_vector(rt_end), _vector(vt_end))))


def _vector(r) -> Vec:
    x, y, z = r
    return float(x), float(y), float(z)
