"""Values in and out of flat blocks."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import pytest

from rvd.core.kernel import LANES, Block, Quat, Vec, entry, leaves, load, size, store


class Colour(IntEnum):
    RED = 0
    BLUE = 1


class Bias(NamedTuple):
    turn: Quat
    on: bool
    colour: Colour


class Body(NamedTuple):
    mass: float
    r: Vec
    bias: Bias
    count: int
    corner: tuple[tuple[float, float], tuple[float]]


BODY = Body(1.5, (1.0, 2.0, 3.0), Bias((4.0, 5.0, 6.0, 7.0), True, Colour.BLUE), -9, ((8.0, 9.0), (10.0,)))
# More than the 30 items that Numba takes in one literal or one call on Python 3.11.
Wide = NamedTuple("Wide", [(f"a{i}", float) for i in range(70)])


class Long(NamedTuple):
    x: tuple[(float,) * 70]
    body: Body


@entry
def turned(block: Block, count: int) -> float:
    """Doubles the mass, counts up and switches off, in every lane."""
    for lane in range(count):
        body = load(Body, block, 2, lane, LANES)
        bias = Bias(body.bias.turn, not body.bias.on, body.bias.colour)
        store(Body, block, 2, lane, LANES, Body(2.0 * body.mass, body.r, bias, body.count + 1, body.corner))
    return load(Body, block, 2, 0, LANES).mass


@entry
def copied(row: Block) -> float:
    """Copies two large values to the slots behind them."""
    store(Wide, row, 200, 0, 1, load(Wide, row, 0, 0, 1))
    store(Long, row, 270, 0, 1, value=load(Long, row, 70, 0, 1))
    return row[0]


def test_leaves_are_named_in_order():
    assert leaves(Body) == (
        "mass", "r.0", "r.1", "r.2", "bias.turn.0", "bias.turn.1", "bias.turn.2", "bias.turn.3", "bias.on",
        "bias.colour", "count", "corner.0.0", "corner.0.1", "corner.1.0",
    )  # fmt: skip
    assert size(Body) == 14 and size(Wide) == 70 and size(Long) == 84


@pytest.mark.parametrize("stride", [1, LANES])
def test_what_is_stored_is_loaded(stride):
    block = np.full(20 * stride, np.nan)
    lane = stride // 2
    store(Body, block, 3, lane, stride, BODY)
    assert load(Body, block, 3, lane, stride) == BODY
    assert type(load(Body, block, 3, lane, stride).bias.on) is bool
    column = block.reshape(-1, stride)[:, lane]
    assert np.flatnonzero(~np.isnan(column)).tolist() == list(range(3, 17))
    assert column[3:17].tolist() == [1.5, 1, 2, 3, 4, 5, 6, 7, 1, 1, -9, 8, 9, 10]
    assert np.count_nonzero(~np.isnan(block)) == 14


def test_compiled_code_reads_and_writes_its_lanes_only():
    block = np.zeros(20 * LANES)
    for lane in range(LANES):
        store(Body, block, 2, lane, LANES, BODY._replace(mass=float(lane)))
    before = block.copy()
    assert turned(block, 5) == 0.0
    for lane in range(5):
        expected = BODY._replace(mass=2.0 * lane, count=-8, bias=BODY.bias._replace(on=False))
        assert load(Body, block, 2, lane, LANES) == expected
    assert np.array_equal(block.reshape(20, LANES)[:, 5:], before.reshape(20, LANES)[:, 5:])


def test_more_than_thirty_items_are_copied():
    row = np.arange(400.0)
    copied(row)
    assert np.array_equal(row[200:270], np.arange(70.0))
    expected = np.arange(70.0, 154.0)
    expected[78] = 1.0  # the flag
    assert np.array_equal(row[270:354], expected)


def test_a_block_holds_numbers_only():
    class Named(NamedTuple):
        name: str

    with pytest.raises(TypeError, match="str"):
        load(Named, np.zeros(3), 0, 0, 1)
