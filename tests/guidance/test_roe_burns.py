"""Burns for relative elements, flown by Hill's equations from burn to burn."""

import numpy as np
import pytest

from rvd.guidance import natural, roe_burns
from tests.guidance.oracles import fly

N = 0.00113
EI = np.array((15.0, -400.0, 60.0, 120.0, 30.0, -80.0))
WANTED = np.array((0.0, 100.0, 40.0, 300.0, 0.0, 150.0))


def flown(ei, u, burns):
    """Elements after burns (argument of latitude, dv) in order, flown from `ei` at u."""
    r, v = natural.from_ei(ei, u, N)
    for at, dv in burns:
        if at > u:
            r, v = fly(r, v, N, (at - u) / N)
        u, v = at, v + dv
    return natural.to_ei(r, v, u, N)


def test_a_burn_and_a_drift():
    dv = (0.02, -0.05, 0.03)
    assert np.allclose(roe_burns.burn(EI, dv, 1.1, N), flown(EI, 1.1, [(1.1, dv)]), atol=1e-9)
    assert np.allclose(roe_burns.drift(EI, 7.0), flown(EI, 0.5, [(7.5, (0.0, 0.0, 0.0))]), atol=1e-6)


def test_a_pair_along_track():
    u, first, second = roe_burns.in_plane_pair(EI, WANTED, N)
    after = flown(EI, u, [(u, (0.0, first, 0.0)), (u + np.pi, (0.0, second, 0.0))])
    assert np.allclose(after[[0, 2, 3]], WANTED[[0, 2, 3]], atol=1e-6)


def test_one_across_the_plane():
    u, dv = roe_burns.out_of_plane(EI, WANTED, N)
    assert np.allclose(flown(EI, u, [(u, (0.0, 0.0, dv))])[4:], WANTED[4:], atol=1e-9)
    assert 0.0 <= u <= 2.0 * np.pi


@pytest.mark.parametrize("turns", [1, 4])
def test_a_reconfiguration_by_three_burns(turns):
    u, dv = roe_burns.three_burns(EI, WANTED, turns, N)
    places = (u, u + np.pi, u + 2.0 * np.pi * turns)
    after = flown(EI, u, [(at, (0.0, one, 0.0)) for at, one in zip(places, dv)])
    assert np.allclose(after[:4], WANTED[:4], atol=1e-5)
