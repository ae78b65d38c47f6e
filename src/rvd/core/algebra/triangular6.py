"""Covariances of 6 states, straight-line.  Written by `python -m rvd.core.algebra.triangular`."""

import math

from rvd.core.kernel import kernel

# fmt: off
PATTERN = (
    (0, 1, 2, 3),
    (0, 1, 2, 4),
    (0, 1, 2, 5),
    (3,),
    (4,),
    (5,),
)
Column = tuple[float, float, float, float, float, float]
Triangle = tuple[
    tuple[float, float, float, float, float, float],
    tuple[float, float, float, float, float],
    tuple[float, float, float, float],
    tuple[float, float, float],
    tuple[float, float],
    tuple[float],
]
Transition = tuple[
    tuple[float, float, float, float],
    tuple[float, float, float, float],
    tuple[float, float, float, float],
    tuple[float],
    tuple[float],
    tuple[float],
]


@kernel
def diagonal(values: Column) -> Triangle:
    """diag(values)."""
    return ((values[0], 0.0, 0.0, 0.0, 0.0, 0.0), (values[1], 0.0, 0.0, 0.0, 0.0), (values[2], 0.0, 0.0,
        0.0), (values[3], 0.0, 0.0), (values[4], 0.0), (values[5],))


@kernel
def diag_of(P: Triangle) -> Column:
    """The diagonal of P: the variances."""
    return (P[0][0], P[1][0], P[2][0], P[3][0], P[4][0], P[5][0])


@kernel
def column(P: Triangle, h: Column) -> Column:
    """P h."""
    c0 = (P[0][0] * h[0] + P[0][1] * h[1] + P[0][2] * h[2] + P[0][3] * h[3] + P[0][4] * h[4] + P[0][5] *
        h[5])
    c1 = (P[0][1] * h[0] + P[1][0] * h[1] + P[1][1] * h[2] + P[1][2] * h[3] + P[1][3] * h[4] + P[1][4] *
        h[5])
    c2 = (P[0][2] * h[0] + P[1][1] * h[1] + P[2][0] * h[2] + P[2][1] * h[3] + P[2][2] * h[4] + P[2][3] *
        h[5])
    c3 = (P[0][3] * h[0] + P[1][2] * h[1] + P[2][1] * h[2] + P[3][0] * h[3] + P[3][1] * h[4] + P[3][2] *
        h[5])
    c4 = (P[0][4] * h[0] + P[1][3] * h[1] + P[2][2] * h[2] + P[3][1] * h[3] + P[4][0] * h[4] + P[4][1] *
        h[5])
    c5 = (P[0][5] * h[0] + P[1][4] * h[1] + P[2][3] * h[2] + P[3][2] * h[3] + P[4][1] * h[4] + P[5][0] *
        h[5])
    return (c0, c1, c2, c3, c4, c5)


@kernel
def quadratic(h: Column, column: Column) -> float:
    """h . column, which is h' P h for column = P h."""
    return (h[0] * column[0] + h[1] * column[1] + h[2] * column[2] + h[3] * column[3] + h[4] * column[4] +
        h[5] * column[5])


@kernel
def predict(P: Triangle, F: Transition, q: Column) -> Triangle:
    """F P F' + diag(q); F holds the non-zero elements of its rows, at the columns of PATTERN."""
    p0_0, p0_1, p0_2, p0_3, p0_4, p0_5 = P[0]
    p1_1, p1_2, p1_3, p1_4, p1_5 = P[1]
    p2_2, p2_3, p2_4, p2_5 = P[2]
    p3_3, p3_4, p3_5 = P[3]
    p4_4, p4_5 = P[4]
    (p5_5,) = P[5]
    f0_0, f0_1, f0_2, f0_3 = F[0]
    f1_0, f1_1, f1_2, f1_4 = F[1]
    f2_0, f2_1, f2_2, f2_5 = F[2]
    (f3_3,) = F[3]
    (f4_4,) = F[4]
    (f5_5,) = F[5]
    m0_0 = (f0_0 * p0_0 + f0_1 * p0_1 + f0_2 * p0_2 + f0_3 * p0_3)
    m0_1 = (f0_0 * p0_1 + f0_1 * p1_1 + f0_2 * p1_2 + f0_3 * p1_3)
    m0_2 = (f0_0 * p0_2 + f0_1 * p1_2 + f0_2 * p2_2 + f0_3 * p2_3)
    m0_3 = (f0_0 * p0_3 + f0_1 * p1_3 + f0_2 * p2_3 + f0_3 * p3_3)
    m0_4 = (f0_0 * p0_4 + f0_1 * p1_4 + f0_2 * p2_4 + f0_3 * p3_4)
    m0_5 = (f0_0 * p0_5 + f0_1 * p1_5 + f0_2 * p2_5 + f0_3 * p3_5)
    m1_0 = (f1_0 * p0_0 + f1_1 * p0_1 + f1_2 * p0_2 + f1_4 * p0_4)
    m1_1 = (f1_0 * p0_1 + f1_1 * p1_1 + f1_2 * p1_2 + f1_4 * p1_4)
    m1_2 = (f1_0 * p0_2 + f1_1 * p1_2 + f1_2 * p2_2 + f1_4 * p2_4)
    m1_3 = (f1_0 * p0_3 + f1_1 * p1_3 + f1_2 * p2_3 + f1_4 * p3_4)
    m1_4 = (f1_0 * p0_4 + f1_1 * p1_4 + f1_2 * p2_4 + f1_4 * p4_4)
    m1_5 = (f1_0 * p0_5 + f1_1 * p1_5 + f1_2 * p2_5 + f1_4 * p4_5)
    m2_0 = (f2_0 * p0_0 + f2_1 * p0_1 + f2_2 * p0_2 + f2_5 * p0_5)
    m2_1 = (f2_0 * p0_1 + f2_1 * p1_1 + f2_2 * p1_2 + f2_5 * p1_5)
    m2_2 = (f2_0 * p0_2 + f2_1 * p1_2 + f2_2 * p2_2 + f2_5 * p2_5)
    m2_3 = (f2_0 * p0_3 + f2_1 * p1_3 + f2_2 * p2_3 + f2_5 * p3_5)
    m2_4 = (f2_0 * p0_4 + f2_1 * p1_4 + f2_2 * p2_4 + f2_5 * p4_5)
    m2_5 = (f2_0 * p0_5 + f2_1 * p1_5 + f2_2 * p2_5 + f2_5 * p5_5)
    m3_3 = (f3_3 * p3_3)
    m3_4 = (f3_3 * p3_4)
    m3_5 = (f3_3 * p3_5)
    m4_4 = (f4_4 * p4_4)
    m4_5 = (f4_4 * p4_5)
    m5_5 = (f5_5 * p5_5)
    n0_0 = (f0_0 * m0_0 + f0_1 * m0_1 + f0_2 * m0_2 + f0_3 * m0_3 + q[0])
    n0_1 = (f1_0 * m0_0 + f1_1 * m0_1 + f1_2 * m0_2 + f1_4 * m0_4)
    n0_2 = (f2_0 * m0_0 + f2_1 * m0_1 + f2_2 * m0_2 + f2_5 * m0_5)
    n0_3 = (f3_3 * m0_3)
    n0_4 = (f4_4 * m0_4)
    n0_5 = (f5_5 * m0_5)
    n1_1 = (f1_0 * m1_0 + f1_1 * m1_1 + f1_2 * m1_2 + f1_4 * m1_4 + q[1])
    n1_2 = (f2_0 * m1_0 + f2_1 * m1_1 + f2_2 * m1_2 + f2_5 * m1_5)
    n1_3 = (f3_3 * m1_3)
    n1_4 = (f4_4 * m1_4)
    n1_5 = (f5_5 * m1_5)
    n2_2 = (f2_0 * m2_0 + f2_1 * m2_1 + f2_2 * m2_2 + f2_5 * m2_5 + q[2])
    n2_3 = (f3_3 * m2_3)
    n2_4 = (f4_4 * m2_4)
    n2_5 = (f5_5 * m2_5)
    n3_3 = (f3_3 * m3_3 + q[3])
    n3_4 = (f4_4 * m3_4)
    n3_5 = (f5_5 * m3_5)
    n4_4 = (f4_4 * m4_4 + q[4])
    n4_5 = (f5_5 * m4_5)
    n5_5 = (f5_5 * m5_5 + q[5])
    return ((n0_0, n0_1, n0_2, n0_3, n0_4, n0_5), (n1_1, n1_2, n1_3, n1_4, n1_5), (n2_2, n2_3, n2_4, n2_5),
        (n3_3, n3_4, n3_5), (n4_4, n4_5), (n5_5,))


@kernel
def downdate(P: Triangle, column: Column, inverse_variance: float) -> Triangle:
    """P - c c' / s of a scalar measurement: column c = P h, s = h' P h + its variance."""
    p0_0, p0_1, p0_2, p0_3, p0_4, p0_5 = P[0]
    p1_1, p1_2, p1_3, p1_4, p1_5 = P[1]
    p2_2, p2_3, p2_4, p2_5 = P[2]
    p3_3, p3_4, p3_5 = P[3]
    p4_4, p4_5 = P[4]
    (p5_5,) = P[5]
    k0 = inverse_variance * column[0]
    n0_0 = p0_0 - k0 * column[0]
    n0_1 = p0_1 - k0 * column[1]
    n0_2 = p0_2 - k0 * column[2]
    n0_3 = p0_3 - k0 * column[3]
    n0_4 = p0_4 - k0 * column[4]
    n0_5 = p0_5 - k0 * column[5]
    k1 = inverse_variance * column[1]
    n1_1 = p1_1 - k1 * column[1]
    n1_2 = p1_2 - k1 * column[2]
    n1_3 = p1_3 - k1 * column[3]
    n1_4 = p1_4 - k1 * column[4]
    n1_5 = p1_5 - k1 * column[5]
    k2 = inverse_variance * column[2]
    n2_2 = p2_2 - k2 * column[2]
    n2_3 = p2_3 - k2 * column[3]
    n2_4 = p2_4 - k2 * column[4]
    n2_5 = p2_5 - k2 * column[5]
    k3 = inverse_variance * column[3]
    n3_3 = p3_3 - k3 * column[3]
    n3_4 = p3_4 - k3 * column[4]
    n3_5 = p3_5 - k3 * column[5]
    k4 = inverse_variance * column[4]
    n4_4 = p4_4 - k4 * column[4]
    n4_5 = p4_5 - k4 * column[5]
    k5 = inverse_variance * column[5]
    n5_5 = p5_5 - k5 * column[5]
    return ((n0_0, n0_1, n0_2, n0_3, n0_4, n0_5), (n1_1, n1_2, n1_3, n1_4, n1_5), (n2_2, n2_3, n2_4, n2_5),
        (n3_3, n3_4, n3_5), (n4_4, n4_5), (n5_5,))


@kernel
def whitened(x: Column, P: Triangle) -> Column:
    """D^-1/2 L^-1 x with P = L D L': of unit covariance where x has P; its square is x' P^-1 x."""
    p0_0, p0_1, p0_2, p0_3, p0_4, p0_5 = P[0]
    p1_1, p1_2, p1_3, p1_4, p1_5 = P[1]
    p2_2, p2_3, p2_4, p2_5 = P[2]
    p3_3, p3_4, p3_5 = P[3]
    p4_4, p4_5 = P[4]
    (p5_5,) = P[5]
    y0 = x[0]
    y1 = x[1]
    y2 = x[2]
    y3 = x[3]
    y4 = x[4]
    y5 = x[5]
    d0 = 1.0 / p0_0
    l1 = p0_1 * d0
    y1 = y1 - l1 * y0
    p1_1 = p1_1 - l1 * p0_1
    p1_2 = p1_2 - l1 * p0_2
    p1_3 = p1_3 - l1 * p0_3
    p1_4 = p1_4 - l1 * p0_4
    p1_5 = p1_5 - l1 * p0_5
    l2 = p0_2 * d0
    y2 = y2 - l2 * y0
    p2_2 = p2_2 - l2 * p0_2
    p2_3 = p2_3 - l2 * p0_3
    p2_4 = p2_4 - l2 * p0_4
    p2_5 = p2_5 - l2 * p0_5
    l3 = p0_3 * d0
    y3 = y3 - l3 * y0
    p3_3 = p3_3 - l3 * p0_3
    p3_4 = p3_4 - l3 * p0_4
    p3_5 = p3_5 - l3 * p0_5
    l4 = p0_4 * d0
    y4 = y4 - l4 * y0
    p4_4 = p4_4 - l4 * p0_4
    p4_5 = p4_5 - l4 * p0_5
    l5 = p0_5 * d0
    y5 = y5 - l5 * y0
    p5_5 = p5_5 - l5 * p0_5
    d1 = 1.0 / p1_1
    l2 = p1_2 * d1
    y2 = y2 - l2 * y1
    p2_2 = p2_2 - l2 * p1_2
    p2_3 = p2_3 - l2 * p1_3
    p2_4 = p2_4 - l2 * p1_4
    p2_5 = p2_5 - l2 * p1_5
    l3 = p1_3 * d1
    y3 = y3 - l3 * y1
    p3_3 = p3_3 - l3 * p1_3
    p3_4 = p3_4 - l3 * p1_4
    p3_5 = p3_5 - l3 * p1_5
    l4 = p1_4 * d1
    y4 = y4 - l4 * y1
    p4_4 = p4_4 - l4 * p1_4
    p4_5 = p4_5 - l4 * p1_5
    l5 = p1_5 * d1
    y5 = y5 - l5 * y1
    p5_5 = p5_5 - l5 * p1_5
    d2 = 1.0 / p2_2
    l3 = p2_3 * d2
    y3 = y3 - l3 * y2
    p3_3 = p3_3 - l3 * p2_3
    p3_4 = p3_4 - l3 * p2_4
    p3_5 = p3_5 - l3 * p2_5
    l4 = p2_4 * d2
    y4 = y4 - l4 * y2
    p4_4 = p4_4 - l4 * p2_4
    p4_5 = p4_5 - l4 * p2_5
    l5 = p2_5 * d2
    y5 = y5 - l5 * y2
    p5_5 = p5_5 - l5 * p2_5
    d3 = 1.0 / p3_3
    l4 = p3_4 * d3
    y4 = y4 - l4 * y3
    p4_4 = p4_4 - l4 * p3_4
    p4_5 = p4_5 - l4 * p3_5
    l5 = p3_5 * d3
    y5 = y5 - l5 * y3
    p5_5 = p5_5 - l5 * p3_5
    d4 = 1.0 / p4_4
    l5 = p4_5 * d4
    y5 = y5 - l5 * y4
    p5_5 = p5_5 - l5 * p4_5
    d5 = 1.0 / p5_5
    return (y0 * math.sqrt(d0), y1 * math.sqrt(d1), y2 * math.sqrt(d2), y3 * math.sqrt(d3), y4 *
        math.sqrt(d4), y5 * math.sqrt(d5))
