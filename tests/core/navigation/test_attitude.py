"""The attitude filter beside a dense multiplicative one."""

import numpy as np
import pytest
from scipy.linalg import expm
from scipy.spatial.transform import Rotation

from rvd.core.navigation.attitude import AttitudeFilter, correct_attitude, predict_attitude, start_attitude

from .oracles import dense, kalman

FILTER = AttitudeFilter(1.5e-4, 1.7e-4, 2e-6, 3e-7, 1e-10, 0.01)
Q = tuple(Rotation.from_rotvec([0.4, -0.1, 0.2]).as_quat())


def skew(w):
    return np.array([[0, -w[2], w[1]], [w[2], 0, -w[0]], [-w[1], w[0], 0]])


def moved():
    """A filter some steps on, with correlated errors."""
    track = start_attitude(FILTER, Q)
    for _ in range(3):
        track = predict_attitude(FILTER, track, (1e-3, -2e-3, 1.1e-3), 10.0)
    return correct_attitude(FILTER, track, track.q_eci_body, 1.0)


def test_the_attitude_turns_by_the_rate_less_the_bias():
    track = moved()._replace(gyro_bias=(1e-4, 0.0, -1e-4))
    after = predict_attitude(FILTER, track, (1e-3, 2e-3, 3e-3), 0.5)
    w = np.subtract((1e-3, 2e-3, 3e-3), track.gyro_bias)
    expected = Rotation.from_quat(track.q_eci_body) * Rotation.from_rotvec(0.5 * w)
    assert (expected.inv() * Rotation.from_quat(after.q_eci_body)).magnitude() < 1e-12
    np.testing.assert_allclose(after.w_body, w)


def test_the_covariance_turns_as_the_error_does():
    """Against the matrix exponential of the error's dynamics, to first order in the angle turned."""
    track, w, h = moved(), np.array([1e-3, -2e-3, 1.1e-3]), 0.2
    a = np.zeros((6, 6))
    a[:3, :3], a[:3, 3:] = -skew(w), -np.eye(3)
    phi = expm(a * h)
    askew = FILTER.misalignment**2 * np.linalg.norm(w)
    noise = np.diag([(FILTER.walk**2 + askew) * h] * 3 + [FILTER.bias_walk**2 * h] * 3)
    after = predict_attitude(FILTER, track, tuple(w), h)
    expected = phi @ dense(track.covariance) @ phi.T + noise
    np.testing.assert_allclose(
        dense(after.covariance), expected, rtol=1e-3, atol=1e-3 * np.abs(expected).max() * 1e-3
    )


def test_a_fix_is_three_dense_updates_folded_back():
    track = moved()
    error = np.array([2e-4, -1e-4, 3e-4])
    q = tuple((Rotation.from_quat(track.q_eci_body) * Rotation.from_rotvec(error)).as_quat())
    x, p = np.zeros(6), dense(track.covariance)
    for i in range(3):
        h = np.eye(6)[i]
        x, p = kalman(x, p, h, error[i] - x[i], FILTER.tracker**2)
    got = correct_attitude(FILTER, track, q, 1.0)
    turned = Rotation.from_quat(track.q_eci_body).inv() * Rotation.from_quat(got.q_eci_body)
    np.testing.assert_allclose(turned.as_rotvec(), x[:3], rtol=1e-7)
    np.testing.assert_allclose(np.subtract(got.gyro_bias, track.gyro_bias), x[3:], rtol=1e-7)
    np.testing.assert_allclose(np.subtract(track.w_body, got.w_body), x[3:], rtol=1e-7, atol=1e-18)
    np.testing.assert_allclose(dense(got.covariance), p, rtol=1e-8, atol=1e-18)


def test_no_fix_changes_nothing():
    track = moved()
    got = correct_attitude(FILTER, track, (0.0, 0.0, 0.0, 1.0), 0.0)
    assert got.gyro_bias == track.gyro_bias
    assert got.covariance == track.covariance


def test_it_finds_the_bias_of_the_gyro():
    """Half an hour at a constant rate: the bias to a tenth of itself, the attitude within five of its sigmas."""
    rng = np.random.default_rng(3)
    bias, w = np.array([2e-6, -1e-6, 3e-6]), np.array([0.0, 1.1e-3, 0.0])
    wide = FILTER._replace(bias=3e-6)
    truth, track = Rotation.from_quat(Q), start_attitude(wide, Q)
    for _ in range(1800):
        truth = truth * Rotation.from_rotvec(w)
        track = predict_attitude(wide, track, tuple(w + bias + 2e-6 * rng.standard_normal(3)), 1.0)
        fix = truth * Rotation.from_rotvec(1.5e-4 * rng.standard_normal(3))
        track = correct_attitude(wide, track, tuple(fix.as_quat()), 1.0)
    np.testing.assert_allclose(track.gyro_bias, bias, atol=0.3e-6)
    off = (truth.inv() * Rotation.from_quat(track.q_eci_body)).as_rotvec()
    assert np.all(np.abs(off) < 5.0 * np.sqrt(np.diag(dense(track.covariance))[:3]))
    assert np.linalg.norm(track.w_body) == pytest.approx(1.1e-3, rel=1e-2)


def worst_of_a_slew(told):
    """The largest error, in sigmas, over half a turn at 0.25 deg/s, where gyro and tracker are askew and no noise is.

    They are askew by FILTER's misalignment about forward; the filter is told so much.
    """
    askew, filt = Rotation.from_rotvec([FILTER.misalignment, 0.0, 0.0]), FILTER._replace(misalignment=told)
    true, track, worst = Rotation.from_quat(Q), start_attitude(filt, Q), 0.0
    for second in range(1500):
        w = np.array([0.0, -1.13e-3, np.radians(0.25) if 300 <= second < 1020 else 0.0])
        true = true * Rotation.from_rotvec(w)
        track = predict_attitude(filt, track, tuple(askew.apply(w)), 1.0)
        track = correct_attitude(filt, track, tuple(true.as_quat()), 1.0)
        error = (Rotation.from_quat(track.q_eci_body).inv() * true).as_rotvec()
        worst = max(worst, np.max(np.abs(error) / np.sqrt(np.diag(dense(track.covariance))[:3])))
    return worst


def test_a_slew_with_gyro_and_tracker_askew_stays_within_what_the_filter_expects():
    assert worst_of_a_slew(told=FILTER.misalignment) < 0.5
    assert worst_of_a_slew(told=0.0) > 1.5
