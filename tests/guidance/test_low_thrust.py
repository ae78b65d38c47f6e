"""Spirals flown by SciPy about a point mass, and the cheapest yaw found by a search that knows no formula."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import minimize

from rvd.core.constants import MU_EARTH
from rvd.guidance import low_thrust
from tests.guidance.oracles import fly_inertial


def elements(r, v):
    """Semi-major axis and inclination of a state."""
    h = np.cross(r, v)
    size = 1.0 / (2.0 / np.linalg.norm(r) - v @ v / MU_EARTH)
    return size, np.arccos(h[2] / np.linalg.norm(h))


@pytest.mark.parametrize(("r_from", "r_to", "tilt"), [(7e6, 7.2e6, 0.02), (7.2e6, 7e6, 0.0)])
def test_the_spiral_flown(r_from, r_to, tilt):
    """The yaw changes its side at the nodes' quadrants; the error of the averages is push r2 / mu, here 1e-4."""
    push, whole = 1e-3, float(low_thrust.cost(r_from, r_to, tilt, MU_EARTH))
    spent = np.linspace(0.0, whole, 500)
    _, _, yaws = low_thrust.after(r_from, r_to, tilt, spent, MU_EARTH)

    def thrust(t, r, v):
        yaw = np.interp(push * t, spent, yaws)
        h = np.cross(r, v)
        side = np.sign(r[0])  # the node lies along x
        along, across = v / np.linalg.norm(v), h / np.linalg.norm(h)
        return push * (np.cos(yaw) * along + side * np.sin(yaw) * across)

    t = float(low_thrust.burning(whole, push, 0.0))
    r, v = fly_inertial((r_from, 0.0, 0.0), (0.0, np.sqrt(MU_EARTH / r_from), 0.0), MU_EARTH, t, thrust)
    size, turned = elements(r, v)
    assert abs(size - r_to) < 0.01 * abs(r_to - r_from)
    assert abs(turned - tilt) < 2e-4


def spiralled(yaws, whole, r_from, steps=400):
    """Speed and tilt after `whole` m/s with yaws at equal shares of it: averages over half turns, by midpoints."""
    speed, tilt = np.sqrt(MU_EARTH / r_from), 0.0
    step = whole / steps
    for yaw in np.interp((np.arange(steps) + 0.5) / steps, np.linspace(0.0, 1.0, len(yaws)), yaws):
        middle = speed - 0.5 * step * np.cos(yaw)
        tilt += step * 2.0 / np.pi * np.sin(yaw) / middle
        speed -= step * np.cos(yaw)
    return speed, tilt


@pytest.mark.parametrize(("r_from", "r_to", "tilt"), [(7e6, 4.2166e7, 0.5), (9e6, 7e6, 0.3)])
def test_no_other_yaw_costs_less(r_from, r_to, tilt):
    last = np.sqrt(MU_EARTH / r_to)

    def miss(x):
        speed, turned = spiralled(x[1:], 1e3 * x[0], r_from)
        return np.array([(speed - last) / last, turned - tilt])

    start = np.array([6.0, *np.full(6, 0.8)])
    held = {"type": "eq", "fun": miss}
    found = minimize(
        lambda x: x[0], start, method="SLSQP", constraints=[held], options={"maxiter": 200, "ftol": 1e-9}
    )
    assert found.success and np.abs(miss(found.x)).max() < 1e-6
    least = float(low_thrust.cost(r_from, r_to, tilt, MU_EARTH)) / 1e3
    assert least - 1e-4 * least < found.x[0] < least * 1.005  # six yaws with straight lines between: not less
    _, _, yaws = low_thrust.after(r_from, r_to, tilt, np.linspace(0.0, 1e3 * least, 201), MU_EARTH)
    speed, turned = spiralled(yaws, 1e3 * least, r_from, 4000)
    assert speed == pytest.approx(last, rel=1e-5) and turned == pytest.approx(tilt, abs=1e-5)


def test_the_way_there_is_the_way_back():
    there = low_thrust.cost(7e6, 4e7, 0.4, MU_EARTH)
    assert there == pytest.approx(low_thrust.cost(4e7, 7e6, 0.4, MU_EARTH), rel=1e-14)
    r, turned, yaw = low_thrust.after(7e6, 4e7, 0.4, (0.0, float(there)), MU_EARTH)
    assert r == pytest.approx((7e6, 4e7), rel=1e-14) and turned == pytest.approx((0.0, 0.4), abs=1e-14)
    _, _, back = low_thrust.after(4e7, 7e6, 0.4, (0.0, float(there)), MU_EARTH)
    assert back == pytest.approx(np.pi - yaw[::-1], rel=1e-13)


@pytest.mark.parametrize("height", [0.001, 1.0, 1e3])
def test_a_small_step_costs_half_of_n_times_it(height):
    """Without cancellation: from 7000 km by a millimetre on."""
    n = np.sqrt(MU_EARTH / 7e6**3)
    assert low_thrust.cost(7e6, 7e6 + height, 0.0, MU_EARTH) == pytest.approx(
        0.5 * n * height, rel=1e-9 + height / 7e6
    )


@pytest.mark.parametrize(
    ("dv", "push", "flow"),
    [(4640.0, 4e-3, 2.48e-7), (5838.2, 1e-2, 2e-7), (100.0, 1e-3, 0.0), (9e3, 1e-2, 1e-6)],
)
def test_a_lighter_craft_needs_less_time(dv, push, flow):
    t = float(low_thrust.burning(dv, push, flow))
    given = solve_ivp(lambda s, _: [push / (1.0 - flow * s)], (0.0, t), [0.0], rtol=1e-12, atol=1e-9).y[0, -1]
    assert given == pytest.approx(dv, rel=1e-10)
