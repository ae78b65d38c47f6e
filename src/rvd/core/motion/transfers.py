"""Which two-impulse transfers of linear relative motion exist, and the velocity that they need.

In hill, where a place has its part in the plane of the target's orbit (x, y) and its part across it (z), the transition
matrix takes the velocity at the start to the place at the end by one block for each: (r, v)(t) = M (r, v)(0). Where a
block has no inverse, no impulse chooses that part of the place: across, after every half turn of the target; in the
plane, after every whole turn and at one time between two of them (about a circle after 1.4067, 2.4453, ... turns, where
8 (1 - cos nt) = 3 nt sin nt, the determinant of the block of rvd.core.motion.cw.transition).

The nearer such a time, the larger the velocity: at `margins` of d rad a transfer arrives with the speed that crosses
its own length while the target turns by d. So where d is 1e-3 (one second in low orbit), an arrival that much late
misses by all of the way: within `NEAR` a transfer counts as none, unless what no impulse changes is right by itself.
"""

import math
from typing import NamedTuple

from rvd.core.algebra.vec import neg, norm, sub
from rvd.core.kernel import Vec, kernel

Two = tuple[float, float]
Six = tuple[float, float, float, float, float, float]
Matrix = tuple[Six, Six, Six, Six, Six, Six]

#: Turn of the target, rad, within which of a time without a transfer there is none.
NEAR = 1e-3
#: Miss over the distances of start and end from the target, below which a place that nothing changes is right.
RIGHT = 1e-9
#: Miss of an impulse that is flown, over the larger distance of start and end: an impulse that misses more is refused.
ARRIVES = 1e-6


class Start(NamedTuple):
    """How a transfer begins, and what of the place at its end can be chosen."""

    #: Velocity after the first impulse, m/s, hill axes.
    velocity: Vec
    #: Whether the part of the place in the plane can be chosen.
    in_plane: bool
    #: Whether the part of the place across the plane can be chosen.
    across: bool
    #: By how much the part that cannot be chosen misses, m.
    missed: float


class Found(NamedTuple):
    """Impulses now and at arrival, and whether they are a transfer."""

    #: Impulse now, m/s, hill axes.
    first: Vec
    #: Impulse at arrival, m/s, hill axes.
    second: Vec
    #: Whether the part of the place in the plane can be chosen.
    in_plane: bool
    #: Whether the part of the place across the plane can be chosen.
    across: bool
    #: By how much the part that cannot be chosen misses, m.
    missed: float
    #: Distance from the place asked for to where the impulses lead, m.
    off: float
    #: Whether the place can be reached: what cannot be chosen is right by itself.
    exists: bool
    #: Whether the impulses as computed come there, to `ARRIVES`.
    arrives: bool


@kernel
def step_to_zero(value: float, slope: float, rate: float) -> float:
    """|value / slope| rate; where the slope vanishes, endless, or zero if the value does too."""
    endless = math.inf if value != 0.0 else 0.0
    return abs(value / slope) * rate if slope != 0.0 else endless


@kernel
def margins(matrix: Matrix, rate: float) -> tuple[float, float]:
    """How far the target turns (rad) from here to the next time without a transfer: (in plane, across).

    rate: the target's at the end, rad/s. To first order: Newton's step to where the block's determinant vanishes, whose
    slope is known because the place's rate is the velocity. About a circle the first is rvd.core.motion.cw.margin.
    """
    x, y, _, u, w, _ = matrix
    in_plane = x[3] * y[4] - x[4] * y[3]
    slope = u[3] * y[4] + x[3] * w[4] - u[4] * y[3] - x[4] * w[3]
    return step_to_zero(in_plane, slope, rate), step_to_zero(matrix[2][5], matrix[5][5], rate)


@kernel
def apply(row: Six, r: Vec, v: Vec) -> float:
    """A row of the matrix times (r, v)."""
    return row[0] * r[0] + row[1] * r[1] + row[2] * r[2] + row[3] * v[0] + row[4] * v[1] + row[5] * v[2]


@kernel
def least(top: Two, bottom: Two, x: float, y: float) -> Two:
    """Along the one direction that the matrix of two rows moves most, what comes nearest to (x, y).

    That direction is the eigenvector of the larger eigenvalue of the matrix transposed times itself.
    """
    (a, b), (c, d) = top, bottom
    p, q, s = a * a + c * c, a * b + c * d, b * b + d * d
    half = 0.5 * (p - s)
    far = abs(half) + math.sqrt(half * half + q * q)
    # of the two forms of the eigenvector the one without a cancellation
    i, j = (far, q) if half >= 0.0 else (q, far)
    k, m = a * i + b * j, c * i + d * j
    size = k * k + m * m
    share = (k * x + m * y) / size if size > 0.0 else 0.0
    return share * i, share * j


@kernel
def needed(matrix: Matrix, r: Vec, to: Vec, in_plane: bool, across: bool) -> tuple[Vec, float]:
    """Velocity at the start that comes nearest to `to`, and by how much it misses it, m.

    in_plane, across: where the place can be chosen. Where it cannot, the least velocity is given: none across, and in
    the plane along the one direction that the velocity moves.
    """
    still = (0.0, 0.0, 0.0)
    x, y, z = matrix[0], matrix[1], matrix[2]
    dx, dy, dz = to[0] - apply(x, r, still), to[1] - apply(y, r, still), to[2] - apply(z, r, still)
    k = 1.0 / (x[3] * y[4] - x[4] * y[3]) if in_plane else 0.0
    u, w = k * (y[4] * dx - x[4] * dy), k * (x[3] * dy - y[3] * dx)
    if not in_plane:
        u, w = least((x[3], x[4]), (y[3], y[4]), dx, dy)
    velocity = (u, w, dz / z[5] if across else 0.0)
    off = (
        0.0 if in_plane else dx - (x[3] * u + x[4] * w),
        0.0 if in_plane else dy - (y[3] * u + y[4] * w),
        0.0 if across else dz,
    )
    return velocity, norm(off)


@kernel
def start(matrix: Matrix, rate: float, swept: float, r: Vec, to: Vec) -> Start:
    """How the transfer begins; rate: the target's at the end, rad/s; swept: by the target's path, rad."""
    near = NEAR * min(1.0, swept)
    plane, normal = margins(matrix, rate)
    in_plane, across = plane > near, normal > near
    velocity, missed = needed(matrix, r, to, in_plane, across)
    return Start(velocity, in_plane, across, missed)


@kernel
def judged(begin: Start, r: Vec, v: Vec, to: Vec, end: tuple[Vec, Vec]) -> Found:
    """The impulses from (r, v) to rest at `to`, with what they are worth; `end`: place and velocity they lead to."""
    place, arriving = end
    here, there, off = norm(r), norm(to), norm(sub(place, to))
    return Found(
        first=sub(begin.velocity, v),
        second=neg(arriving),
        in_plane=begin.in_plane,
        across=begin.across,
        missed=begin.missed,
        off=off,
        exists=begin.missed <= RIGHT * (here + there),
        arrives=off <= ARRIVES * max(here, there),
    )


@kernel
def sure(found: Found) -> tuple[Vec, Vec]:
    """The impulses, or NaN where they are no transfer."""
    none = (math.nan, math.nan, math.nan)
    good = found.exists & found.arrives
    return (found.first if good else none), (found.second if good else none)
