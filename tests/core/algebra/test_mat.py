"""3x3 matrices and inertia tensors against NumPy."""

import numpy as np
import pytest

from rvd.core.algebra import mat

RNG = np.random.default_rng(5)


def rows(m):
    return tuple(tuple(map(float, row)) for row in m)


def six(m):
    return tuple(float(m[i, j]) for i, j in ((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)))


@pytest.mark.parametrize("case", range(10))
def test_products(case):
    a, b, v = RNG.normal(size=(3, 3)), RNG.normal(size=(3, 3)), RNG.normal(size=3)
    np.testing.assert_allclose(mat.apply(rows(a), tuple(v)), a @ v, atol=1e-14)
    np.testing.assert_allclose(mat.product(rows(a), rows(b)), a @ b, atol=1e-14)
    assert np.array_equal(mat.transpose(rows(a)), a.T)


@pytest.mark.parametrize("case", range(10))
def test_symmetric_tensors(case):
    factor = RNG.normal(size=(3, 3))
    inertia, v = factor @ factor.T + 0.3 * np.eye(3), RNG.normal(size=3)
    np.testing.assert_allclose(mat.sym_apply(six(inertia), tuple(v)), inertia @ v, rtol=1e-13)
    inverse = np.linalg.inv(inertia)
    np.testing.assert_allclose(
        mat.sym_inverse(six(inertia)), six(inverse), atol=1e-13 * np.abs(inverse).max()
    )
