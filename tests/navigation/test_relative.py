"""The relative filter beside a dense one with numerical gradients."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.navigation.relative import (
    RelativeFilter,
    Sight,
    Thrust,
    correct_gps,
    correct_laser,
    predict_relative,
    start_relative,
)

from .oracles import cw_matrix, dense, gradient, kalman, numbers, sight

N = 1.1288e-3
FILTER = RelativeFilter(
    3.0, 0.02, 2.0, 3600.0, 0.02, 5e-4, 1e-3, 0.02, 2e-3, 1e4, (0.04, 0.02, 0.05), 3000.0, 3e-5, 0.0, 0.012, 1800.0,
    0.02, 1e-4, 6.0,
)  # fmt: skip
NO_THRUST = Thrust((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0.0, 0.0, 0.0)
R, V = (-300.0, 40.0, -20.0), (0.1, -0.2, 0.05)
Q = tuple(Rotation.from_rotvec([0.3, -0.2, 0.5]).as_quat())


def started():
    """A filter with full cross-covariances: predicted for a while and corrected once."""
    track = start_relative(FILTER, R, V, 5.0, 0.1)
    for _ in range(5):
        track = predict_relative(
            FILTER, N, 0.0, track, Thrust((1e-3, 0.0, 2e-3), (0.01, 0.0, 0.02), 2e-3, 0.02, 0.0), 20.0
        )
    return correct_gps(FILTER, track, track.r_hill, track.v_hill, 1.0)[0]


def test_the_start_knows_what_it_was_told():
    track = start_relative(FILTER, R, V, 5.0, 0.1)
    sigma = np.sqrt(np.diag(dense(track.covariance)))
    np.testing.assert_allclose(
        sigma, [5, 5, 5, 0.1, 0.1, 0.1, 2, 2, 2, 0.02, 2e-3, 2e-3, *FILTER.point, *[0.012] * 3, 0, 0, 0]
    )
    np.testing.assert_allclose(numbers(track), [*R, *V, *[0] * 15])


def test_a_prediction_is_the_dense_one():
    """A model of the filter's own form; what CW does to a push within one tick is left out: n h / 6 = 1e-3 of it."""
    track, h, dv, reach = started(), 1.0, np.array([0.02, -0.01, 0.03]), np.array([0.1, 0.2, -0.1])
    speed, distance = np.linalg.norm(dv), np.linalg.norm(reach)
    g, m, p, s, c = (np.exp(-h / memory) for memory in (3600.0, 1e4, 3000.0, 1800.0, 600.0))
    phi = np.diag([0.0] * 6 + [g] * 3 + [m] * 3 + [p] * 3 + [s] * 3 + [c] * 3)
    phi[:6, :6] = cw_matrix(N, h)
    phi[:3, 15:18], phi[3:6, 15:18] = distance * np.eye(3), speed * np.eye(3)
    phi[:3, 18:], phi[3:6, 18:] = 0.5 * h * h * np.eye(3), h * np.eye(3)
    after = predict_relative(FILTER, N, 0.0, track, Thrust(tuple(dv), tuple(reach), speed, distance, 1.0), h)
    whole = dv + speed * np.array(track.thrust)
    push = c * np.array(track.push_hill) + (1.0 - c) * whole / h
    qv = (FILTER.acceleration**2 + FILTER.walk**2) * h + FILTER.burn**2 * whole @ whole
    noise = [qv * h * h / 3.0] * 3 + [qv] * 3 + [(1 - g * g) * 4.0] * 3
    noise += [(1 - m * m) * 0.02**2, (1 - m * m) * 4e-6, (1 - m * m) * 4e-6]
    noise += [(1 - p * p) * sigma**2 for sigma in FILTER.point] + [(1 - s * s) * FILTER.thrust**2] * 3
    noise += [(1 - c * c) * FILTER.burn**2 * push @ push] * 3
    expected = phi @ numbers(track) + np.hstack([reach, dv, np.zeros(15)])
    np.testing.assert_allclose(numbers(after), expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(after.push_hill, push, rtol=1e-12)
    full = phi @ dense(track.covariance) @ phi.T + np.diag(noise)
    np.testing.assert_allclose(dense(after.covariance), full, rtol=1e-9, atol=1e-14)


def test_what_the_linear_model_leaves_out_becomes_an_acceleration_in_its_memory():
    """After many times its memory the unexplained acceleration has the sigma that the model was told."""
    far = start_relative(FILTER._replace(model=0.003), (0.0, -5000.0, 0.0), (0.0, 0.0, 0.0), 5.0, 0.1)
    for _ in range(300):
        far = predict_relative(FILTER._replace(model=0.003), N, 0.0, far, NO_THRUST, 10.0)
        far = far._replace(r_hill=(0.0, -5000.0, 0.0))
    sigma = np.sqrt(np.diag(dense(far.covariance)))[18:]
    np.testing.assert_allclose(sigma, 0.003 * N * N * 5000.0, rtol=1e-3)


def test_the_turn_of_the_orbit_plane_turns_the_components():
    track = start_relative(FILTER, (0.0, -5000.0, 0.0), (0.0, 0.0, 0.0), 5.0, 0.1)
    after = predict_relative(FILTER, N, 1.3e-6, track, NO_THRUST, 1.0)
    assert after.r_hill[2] == pytest.approx(5000.0 * 1.3e-6, rel=1e-5)


def test_a_gps_fix_is_six_dense_updates():
    track = started()
    r, v = np.add(track.r_hill, (2.0, -3.0, 1.0)), np.add(track.v_hill, (0.01, 0.02, -0.03))
    x, p = numbers(track), dense(track.covariance)
    for i in range(3):
        h = np.zeros(21)
        h[i] = h[6 + i] = 1.0
        x, p = kalman(x, p, h, r[i] - h @ x, 9.0)
    for i in range(3):
        h = np.eye(21)[3 + i]
        x, p = kalman(x, p, h, v[i] - h @ x, 4e-4)
    got, tested = correct_gps(FILTER, track, tuple(r), tuple(v), 1.0)
    read = np.hstack([r - track.r_hill, v - track.v_hill])
    h = np.eye(21)[:6]
    h[:3, 6:9] = np.eye(3)
    spread = h @ dense(track.covariance) @ h.T + np.diag([9.0] * 3 + [4e-4] * 3)
    innovation = read - h[:, 6:9] @ track.gps_bias
    assert tested.numbers == 6.0
    assert tested.nis == pytest.approx(innovation @ np.linalg.solve(spread, innovation), rel=1e-9)
    np.testing.assert_allclose(numbers(got), x, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(dense(got.covariance), p, rtol=1e-8, atol=1e-12)


def test_a_laser_fix_is_three_dense_updates_with_numerical_gradients():
    track, eye, point = started(), (1.0, -0.5, 0.2), (-4.6, 14.5, 1.0)
    x, p = numbers(track), dense(track.covariance)

    def expect(y):
        return sight(y, eye, Q, point)

    read = expect(x) + (0.05, 0.002, -0.001)
    for i in range(3):
        h = gradient(expect, x)[i]
        range_ = np.linalg.norm(np.asarray(point) + x[12:15] - x[:3] - eye)
        sigma = 0.02 + 5e-4 * range_
        x, p = kalman(x, p, h, read[i] - expect(x)[i], sigma**2 if i == 0 else 1e-6 + 1e-8)
    got, tested = correct_laser(FILTER, track, Sight(eye, Q, point), tuple(read), 1e-4, 1.0)
    assert tested.numbers == 3.0
    np.testing.assert_allclose(numbers(got), x, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(dense(got.covariance), p, rtol=1e-5, atol=1e-9)


def test_what_is_not_fresh_weighs_nothing():
    track = started()
    assert correct_gps(FILTER, track, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0.0) == (track, (0.0, 0.0))


def test_an_outlier_is_edited_out_and_the_rest_of_the_fix_is_used():
    track = started()
    r = np.add(track.r_hill, (500.0, 1.0, 0.0))
    got, tested = correct_gps(FILTER, track, tuple(r), track.v_hill, 1.0)
    assert tested.numbers == 5.0
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
            track = predict_relative(FILTER, N, 0.0, track, NO_THRUST, 5.0)
            g = np.exp(-5.0 / 3600.0)
            bias = g * bias + 2.0 * np.sqrt(1 - g * g) * rng.standard_normal(3)
            r = truth[:3] + bias + 3.0 * rng.standard_normal(3)
            v = truth[3:] + 0.02 * rng.standard_normal(3)
            track, _ = correct_gps(FILTER, track, tuple(r), tuple(v), 1.0)
        error = np.hstack([track.r_hill, track.v_hill]) - truth
        total += error @ np.linalg.solve(dense(track.covariance)[:6, :6], error)
    low, high = chi2.ppf([0.5e-4, 1 - 0.5e-4], 600)
    assert low < total < high
