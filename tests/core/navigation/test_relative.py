"""The relative filter beside a dense one with numerical gradients."""

import math

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH
from rvd.core.motion.nonlinear import Environment, fall
from rvd.core.navigation.fixes import Sight
from rvd.core.navigation.pushes import (
    BESIDE,
    CANCELLING,
    EFFORT,
    Thrust,
    doubt_of,
    no_pushing,
    plain_effort,
    pushed_on,
)
from rvd.core.navigation.relative import Orbit, RelativeFilter
from rvd.core.orbit.frames import eci_from_hill, hill_from_eci

from .oracles import (
    correct_gps,
    correct_laser,
    cw_matrix,
    dense,
    gradient,
    kalman,
    numbers,
    predict,
    sight,
    start,
)

ZERO = (0.0, 0.0, 0.0)
EARTH = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, 0.0, 0.0, RADIUS_EARTH, 1.0)
N = math.sqrt(MU_EARTH / 6.788e6**3)
FILTER = RelativeFilter(
    gps_position=3.0, gps_velocity=0.02, gps_bias=2.0, gps_memory=3600.0, gps_echo=0.2, gps_near=100.0,
    laser_range=0.02, laser_scale=5e-4, laser_angle=1e-3, laser_range_bias=0.02, laser_angle_bias=2e-3,
    laser_memory=1e4, station_angle=0.003, centre_of_mass=0.015, swing=(0.004, 0.005, 0.003),
    swing_rate=(0.0057, 0.0061, 0.0048), swing_memory=9e3, thrust=(0.016, 0.011, 0.0125),
    thrust_across=(0.005, 0.004, 0.003), thrust_memory=1800.0, thrust_wander=0.002, repeatability=0.1,
    drag=4e-7, drag_doubt=0.42,
    unexplained=(3e-6, 2e-6, 1e-6), unexplained_memory=1200.0, cancelled=(0.009, 0.005, 0.003), lean=(1.07, 1.0, 1.14),
    acceleration=3e-5, gate=6.0,
)  # fmt: skip
R, V = (-300.0, 40.0, -20.0), (0.1, -0.2, 0.05)
Q = tuple(Rotation.from_rotvec([0.3, -0.2, 0.5]).as_quat())
NO_THRUST = Thrust(ZERO, ZERO, ZERO, ZERO, 0.0, 0.0, ZERO, Q)


def orbit_over(h):
    """The target's orbit over h s, integrated by itself."""
    u, i = 0.7, 0.9  # some way up from the node, where the plane turns
    x, y = np.array((1.0, 0.0, 0.0)), np.array((0.0, math.cos(i), math.sin(i)))
    r = tuple(map(float, 6.788e6 * (math.cos(u) * x + math.sin(u) * y)))
    v = tuple(map(float, 7.66e3 * (math.cos(u) * y - math.sin(u) * x)))
    return Orbit(r, v, *fall(EARTH, r, v, ZERO, ZERO, h)[:2])


def predicted(track, thrust, h, filt=FILTER):
    return predict(filt, EARTH, N, orbit_over(h), track, thrust, h)


def push_of(dv_body, reach_body, spread=0.0, total=0.05, valves=ZERO):
    """A firing whose gain (body axes) was only commanded."""
    turn = Rotation.from_quat(Q)
    dv, reach = (tuple(map(float, turn.apply(a))) for a in (dv_body, reach_body))
    return Thrust(dv, reach, tuple(dv_body), tuple(reach_body), spread, total, valves, Q)


def started():
    """A filter with full cross-covariances: predicted for a while and corrected once."""
    track = start(FILTER, R, V, 5.0, 0.1)
    for _ in range(5):
        track = predicted(track, push_of((1e-3, 2e-4, 2e-3), (0.01, 0.002, 0.02)), 20.0)
    return correct_gps(FILTER, track, track.r_hill, track.v_hill, 1.0)[0]


def test_the_start_knows_what_it_was_told():
    track = start(FILTER, R, V, 5.0, 0.1)
    sigma = np.sqrt(np.diag(dense(track.covariance)))
    swing = np.multiply(FILTER.swing, FILTER.swing_rate)
    shares = [0.016, 0.005, 0.005, 0.004, 0.011, 0.004, 0.003, 0.003, 0.0125]
    np.testing.assert_allclose(
        sigma,
        [5, 5, 5, 0.1, 0.1, 0.1, 2, 2, 2, 0.02, 2e-3, 2e-3, *[0.003] * 3, *FILTER.swing, *swing, *shares]
        + [1.0] * 3
        + [0.015] * 3
        + [0.42],
    )
    np.testing.assert_allclose(numbers(track), [*R, *V, *[0] * 31])


def cancelled_share(track, thrust, h):
    """Variances (hill axes) of what impulses that cancel leave, and of how pushes wander."""
    of = track.pushing
    fade = np.exp(-h / EFFORT)
    effort = fade * of.effort + (1 - fade) * thrust.total / h
    push = fade * np.array(of.push_body) + (1 - fade) * np.array(thrust.push_body) / h
    fade = np.exp(-h / CANCELLING)
    cancelled = fade * of.cancelled + (1 - fade) * (effort - plain_effort(FILTER.lean, tuple(push)))
    left = np.square(np.multiply(max(cancelled, 0.0), FILTER.cancelled))
    return Rotation.from_quat(Q).as_matrix() ** 2 @ left + FILTER.thrust_wander**2 * (push @ push)


def transition(track, thrust, h):
    """The dense transition matrix: what pushes are off by turns with the body, and only their first power of h."""
    phi = np.eye(37)
    phi[:6, :6] = cw_matrix(N, h)
    axes = Rotation.from_quat(Q).as_matrix()
    for i in range(3):
        phi[:3, 21 + 3 * i : 24 + 3 * i] = thrust.reach_body[i] * axes
        phi[3:6, 21 + 3 * i : 24 + 3 * i] = thrust.push_body[i] * axes
        w, keep = FILTER.swing_rate[i], np.exp(-h / FILTER.swing_memory)
        s, c = np.sin(w * h), np.cos(w * h)
        phi[np.ix_([15 + i, 18 + i], [15 + i, 18 + i])] = keep * np.array([[c, s / w], [-s * w, c]])
    size = np.sqrt(np.square(FILTER.unexplained) + cancelled_share(track, thrust, h))
    phi[:3, 30:33], phi[3:6, 30:33] = 0.5 * h * h * np.diag(size), h * np.diag(size)
    phi[1, 36], phi[4, 36] = 0.5 * h * h * FILTER.drag, h * FILTER.drag
    phi[range(6, 12), range(6, 12)] = [np.exp(-h / 3600.0)] * 3 + [np.exp(-h / 1e4)] * 3
    phi[range(21, 30), range(21, 30)] = np.exp(-h / 1800.0)
    phi[range(30, 33), range(30, 33)] = np.exp(-h / 1200.0)
    return phi


def noise(track, thrust, h, phi):
    """The dense process noise: what fades is kept as it was told."""
    near = (100.0 / np.linalg.norm(track.r_hill)) ** 2
    qv = FILTER.acceleration**2 * h + thrust.spread + (0.1**2 * np.array(thrust.valves_hill))
    steady = np.hstack([
        [4.0] * 3, [4e-4, 4e-6, 4e-6], [0.0] * 3, np.square(FILTER.swing),
        np.square(np.multiply(FILTER.swing, FILTER.swing_rate)),
        np.square([0.016, 0.005, 0.005, 0.004, 0.011, 0.004, 0.003, 0.003, 0.0125]),
        [1.0] * 3, [0.0] * 4,
    ])  # fmt: skip
    kept = np.diag(phi)[6:].copy()
    kept[9:15] = np.exp(-h / FILTER.swing_memory)
    q = np.hstack([qv * h * h / 3.0, qv, (1.0 - kept**2) * steady])
    q[6:9] += (near * 0.2) ** 2 * h
    return np.diag(q)


def test_a_prediction_is_the_exact_motion_and_the_dense_covariance():
    """The mean against the exact model, fired as the truth is; what CW does to a push within a tick is left out."""
    track, h = started(), 1.0
    thrust = push_of((0.02, 0.001, 0.03), (0.01, 5e-4, 0.02), spread=1e-9, valves=(3e-8, 1e-8, 2e-8))
    after = predicted(track, thrust, h)
    orbit, turn = orbit_over(h), Rotation.from_quat(Q)
    off = turn.apply(np.array(track.thrust).T @ np.array(thrust.push_body))
    off_reach = turn.apply(np.array(track.thrust).T @ np.array(thrust.reach_body))
    dr, dv = fall(
        EARTH, orbit.r_before, orbit.v_before, *eci_from_hill(*orbit[:2], track.r_hill, track.v_hill), h
    )[2:]
    # Firing moves the chaser on inertial axes, as the truth does.
    here, there = hill_from_eci(*orbit[2:], dr, dv)[0], np.add(thrust.reach_hill, off_reach)
    moved_eci, _ = eci_from_hill(*orbit[2:], tuple(np.add(here, there)), ZERO)
    moved_r, moved_v = hill_from_eci(*orbit[2:], moved_eci, dv)
    pushed = pushed_on(track.pushing, FILTER.lean, thrust, h)[0]
    size = doubt_of(FILTER.unexplained, FILTER.cancelled, FILTER.thrust_wander, pushed, Q)
    a = np.multiply(size, track.unexplained) + (0.0, FILTER.drag * (1.0 + track.drag), 0.0)
    np.testing.assert_allclose(after.r_hill, np.add(moved_r, 0.5 * h * h * a), rtol=0, atol=1e-9)
    np.testing.assert_allclose(
        after.v_hill, np.add(moved_v, np.add(thrust.dv_hill, off)) + h * a, rtol=0, atol=1e-11
    )
    phi = transition(track, thrust, h)
    np.testing.assert_allclose(numbers(after)[6:], (phi @ numbers(track))[6:], rtol=1e-9, atol=1e-15)
    full = phi @ dense(track.covariance) @ phi.T + noise(track, thrust, h, phi)
    scale = np.sqrt(np.outer(np.diag(full), np.diag(full)))
    np.testing.assert_allclose(dense(after.covariance) / scale, full / scale, rtol=0, atol=1e-9)


def test_what_is_steady_stays_so():
    """After many times their memories swing, shares and unexplained acceleration have the sigmas they were told."""
    track = start(FILTER, R, V, 5.0, 0.1)
    for _ in range(400):
        track = predicted(track, NO_THRUST, 50.0)._replace(r_hill=R, v_hill=V)
    sigma = np.sqrt(np.diag(dense(track.covariance)))
    told = np.sqrt(np.diag(dense(start(FILTER, R, V, 5.0, 0.1).covariance)))
    np.testing.assert_allclose(sigma[12:], told[12:], rtol=1e-9)


def test_a_push_the_other_way_comes_from_other_nozzles():
    """What is known of an axis is forgotten as its pushes turn, and only of that axis."""
    track = start(FILTER, R, V, 5.0, 0.1)
    there = push_of((0.01, 0.0, 0.02), (0.005, 0.0, 0.01), total=0.03)
    track = predicted(track, there, 1.0)
    known = dense(track.covariance)
    for i in range(21, 30):
        known[i, i] = 1e-10
    track = track.with_matrix(known)
    same = np.sqrt(np.diag(dense(predicted(track, there, 1.0).covariance)))[21:30]
    back = track
    for _ in range(60):
        back = predicted(back, push_of((-0.01, 0.0, 0.02), (-0.005, 0.0, 0.01), total=0.03), 1.0)
    turned = np.sqrt(np.diag(dense(back.covariance)))[21:30]
    assert same.max() < 1e-3
    np.testing.assert_allclose(turned[:3], (0.016, 0.005, 0.005), rtol=1e-2)
    assert turned[6:].max() < 0.3 * 0.0125


def test_impulses_that_cancel_leave_an_acceleration_in_doubt():
    """Couples without end, by their share on the body's own axes; plain pushes none."""
    couples = NO_THRUST._replace(total=1e-3, q_hill_body=(0.0, 0.0, 0.0, 1.0))
    plain = push_of((1e-3, 0.0, 0.0), ZERO, total=FILTER.lean[0] * 1e-3)
    for thrust, cancelled in ((couples, 1e-3 / 20.0), (plain, 0.0)):
        pushing = no_pushing()
        for _ in range(400):
            pushing, _ = pushed_on(pushing, FILTER.lean, thrust, 20.0)
        size = doubt_of(FILTER.unexplained, FILTER.cancelled, 0.0, pushing, (0.0, 0.0, 0.0, 1.0))
        left = np.hypot(FILTER.unexplained, np.multiply(FILTER.cancelled, cancelled))
        np.testing.assert_allclose(size, left, rtol=1e-3)


def test_the_largest_push_leans_on_others_and_the_smaller_ones_count_less():
    lean = (1.07, 1.0, 1.14)
    assert plain_effort(lean, (0.0, 0.0, -2.0)) == pytest.approx(2.28)
    assert plain_effort(lean, (1.0, 0.0, -2.0)) == pytest.approx(2.28 + BESIDE)
    assert plain_effort(lean, (-3.0, 1.0, 2.0)) == pytest.approx(3.21 + 3.0 * BESIDE)


def test_the_turn_of_the_orbit_plane_turns_the_components():
    """What is at rest 5 km behind drifts aside by the plane's turn, as the exact model has it."""
    track = start(FILTER._replace(drag=0.0), (0.0, -5000.0, 0.0), ZERO, 5.0, 0.1)
    orbit = orbit_over(60.0)
    after = predict(FILTER._replace(drag=0.0), EARTH, N, orbit, track, NO_THRUST, 60.0)
    dr, dv = eci_from_hill(*orbit[:2], track.r_hill, track.v_hill)
    exact = hill_from_eci(*orbit[2:], *fall(EARTH, *orbit[:2], dr, dv, 60.0)[2:])
    np.testing.assert_allclose(after.r_hill, exact[0], atol=1e-9)
    assert abs(after.r_hill[2]) > 0.1


def test_a_gps_fix_is_six_dense_updates():
    track = started()
    r, v = np.add(track.r_hill, (2.0, -3.0, 1.0)), np.add(track.v_hill, (0.01, 0.02, -0.03))
    x, p = numbers(track), dense(track.covariance)
    for i in range(3):
        h = np.zeros(37)
        h[i] = h[6 + i] = 1.0
        x, p = kalman(x, p, h, r[i] - h @ x, 9.0)
    for i in range(3):
        h = np.eye(37)[3 + i]
        x, p = kalman(x, p, h, v[i] - h @ x, 4e-4)
    got, tested = correct_gps(FILTER, track, tuple(r), tuple(v), 1.0)
    read = np.hstack([r - track.r_hill, v - track.v_hill])
    h = np.eye(37)[:6]
    h[:3, 6:9] = np.eye(3)
    spread = h @ dense(track.covariance) @ h.T + np.diag([9.0] * 3 + [4e-4] * 3)
    innovation = read - h[:, 6:9] @ track.gps_bias
    assert tested.numbers == 6.0
    assert tested.nis == pytest.approx(innovation @ np.linalg.solve(spread, innovation), rel=1e-9)
    np.testing.assert_allclose(numbers(got), x, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(dense(got.covariance), p, rtol=1e-8, atol=1e-12)


def test_a_laser_fix_is_three_dense_updates_with_numerical_gradients():
    track, eye, point = started(), (1.0, -0.5, 0.2), (-4.6, 14.5, 1.0)
    q_body = tuple(Rotation.from_rotvec([-0.7, 0.4, 2.0]).as_quat())
    x, p = numbers(track), dense(track.covariance)

    def expect(y):
        return sight(y, eye, q_body, Q, point)

    read = expect(x) + (0.05, 0.002, -0.001)
    for i in range(3):
        h = gradient(expect, x)[i]
        range_ = expect(x)[0] - x[9]
        sigma = 0.02 + 5e-4 * range_
        x, p = kalman(x, p, h, read[i] - expect(x)[i], sigma**2 if i == 0 else 1e-6 + 1e-8)
    got, tested = correct_laser(FILTER, track, Sight(eye, q_body, Q, point), tuple(read), 1e-4, 1.0)
    assert tested.numbers == 3.0
    np.testing.assert_allclose(numbers(got), x, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(dense(got.covariance), p, rtol=1e-5, atol=1e-9)


def test_what_is_not_fresh_weighs_nothing():
    track = started()
    got, tested = correct_gps(FILTER, track, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0.0)
    assert (got.state, tested.nis, tested.numbers) == (track.state, 0.0, 0.0)
    assert np.array_equal(dense(got.covariance), dense(track.covariance))
    assert np.isnan(tested.innovations).all(), "nothing was compared"


def test_an_outlier_is_edited_out_and_the_rest_of_the_fix_is_used():
    track = started()
    r = np.add(track.r_hill, (500.0, 1.0, 0.0))
    got, tested = correct_gps(FILTER, track, tuple(r), track.v_hill, 1.0)
    assert tested.numbers == 5.0
    assert got.r_hill[0] == pytest.approx(track.r_hill[0], abs=0.5)
    assert got.r_hill[1] > track.r_hill[1] + 0.1


def test_it_settles_on_the_truth_within_its_own_sigmas():
    """100 filters, 40 fixes of GPS with a bias drawn each: the mean NEES of the last state within its 99.99 % band.

    The truth falls as the exact model says. Chi-square of 100 x 6 degrees of freedom: false alarm 1e-4.
    """
    from scipy.stats import chi2

    rng, total = np.random.default_rng(5), 0.0
    filt = FILTER._replace(drag=0.0, unexplained=ZERO, gps_echo=0.0)
    orbit = orbit_over(5.0)
    for _ in range(100):
        truth, bias = np.array([*R, *V]), 2.0 * rng.standard_normal(3)
        told = truth + rng.standard_normal(6) * [5, 5, 5, 0.1, 0.1, 0.1]
        track = start(filt, tuple(told[:3]), tuple(told[3:]), 5.0, 0.1)
        for _ in range(40):
            dr, dv = eci_from_hill(*orbit[:2], tuple(truth[:3]), tuple(truth[3:]))
            truth = np.hstack(hill_from_eci(*orbit[2:], *fall(EARTH, *orbit[:2], dr, dv, 5.0)[2:]))
            truth[3:] += 3e-5 * np.sqrt(5.0) * rng.standard_normal(3)
            track = predict(filt, EARTH, N, orbit, track, NO_THRUST, 5.0)
            g = np.exp(-5.0 / 3600.0)
            bias = g * bias + 2.0 * np.sqrt(1 - g * g) * rng.standard_normal(3)
            r = truth[:3] + bias + 3.0 * rng.standard_normal(3)
            v = truth[3:] + 0.02 * rng.standard_normal(3)
            track, _ = correct_gps(filt, track, tuple(r), tuple(v), 1.0)
        error = np.hstack([track.r_hill, track.v_hill]) - truth
        total += error @ np.linalg.solve(dense(track.covariance)[:6, :6], error)
    low, high = chi2.ppf([0.5e-4, 1 - 0.5e-4], 600)
    assert low < total < high
