import math

import numpy as np

from rvd.core.motion.dop853 import STAGES, WEIGHTS


def test_the_coefficients_are_those_of_scipy():
    from scipy.integrate._ivp import dop853_coefficients as theirs

    assert WEIGHTS.shape == (STAGES + 1, STAGES)
    assert np.array_equal(WEIGHTS[:STAGES], theirs.A[:STAGES, :STAGES])
    assert np.array_equal(WEIGHTS[STAGES], theirs.B)


def test_the_weights_of_a_step_sum_to_one():
    assert abs(WEIGHTS[STAGES].sum() - 1.0) < 1e-15


def turned(h, steps):
    """The rotation y' = (-y1, y0) from (1, 0) after steps of h."""
    y = np.array([1.0, 0.0])
    for _ in range(steps):
        slopes = np.zeros((STAGES, 2))
        for k in range(STAGES):
            here = y + h * WEIGHTS[k] @ slopes
            slopes[k] = (-here[1], here[0])
        y = y + h * WEIGHTS[STAGES] @ slopes
    return y


def test_it_is_of_the_eighth_order():
    errors = [
        np.linalg.norm(turned(h, round(8.0 / h)) - (math.cos(8.0), math.sin(8.0))) for h in (1.0, 0.5, 0.25)
    ]
    assert 180.0 < errors[0] / errors[1] < 360.0
    assert 180.0 < errors[1] / errors[2] < 360.0
