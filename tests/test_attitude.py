import math

import mpmath
import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.spatial.transform import Rotation

from rvd import attitude
from rvd.errors import ArgumentError

LEVEL = (0.0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize("rate", [1e-3, 0.1, 1.0, 5.0, 10.0, 100.0, -10.0])
@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("moments", [(1.0, 1.0, 1.5), (1.0, 2.0, 1.5), (3.0, 3.0, 3.0)])
@pytest.mark.parametrize("step", [0.1, 7.0, 1e6])
def test_a_spin_about_a_principal_axis_is_a_turn_at_its_rate(rate, axis, moments, step):
    """Whatever the step, about the middle axis too: 1e-10 of the angle turned in a minute."""
    w = rate * np.eye(3)[axis]
    q, w1 = attitude.coast(LEVEL, w, (*moments, 0.0, 0.0, 0.0), 60.0, step=step)
    there = Rotation.from_rotvec(60.0 * w).as_quat()
    assert attitude.angle_between(q, there) < 1e-10 * abs(60.0 * rate) + 1e-13
    assert np.array_equal(w1, w)


@pytest.mark.parametrize(
    ("w", "torque", "t"),
    [
        ((3.0, 0.1, 4.0), (0.0, 0.0, 0.0), 20.0),
        ((0.2, 2.0, 0.1), (0.0, 0.0, 0.0), -15.0),
        ((0.0, 0.0, 0.0), (1.0, 0.5, -0.3), 20.0),
        ((0.1, 0.2, 0.0), (3.0, 0.5, -0.3), 10.0),
    ],
)
@pytest.mark.parametrize("step", [0.01, 0.1, 3.0, 100.0])
def test_a_tumble_and_a_spin_up_against_integration(w, torque, t, step):
    inertia = (1.0, 2.0, 1.5, 0.1, 0.2, -0.1)
    full = np.array([[1.0, 0.1, 0.2], [0.1, 2.0, -0.1], [0.2, -0.1, 1.5]])

    def slope(_, y):
        q, rate = y[:4], y[4:]
        turned = 0.5 * np.append(q[3] * rate + np.cross(q[:3], rate), -q[:3] @ rate)
        return np.append(turned, np.linalg.solve(full, torque - np.cross(rate, full @ rate)))

    there = solve_ivp(slope, (0.0, t), (*LEVEL, *w), "DOP853", rtol=1e-12, atol=1e-13).y[:, -1]
    q, rate = attitude.coast(LEVEL, w, inertia, t, torque=torque, step=step)
    assert attitude.angle_between(q, there[:4] / np.linalg.norm(there[:4])) < 2e-7
    assert np.allclose(rate, there[4:], atol=1e-7)


@pytest.mark.parametrize(("t", "error"), [(1e3, 6.93e-7), (1e4, 3.361e-5)])
def test_the_error_of_a_body_that_cones_is_as_stated(t, error):
    """The cone in closed form: about the angular momentum at H/20, and about the body's axis at what is left."""
    w = np.array([1.0, -2.0, 3.0])
    momentum = np.array([20.0, 20.0, 10.0]) * w
    about = Rotation.from_rotvec(momentum / 20.0 * t)
    there = (about * Rotation.from_rotvec([0.0, 0.0, (w[2] - momentum[2] / 20.0) * t])).as_quat()
    q, _ = attitude.coast(LEVEL, w, (20.0, 20.0, 10.0, 0.0, 0.0, 0.0), t)
    assert attitude.angle_between(q, there) == pytest.approx(error, rel=0.01)


@pytest.mark.parametrize(("rate", "t"), [(1e6, 60.0), (1.0, 1e7), (1e9, 1e9), (1e-3, 1e13)])
def test_a_turn_too_quick_for_so_long_is_refused(rate, t):
    with pytest.raises(ArgumentError, match=r"too quick to be followed|steps of"):
        attitude.coast(LEVEL, (0.0, 0.0, rate), (1.0, 1.0, 1.5, 0.0, 0.0, 0.0), t)


def test_one_quick_row_does_not_hurt_the_others():
    inertia = (1.0, 1.0, 1.5, 0.0, 0.0, 0.0)
    w = np.array([(0.0, 0.0, 0.01), (0.0, 0.0, 50.0)])
    both = attitude.coast(LEVEL, w, inertia, 10.0)
    for k in (0, 1):
        assert all(
            np.array_equal(whole[k], one)
            for whole, one in zip(both, attitude.coast(LEVEL, w[k], inertia, 10.0))
        )


@pytest.mark.parametrize(
    ("seen", "known", "weights", "sentence"),
    [
        (np.eye(3)[:2], np.eye(3)[[0, 0]], 1.0, "directions of v_a are parallel"),
        ([[1.0, 0.0, 0.0], [1.0, 1e-7, 0.0]], np.eye(3)[:2], 1.0, "directions of v_body are parallel"),
        (np.eye(3)[[0, 0]], np.eye(3)[:2] * [[1.0], [-1.0]], 1.0, "directions of v_body are parallel"),
        (np.zeros((2, 3)), np.eye(3)[:2], 1.0, "v_body holds a zero vector"),
        (np.eye(3)[:2], np.eye(3)[:2], (1.0, 0.0), "weights must be above zero"),
        (np.eye(3)[:2], np.eye(3)[:2], (1.0, 1e14), "leave the attitude open"),
        (-np.eye(3), np.eye(3), 1.0, "leave the attitude open"),
        (np.eye(3)[:1], np.eye(3)[:1], 1.0, "n >= 2 directions"),
    ],
)
def test_an_attitude_that_is_open_is_refused(seen, known, weights, sentence):
    with pytest.raises(ArgumentError, match=sentence):
        attitude.quest(seen, known, weights)


@pytest.mark.parametrize("weight", [1.0, 1e8])
@pytest.mark.parametrize("apart", [1e-4, 1.0])
def test_narrow_pairs_and_heavy_weights_keep_their_digits(weight, apart):
    """Or are refused: a pair 1e-4 rad apart whose one weighs 1e8 of the other."""
    truth = Rotation.random(50, random_state=1)
    known = np.array([(1.0, 0.0, 0.0), (math.cos(apart), math.sin(apart), 0.0)])
    seen = np.stack([turn.inv().apply(known) for turn in truth])
    if weight * 1e-13 > apart * apart:
        with pytest.raises(ArgumentError, match="leave the attitude open"):
            attitude.quest(seen, known, (weight, 1.0))
        return
    found = attitude.quest(seen, known, (weight, 1.0))
    assert np.max(attitude.angle_between(found, truth.as_quat())) < 1e-15 / apart


def scattered(spread, count, seed=5):
    """Attitudes (count, 4) about a random one, both signs."""
    rng = np.random.default_rng(seed)
    middle = Rotation.random(random_state=seed)
    drawn = (middle * Rotation.from_rotvec(rng.normal(scale=spread, size=(count, 3)))).as_quat()
    return drawn * rng.choice((-1.0, 1.0), size=(count, 1)), rng.uniform(0.1, 3.0, count)


@pytest.mark.parametrize("spread", [1e-6, 0.01, 0.3, 1.5])
def test_the_mean_is_that_of_rotations(spread):
    """SciPy's mean is by matrices, ours by quaternions: one and the same (Markley et al. 2007)."""
    q, weights = scattered(spread, 30)
    found = attitude.mean(q, weights)
    there = Rotation.from_quat(q).mean(weights).as_quat()
    assert attitude.angle_between(found, there) < 1e-12 and found[3] >= 0.0
    assert attitude.mean(np.stack((q, q)), weights).shape == (2, 4)


@pytest.mark.parametrize(
    ("spread", "error"), [(1e-9, 1e-15), (1e-3, 1e-15), (0.1, 1e-15), (1.0, 2e-15), (2.0, 5e-15)]
)
@pytest.mark.parametrize("count", [2, 10])
def test_the_errors_of_the_mean_are_as_stated(spread, error, count):
    """Against 40 digits; the table is on the page on attitudes, and other machines have room of twice that."""
    for seed in range(3):
        q, weights = scattered(spread, count, seed)
        with mpmath.workdps(40):
            total = mpmath.zeros(4)
            for one, weight in zip(q, weights):
                row = mpmath.matrix(one.tolist())
                total += mpmath.mpf(float(weight)) * row * row.T / mpmath.fdot(row, row)
            there = np.array([float(x) for x in mpmath.eigsy(total)[1][:, 3]])
        found = attitude.mean(q, weights)
        assert np.max(np.abs(found * np.sign(found @ there) - there)) < error


def test_no_other_attitude_is_nearer_to_all():
    q, weights = scattered(0.8, 12)

    def cost(one):
        return weights @ np.sin(0.5 * attitude.angle_between(one, q)) ** 2

    found = attitude.mean(q, weights)
    rng = np.random.default_rng(1)
    for size in (1e-3, 0.1, 1.0):
        tried = (Rotation.from_quat(found) * Rotation.from_rotvec(size * rng.normal(size=(50, 3)))).as_quat()
        assert min(map(cost, tried)) > cost(found)


@pytest.mark.parametrize("count", [1, 2, 10, 1000])
def test_the_mean_of_attitudes_that_hardly_differ(count):
    """Right to a few last digits of a quaternion, however near they are: 1e-9 rad apart, the mean to 1e-15."""
    rng = np.random.default_rng(9)
    middle = Rotation.random(random_state=3)
    turns = 1e-9 * rng.normal(size=(count, 3))
    found = attitude.mean((middle * Rotation.from_rotvec(turns)).as_quat())
    there = (middle * Rotation.from_rotvec(np.mean(turns, axis=0))).as_quat()
    assert np.allclose(found * np.sign(found @ there), there, rtol=0.0, atol=2e-15)


def test_opposite_attitudes_have_no_mean():
    half = (0.0, 0.0, 1.0, 0.0)
    with pytest.raises(ArgumentError, match="has no mean"):
        attitude.mean([LEVEL, half])
    assert np.allclose(np.abs(attitude.mean([LEVEL, half], (1.0, 1.1))), half)
    for wrong, sentence in ((LEVEL, "its last axes hold"), ([(0.0, 0.0, 0.0, 2.0)], "not of length one")):
        with pytest.raises(ArgumentError, match=sentence):
            attitude.mean(wrong)
    with pytest.raises(ArgumentError, match="do not broadcast"):
        attitude.mean([LEVEL, half], (1.0, 2.0, 3.0))
