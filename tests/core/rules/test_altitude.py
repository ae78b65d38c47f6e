import mpmath
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.constants import RADIUS_EARTH
from rvd.core.kernel import plain
from rvd.core.rules.altitude import height, margin
from rvd.core.rules.sight import passage

from .scenes import seen

coordinate = st.floats(-2e5, 2e5)


@given(coordinate, coordinate, coordinate)
def test_the_altitude_is_that_of_the_place_on_inertial_axes(x, y, z):
    """The target's place and the chaser's from it, turned together, in 40 digits."""
    turn = np.linalg.qr(np.array([[1.0, 0.3, -0.2], [0.4, -1.0, 0.7], [0.1, 0.5, 1.0]]))[0]
    with mpmath.workdps(40):
        axes = mpmath.matrix(turn.tolist())
        target = axes * mpmath.matrix([RADIUS_EARTH + 400e3, 0.0, 0.0])
        expected = mpmath.norm(target + axes * mpmath.matrix([x, y, z])) - RADIUS_EARTH
    assert abs(plain(height)(seen((x, y, z))) - float(expected)) < 1e-6


def test_the_lower_end_of_the_step_counts():
    low, high = seen((-1500.0, 0.0, 0.0)), seen((-500.0, 0.0, 0.0))
    row = np.array([399e3])
    assert margin(row, 0, passage(low, high, 0.0)) == margin(row, 0, passage(high, low, 0.0))
    assert abs(margin(row, 0, passage(low, high, 0.0)) + 500.0) < 1e-6
