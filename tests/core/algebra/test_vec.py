"""Three-vectors against NumPy."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.algebra import vec

NUMBERS = st.floats(-1e6, 1e6)
VECTORS = st.tuples(NUMBERS, NUMBERS, NUMBERS)


@given(NUMBERS, VECTORS, VECTORS)
def test_sums_and_products(k, a, b):
    x, y = np.array(a), np.array(b)
    assert np.array_equal(vec.add(a, b), x + y)
    assert np.array_equal(vec.sub(a, b), x - y)
    assert np.array_equal(vec.neg(a), -x)
    assert np.array_equal(vec.scale(k, a), k * x)
    assert np.array_equal(vec.axpy(k, a, b), k * x + y)
    size = np.linalg.norm(x) * np.linalg.norm(y)
    np.testing.assert_allclose(vec.dot(a, b), x @ y, rtol=0, atol=1e-15 * size)
    np.testing.assert_allclose(vec.cross(a, b), np.cross(x, y), rtol=0, atol=1e-15 * size)
    np.testing.assert_allclose(vec.norm(a), np.linalg.norm(x), rtol=1e-15, atol=1e-160)


@given(VECTORS)
def test_a_unit_vector_has_length_one_and_the_same_direction(a):
    u = vec.unit(a)
    if vec.norm(a) < 1e-150:
        return
    assert abs(vec.norm(u) - 1.0) < 1e-15
    np.testing.assert_allclose(vec.scale(vec.norm(a), u), a, rtol=1e-14, atol=1e-300)


def test_the_unit_vector_of_nothing_is_nothing():
    assert vec.unit((0.0, 0.0, 0.0)) == (0.0, 0.0, 0.0)


def test_clip():
    assert [vec.clip(x, 2.0) for x in (-3.0, -2.0, 0.5, 2.0, math.inf)] == [-2.0, -2.0, 0.5, 2.0, 2.0]
    assert math.isnan(vec.clip(math.nan, 2.0))


def test_select():
    a, b = (1.0, 2.0, 3.0), (4.0, 5.0, 6.0)
    assert vec.select(True, a, b) == a and vec.select(False, a, b) == b
