"""Transfers between circles, flown by SciPy from burn to burn; the least sum by brute force."""

import numpy as np
import pytest

from rvd.core.constants import MU_EARTH
from rvd.guidance import phasing
from tests.guidance.oracles import fly_inertial


def on_circle(size, angle, tilt=0.0):
    """State on a circle, `angle` after the line in which its plane crosses z = 0."""
    v = np.sqrt(MU_EARTH / size)
    x = np.array((np.cos(angle), np.sin(angle) * np.cos(tilt), np.sin(angle) * np.sin(tilt)))
    y = np.array((-np.sin(angle), np.cos(angle) * np.cos(tilt), np.cos(angle) * np.sin(tilt)))
    return size * x, v * y


def along(v, dv):
    return v * (1.0 + dv / np.linalg.norm(v))


@pytest.mark.parametrize(
    ("r_from", "r_to", "ahead"), [(6.7e6, 7.4e6, 0.3), (7.4e6, 6.7e6, -2.0), (7e6, 4.2e7, 5.0)]
)
def test_the_transfer_meets_the_target(r_from, r_to, ahead):
    wait, first, second, flight = phasing.wait(r_from, r_to, ahead, MU_EARTH)
    slip = abs(np.sqrt(MU_EARTH / r_from**3) - np.sqrt(MU_EARTH / r_to**3))
    assert 0.0 <= wait < 2.0 * np.pi / slip
    r, v = on_circle(r_from, np.sqrt(MU_EARTH / r_from**3) * wait)
    r, v = fly_inertial(r, along(v, first), MU_EARTH, flight)
    there, speed = on_circle(r_to, ahead + np.sqrt(MU_EARTH / r_to**3) * (wait + flight))
    assert np.allclose(r, there, atol=0.5)
    assert np.allclose(along(v, second), speed, atol=1e-3)


@pytest.mark.parametrize(
    ("r_from", "r_to", "tilt"), [(6.569e6, 4.2159e7, 0.4974), (8e6, 7e6, 0.1), (7e6, 7.2e6, 2.0)]
)
def test_the_split_costs_the_least(r_from, r_to, tilt):
    part, first, second = phasing.split_plane_change(r_from, r_to, tilt, MU_EARTH)
    half = 0.5 * (r_from + r_to)

    def cost(share):
        total = 0.0
        for r, angle in ((r_from, share), (r_to, tilt - share)):
            v, w = np.sqrt(MU_EARTH / r), np.sqrt(MU_EARTH * (2.0 / r - 1.0 / half))
            total += np.linalg.norm(np.array((v * np.cos(angle), v * np.sin(angle))) - (w, 0.0))
        return total

    assert np.isclose(first + second, cost(part), rtol=1e-12)
    tried = [cost(share) for share in np.linspace(0.0, tilt, 2001)]
    assert first + second <= min(tried) + 1e-9
    assert np.isclose(part, np.linspace(0.0, tilt, 2001)[np.argmin(tried)], atol=tilt / 1000)


@pytest.mark.parametrize(("turns", "turns_target"), [(1, 0), (3, 1)])
def test_out_of_plane_by_phasing_at_the_node(turns, turns_target):
    r_from, r_to, to_node, target, tilt = 7.1e6, 4.2159e7, 0.6, 1.0, 0.2
    first, lap, flight, *burns = phasing.at_the_node(
        r_from, r_to, to_node, target, tilt, turns, turns_target, MU_EARTH
    )
    r, v = fly_inertial(*on_circle(r_from, -to_node), MU_EARTH, first)
    r, v = fly_inertial(r, along(v, burns[0]), MU_EARTH, lap)
    assert np.allclose(r, (r_from, 0.0, 0.0), atol=0.5)
    r, v = fly_inertial(r, along(v, burns[1]), MU_EARTH, flight)
    n = np.sqrt(MU_EARTH / r_to**3)
    there, speed = on_circle(r_to, target + n * (first + lap + flight), tilt)
    assert np.allclose(r, there, atol=5.0)
    assert np.isclose(np.linalg.norm(speed - v), burns[2], atol=1e-3)
