"""A kernel over arrays: parts, broadcasting, checks by name."""

import math

import numpy as np
import pytest

from rvd.array_arguments import positive
from rvd.by_rows import by_rows
from rvd.core.algebra import quat, vec
from rvd.core.kernel import Vec, kernel
from rvd.errors import ArgumentError


@kernel
def parts(r: Vec, k: float) -> tuple[Vec, float, tuple[Vec, Vec]]:
    """A vector, a number and two vectors."""
    return r, k, (vec.scale(k, r), vec.neg(r))


def test_parts_have_their_shapes_and_rows_broadcast():
    r, k = np.arange(6.0).reshape(2, 1, 3), np.array((1.0, 2.0, 3.0))
    same, number, pair = by_rows(parts)(r, k)
    assert same.shape == (2, 3, 3) and number.shape == (2, 3) and pair.shape == (2, 3, 2, 3)
    assert np.array_equal(same, np.broadcast_to(r, (2, 3, 3)))
    assert np.array_equal(pair[:, :, 0], r * k[:, None]) and np.array_equal(pair[:, :, 1], -same)


def test_one_result_is_not_a_tuple():
    assert by_rows(vec.norm)([(3.0, 4.0, 0.0), (0.0, 0.0, 2.0)]).tolist() == [5.0, 2.0]
    turned = by_rows(quat.rotate)((0.0, 0.0, 1.0, 0.0), (1.0, 2.0, 3.0))
    assert turned.tolist() == [-1.0, -2.0, 3.0]


@kernel
def two(k: float) -> tuple[float, float]:
    """Two numbers."""
    return k, 2.0 * k


def test_numbers_are_one_array_or_parts():
    assert by_rows(two)([1.0, 2.0, 3.0]).shape == (3, 2)
    first, second = by_rows(two, parts=True)([1.0, 2.0, 3.0])
    assert first.tolist() == [1.0, 2.0, 3.0] and second.tolist() == [2.0, 4.0, 6.0]


@kernel
def root(x: float) -> float:
    """The root of x, NaN below zero."""
    return math.sqrt(x) if x >= 0.0 else math.nan


def test_checks_are_by_name_and_nan_is_refused():
    with pytest.raises(ArgumentError, match="k must be above zero"):
        by_rows(parts, k=positive)((1.0, 2.0, 3.0), -1.0)
    with pytest.raises(ArgumentError, match=r"1 of 2 have no solution .* it is so"):
        by_rows(root, "it is so")([-1.0, 4.0])
    with pytest.raises(ValueError, match="zip"):
        by_rows(parts)((1.0, 2.0, 3.0))
