import math

import numpy as np
import pytest

from rvd.core.orbit import cr3bp
from rvd.errors import RvdError
from rvd.orbit import nrho, three_bodies

MU = nrho.MU_EARTH_MOON
STATE = np.array((1.08, 0.03, 0.02, 0.1, -0.5, 0.05))


def test_jacobi_constant_is_kept():
    path = three_bodies.trajectory(MU, STATE, 2.0)
    values = [cr3bp.jacobi(tuple(y.tolist()), MU) for y in path.y.T]
    assert np.ptp(values) < 1e-11


def test_gradient_is_that_of_the_acceleration():
    r, zero = (1.08, 0.03, 0.02), (0.0, 0.0, 0.0)
    xx, yy, zz, xy, xz, yz = cr3bp.gradient(MU, r)
    ours = np.array(((xx, xy, xz), (xy, yy, yz), (xz, yz, zz)))
    h = 1e-6
    for k in range(3):
        step = h * np.eye(3)[k]
        ends = [np.array(cr3bp.acceleration(MU, tuple(r + way * step), zero)) for way in (1.0, -1.0)]
        assert np.allclose((ends[0] - ends[1]) / (2.0 * h), ours[:, k], atol=1e-7)


def test_transition_matrix_against_differences_and_volume():
    _, matrix = three_bodies.propagate(MU, STATE, 1.0, matrix=True)
    for k in range(6):
        step = 1e-6 * np.eye(6)[k]
        ends = [three_bodies.propagate(MU, STATE + way * step, 1.0) for way in (1.0, -1.0)]
        assert np.allclose((ends[0] - ends[1]) / 2e-6, matrix[:, k], rtol=1e-6, atol=1e-6)
    assert abs(np.linalg.det(matrix) - 1.0) < 1e-9


def test_the_far_field_is_two_bodies_in_a_turning_frame():
    """With next to no smaller primary, a circular orbit turns at r^-1.5 less the frame."""
    r = 0.5
    v = math.sqrt(1.0 / r) - r
    end = three_bodies.propagate(1e-15, (r, 0.0, 0.0, 0.0, v, 0.0), 1.0)
    angle = (r**-1.5 - 1.0) * 1.0
    assert np.allclose(end[:2], (r * math.cos(angle), r * math.sin(angle)), atol=1e-11)


def test_nothing_pulls_at_the_lagrange_points():
    for point in three_bodies.lagrange_points(MU):
        assert np.max(np.abs(cr3bp.acceleration(MU, tuple(point), (0.0, 0.0, 0.0)))) < 1e-13


def test_a_halo_is_found_from_a_coarse_seed_and_held_fixed():
    seed = np.array(nrho.SEED_9_2) + (2e-3, 0.0, 0.0, 0.0, 3e-3, 0.0)
    for keep, index in (("z", 2), ("x", 0)):
        found = nrho.correct(MU, seed if keep == "z" else nrho.SEED_9_2, keep=keep)
        assert found.state[index] == (seed if keep == "z" else np.array(nrho.SEED_9_2))[index]
        assert np.max(np.abs(found.at(found.period * (1.0 - 1e-15)) - found.state)) < 1e-8
        assert abs(np.linalg.det(found.monodromy) - 1.0) < 1e-6
    assert math.isclose(found.periapsis * nrho.LU, 2.9306665e6, rel_tol=1e-6)
    assert found.stability > 1.0


def test_bad_seeds_are_refused_in_a_sentence():
    with pytest.raises(RvdError, match="six finite numbers"):
        nrho.correct(MU, (1.0, 0.0, math.nan, 0.0, 0.1, 0.0))
    with pytest.raises(RvdError, match='"x" or "z"'):
        nrho.correct(MU, nrho.SEED_9_2, keep="y")
    with pytest.raises(RvdError, match="six finite numbers"):
        three_bodies.propagate(MU, (1.0, 2.0), 1.0)
    with pytest.raises(RvdError):
        three_bodies.propagate(MU, (1.0 - MU, 0.0, 0.0, 0.0, 0.0, 0.0), 1.0)
