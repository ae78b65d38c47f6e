"""What array functions accept, and the sentences for what they do not; every face is held to them elsewhere."""

import numpy as np
import pytest

from rvd.array_arguments import numbers, rows, shaped, single, steps_of
from rvd.errors import ArgumentError


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1", "holds text"),
        ([True], "truth values"),
        ([1.0, np.nan], "1 of 2 numbers that are not finite"),
        ([[1.0], [1.0, 2.0]], "rows differ in length"),
        (1e31, "beyond any quantity"),
        (np.ma.masked_array([1.0, 2.0], [True, False]), "masked"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(value, words):
    with pytest.raises(ArgumentError, match=words):
        numbers("n", value)


def test_rows_broadcast_over_leading_axes():
    lead, (r, n) = rows({"r": [[1.0, 2.0, 3.0]]}, {"n": [[1.0], [2.0]]})
    assert lead == (2, 1) and r.shape == (2, 3) and n.tolist() == [1.0, 2.0]
    assert shaped(lead, r).shape == (2, 1, 3)
    with pytest.raises(ArgumentError, match="its last axis holds 3"):
        rows({"r": [1.0, 2.0]}, {})
    with pytest.raises(ArgumentError, match="do not broadcast"):
        rows({"r": np.ones((2, 3))}, {"n": np.ones(3)})


def test_one_number_and_steps():
    assert single("t", [[2]]) == 2.0
    with pytest.raises(ArgumentError, match="one number for all"):
        single("t", [1.0, 2.0])
    assert steps_of(10.0, 3.0) == 4
