import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.kernel import plain
from rvd.core.rules.axial_speed import margin
from rvd.core.rules.sight import passage

from .scenes import seen

coordinate = st.floats(-400.0, 400.0)
vector = st.tuples(coordinate, coordinate, coordinate)
slow = st.tuples(*[st.floats(-3.0, 3.0)] * 3)
STEPS = ((100.0, 0.1), (250.0, 0.5), (400.0, 2.0))


@given(vector, vector, slow, slow)
def test_the_speed_along_the_axis_is_held_to_the_smallest_limit_in_reach(a, b, v, w):
    """Against a search along the step: the closest of many places, the steps one by one."""
    row = np.array([0.0, 0.6, -0.8, *np.ravel(STEPS), 0.0, 0.0])
    got = plain(margin)(row, 0, plain(passage)(seen(a, v), seen(b, w), 0.0))
    path = np.array(a) + np.linspace(0.0, 1.0, 20001)[:, None] * (np.array(b) - np.array(a))
    closest = np.linalg.norm(path, axis=1).min()
    fastest = max(abs(row[:3] @ np.array(v)), abs(row[:3] @ np.array(w)))
    limits = [most for within, most in STEPS if closest < within]
    if all(abs(closest - within) > 0.1 for within, _ in STEPS):  # the search is as fine as that
        assert got == min(limits, default=1e30) - fastest or abs(got - (min(limits) - fastest)) < 1e-12


def test_the_speed_across_the_axis_does_not_count():
    row = np.array([-1.0, 0.0, 0.0, 250.0, 0.1, *[0.0] * 6])
    near = (-100.0, 0.0, 0.0)
    across, along = seen(near, (0.0, 5.0, -5.0)), seen(near, (0.25, 0.0, 0.0))
    assert margin(row, 0, passage(across, across, 0.0)) == 0.1
    assert margin(row, 0, passage(across, along, 0.0)) == 0.1 - 0.25
