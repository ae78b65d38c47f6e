"""A covariance of any size in arrays: predicted by a sparse transition matrix, corrected by one number at a time.

The matrix is kept whole, its rows filled up with zeros to a multiple of eight, so that eight elements are computed at
a time; both halves have the same bits.  Every element is a sum in the order of the columns, whatever the size.  Nothing
is allocated: `workspace_for` makes all arrays once a flight.
"""

from itertools import accumulate
from typing import NamedTuple

import numpy as np

from rvd.core.kernel import Block, Marks, Sheet, kernel, sweep
from rvd.core.kernel.eights import EIGHT, add8, load8, mul8, padded, splat8, store8, sub8

Pattern = tuple[tuple[int, ...], ...]
"""Columns of the elements of each row of a transition matrix that are not zero."""


class Covariance(NamedTuple):
    """The covariance of n states, and what it is computed in; w is n, filled up to a multiple of eight.

    A row of the transition matrix that has its own element alone only scales; m others are sums.
    """

    #: The covariance itself (n, w).
    matrix: Sheet
    #: The rows of the transition matrix times the covariance that are sums (m, w).
    summed: Sheet
    #: The columns, above the diagonal, of that times the transposed transition matrix that are sums (m, w).
    crossed: Sheet
    #: Which rows of the transition matrix are sums (m,), ascending.
    sums: Marks
    #: Where the elements of each row of the transition matrix begin, and where the last ends (n + 1,).
    starts: Marks
    #: The columns of those elements (k,).
    columns: Marks
    #: Those elements (k,), row by row.
    transition: Block
    #: What each state is scaled by (w,); 1 where its row is a sum.
    scales: Block
    #: Variances that a prediction adds (n,).
    noise: Block
    #: Covariance of the states with a measured number (w,).
    column: Block
    #: The same times a weight (w,).
    weighted: Block


def workspace_for(pattern: Pattern) -> Covariance:
    """Arrays for as many states as the pattern has rows.

    Raises ValueError for a row without an element, or with one outside.
    """
    n = len(pattern)
    if not all(row and set(row) <= set(range(n)) for row in pattern):
        raise ValueError(f"each row of a pattern names one column of 0 to {n - 1} at least")
    width = padded(n)
    starts = np.array(list(accumulate(map(len, pattern), initial=0)), dtype=np.int64)
    sums = [i for i, row in enumerate(pattern) if row != (i,)]
    return Covariance(
        matrix=np.zeros((n, width)),
        summed=np.zeros((len(sums), width)),
        crossed=np.zeros((len(sums), width)),
        sums=np.array(sums, dtype=np.int64),
        starts=starts,
        columns=np.array([column for row in pattern for column in row], dtype=np.int64),
        transition=np.zeros(starts[-1]),
        scales=np.ones(width),
        noise=np.zeros(n),
        column=np.zeros(width),
        weighted=np.zeros(width),
    )


@kernel
def put(array: Block, at: int, values: tuple[float, ...]) -> int:
    """Writes numbers from element `at` on; gives the element after them."""
    for k in range(len(values)):
        array[at + k] = values[k]
    return at + len(values)


@sweep
def restart(covariance: Covariance) -> None:
    """Makes the covariance diagonal: the variances are those in `noise`."""
    matrix, variances = covariance.matrix, covariance.noise
    n = matrix.shape[0]
    for i in range(n):
        for j in range(n):
            matrix[i, j] = 0.0
        matrix[i, i] = variances[i]


@sweep
def predict(covariance: Covariance) -> None:
    """F P F' + diag(q) of the transition matrix F and the noise q that have been written."""
    matrix, summed, crossed = covariance.matrix, covariance.summed, covariance.crossed
    starts, sums, scales = covariance.starts, covariance.sums, covariance.scales
    n, width = matrix.shape
    for i in range(n):
        scales[i] = covariance.transition[starts[i]]
    for s in range(sums.size):
        scales[sums[s]] = 1.0
    # F P where the row is a sum.
    for s in range(sums.size):
        _sum_row(covariance, s)
    # Times F' where the column is a sum.
    for s in range(sums.size):
        _sum_column(covariance, s)
    # Times F' where the column only scales.
    for i in range(n):
        factor = splat8(scales[i])
        for b in range(i // EIGHT * EIGHT, width, EIGHT):
            store8(matrix, (i, b), mul8(load8(scales, b), mul8(factor, load8(matrix, (i, b)))))
    for s in range(sums.size):
        i = sums[s]
        for b in range(i // EIGHT * EIGHT, width, EIGHT):
            store8(matrix, (i, b), mul8(load8(scales, b), load8(summed, (s, b))))
    for s in range(sums.size):
        j = sums[s]
        for i in range(j + 1):
            matrix[i, j] = crossed[s, i]
    for j in range(n):
        matrix[j, j] += covariance.noise[j]
        for i in range(j):
            matrix[j, i] = matrix[i, j]


@kernel
def _sum_row(covariance: Covariance, s: int) -> None:
    """Row s of the sums: its elements of the transition matrix times the rows of their columns."""
    matrix, columns, transition = covariance.matrix, covariance.columns, covariance.transition
    i = covariance.sums[s]
    begin, end = covariance.starts[i], covariance.starts[i + 1]
    for b in range(0, matrix.shape[1], EIGHT):
        total = mul8(splat8(transition[begin]), load8(matrix, (columns[begin], b)))
        for k in range(begin + 1, end):
            total = add8(total, mul8(splat8(transition[k]), load8(matrix, (columns[k], b))))
        store8(covariance.summed, (s, b), total)


@kernel
def _sum_column(covariance: Covariance, s: int) -> None:
    """Column s of the sums, down to the diagonal."""
    matrix, summed, crossed = covariance.matrix, covariance.summed, covariance.crossed
    columns, transition, scales, sums = (
        covariance.columns, covariance.transition, covariance.scales, covariance.sums
    )  # fmt: skip
    i = sums[s]
    begin, end = covariance.starts[i], covariance.starts[i + 1]
    # Of rows that only scale, if there are some above; what this writes for the others is written again.
    for b in range(0, i if i > s else 0, EIGHT):
        scale = load8(scales, b)
        total = mul8(splat8(transition[begin]), mul8(scale, load8(matrix, (columns[begin], b))))
        for k in range(begin + 1, end):
            total = add8(total, mul8(splat8(transition[k]), mul8(scale, load8(matrix, (columns[k], b)))))
        store8(crossed, (s, b), total)
    # Of rows that are sums too.
    for t in range(s + 1):
        dot = transition[begin] * summed[t, columns[begin]]
        for k in range(begin + 1, end):
            dot += transition[k] * summed[t, columns[k]]
        crossed[s, sums[t]] = dot


@sweep
def measure(covariance: Covariance, at: tuple[int, ...], h: tuple[float, ...]) -> float:
    """Writes `column`, P h, of a measured number that sees the states `at` by `h`; gives its variance h' P h."""
    matrix, column = covariance.matrix, covariance.column
    for b in range(0, matrix.shape[1], EIGHT):
        total = mul8(load8(matrix, (at[0], b)), splat8(h[0]))
        for k in range(1, len(at)):
            total = add8(total, mul8(load8(matrix, (at[k], b)), splat8(h[k])))
        store8(column, b, total)
    variance = h[0] * column[at[0]]
    for k in range(1, len(at)):
        variance += h[k] * column[at[k]]
    return variance


@sweep
def downdate(covariance: Covariance, weight: float) -> None:
    """P - c c' / s for the column c, P h, that was measured, and `weight` 1 / s: s = h' P h + the number's variance."""
    matrix, column, weighted = covariance.matrix, covariance.column, covariance.weighted
    n, width = matrix.shape
    for b in range(0, width, EIGHT):
        store8(weighted, b, mul8(splat8(weight), load8(column, b)))
    # An element and its mirror image are the same product: that of the state that comes first is weighted.
    for j in range(n):
        first = j // EIGHT * EIGHT
        for b in range(0, first, EIGHT):
            store8(matrix, (j, b), sub8(load8(matrix, (j, b)), mul8(load8(weighted, b), splat8(column[j]))))
        for b in range(first, width, EIGHT):
            store8(matrix, (j, b), sub8(load8(matrix, (j, b)), mul8(splat8(weighted[j]), load8(column, b))))
        for i in range(first, j):
            matrix[j, i] = matrix[i, j]
