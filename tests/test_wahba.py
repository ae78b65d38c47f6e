import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from rvd import wahba
from rvd.core.motion import attitude


def directions(rng, count=4):
    r = rng.normal(size=(count, 3))
    return r / np.linalg.norm(r, axis=1)[:, None]


def found(v_body, v_a, weights):
    given = (np.asarray(x, dtype=float)[None] for x in (v_body, v_a, weights))
    return tuple(map(float, wahba.from_directions(*given)[0]))


@pytest.mark.parametrize("seed", range(40))
def test_against_scipy(seed):
    """With and without noise; every fourth attitude is a half turn about an axis."""
    rng = np.random.default_rng(seed)
    truth = (
        Rotation.random(random_state=rng)
        if seed % 4
        else Rotation.from_rotvec(math.pi * np.eye(3)[rng.integers(3)])
    )
    r = directions(rng)
    b = truth.inv().apply(r) + (seed % 2) * 1e-3 * rng.normal(size=r.shape)
    b /= np.linalg.norm(b, axis=1)[:, None]
    weights = rng.uniform(0.1, 1.0, len(r))
    theirs, _ = Rotation.align_vectors(r, b, weights)
    ours = found(b, r, weights)
    assert attitude.angle_between(ours, tuple(theirs.as_quat())) < 1e-13
    assert abs(sum(x * x for x in ours) - 1.0) < 1e-15


def test_two_directions_are_enough():
    rng = np.random.default_rng(3)
    truth = Rotation.random(random_state=rng)
    r = directions(rng, 2)
    ours = found(truth.inv().apply(r), r, np.ones(2))
    assert attitude.angle_between(ours, tuple(truth.as_quat())) < 1e-14


@pytest.mark.parametrize("apart", [2.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 2e-6])
@pytest.mark.parametrize("weight", [1.0, 1e4, 1e8, 1e12])
def test_narrow_pairs_and_unequal_weights_are_right_or_open(apart, weight):
    """Rounding of the directions allows 1e-16 over the angle between them; the weights cost nothing."""
    rng, worst, known = np.random.default_rng(0), 0.0, 0
    for seed in range(20):
        truth = Rotation.random(random_state=seed)
        a, side = directions(rng, 2)
        b = np.cross(a, side) / np.linalg.norm(np.cross(a, side))
        r = np.array([a, a * math.cos(apart) + b * math.sin(apart)])
        weights = np.array([weight, 1.0] if seed % 2 else [1.0, weight])
        ours = found(truth.inv().apply(r), r, weights)
        if not math.isnan(ours[0]):
            known += 1
            worst = max(worst, attitude.angle_between(ours, tuple(truth.as_quat())))
    assert worst < 1e-15 / min(apart, 1.0)
    assert known == (20 if apart * apart / weight > 5e-13 else 0)


@pytest.mark.parametrize("noise", [1e-6, 1e-4, 1e-2])
@pytest.mark.parametrize("weight", [1.0, 1e6])
def test_with_noise_it_is_the_best_there_is(noise, weight):
    """No small turn away from the answer fits better: Wahba's loss at 200 of them."""
    rng = np.random.default_rng(7)
    r = directions(rng, 5)
    b = Rotation.random(random_state=3).inv().apply(r) + noise * rng.normal(size=(5, 3))
    b /= np.linalg.norm(b, axis=1)[:, None]
    weights = np.array([weight, 1.0, 2.0, 1.0, 3.0])
    best = Rotation.from_quat(found(b, r, weights))

    def loss(turn):
        return weights @ np.sum((r - turn.apply(b)) ** 2, axis=1)

    steps = rng.normal(size=(200, 3)) * 10.0 ** rng.uniform(-6.0, -1.0, (200, 1))
    assert all(loss(Rotation.from_rotvec(step) * best) >= loss(best) * (1.0 - 1e-12) for step in steps)


@pytest.mark.parametrize(
    ("seen", "known"),
    [
        (-np.eye(3), np.eye(3)),
        (np.diag([1.0, 1.0, -1.0]), np.eye(3)),
        (np.eye(3)[[0, 0]], np.eye(3)[[0, 1]]),
        (np.eye(3)[[0, 0]], np.eye(3)[[1, 1]]),
    ],
)
def test_an_open_attitude_is_not_a_number(seen, known):
    assert all(map(math.isnan, found(seen, known, np.ones(len(seen)))))


@given(st.tuples(*[st.floats(-1.0, 1.0)] * 4).filter(lambda q: sum(x * x for x in q) > 0.01))
def test_modified_rodrigues_parameters_against_scipy(numbers):
    rotation = Rotation.from_quat(numbers)
    q = tuple(rotation.as_quat())
    sigma = attitude.mrp_from_quat(q)
    assert np.linalg.norm(sigma) <= 1.0 + 1e-15
    if abs(q[3]) > 1e-9:
        assert np.allclose(sigma, rotation.as_mrp(), atol=1e-14)
    assert attitude.angle_between(attitude.quat_from_mrp(sigma), q) < 1e-14


def test_angle_between():
    p, q = Rotation.from_rotvec([0.1, 0.2, 0.3]), Rotation.from_rotvec([-0.4, 0.2, 1.0])
    angle = (p.inv() * q).magnitude()
    assert math.isclose(attitude.angle_between(tuple(p.as_quat()), tuple(q.as_quat())), angle, rel_tol=1e-14)
