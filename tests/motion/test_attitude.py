import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from rvd.motion import attitude


def directions(rng, count=4):
    r = rng.normal(size=(count, 3))
    return r / np.linalg.norm(r, axis=1)[:, None]


@pytest.mark.parametrize("seed", range(40))
def test_against_scipy(seed):
    """With and without noise; every fourth attitude is a half turn about an axis, singular for plain QUEST."""
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
    ours = attitude.quest(b, r, weights)
    assert attitude.angle_between(ours, tuple(theirs.as_quat())) < 1e-13
    assert abs(sum(x * x for x in ours) - 1.0) < 1e-15


def test_two_directions_are_enough():
    rng = np.random.default_rng(3)
    truth = Rotation.random(random_state=rng)
    r = directions(rng, 2)
    ours = attitude.quest(np.ascontiguousarray(truth.inv().apply(r)), r, np.ones(2))
    assert attitude.angle_between(ours, tuple(truth.as_quat())) < 1e-14


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
