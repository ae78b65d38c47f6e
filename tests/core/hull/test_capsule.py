"""The distance of two segments, against a constrained minimum that SciPy finds, and by hand."""

import math

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from rvd.core.hull.capsule import between


def slow(a, b, c, d) -> float:
    """The least of |a + s (b - a) - c - t (d - c)|, s and t from 0 to 1: a bounded least-squares problem."""
    a, b, c, d = map(np.array, (a, b, c, d))
    found = lsq_linear(np.column_stack([b - a, c - d]), c - a, bounds=(0.0, 1.0), method="bvls", tol=1e-15)
    return float(math.sqrt(2.0 * found.cost))


def ends(rng, spread=1.0):
    return [tuple(map(float, rng.normal(0.0, spread, 3))) for _ in range(4)]


def test_the_distance_is_the_constrained_least_one():
    rng = np.random.default_rng(3)
    for _ in range(500):
        a, b, c, d = ends(rng)
        assert between(a, b, c, d) == pytest.approx(slow(a, b, c, d), abs=1e-9)


@pytest.mark.parametrize("length", [1e-3, 1.0, 1e3])
def test_parallel_segments(length):
    """Beside one another, one behind the other, and of nearly the same direction."""
    x = (length, 0.0, 0.0)
    assert between((0, 0, 0), x, (0.0, 3.0, 0.0), (length, 3.0, 0.0)) == pytest.approx(3.0)
    assert between((0, 0, 0), x, (length + 4.0, 3.0, 0.0), (2 * length + 4.0, 3.0, 0.0)) == pytest.approx(5.0)
    tilted = (length, 3.0 + 1e-9 * length, 0.0)
    assert between((0, 0, 0), x, (0.0, 3.0, 0.0), tilted) == pytest.approx(3.0)


def test_points_and_crossings():
    o, x, y = (0.0, 0.0, 0.0), (2.0, 0.0, 0.0), (0.0, 5.0, 0.0)
    assert between(o, o, y, y) == 5.0
    assert between(o, x, (1.0, 2.0, 0.0), (1.0, 2.0, 0.0)) == 2.0
    assert between((3.0, 0.0, 4.0), (3.0, 0.0, 4.0), (0.0, 0.0, 0.0), (0.0, 0.0, 4.0)) == 3.0
    assert between((-1.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.5), (0.0, 1.0, 0.5)) == 0.5


def test_it_does_not_matter_which_is_first():
    rng = np.random.default_rng(5)
    for _ in range(200):
        a, b, c, d = ends(rng, 10.0)
        assert between(a, b, c, d) == pytest.approx(between(c, d, a, b), abs=1e-12)
        assert between(a, b, c, d) == pytest.approx(between(b, a, d, c), abs=1e-12)
