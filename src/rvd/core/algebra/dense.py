"""Small matrices of a set-up, many at once: sums of products in a stated order, over NumPy's elements.

A library of linear algebra chooses by CPU how it adds up, and so do some of NumPy's sums: here every sum is taken term
by term from the first. Each step is one product, sum, quotient or root of whole arrays: the same bits everywhere.
"""

import numpy as np

_DEPENDENT = 1e-10
"""A unit column that leaves less than this across the others adds nothing to them."""


def dots(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Scalar products (...) of arrays (..., k) that broadcast, added up from the first component."""
    total = a[..., 0] * b[..., 0]
    for k in range(1, a.shape[-1]):
        total = total + a[..., k] * b[..., k]
    return total


def lengths(a: np.ndarray) -> np.ndarray:
    """Euclidean lengths (...) of vectors (..., k)."""
    return np.sqrt(dots(a, a))


def inverses(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Inverses (n, k, k) and determinants (n,) of matrices (n, k, k), by Gauss and Jordan with partial pivoting.

    The inverse of a matrix whose determinant is zero is not one. Source: Golub and Van Loan, Matrix Computations,
    2013, section 3.4, with rows scaled by the caller.
    """
    n, k, _ = matrices.shape
    each, unit = np.arange(n), np.broadcast_to(np.eye(k), (n, k, k))
    a = np.concatenate([matrices, unit], axis=2).astype(np.float64)
    determinant = np.ones(n)
    for step in range(k):
        chosen = step + np.argmax(np.abs(a[:, step:, step]), axis=1)  # of equals the first
        pivot_row = a[each, chosen].copy()
        a[each, chosen] = a[:, step]
        pivot = pivot_row[:, step].copy()
        determinant = determinant * np.where(chosen == step, pivot, -pivot)
        pivot_row = pivot_row / np.where(pivot == 0.0, 1.0, pivot)[:, None]
        a = a - a[:, :, step, None] * pivot_row[:, None, :]
        a[:, step] = pivot_row
    return a[:, :, k:], determinant


def nonnegative(columns: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, float]:
    """The x (n,) of no negative element that leaves least of `wanted` (m,) - x columns, and the length of what is left.

    columns: (n, m), each of unit length. Source: Lawson and Hanson, Solving Least Squares Problems, 1974,
    algorithm NNLS (23.10).
    """
    x, held = np.zeros(len(columns)), np.zeros(len(columns), dtype=bool)
    left = np.array(wanted, dtype=np.float64)
    refused = held.copy()
    for _ in range(10 * len(columns)):
        gain = np.where(held | refused, 0.0, dots(columns, left))
        best = int(np.argmax(gain))
        if not gain[best] > 1e-14:
            break
        held[best] = True
        best_x = _least_squares(columns, held, wanted)
        if best_x is None or not best_x[best] > 0.0:  # what gained by rounding alone
            held[best], refused[best] = False, True
            continue
        while best_x is not None and (best_x[held] <= 0.0).any():
            out = held & (best_x <= 0.0)
            step = (x[out] / (x[out] - best_x[out])).min()
            x = np.where(held, x + step * (best_x - x), 0.0)
            held &= x > 1e-15
            x[~held] = 0.0
            best_x = _least_squares(columns, held, wanted)
        x = x if best_x is None else best_x
        refused[:] = False
        left = np.array(wanted, dtype=np.float64)
        for k in np.flatnonzero(held):
            left = left - x[k] * columns[k]
    return x, float(lengths(left))


def _least_squares(columns: np.ndarray, held: np.ndarray, wanted: np.ndarray) -> np.ndarray | None:
    """The x (n,), zero where not held, that leaves least of `wanted`; None if the columns held depend on one another.

    By modified Gram and Schmidt with `wanted` as the last column (Golub and Van Loan 2013, section 5.3.5).
    """
    number = np.flatnonzero(held)
    across = [columns[k] for k in number]
    left, upper = np.array(wanted, dtype=np.float64), []
    for i in range(len(number)):
        size = float(lengths(across[i]))
        if size < _DEPENDENT:
            return None
        axis = across[i] / size
        row = [size]
        for j in range(i + 1, len(number)):
            along = float(dots(axis, across[j]))
            across[j] = across[j] - along * axis
            row.append(along)
        along = float(dots(axis, left))
        left = left - along * axis
        upper.append((row, along))
    x = np.zeros(len(columns))
    for i in range(len(number) - 1, -1, -1):
        row, value = upper[i]
        for j in range(i + 1, len(number)):
            value -= row[j - i] * x[number[j]]
        x[number[i]] = value / row[0]
    return x


def is_positive(symmetric: np.ndarray, beyond: float) -> bool:
    """Whether no eigenvalue of a symmetric matrix (k, k) lies below -`beyond` (> 0): all pivots of the matrix plus
    `beyond` times one are positive (Golub and Van Loan 2013, theorem 4.2.7)."""
    a = symmetric + beyond * np.eye(len(symmetric))
    for step in range(len(a)):
        if not a[step, step] > 0.0:
            return False
        a = a - a[:, step, None] * (a[step] / a[step, step])
    return True
