"""Process noise beside Van Loan's matrix exponential."""

import numpy as np
import pytest
from scipy.linalg import expm

from rvd.navigation import noise
from tests.guidance.calls import N

DENSITY = np.array((1e-8, 4e-8, 1e-9))


@pytest.mark.parametrize("t", [0.0, 1.0, 900.0, 5600.0, 20000.0])
def test_the_noise_of_a_coast(t):
    """C. F. Van Loan, IEEE Transactions on Automatic Control 23(3), 1978: the noise is a block of an exponential."""
    motion = np.zeros((6, 6))
    motion[:3, 3:] = np.eye(3)
    motion[3, 0], motion[5, 2] = 3.0 * N * N, -N * N
    motion[3, 4], motion[4, 3] = 2.0 * N, -2.0 * N
    inlet = np.diag([0.0, 0.0, 0.0, *DENSITY])
    whole = expm(np.block([[-motion, inlet], [np.zeros((6, 6)), motion.T]]) * t)
    theirs = whole[6:, 6:].T @ whole[:6, 6:]
    ours = noise.coasting(DENSITY, N, t)
    sigma = np.sqrt(np.diagonal(theirs))
    assert np.all(np.abs(ours - theirs) <= 1e-9 * np.outer(sigma, sigma))
    assert np.array_equal(ours, ours.T)


def test_two_steps_are_one():
    """Q(2 t) = F Q(t) F' + Q(t)."""
    from rvd.motion import cw

    for t in (10.0, 3000.0):
        f, q = cw.transition(N, t), noise.coasting(DENSITY, N, t)
        both = noise.coasting(DENSITY, N, 2.0 * t)
        sigma = np.sqrt(np.diagonal(both))
        assert np.all(np.abs(f @ q @ f.T + q - both) <= 1e-12 * np.outer(sigma, sigma))


def test_a_bias_that_fades():
    kept, added = noise.fading(2.0, 600.0, np.array((0.0, 1e-3, 60.0, 1e5)))
    assert np.allclose(kept, np.exp(-np.array((0.0, 1e-3, 60.0, 1e5)) / 600.0), rtol=1e-15)
    assert np.allclose(kept * kept * 4.0 + added, 4.0, rtol=1e-15)
    assert np.isclose(added[1], 4.0 * 2e-3 / 600.0, rtol=1e-5)
