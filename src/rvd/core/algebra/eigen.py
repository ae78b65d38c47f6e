"""Principal axes of a symmetric tensor.

Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., 2013, section 8.5 (the method of Jacobi).
"""

import math

from rvd.core.algebra.mat import Mat, Sym
from rvd.core.algebra.vec import axpy, scale
from rvd.core.kernel import Vec, kernel

#: Rotations: six rounds over three pairs of axes, of which each squares what the round before left.
ROTATIONS = 18


@kernel
def rotation(p: float, q: float, c: float) -> tuple[float, float, float]:
    """(cos, sin, tan) of the smaller turn of two axes that removes the element c between their p and q."""
    if c == 0.0:
        return 1.0, 0.0, 0.0
    theta = 0.5 * (q - p) / c
    t = math.copysign(1.0 / (abs(theta) + math.sqrt(theta * theta + 1.0)), theta)
    co = 1.0 / math.sqrt(t * t + 1.0)
    return co, t * co, t


@kernel
def principal(s: Sym) -> tuple[Vec, Mat]:
    """Principal values, the smallest first, and the axes of each as rows, of length one."""
    xx, yy, zz, xy, xz, yz = s
    e1, e2, e3 = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
    for _ in range(ROTATIONS):
        co, si, t = rotation(xx, yy, xy)
        xx, yy = xx - t * xy, yy + t * xy
        xz, yz = co * xz - si * yz, si * xz + co * yz
        e1, e2 = axpy(-si, e2, scale(co, e1)), axpy(co, e2, scale(si, e1))
        # the next pair of axes takes the place of the first
        xx, yy, zz = yy, zz, xx
        xy, xz, yz = yz, 0.0, xz
        e1, e2, e3 = e2, e3, e1
    if yy < xx:
        xx, yy, e1, e2 = yy, xx, e2, e1
    if zz < yy:
        yy, zz, e2, e3 = zz, yy, e3, e2
    if yy < xx:
        xx, yy, e1, e2 = yy, xx, e2, e1
    return (xx, yy, zz), (e1, e2, e3)
