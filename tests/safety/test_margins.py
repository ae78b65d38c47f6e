"""Margins against the nearest of many points of a surface, and a constrained minimum of SciPy."""

import numpy as np
import pytest
from scipy.optimize import minimize

from rvd.safety import margins


@pytest.mark.parametrize("r", [(30.0, -100.0, 5.0), (5.0, -100.0, 0.0), (-8.0, -300.0, 60.0)])
def test_the_distance_to_a_cone(r):
    """The least distance to the cone's generators, sampled and refined; the sign by the angle to its axis."""
    half, apex = 0.3, np.array((1.0, 2.0, -3.0))
    axis = np.array((0.2, -1.0, 0.1))
    axis = axis / np.linalg.norm(axis)
    side = np.cross(axis, (1.0, 0.0, 0.0))
    side = side / np.linalg.norm(side)
    turns = np.linspace(0.0, 2.0 * np.pi, 200001)[:, None]
    ways = np.cos(half) * axis + np.sin(half) * (np.cos(turns) * side + np.sin(turns) * np.cross(axis, side))
    d = np.subtract(r, apex)
    least = np.min(np.linalg.norm(d - np.maximum(ways @ d, 0.0)[:, None] * ways, axis=1))
    inside = np.arccos(d @ axis / np.linalg.norm(d)) < half
    assert np.isclose(margins.cone(r, apex, 5.0 * axis, half), least if inside else -least, atol=1e-6)


@pytest.mark.parametrize(
    "r",
    [(300.0, -500.0, 200.0), (30.0, 100.0, -20.0), (0.0, 0.0, 0.0), (0.0, 395.0, 0.0), (0.0, 10.0, 150.0)],
)
def test_the_distance_to_an_ellipsoid(r):
    axes = np.array((100.0, 400.0, 200.0))

    def surface(angles):
        a, b = angles
        return axes * (np.cos(a) * np.cos(b), np.sin(a) * np.cos(b), np.sin(b))

    tries = [
        minimize(lambda x: np.sum((surface(x) - r) ** 2), start, tol=1e-14).fun
        for start in np.random.default_rng(1).uniform(-3.0, 3.0, (40, 2))
    ]
    least = np.sqrt(min(tries))
    sign = 1.0 if np.sum((np.array(r) / axes) ** 2) > 1.0 else -1.0
    assert np.isclose(margins.ellipsoid(r, (0.0, 0.0, 0.0), axes), sign * least, atol=1e-4)


def test_a_ball_is_an_ellipsoid():
    for r in ((3.0, 4.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.3, -0.2, 0.1)):
        ball = margins.ellipsoid(r, (0.0, 0.0, 0.0), (2.0, 2.0, 2.0))
        assert np.isclose(ball, margins.sphere(r, (0.0, 0.0, 0.0), 2.0), atol=1e-12)


def test_spheres_and_speeds():
    assert margins.sphere((3.0, 4.0, 12.0), (0.0, 0.0, 0.0), 10.0) == 3.0
    r, v = np.array([(30.0, 0.0, 40.0), (0.0, 3e3, 0.0)]), (0.3, 0.0, 0.4)
    assert np.allclose(margins.speed(r, v, 0.1, 0.02, 5.0), (1.1 - 0.5, 5.0 - 0.5))
