"""The generated covariance kernels against dense NumPy, and the committed file against its generator."""

from pathlib import Path

import numpy as np
import pytest

from rvd.core.algebra import triangular, triangular6


def covariance(rng, size):
    """A dense covariance with variances from 1e-6 to 1e4, as those of biases and positions."""
    scales = np.diag(10.0 ** rng.uniform(-3, 2, size))
    factor = rng.normal(size=(size, size + 3))
    return scales @ factor @ factor.T @ scales


def packed(P):
    return tuple(tuple(float(x) for x in row[i:]) for i, row in enumerate(P))


def dense(triangle):
    size = len(triangle)
    P = np.zeros((size, size))
    for i, row in enumerate(triangle):
        P[i, i:] = P[i:, i] = row
    return P


def floats(values):
    return tuple(float(x) for x in values)


def near(got, expected):
    """Equal to 1e-12 of the geometric mean of the variances of each element."""
    sigma = np.sqrt(np.diag(expected))
    assert np.max(np.abs(got - expected) / np.outer(sigma, sigma)) < 1e-12


@pytest.mark.parametrize("name", triangular.FILES)
def test_the_files_are_what_the_generator_writes(name):
    committed = Path(triangular.__file__).parent / name
    assert committed.read_text() == triangular.source(triangular.FILES[name])


def test_writing_gives_every_file(tmp_path):
    triangular.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(triangular.FILES)


def test_predict_is_the_dense_product():
    rng, kernels = np.random.default_rng(1), triangular6
    size = len(kernels.PATTERN)
    for _ in range(20):
        F = np.zeros((size, size))
        for i, columns in enumerate(kernels.PATTERN):
            F[i, list(columns)] = rng.normal(size=len(columns))
        P, q = covariance(rng, size), rng.uniform(0, 1, size)
        rows = tuple(floats(F[i, list(columns)]) for i, columns in enumerate(kernels.PATTERN))
        near(dense(kernels.predict(packed(P), rows, floats(q))), F @ P @ F.T + np.diag(q))


def test_a_measurement_is_the_dense_update():
    rng, kernels = np.random.default_rng(2), triangular6
    size = len(kernels.PATTERN)
    for _ in range(20):
        P, h, r = covariance(rng, size), rng.normal(size=size), rng.uniform(0.01, 10.0)
        given = floats(h)
        column = kernels.column(packed(P), given)
        np.testing.assert_allclose(column, P @ h, rtol=0, atol=1e-12 * np.max(np.abs(P) @ np.abs(h)))
        s = kernels.quadratic(given, column)
        np.testing.assert_allclose(s, h @ P @ h, rtol=1e-12)
        # The Joseph form shares no step with the rank-1 downdate.
        gain = P @ h / (h @ P @ h + r)
        A = np.eye(size) - np.outer(gain, h)
        joseph = A @ P @ A.T + r * np.outer(gain, gain)
        got = dense(kernels.downdate(packed(P), column, 1.0 / (s + r)))
        assert np.max(np.abs(got - joseph) / np.sqrt(np.outer(np.diag(P), np.diag(P)))) < 1e-12


def test_no_weight_changes_nothing():
    P = packed(covariance(np.random.default_rng(3), 6))
    assert triangular6.downdate(P, triangular6.column(P, (1.0,) * 6), 0.0) == P


def test_diagonals():
    kernels, values = triangular6, floats(range(1, 7))
    triangle = kernels.diagonal(values)
    assert np.array_equal(dense(triangle), np.diag(values))
    assert kernels.diag_of(triangle) == values


def test_an_error_in_sigmas_has_unit_covariance_and_the_inverse_quadratic_form_as_its_square():
    rng, kernels = np.random.default_rng(4), triangular6
    size = len(kernels.PATTERN)
    for _ in range(20):
        P = covariance(rng, size)
        x = np.linalg.cholesky(P) @ rng.normal(size=size)
        white = np.array(kernels.whitened(floats(x), packed(P)))
        np.testing.assert_allclose(white @ white, x @ np.linalg.solve(P, x), rtol=1e-8)
        unit = np.array([kernels.whitened(floats(row), packed(P)) for row in np.eye(size)]).T
        np.testing.assert_allclose(unit @ P @ unit.T, np.eye(size), atol=1e-8)
