"""Process noise: what the unknown adds to a covariance over a time.

Frame: hill (x outward, y along track, z normal); the target is on a circle, `n` is its mean motion, rad/s.
Source: J. R. Carpenter, C. N. D'Souza (eds.), Navigation Filter Best Practices, NASA/TP-2018-219822, chapter 2.
"""

import math

from rvd.core.algebra.allowed import above_zero, not_negative, turned
from rvd.core.algebra.elementary import exp
from rvd.core.algebra.quadrature import PLACES, WEIGHTS
from rvd.core.kernel import Vec, kernel, sweep
from rvd.core.motion import cw
from rvd.core.navigation.toolbox.matrices import Matrix, column, outer, scaled, sum_of, symmetric

#: Most parts of half a radian into which the time is divided.
MOST_PARTS = 10000.0
NOTHING: Matrix = ((0.0, 0.0, 0.0, 0.0, 0.0, 0.0),) * 6


@sweep
def coasting(density: Vec, n: float, t: float) -> Matrix:
    """Covariance of (r, v) in hill after t s of coasting under white acceleration; density: (m/s2)2 s, by hill axis.

    The integral of Phi B q B' Phi' over the time left, Phi by Clohessy and Wiltshire: eight points by Gauss and
    Legendre in each half radian. NaN where a density or t is below zero, or the target turns more than 800 times.
    """
    tau = turned(n, not_negative(t))
    good = 2.0 * abs(tau) <= MOST_PARTS
    parts = math.floor(2.0 * abs(tau)) + 1.0 if good else 1.0
    half = 0.5 * t / parts
    total = NOTHING
    for k in range(8 * int(parts)):
        left = half * (2.0 * (k // 8) + 1.0 + PLACES[k % 8])
        motion = cw.transition(n, left)
        for axis in range(3):
            moved = column(motion, 3 + axis)
            weight = WEIGHTS[k % 8] * half * not_negative(density[axis])
            total = sum_of(total, outer(scaled(weight, moved), moved))
    mark = 1.0 if good else math.nan
    total = symmetric(total)
    return (
        scaled(mark, total[0]), scaled(mark, total[1]), scaled(mark, total[2]),
        scaled(mark, total[3]), scaled(mark, total[4]), scaled(mark, total[5]),
    )  # fmt: skip


@kernel
def fading(sigma: float, memory: float, t: float) -> tuple[float, float]:
    """What a Gauss-Markov bias keeps over t s, a share of itself, and the variance that is added meanwhile.

    A bias of this sigma keeps exp(-t / memory), and its variance stays as it is. NaN where sigma or t is below zero or
    `memory` not above it.
    """
    x = not_negative(t) / above_zero(memory)
    kept = exp(-x)
    return kept, not_negative(sigma) * sigma * (1.0 - kept) * (1.0 + kept)
