"""A Kalman filter beside matrices of NumPy, and beside many draws."""

import numpy as np
import pytest

from rvd.motion import cw
from rvd.navigation import consistency, kalman, noise
from tests.guidance.calls import N
from tests.navigation.calls import CALLS, H


def given(name):
    return {key: np.array(value) for key, value in CALLS[name].good.items()}


def test_a_step_of_time():
    g = given("kalman.predict")
    x, p = kalman.predict(**g)
    assert np.allclose(x, g["transition"] @ g["x"], rtol=1e-14)
    assert np.allclose(p, g["transition"] @ g["covariance"] @ g["transition"].T + g["noise"], rtol=1e-13)
    assert np.array_equal(p, p.T)


def updated(x, p, z, h, r):
    """The textbook, by NumPy: gain, state, (I - K H) P, and the innovation squared."""
    total = h @ p @ h.T + r
    gain = p @ h.T @ np.linalg.inv(total)
    miss = z - h @ x
    return x + gain @ miss, (np.eye(6) - gain @ h) @ p, miss @ np.linalg.solve(total, miss)


def test_one_number():
    g = given("kalman.update")
    x, p, nis = kalman.update(**g)
    row, variance = g["row"][None, :], np.array([[16.0]])
    theirs = updated(g["x"], g["covariance"], g["z"][None], row, variance)
    for ours, other in zip((x, p, nis), theirs):
        assert np.allclose(ours, other, rtol=1e-11, atol=1e-13)
    assert np.array_equal(p, p.T)


def test_three_numbers_at_once():
    g = given("kalman.update3")
    x, p, nis = kalman.update3(**g)
    theirs = updated(g["x"], g["covariance"], g["z"], g["rows"], g["noise"])
    for ours, other in zip((x, p, nis), theirs):
        assert np.allclose(ours, other, rtol=1e-11, atol=1e-13)


def test_three_numbers_are_one_after_another_where_their_noise_is_independent():
    g = given("kalman.update3") | {"noise": np.diag([4.0, 9.0, 16.0])}
    x, p, _ = kalman.update3(**g)
    one, many = g["x"], g["covariance"]
    for k in range(3):
        one, many, _ = kalman.update(one, many, g["z"][k], g["rows"][k], g["noise"][k, k], 50.0)
    assert np.allclose(x, one, rtol=1e-11) and np.allclose(p, many, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("name", ["kalman.update", "kalman.update3"])
def test_what_is_beyond_the_gate_changes_nothing(name):
    g = given(name) | {"z": given(name)["z"] + 1e4}
    x, p, nis = (kalman.update if name == "kalman.update" else kalman.update3)(**g)
    assert np.array_equal(x, g["x"]) and np.array_equal(p, g["covariance"])
    assert nis > g["gate"] ** 2


def test_a_filter_that_is_told_the_truth_is_consistent():
    """NEES of 400 flights of 20 fixes: its mean is six within four sigmas of it (false alarm 6e-5), as NIS is three."""
    rng, runs, t = np.random.default_rng(1), 400, 120.0
    f, q = cw.transition(N, t), noise.coasting((1e-6, 1e-6, 1e-6), N, t)
    p = np.diag([100.0, 100.0, 100.0, 0.01, 0.01, 0.01])
    r, h = np.diag([4.0, 4.0, 9.0]), np.array(H)
    truth = np.zeros((runs, 6))
    x = truth + rng.multivariate_normal(np.zeros(6), p, runs)
    root = np.linalg.cholesky(q)
    squares = []
    for _ in range(20):
        truth = truth @ f.T + rng.standard_normal((runs, 6)) @ root.T
        x, p = kalman.predict(x, p, f, q)
        z = truth @ h.T + rng.standard_normal((runs, 3)) * np.sqrt(np.diag(r))
        miss, total = z - x @ h.T, h @ p[0] @ h.T + r
        x, p, nis = kalman.update3(x, p, z, h, r, 1e3)
        assert np.allclose(nis, consistency.nis(miss, total), rtol=1e-9)
        squares.append(nis)
    spread = 4.0 / np.sqrt(runs)
    assert abs(np.mean(consistency.nees(x - truth, p)) - 6.0) < spread * np.sqrt(12.0)
    assert abs(np.mean(squares) - 3.0) < spread * np.sqrt(6.0 / 20.0)
