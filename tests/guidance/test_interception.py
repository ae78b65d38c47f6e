"""Intercepts flown by SciPy from the chaser to where the target then is, and a published one."""

import numpy as np
import pytest

from rvd.core.constants import MU_EARTH
from rvd.guidance import interception
from tests.guidance.oracles import fly_inertial

R, V = np.array((7.0e6, 0.0, 1e5)), np.array((100.0, 7400.0, 900.0))
RT, VT = np.array((6.9e6, 9e5, 3e4)), np.array((-980.0, 7450.0, 800.0))


@pytest.mark.parametrize(("revolutions", "t"), [(0, 2500.0), (2, 17000.0)])
@pytest.mark.parametrize("sense", [1.0, -1.0])
def test_the_burns_flown(revolutions, t, sense):
    first, second = interception.intercept(R, sense * V, RT, sense * VT, revolutions, MU_EARTH, t)
    end, speed = fly_inertial(R, sense * V + first, MU_EARTH, t)
    there, theirs = fly_inertial(RT, sense * VT, MU_EARTH, t)
    assert np.allclose(end, there, atol=0.05)
    assert np.allclose(speed + second, theirs, atol=1e-4)
    assert np.linalg.norm(first) < 3000.0  # it turns as the chaser does


def test_the_cheaper_of_two_orbits():
    from rvd.orbit import lambert

    first, second = interception.intercept(R, V, RT, VT, 2, MU_EARTH, 17000.0)
    there, theirs = fly_inertial(RT, VT, MU_EARTH, 17000.0)
    costs = []
    for left in (True, False):
        v1, v2 = lambert.transfer(R, there, 17000.0, MU_EARTH, revolutions=2, left=left)
        costs.append(np.linalg.norm(v1 - V) + np.linalg.norm(theirs - v2))
    assert np.isclose(np.linalg.norm(first) + np.linalg.norm(second), min(costs), rtol=1e-6)


@pytest.mark.parametrize("across", [-1000.0, 0.0, 1000.0])
@pytest.mark.parametrize("t", [1000.0, 2000.0])
def test_near_the_poles_it_turns_as_the_chaser_does(across, t):
    """The momentum of the transfer may have the other z: by that alone it once cost 15 km/s."""
    c, s = np.cos(0.1), np.sin(0.1)
    burns = interception.intercept(
        (6.9e6, 0.0, 0.0), (0.0, 1.0, 7600.6), (6.95e6 * c, across, 6.95e6 * s), (-7573.0 * s, 0.0, 7573.0 * c), 0,
        MU_EARTH, t,
    )  # fmt: skip
    assert sum(map(np.linalg.norm, burns)) < 1500.0
