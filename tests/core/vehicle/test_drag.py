import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.vehicle.drag import Drag, ballistic
from tests.core.vehicle.oracles import box_area, quaternion, vector

DRAG = Drag(2.2, (15.2, 43.1, 40.7))


@pytest.mark.parametrize("seed", range(12))
def test_area_is_that_of_a_box_seen_along_the_wind(seed):
    rng = np.random.default_rng(seed)
    attitude, v = Rotation.random(random_state=seed), rng.standard_normal(3) * 7.6e3
    wind = attitude.inv().apply(v / np.linalg.norm(v))
    expected = DRAG.coefficient * box_area(DRAG.area, wind) / 15500.0
    assert ballistic(DRAG, 15500.0, quaternion(attitude), vector(v)) == pytest.approx(expected, rel=1e-12)


def test_end_on_and_side_on():
    q = (0.0, 0.0, 0.0, 1.0)
    assert ballistic(DRAG, 1000.0, q, (7600.0, 0.0, 0.0)) == pytest.approx(2.2 * 15.2 / 1000.0)
    assert ballistic(DRAG, 1000.0, q, (0.0, -7600.0, 0.0)) == pytest.approx(2.2 * 43.1 / 1000.0)
