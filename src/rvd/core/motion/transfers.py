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

import numpy as np

#: Turn of the target, rad, within which of a time without a transfer there is none.
NEAR = 1e-3
#: Miss over the distances of start and end from the target, below which a place that nothing changes is right.
RIGHT = 1e-9


def margins(matrix: np.ndarray, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far the target turns (rad, (N,)) from here to the next time without a transfer: (in plane, across).

    matrix: (N, 6, 6); rate: (N,), the target's at the end, rad/s. To first order: Newton's step to where the block's
    determinant vanishes, whose slope is known because the place's rate is the velocity. About a circle the first is
    rvd.core.motion.cw.margin.
    """
    a, b = matrix[:, :2, 3:5], matrix[:, 3:5, 3:5]
    inside = a[:, 0, 0] * a[:, 1, 1] - a[:, 0, 1] * a[:, 1, 0]
    slope = (
        b[:, 0, 0] * a[:, 1, 1] + a[:, 0, 0] * b[:, 1, 1] - b[:, 0, 1] * a[:, 1, 0] - a[:, 0, 1] * b[:, 1, 0]
    )
    return _step(inside, slope, rate), _step(matrix[:, 2, 5], matrix[:, 5, 5], rate)


def _step(value: np.ndarray, slope: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """|value / slope| rate; where the slope vanishes, endless, or zero if the value does too."""
    some = np.where(slope != 0.0, slope, 1.0)
    endless = np.where(value != 0.0, math.inf, 0.0)
    return np.where(slope != 0.0, np.abs(value / some) * rate, endless)


def needed(
    matrix: np.ndarray, r: np.ndarray, to: np.ndarray, inside: np.ndarray, across: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Velocities at the start (N, 3) that come nearest to `to`, and by how much they miss it (N,), m.

    inside, across: (N,) bool, where the place can be chosen in the plane and across it. Where it cannot, the least
    velocity is given: none across, and in the plane along the one direction that the velocity moves.
    """
    gap = to - np.einsum("nij,nj->ni", matrix[:, :3, :3], r)
    velocity = np.zeros_like(gap)
    u, s, vt = np.linalg.svd(matrix[:, :2, 3:5])
    along = np.einsum("nji,nj->ni", u, gap[:, :2])
    along[:, 1] = np.where(inside, along[:, 1], 0.0)
    velocity[:, :2] = np.einsum("nji,nj->ni", vt, along / np.where(s > 0.0, s, 1.0))
    velocity[:, 2] = np.where(across, gap[:, 2], 0.0) / np.where(across, matrix[:, 2, 5], 1.0)
    reached = np.einsum("nij,nj->ni", matrix[:, :3, 3:], velocity)
    return velocity, np.linalg.norm(np.where(_chosen(inside, across), 0.0, gap - reached), axis=1)


def _chosen(inside: np.ndarray, across: np.ndarray) -> np.ndarray:
    return np.stack((inside, inside, across), axis=1)
