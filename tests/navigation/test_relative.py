"""The relative filter beside a dense one with numerical gradients."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.navigation.relative import (
    RelativeFilter,
    Sight,
    correct_gps,
    correct_laser,
    predict_relative,
    start_relative,
)

from .oracles import cw_matrix, dense, gradient, kalman, numbers, sight

N = 1.1288e-3
FILTER = RelativeFilter(3.0, 0.02, 2.0, 3600.0, 0.02, 5e-4, 1e-3, 0.02, 2e-3, 1e4, 3e-3, 3e-5, 0.0, 0.02, 6.0)
R, V = (-300.0, 40.0, -20.0), (0.1, -0.2, 0.05)
Q = tuple(Rotation.from_rotvec([0.3, -0.2, 0.5]).as_quat())


def started():
    """A filter with full cross-covariances: predicted for a while and corrected once."""
    track = start_relative(FILTER, R, V, 5.0, 0.1)
    for _ in range(5):
        track = predict_relative(FILTER, N, 0.0, track, (1e-3, 0.0, 2e-3), (0.0, 0.0, 0.0), 20.0)
    return correct_gps(FILTER, track, track.r_hill, track.v_hill, 1.0)


def test_the_start_knows_what_it_was_told():
    track = start_relative(FILTER, R, V, 5.0, 0.1)
    sigma = np.sqrt(np.diag(dense(track.covariance)))
    np.testing.assert_allclose(sigma, [5, 5, 5, 0.1, 0.1, 0.1, 2, 2, 2, 0.02, 2e-3, 2e-3])
    np.testing.assert_allclose(numbers(track), [*R, *V, 0, 0, 0, 0, 0, 0])


def test_a_prediction_is_the_dense_one():
    track, h, dv, reach = started(), 7.0, np.array([0.02, -0.01, 0.03]), np.array([0.1, 0.2, -0.1])
    g, m = np.exp(-h / FILTER.gps_memory), np.exp(-h / FILTER.laser_memory)
    phi = np.diag([0.0] * 6 + [g] * 3 + [m] * 3)
    phi[:6, :6] = cw_matrix(N, h)
    qv = FILTER.acceleration**2 * h + FILTER.burn**2 * dv @ dv
    noise = [qv * h * h / 3.0] * 3 + [qv] * 3 + [(1 - g * g) * 4.0] * 3
    noise += [(1 - m * m) * 0.02**2, (1 - m * m) * 4e-6, (1 - m * m) * 4e-6]
    after = predict_relative(FILTER, N, 0.0, track, tuple(dv), tuple(reach), h)
    expected = phi @ numbers(track) + np.hstack([reach, dv, np.zeros(6)])
    np.testing.assert_allclose(numbers(after), expected, rtol=1e-9, atol=1e-12)
    full = phi @ dense(track.covariance) @ phi.T + np.diag(noise)
    np.testing.assert_allclose(dense(after.covariance), full, rtol=1e-9, atol=1e-14)


def test_what_the_linear_model_leaves_out_grows_with_the_range():
    far = start_relative(FILTER._replace(model=0.003), (0.0, -5000.0, 0.0), (0.0, 0.0, 0.0), 5.0, 0.1)
    after = predict_relative(FILTER._replace(model=0.003), N, 0.0, far, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 1.0)
    plain = predict_relative(FILTER, N, 0.0, far, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 1.0)
    grown = dense(after.covariance)[3, 3] - dense(plain.covariance)[3, 3]
    assert grown == pytest.approx(1200.0 * (0.003 * N * N * 5000.0) ** 2, rel=1e-6)


def test_the_turn_of_the_orbit_plane_turns_the_components():
    track = start_relative(FILTER, (0.0, -5000.0, 0.0), (0.0, 0.0, 0.0), 5.0, 0.1)
    after = predict_relative(FILTER, N, 1.3e-6, track, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 1.0)
    assert after.r_hill[2] == pytest.approx(5000.0 * 1.3e-6, rel=1e-5)


def test_a_gps_fix_is_six_dense_updates():
    track = started()
    r, v = np.add(track.r_hill, (2.0, -3.0, 1.0)), np.add(track.v_hill, (0.01, 0.02, -0.03))
    x, p = numbers(track), dense(track.covariance)
    for i in range(3):
        h = np.zeros(12)
        h[i] = h[6 + i] = 1.0
        x, p = kalman(x, p, h, r[i] - h @ x, 9.0)
    for i in range(3):
        h = np.eye(12)[3 + i]
        x, p = kalman(x, p, h, v[i] - h @ x, 4e-4)
    got = correct_gps(FILTER, track, tuple(r), tuple(v), 1.0)
    np.testing.assert_allclose(numbers(got), x, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(dense(got.covariance), p, rtol=1e-8, atol=1e-12)


def test_a_laser_fix_is_three_dense_updates_with_numerical_gradients():
    track, eye, point = started(), (1.0, -0.5, 0.2), (-4.6, 14.5, 1.0)
    lever, tilt = np.linalg.norm(point), 0.003 * np.linalg.norm(point)
    x, p = numbers(track), dense(track.covariance)

    def expect(y):
        return sight(y, eye, Q, point)

    read = expect(x) + (0.05, 0.002, -0.001)
    for i in range(3):
        h = gradient(expect, x)[i]
        range_ = np.linalg.norm(np.asarray(point) - x[:3] - eye)
        sigma = 0.02 + 5e-4 * range_
        angle = 1e-6 + 1e-8 + tilt**2 / range_**2
        x, p = kalman(x, p, h, read[i] - expect(x)[i], sigma**2 + tilt**2 if i == 0 else angle)
    got = correct_laser(FILTER, track, Sight(eye, Q, point, lever), tuple(read), 1e-4, 1.0)
    np.testing.assert_allclose(numbers(got), x, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(dense(got.covariance), p, rtol=1e-5, atol=1e-9)


def test_what_is_not_fresh_weighs_nothing():
    track = started()
    assert correct_gps(FILTER, track, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0.0) == track


def test_an_outlier_is_edited_out_and_the_rest_of_the_fix_is_used():
    track = started()
    r = np.add(track.r_hill, (500.0, 1.0, 0.0))
    got = correct_gps(FILTER, track, tuple(r), track.v_hill, 1.0)
    assert got.r_hill[0] == pytest.approx(track.r_hill[0], abs=0.5)
    assert got.r_hill[1] > track.r_hill[1] + 0.1


def test_it_settles_on_the_truth_within_its_own_sigmas():
    """100 filters, 400 fixes of GPS with a bias drawn each: the mean NEES of the last state within its 99.99 % band.

    Chi-square of 100 x 6 degrees of freedom: false alarm 1e-4.
    """
    from scipy.stats import chi2

    rng, total = np.random.default_rng(5), 0.0
    phi = cw_matrix(N, 5.0)
    for _ in range(100):
        truth, bias = np.array([*R, *V]), 2.0 * rng.standard_normal(3)
        start = truth + rng.standard_normal(6) * [5, 5, 5, 0.1, 0.1, 0.1]
        track = start_relative(FILTER, tuple(start[:3]), tuple(start[3:]), 5.0, 0.1)
        for _ in range(40):
            truth = phi @ truth
            truth[3:] += 3e-5 * np.sqrt(5.0) * rng.standard_normal(3)
            track = predict_relative(FILTER, N, 0.0, track, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 5.0)
            g = np.exp(-5.0 / 3600.0)
            bias = g * bias + 2.0 * np.sqrt(1 - g * g) * rng.standard_normal(3)
            r = truth[:3] + bias + 3.0 * rng.standard_normal(3)
            v = truth[3:] + 0.02 * rng.standard_normal(3)
            track = correct_gps(FILTER, track, tuple(r), tuple(v), 1.0)
        error = np.hstack([track.r_hill, track.v_hill]) - truth
        total += error @ np.linalg.solve(dense(track.covariance)[:6, :6], error)
    low, high = chi2.ppf([0.5e-4, 1 - 0.5e-4], 600)
    assert low < total < high
