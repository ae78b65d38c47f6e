"""The limits of IDSS, revision E, table 3.3.1.1-2, reached one by one."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.safety import contact

FACING = Rotation.from_rotvec((0.0, 0.0, np.pi))
DEGREE = np.pi / 180.0
EDGES = [
    (0, {"v": (-0.05, 0.0, 0.0)}),
    (0, {"v": (-0.10, 0.0, 0.0)}),
    (1, {"v": (-0.07, 0.024, -0.032)}),
    (2, {"w": (0.0, 0.12 * DEGREE, 0.16 * DEGREE)}),
    (3, {"w": (-0.2 * DEGREE, 0.0, 0.0)}),
    (4, {"r": (0.0, 0.06, 0.08)}),
    (5, {"q": (Rotation.from_rotvec((0.0, 2.4 * DEGREE, -3.2 * DEGREE)) * FACING).as_quat()}),
    (6, {"q": (Rotation.from_rotvec((-4.0 * DEGREE, 0.0, 0.0)) * FACING).as_quat()}),
]


@pytest.mark.parametrize(("which", "changed"), EDGES)
def test_the_limits_of_the_standard(which, changed):
    good = {"r": (0.0, 0.0, 0.0), "v": (-0.07, 0.0, 0.0), "q": FACING.as_quat(), "w": (0.0, 0.0, 0.0)}
    assert np.all(contact.idss(**good) > 0.0)
    found = contact.idss(**{**good, **changed})
    assert abs(found[which]) < 1e-9
    assert np.all(np.delete(found, which) > 1e-6)


def test_either_sign_of_a_quaternion_is_the_same():
    q = (Rotation.from_rotvec((0.05, 0.02, 0.0)) * FACING).as_quat()
    for one in (q, -q):
        found = contact.idss((0.0, 0.0, 0.0), (-0.07, 0.0, 0.0), one, (0.0, 0.0, 0.0))
        assert np.isclose(found[6], 4.0 * DEGREE - 0.05, atol=1e-4)
