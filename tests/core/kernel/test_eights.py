"""Eight numbers at a time: each as by itself, compiled and in plain Python."""

import numpy as np
import pytest

from rvd.core.kernel import Block, Sheet, kernel, plain
from rvd.core.kernel.eights import EIGHT, add8, load8, mul8, padded, splat8, store8, sub8


@kernel
def _worked(table: Sheet, row: Block, x: float) -> None:
    v = add8(load8(table, (1, EIGHT)), mul8(splat8(x), load8(row, 2)))
    store8(table, (2, 0), sub8(v, load8(table, (0, 0))))
    store8(row, 0, v)


@pytest.mark.parametrize("function", [_worked, plain(_worked)], ids=["compiled", "plain"])
def test_eight_are_as_one_by_one(function):
    rng = np.random.default_rng(1)
    table, row, x = rng.normal(size=(3, 16)), rng.normal(size=10), 0.7
    expected = table[1, 8:16] + x * row[2:10]
    before = table.copy()
    function(table, row, x)
    assert np.array_equal(row[:8], expected)
    assert np.array_equal(table[2, :8], expected - before[0, :8])
    before[2, :8] = table[2, :8]
    assert np.array_equal(table, before), "nothing else is written"


@pytest.mark.parametrize(("count", "width"), [(0, 0), (1, 8), (8, 8), (9, 16), (37, 40)])
def test_rows_are_filled_up_to_a_multiple_of_eight(count, width):
    assert padded(count) == width
