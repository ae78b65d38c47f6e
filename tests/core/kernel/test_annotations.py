"""Annotations as Numba types and as casts."""

from enum import IntEnum
from typing import Annotated, NamedTuple

import numpy as np
import pytest
from numba import float64, int64, types

from rvd.core.kernel import Block, Marks, Row, Table, Vec, cast, numba_type


class Law(IntEnum):
    HOLD = 3


class Part(NamedTuple):
    r: Vec
    on: bool


class Case(NamedTuple):
    part: Part
    law: Law
    mass: float
    table: Table


def test_types():
    assert numba_type(float) == float64
    assert numba_type(Law) == numba_type(int) == int64
    assert numba_type(Vec) == types.UniTuple(float64, 3)
    assert numba_type(Row) == numba_type(Block) == types.Array(float64, 1, "C")
    assert numba_type(Annotated[object, int64]) == int64
    assert numba_type(Part) == types.NamedTuple((types.UniTuple(float64, 3), types.boolean), Part)
    with pytest.raises(TypeError, match="str"):
        numba_type(str)


def test_numbers_become_what_their_annotations_say():
    given = Case(((1, np.float32(2), np.int8(3)), np.bool_(True)), Law.HOLD, 5, [[1, 2]])
    got = cast(Case, given)
    assert got[:3] == Case(Part((1.0, 2.0, 3.0), True), 3, 5.0, None)[:3]
    assert isinstance(got.part, Part) and type(got.law) is int and type(got.mass) is float
    assert [type(x) for x in got.part.r] == [float, float, float] and type(got.part.on) is bool
    assert got.table.dtype == np.float64 and got.table.shape == (1, 2)


def test_a_fitting_array_is_passed_as_it_is():
    array = np.zeros((3, 2))
    assert cast(Table, array) is array


@pytest.mark.parametrize(
    "array",
    [np.arange(6.0).reshape(3, 2).T, np.arange(12.0).reshape(3, 4)[:, ::2], np.arange(6).reshape(2, 3)],
    ids=["order", "stride", "dtype"],
)
def test_an_unfitting_array_is_copied(array):
    got = cast(Table, array)
    assert np.array_equal(got, array) and got.flags.c_contiguous and got.flags.writeable
    assert got.dtype == np.float64


def test_a_read_only_array_is_copied():
    array = np.zeros(3)
    array.flags.writeable = False
    assert cast(Row, array).flags.writeable
    assert not array.flags.writeable


@pytest.mark.parametrize("array", [np.zeros(4)[::2], np.zeros(3, np.float32), [0.0]])
def test_an_array_that_is_written_to_is_never_copied(array):
    with pytest.raises(TypeError, match="block is written to"):
        cast(Block, array, "block")


@pytest.mark.parametrize(
    ("annotation", "value", "name"),
    [
        (Case, Case(Part((1.0, 2.0), True), Law.HOLD, 1.0, np.zeros((1, 1))), r"case\.part\.r has 3 members"),
        (Case, Case(Part((1.0, 2.0, "x"), True), Law.HOLD, 1.0, np.zeros((1, 1))), r"case\.part\.r\.2"),
        (int, 2.5, "case must be a number"),
        (float, None, "case must be a number"),
        (Row, np.zeros((2, 2)), "case must be a 1-D"),
        (Marks, np.zeros(2), "of int64"),
        (Vec, (1.0, 2.0), "3 members, not 2"),
    ],
)
def test_what_does_not_fit_is_named(annotation, value, name):
    with pytest.raises(TypeError, match=name):
        cast(annotation, value, "case")
