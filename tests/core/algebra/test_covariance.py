"""Covariances in arrays against dense NumPy, and against the sum of each element in its order."""

import numpy as np
import pytest

from rvd.core.algebra.covariance import downdate, measure, predict, put, restart, workspace_for
from rvd.core.navigation.relative import PATTERN

PATTERNS = {
    "relative": PATTERN,
    "attitude": ((0, 1, 2, 3), (0, 1, 2, 4), (0, 1, 2, 5), (3,), (4,), (5,)),
    "all fade": tuple((i,) for i in range(9)),
    "dense": tuple(tuple(range(8)) for _ in range(8)),
    "sums below": ((0,), (1,), (2,), (0, 3), (1, 2, 4)),
    "others alone": ((1,), (0, 1), (2,)),
}
ALL = pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())


def drawn(pattern, seed):
    """A workspace with a covariance of variances from 1e-6 to 1e4, a transition matrix and noise; and both dense."""
    rng, n = np.random.default_rng(seed), len(pattern)
    scales = np.diag(10.0 ** rng.uniform(-3, 2, n))
    factor = rng.normal(size=(n, n + 3))
    P = scales @ factor @ factor.T @ scales
    P = np.triu(P) + np.triu(P, 1).T
    work, F = workspace_for(pattern), np.zeros((n, n))
    for i, columns in enumerate(pattern):
        F[i, list(columns)] = rng.normal(size=len(columns))
    work.matrix[:, :n] = P
    work.transition[:] = [F[i, c] for i, columns in enumerate(pattern) for c in columns]
    work.noise[:] = rng.uniform(size=n)
    return work, P, F


def now(work):
    """The matrix, once it is seen that both halves are the same and what fills up the rows is zero."""
    n = len(work.matrix)
    assert np.array_equal(work.matrix[:, :n], work.matrix[:, :n].T)
    assert not work.matrix[:, n:].any()
    return work.matrix[:, :n].copy()


@ALL
def test_predict_is_the_dense_product(pattern):
    for seed in range(5):
        work, P, F = drawn(pattern, seed)
        predict(work)
        expected = F @ P @ F.T + np.diag(work.noise)
        sigma = np.sqrt(np.diag(np.abs(F) @ np.abs(P) @ np.abs(F).T) + work.noise)
        assert np.max(np.abs(now(work) - expected) / np.outer(sigma, sigma)) < 1e-12


@ALL
def test_each_element_is_the_sum_in_the_order_of_the_columns(pattern):
    """Bit by bit: what a straight line of code gives."""
    work, P, F = drawn(pattern, 7)
    predict(work)
    got, n = now(work), len(pattern)
    product = np.array([[ordered(F[i], P[:, j], pattern[i]) for j in range(n)] for i in range(n)])
    for i in range(n):
        for j in range(i, n):
            expected = ordered(F[j], product[i], pattern[j]) + (work.noise[i] if i == j else 0.0)
            assert got[i, j] == expected


def ordered(factors, values, columns):
    """The sum of products at these columns, from the first on."""
    total = factors[columns[0]] * values[columns[0]]
    for c in columns[1:]:
        total += factors[c] * values[c]
    return total


@ALL
def test_a_measured_number_is_the_dense_update(pattern):
    rng, n = np.random.default_rng(3), len(pattern)
    for seed in range(5):
        work, P, _ = drawn(pattern, seed)
        at = tuple(sorted(map(int, rng.choice(n, size=min(n, 3), replace=False))))
        h, r = np.zeros(n), rng.uniform(0.01, 10.0)
        h[list(at)] = rng.normal(size=len(at))
        total = measure(work, at, tuple(map(float, h[list(at)])))
        np.testing.assert_allclose(work.column[:n], P @ h, rtol=0, atol=1e-12 * np.max(np.abs(P) @ np.abs(h)))
        assert total == pytest.approx(h @ P @ h, rel=1e-12)
        downdate(work, 1.0 / (total + r))
        # The Joseph form shares no step with the rank-1 downdate.
        gain = P @ h / (h @ P @ h + r)
        A = np.eye(n) - np.outer(gain, h)
        joseph = A @ P @ A.T + r * np.outer(gain, gain)
        assert np.max(np.abs(now(work) - joseph) / np.sqrt(np.outer(np.diag(P), np.diag(P)))) < 1e-12


def test_no_weight_changes_nothing():
    work, P, _ = drawn(PATTERN, 1)
    measure(work, (0, 6), (1.0, 1.0))
    downdate(work, 0.0)
    assert np.array_equal(now(work), P)


def test_a_restart_forgets_all_but_the_variances():
    work, _, _ = drawn(PATTERN, 2)
    restart(work)
    assert np.array_equal(now(work), np.diag(work.noise))


def test_numbers_are_put_one_after_the_other():
    values = np.zeros(4)
    assert put(values, put(values, 0, (1.0, 2.0)), (3.0,)) == 3
    assert values.tolist() == [1.0, 2.0, 3.0, 0.0]


@pytest.mark.parametrize("pattern", [((), (1,)), ((0, 2), (1,)), ((0,), (-1,))])
def test_a_pattern_has_an_element_in_each_row_and_none_outside(pattern):
    with pytest.raises(ValueError, match="0 to 1"):
        workspace_for(pattern)
