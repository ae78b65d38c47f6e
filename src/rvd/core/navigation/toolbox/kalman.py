"""A Kalman filter of six states and linear motion: what time and a measurement do to a state and its covariance.

The states are any six numbers, mostly position and velocity; a matrix is six rows.
Source: A. Gelb (ed.), Applied Optimal Estimation, 1974, table 4.2-1; the covariance after a measurement is Joseph's
form, from which rounding of the gain takes least (R. S. Bucy, P. D. Joseph, Filtering for Stochastic Processes with
Applications to Guidance, 1968).
"""

import math

from rvd.core.algebra.allowed import above_zero
from rvd.core.algebra.mat import Mat, sym_apply, sym_inverse
from rvd.core.kernel import Vec, sweep
from rvd.core.motion.domains import is_definite
from rvd.core.navigation.toolbox.matrices import (
    Matrix,
    Six,
    apply,
    axpy6,
    congruent,
    dot6,
    gained,
    is_covariance,
    is_covariance3,
    marked,
    outer,
    scaled,
    sum_of,
    symmetric,
)

UNIT: Matrix = (
    (1.0, 0.0, 0.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
    (0.0, 0.0, 0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
)  # fmt: skip


@sweep
def predict(x: Six, covariance: Matrix, transition: Matrix, noise: Matrix) -> tuple[Six, Matrix]:
    """State F x and covariance F P F' + Q after a step of time; `noise` is Q, what the step adds.

    NaN where P or Q is no covariance.
    """
    good = is_covariance(covariance) & is_covariance(noise)
    return marked(good, apply(transition, x)), sum_of(congruent(transition, covariance), noise)


@sweep
def update(
    x: Six, covariance: Matrix, z: float, row: Six, variance: float, gate: float
) -> tuple[Six, Matrix, float]:
    """State and covariance after a number z that measures row . x with noise of this variance, and its NIS.

    Where the innovation is beyond `gate` sigmas (NIS above its square), z is edited: state and covariance stay.
    NaN where P is no covariance, or variance or gate is not above zero.
    """
    seen = apply(covariance, row)
    total = dot6(row, seen) + above_zero(variance)
    miss = z - dot6(row, x)
    nis = miss * miss / total
    use = 1.0 if nis <= above_zero(gate) * gate else 0.0
    gain = scaled(use / total, seen)
    rest = sum_of(UNIT, outer(scaled(-1.0, gain), row))
    after = symmetric(sum_of(congruent(rest, covariance), outer(scaled(variance, gain), gain)))
    good = is_covariance(covariance) & (gate > 0.0)
    if use == 0.0:
        after = covariance
    return marked(good, axpy6(miss, gain, x)), after, nis


@sweep
def update3(
    x: Six, covariance: Matrix, z: Vec, rows: tuple[Six, Six, Six], noise: Mat, gate: float
) -> tuple[Six, Matrix, float]:
    """`update` with three numbers at once, whose noise has the covariance `noise`; NIS of all three.

    NaN also where the covariance of the innovation is not positive definite.
    """
    a, b, c = apply(covariance, rows[0]), apply(covariance, rows[1]), apply(covariance, rows[2])
    xx, xy = dot6(rows[0], a) + noise[0][0], dot6(rows[0], b) + noise[0][1]
    yy, yz = dot6(rows[1], b) + noise[1][1], dot6(rows[1], c) + noise[1][2]
    zz, xz = dot6(rows[2], c) + noise[2][2], dot6(rows[0], c) + noise[0][2]
    total = (xx, yy, zz, xy, xz, yz)
    inverse = sym_inverse(total)
    miss = (z[0] - dot6(rows[0], x), z[1] - dot6(rows[1], x), z[2] - dot6(rows[2], x))
    weighed = sym_apply(inverse, miss)
    nis = miss[0] * weighed[0] + miss[1] * weighed[1] + miss[2] * weighed[2]
    # K = P H' S^-1, column by column
    columns = (
        gained((a, b, c), (inverse[0], inverse[3], inverse[4])),
        gained((a, b, c), (inverse[3], inverse[1], inverse[5])),
        gained((a, b, c), (inverse[4], inverse[5], inverse[2])),
    )
    rest = sum_of(UNIT, outer(scaled(-1.0, columns[0]), rows[0]))
    rest = sum_of(rest, outer(scaled(-1.0, columns[1]), rows[1]))
    rest = sum_of(rest, outer(scaled(-1.0, columns[2]), rows[2]))
    after = congruent(rest, covariance)
    # K R K', row by row of R
    after = sum_of(after, outer(columns[0], gained(columns, noise[0])))
    after = sum_of(after, outer(columns[1], gained(columns, noise[1])))
    after = symmetric(sum_of(after, outer(columns[2], gained(columns, noise[2]))))
    state = axpy6(1.0, gained(columns, miss), x)
    good = is_covariance(covariance) & is_covariance3(noise) & is_definite(total) & (gate > 0.0)
    if nis > gate * gate:
        state, after = x, covariance
    return marked(good, state), after, nis if good else math.nan
