import numpy as np
import pytest

from rvd.arguments import part_of, whole
from rvd.errors import ArgumentError, RvdError


def test_whole_numbers_of_any_kind_are_numbers():
    assert [whole("n", x, 0, 9) for x in (0, 9, np.int8(3), np.uint64(4))] == [0, 9, 3, 4]
    assert part_of("shard", (2, 3)) == part_of("shard", [np.int64(2), 3]) == (2, 3)


@pytest.mark.parametrize("value", [-1, 10, 1.0, "1", None, True, np.bool_(True), np.nan, [1], "x" * 100])
def test_anything_else_is_one_sentence_that_names_it(value):
    with pytest.raises(ArgumentError, match="n is a whole number from 0 to 9, not ") as caught:
        whole("n", value, 0, 9)
    assert (
        isinstance(caught.value, RvdError)
        and isinstance(caught.value, ValueError)
        and len(str(caught.value)) < 90
    )


@pytest.mark.parametrize("value", [(0, 2), (3, 2), (1, 0), (1,), "12", 7, (1.0, 2)])
def test_a_part_is_one_of_several(value):
    with pytest.raises(ArgumentError, match="shard"):
        part_of("shard", value)
