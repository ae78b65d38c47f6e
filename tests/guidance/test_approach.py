"""The five burns, flown by Hill's equations from burn to burn."""

import numpy as np
import pytest

from rvd.guidance import approach, coelliptic
from tests.guidance.oracles import fly

N = 0.00113


@pytest.mark.parametrize(
    ("x", "y", "x_last", "revolutions", "t_tpi"),
    [(-30e3, -1200e3, -10e3, 3, 24000.0), (20e3, 300e3, 5e3, 0, 6000.0), (-15e3, 200e3, -10e3, 1, 20000.0)],
)
def test_the_plan_flown(x, y, x_last, revolutions, t_tpi):
    elevation, transfer, to = 0.4712, 2000.0, (0.0, -500.0, 0.0)
    t, dv = approach.five_burns(x, y, x_last, elevation, revolutions, t_tpi, transfer, to, N)
    r, v = np.array((x, y, 0.0)), coelliptic.velocity(x, N)
    now = 0.0
    for k in range(5):
        if t[k] > now:
            r, v = fly(r, v, N, t[k] - now)
        now = t[k]
        if k == 3:
            assert np.isclose(np.arctan2(-r[0], -r[1]) % np.pi, elevation)
            assert np.allclose(v, coelliptic.velocity(x_last, N), atol=1e-7)
            assert np.isclose(r[0], x_last)
        v = v + dv[k]
    assert np.allclose(r, to, atol=1e-3)
    assert np.allclose(v, 0.0, atol=1e-6)
    assert np.isclose(t[4], t_tpi + transfer)
