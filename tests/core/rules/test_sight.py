import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.rules.sight import nearest

coordinate = st.floats(-1e3, 1e3)
vector = st.tuples(coordinate, coordinate, coordinate)


@given(vector, vector)
def test_the_nearest_point_is_no_farther_than_any_of_the_segment(a, b):
    near = np.linalg.norm(nearest(a, b))
    along = np.linspace(0.0, 1.0, 101)[:, None]
    points = np.array(a) + along * (np.array(b) - np.array(a))
    assert near <= np.linalg.norm(points, axis=1).min() + 1e-9
