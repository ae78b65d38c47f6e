"""Quaternions against SciPy's rotations."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from rvd.core.algebra import quat

PARTS = st.floats(-1.0, 1.0)


@st.composite
def quaternions(draw):
    q = np.array([draw(PARTS) for _ in range(4)])
    assume(np.linalg.norm(q) > 0.1)
    return tuple(map(float, q / np.linalg.norm(q)))


VECTORS = st.tuples(PARTS, PARTS, PARTS)


def close(a, b, within=1e-14):
    np.testing.assert_allclose(a, b, rtol=0, atol=within)


@given(quaternions(), quaternions(), VECTORS)
def test_frames_chain(q_a_b, q_b_c, v):
    a, b = Rotation.from_quat(q_a_b), Rotation.from_quat(q_b_c)
    close(quat.rotate(q_a_b, v), a.apply(v))
    close(quat.unrotate(q_a_b, v), a.inv().apply(v))
    close(quat.rotate(quat.multiply(q_a_b, q_b_c), v), a.apply(b.apply(v)))
    close(quat.multiply(quat.conjugate(q_a_b), q_a_b), quat.identity())


@given(VECTORS)
def test_the_identity_changes_nothing(v):
    assert quat.rotate(quat.identity(), v) == v


@given(st.floats(-300, 2).map(lambda k: 10.0**k), quaternions())
def test_normalize(size, q):
    assume(size > 1e-100)
    close(quat.normalize(tuple(size * x for x in q)), q)


@given(VECTORS, st.floats(0.0, 3.14))
def test_rotation_vectors(axis, angle):
    assume(np.linalg.norm(axis) > 1e-3)
    turn = tuple(angle * np.array(axis) / np.linalg.norm(axis))
    q = quat.from_rotvec(turn)
    close(q, Rotation.from_rotvec(turn).as_quat())
    close(quat.to_rotvec(q), turn)
    close(quat.to_rotvec(tuple(-x for x in q)), turn)


@pytest.mark.parametrize("angle", [0.0, 1e-300, 1e-160, 1e-12, 1e-8, 1e-4])
def test_small_turns_keep_their_relative_accuracy(angle):
    turn = (0.6 * angle, 0.0, -0.8 * angle)
    q = quat.from_rotvec(turn)
    np.testing.assert_allclose(q[:3], [0.5 * x for x in turn], rtol=1e-8, atol=0)
    np.testing.assert_allclose(quat.to_rotvec(q), turn, rtol=1e-15, atol=0)


def test_half_a_turn():
    close(np.abs(quat.to_rotvec((0.6, 0.0, 0.8, 0.0))), (0.6 * math.pi, 0.0, 0.8 * math.pi))


@given(quaternions())
def test_axes(q):
    x, y, z = Rotation.from_quat(q).as_matrix().T
    got = quat.from_axes(tuple(x), tuple(y), tuple(z))
    assert got[3] >= 0.0
    close(abs(np.dot(got, q)), 1.0)
    close(Rotation.from_quat(got).as_matrix().T, [x, y, z])


@pytest.mark.parametrize("q", [(1.0, 0, 0, 0), (0, 1.0, 0, 0), (0, 0, 1.0, 0), (0.6, 0.8, 0, 0), (0.5,) * 4])
def test_axes_where_a_component_vanishes(q):
    x, y, z = Rotation.from_quat(q).as_matrix().T
    close(abs(np.dot(quat.from_axes(tuple(x), tuple(y), tuple(z)), q)), 1.0)


@pytest.mark.parametrize("angle", [0.0, 1e-9, 3e-3, 0.05, 0.25])
def test_a_small_turn_needs_no_sine(angle):
    turn = tuple(angle * x for x in (0.36, -0.48, 0.8))
    small = Rotation.from_quat(quat.from_small_rotvec(turn))
    assert (small.inv() * Rotation.from_rotvec(turn)).magnitude() <= angle**5 / 100.0 + 1e-15
    assert quat.from_small_rotvec((0.0, 0.0, 0.0)) == quat.identity()
