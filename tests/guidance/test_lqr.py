"""Gains by their costs: a loop flown by SciPy costs what Riccati's matrix says, and any other gain costs more."""

import numpy as np

from rvd.guidance import lqr
from rvd.motion import cw

N = 0.00113
START = np.array((20.0, -50.0, 10.0, 0.05, 0.0, -0.02))


def hill_matrix():
    m = np.zeros((6, 6))
    m[:3, 3:] = np.eye(3)
    m[3, 0], m[3, 4], m[4, 3], m[5, 2] = 3.0 * N * N, 2.0 * N, -2.0 * N, -N * N
    return m


def cost_of_pushes(gain):
    """The integral of the squares, by the matrix exponential in steps of a second."""
    from scipy.linalg import expm

    closed = hill_matrix().copy()
    closed[3:] -= gain
    step, state, total = expm(0.5 * closed), START.copy(), []
    for _ in range(4000):
        push = gain @ state
        total.append(state[:3] @ state[:3] + state[3:] @ state[3:] / 0.1**2 + push @ push / 0.001**2)
        state = step @ state
    assert np.linalg.norm(state[:3]) < 0.1
    return 0.5 * (np.sum(total) - 0.5 * (total[0] + total[-1]))


def test_no_other_gain_costs_less_pushed():
    gain = lqr.pushed(1.0, 0.1, 0.001, N)
    least = cost_of_pushes(gain)
    rng = np.random.default_rng(1)
    for _ in range(6):
        assert cost_of_pushes(gain * (1.0 + 0.1 * rng.normal(size=gain.shape))) > least


def test_no_other_gain_costs_less_pulsed():
    gain = lqr.pulsed(1.0, 0.1, 0.01, 20.0, N)

    def cost(gain):
        state, total = START.copy(), 0.0
        for _ in range(400):
            dv = -gain @ state
            total += state[:3] @ state[:3] + state[3:] @ state[3:] / 0.1**2 + dv @ dv / 0.01**2
            state = np.concatenate(cw.coast(state[:3], state[3:] + dv, N, 20.0))
        assert np.linalg.norm(state[:3]) < 0.1
        return total

    least = cost(gain)
    rng = np.random.default_rng(2)
    for _ in range(6):
        assert cost(gain * (1.0 + 0.1 * rng.normal(size=gain.shape))) > least
