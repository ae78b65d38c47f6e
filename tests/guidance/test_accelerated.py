"""Closed forms and quadrature against the linear equations, integrated by SciPy."""

import numpy as np
import pytest

from rvd.core.constants import MU_EARTH
from rvd.guidance import accelerated
from rvd.motion import cw
from tests.guidance.oracles import fly, fly_about_ellipse

R, V, PUSH = (-300.0, 500.0, 40.0), (0.2, -0.1, 0.05), (2e-4, -1e-4, 3e-4)


@pytest.mark.parametrize("t", [5.0, 900.0, 12000.0, -700.0])
def test_about_a_circle(t):
    r, v = accelerated.cw(R, V, PUSH, 0.00113, t)
    end, speed = fly(R, V, 0.00113, t, lambda s: PUSH)
    assert np.allclose(r, end, rtol=1e-9, atol=1e-6) and np.allclose(v, speed, rtol=1e-9, atol=1e-9)
    assert np.array_equal(accelerated.cw(R, V, (0.0, 0.0, 0.0), 0.00113, t), cw.coast(R, V, 0.00113, t))


@pytest.mark.parametrize("t", [5.0, 900.0, 12000.0, -700.0])
@pytest.mark.parametrize("e", [0.0, 0.3, 0.8])
def test_about_an_ellipse(e, t):
    r, v = accelerated.yamanaka_ankersen(R, V, PUSH, MU_EARTH, 7e6, e, 0.5, t)
    end, speed = fly_about_ellipse(R, V, MU_EARTH, 7e6, e, 0.5, t, lambda s: PUSH)
    assert np.allclose(r, end, rtol=1e-9, atol=1e-6) and np.allclose(v, speed, rtol=1e-9, atol=1e-9)
