"""Matrices on six states, as tuples of row tuples, and what a covariance has to be."""

import math

from rvd.core.algebra.mat import Mat
from rvd.core.kernel import Vec, kernel
from rvd.core.motion.transfers import Matrix as Matrix
from rvd.core.motion.transfers import Six as Six

#: How far a covariance may be from a symmetric one, or a correlation above one: a share of the two sigmas.
ROUNDED = 1e-9


@kernel
def dot6(a: Six, b: Six) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3] + a[4] * b[4] + a[5] * b[5]


@kernel
def apply(m: Matrix, x: Six) -> Six:
    """m x."""
    return (dot6(m[0], x), dot6(m[1], x), dot6(m[2], x), dot6(m[3], x), dot6(m[4], x), dot6(m[5], x))


@kernel
def times_transposed(a: Matrix, b: Matrix) -> Matrix:
    """a b'."""
    return (apply(b, a[0]), apply(b, a[1]), apply(b, a[2]), apply(b, a[3]), apply(b, a[4]), apply(b, a[5]))


@kernel
def axpy6(k: float, a: Six, b: Six) -> Six:
    """k a + b."""
    return (
        k * a[0] + b[0], k * a[1] + b[1], k * a[2] + b[2], k * a[3] + b[3], k * a[4] + b[4], k * a[5] + b[5]
    )  # fmt: skip


@kernel
def sum_of(a: Matrix, b: Matrix) -> Matrix:
    """a + b."""
    return (
        axpy6(1.0, a[0], b[0]), axpy6(1.0, a[1], b[1]), axpy6(1.0, a[2], b[2]),
        axpy6(1.0, a[3], b[3]), axpy6(1.0, a[4], b[4]), axpy6(1.0, a[5], b[5]),
    )  # fmt: skip


@kernel
def column(m: Matrix, j: int) -> Six:
    """Column j."""
    return (m[0][j], m[1][j], m[2][j], m[3][j], m[4][j], m[5][j])


@kernel
def scaled(k: float, a: Six) -> Six:
    """k a."""
    return (k * a[0], k * a[1], k * a[2], k * a[3], k * a[4], k * a[5])


@kernel
def symmetric(m: Matrix) -> Matrix:
    """The mean of a matrix and its transpose, which rounding had parted."""
    return (
        scaled(0.5, axpy6(1.0, m[0], column(m, 0))), scaled(0.5, axpy6(1.0, m[1], column(m, 1))),
        scaled(0.5, axpy6(1.0, m[2], column(m, 2))), scaled(0.5, axpy6(1.0, m[3], column(m, 3))),
        scaled(0.5, axpy6(1.0, m[4], column(m, 4))), scaled(0.5, axpy6(1.0, m[5], column(m, 5))),
    )  # fmt: skip


@kernel
def congruent(a: Matrix, m: Matrix) -> Matrix:
    """a m a' of a symmetric m, symmetric to the last bit."""
    return symmetric(times_transposed(times_transposed(a, m), a))


@kernel
def outer(a: Six, b: Six) -> Matrix:
    """a b'."""
    return (
        scaled(a[0], b), scaled(a[1], b), scaled(a[2], b), scaled(a[3], b), scaled(a[4], b), scaled(a[5], b)
    )  # fmt: skip


@kernel
def is_correlation(a: float, b: float, one: float, other: float) -> bool:
    """Whether a and b are one covariance of two numbers with these variances: squares, as sigmas may be none."""
    most = one * other
    same = (a - b) * (a - b) <= ROUNDED * ROUNDED * most
    return (one >= 0.0) & (other >= 0.0) & same & (a * a <= (1.0 + 2.0 * ROUNDED) * most)


@kernel
def is_covariance(m: Matrix) -> bool:
    """Whether no variance is negative, the matrix is symmetric, and no correlation is above one, to `ROUNDED`."""
    good = True
    for i in range(6):
        for j in range(i + 1):
            good = good & is_correlation(m[i][j], m[j][i], m[i][i], m[j][j])
    return good


@kernel
def is_covariance3(m: Mat) -> bool:
    """`is_covariance` of three numbers."""
    good = True
    for i in range(3):
        for j in range(i + 1):
            good = good & is_correlation(m[i][j], m[j][i], m[i][i], m[j][j])
    return good


@kernel
def marked(good: bool, x: Six) -> Six:
    """x, or NaN where it is not good."""
    return scaled(1.0 if good else math.nan, x)


@kernel
def gained(k: tuple[Six, Six, Six], miss: Vec) -> Six:
    """What three gains make of three numbers: k0 miss0 + k1 miss1 + k2 miss2."""
    return axpy6(miss[0], k[0], axpy6(miss[1], k[1], scaled(miss[2], k[2])))
