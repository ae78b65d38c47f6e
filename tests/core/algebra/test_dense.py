import fractions

import numpy as np
import pytest
from scipy.optimize import nnls

from rvd.core.algebra.dense import dots, inverses, is_positive, lengths, nonnegative

RNG = np.random.default_rng(22)


def test_sums_are_taken_from_the_first_term():
    """In this order of three terms the small ones are lost, in others they are not."""
    a = np.array([[1.0, 1e-16, 1e-16], [1e-16, 1e-16, 1.0]])
    assert dots(a, np.ones(3)).tolist() == [1.0, 2e-16 + 1.0]
    assert dots(a[:, None], a[None]).shape == (2, 2)
    assert lengths(np.array([3.0, 4.0])) == 5.0


def exact_inverse(matrix):
    """The inverse of a matrix of floats, in fractions."""
    n = len(matrix)
    rows = [
        [fractions.Fraction(x) for x in row] + [fractions.Fraction(int(i == j)) for j in range(n)]
        for i, row in enumerate(matrix.tolist())
    ]
    for k in range(n):
        p = next(i for i in range(k, n) if rows[i][k] != 0)
        rows[k], rows[p] = rows[p], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for i in range(n):
            if i != k:
                rows[i] = [x - rows[i][k] * y for x, y in zip(rows[i], rows[k], strict=True)]
    return np.array([[float(x) for x in row[n:]] for row in rows])


def test_inverses_are_exact_to_the_condition():
    """Off by at most ten times the rounding of one number times the condition (measured: three times)."""
    for m in [RNG.standard_normal((6, 6)) * scale for scale in (1.0, 1e-3, 1e6) for _ in range(15)]:
        found, determinant = inverses(m[None])
        true = exact_inverse(m)
        allowed = 10.0 * 2.0**-53 * np.linalg.cond(m) * np.abs(true).max()
        assert np.abs(found[0] - true).max() < allowed
        assert determinant[0] == pytest.approx(np.linalg.det(m), rel=1e-11)


def test_a_matrix_that_has_no_inverse_has_a_determinant_of_zero():
    """And the others beside it are as if they were alone."""
    good = RNG.standard_normal((6, 6))
    flat, repeated = good.copy(), good.copy()
    flat[:, 2] = 0.0
    repeated[4] = repeated[1]
    found, determinant = inverses(np.stack([flat, good, repeated]))
    assert determinant[0] == 0.0 and abs(determinant[2]) < 1e-14
    assert (found[1] == inverses(good[None])[0][0]).all()
    swapped = np.eye(3)[[1, 0, 2]]
    assert inverses(swapped[None])[1] == [-1.0] and (inverses(swapped[None])[0][0] == swapped).all()


@pytest.mark.parametrize("kind", ["anyhow", "along axes", "of ones"])
def test_nonnegative_least_squares_are_scipys(kind):
    """What is left over, and whether nothing is: the x itself need not be unique."""
    for trial in range(150):
        n, k = int(RNG.integers(1, 30)), int(RNG.integers(2, 7))
        columns = RNG.standard_normal((n, k)) if kind == "anyhow" else RNG.choice([-1.0, 0.0, 1.0], (n, k))
        if kind == "along axes":
            columns = np.repeat(np.concatenate([np.eye(k), -np.eye(k)])[: max(n, 2)], 2, axis=0)
        columns = columns[np.abs(columns).sum(axis=1) > 0.0]
        if not len(columns):
            continue
        columns = columns / np.linalg.norm(columns, axis=1)[:, None]
        inside = columns.T @ np.abs(RNG.standard_normal(len(columns)))
        wanted = inside if trial % 2 else RNG.standard_normal(k)
        x, left = nonnegative(columns, wanted)
        assert (x >= 0.0).all()
        assert left == pytest.approx(np.linalg.norm(wanted - x @ columns), abs=1e-13)
        assert left == pytest.approx(nnls(columns.T, wanted)[1], abs=1e-12)
        assert left < 1e-12 or not trial % 2


def test_a_matrix_is_positive_where_its_eigenvalues_are():
    for _ in range(200):
        n = int(RNG.integers(1, 7))
        turn, _ = np.linalg.qr(RNG.standard_normal((n, n)))
        values = RNG.uniform(-1e-8, 1.0, n) * RNG.choice([1.0, 1e-3], n)
        matrix = (turn * values) @ turn.T
        least = np.linalg.eigvalsh(matrix).min()
        if abs(least + 1e-9) > 1e-13:
            assert is_positive(matrix, 1e-9) == (least > -1e-9)
    assert is_positive(np.zeros((3, 3)), 1e-9) and is_positive(np.ones((3, 3)), 1e-9)
    assert not is_positive(np.array([[1.0, 1.1], [1.1, 1.0]]), 1e-9)
