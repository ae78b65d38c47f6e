import math

import numpy as np
import pytest

from rvd.core.constants import MU_EARTH
from rvd.errors import ArgumentError
from rvd.orbit import lambert

R1, R2 = (7e6, 0.0, 0.0), (0.0, 8e6, 0.0)
NO_NUMBERS = ["a", math.nan, math.inf, [0, 1], None, 1.5, -1, True, np.bool_(True), 1j, 1e300, {}, "1"]


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_revolutions_are_a_whole_number(value):
    with pytest.raises(ArgumentError, match="revolutions"):
        lambert.transfer(R1, R2, 1e5, MU_EARTH, revolutions=value)


@pytest.mark.parametrize("value", [0, 1, np.int64(2), 3.0, np.array(1)])
def test_whole_numbers_of_every_type_are_taken(value):
    v1, _ = lambert.transfer(R1, R2, 1e5, MU_EARTH, revolutions=value)
    assert np.all(np.isfinite(v1))


@pytest.mark.parametrize("name", ["prograde", "left"])
@pytest.mark.parametrize("value", ["no", 0, 1, None, math.nan, [True, False], "False"])
def test_a_flag_is_true_or_false(name, value):
    with pytest.raises(ArgumentError, match=f"{name} is True or False"):
        lambert.transfer(R1, R2, 1e5, MU_EARTH, **{name: value})


def test_rows_without_a_transfer_are_not_numbers_and_the_others_are():
    r2 = np.array([R2, (-9e6, 0.0, 0.0), (9e6, 0.0, 0.0)])
    v1, v2 = lambert.transfer(R1, r2, 3000.0, MU_EARTH)
    assert np.isfinite(v1[:, 0]).tolist() == np.isfinite(v2[:, 0]).tolist() == [True, False, False]
    assert np.all(np.isnan(lambert.transfer(R1, R2, 3000.0, MU_EARTH, revolutions=2)[0]))
