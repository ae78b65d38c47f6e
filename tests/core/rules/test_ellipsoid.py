import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.rules.ellipsoid import ellipsoid_margin


@given(st.tuples(*[st.floats(-4e3, 4e3)] * 3))
def test_the_ellipsoid_margin_is_never_more_than_the_distance(r):
    """Distance by brute force over a fine net of the surface, which can only be too large."""
    u, w = np.meshgrid(np.linspace(0, np.pi, 60), np.linspace(0, 2 * np.pi, 120))
    net = np.array([1000 * np.sin(u) * np.cos(w), 2000 * np.sin(u) * np.sin(w), 1000 * np.cos(u)]).reshape(
        3, -1
    )
    margin = ellipsoid_margin((1000.0, 2000.0, 1000.0), r, r)
    inside = (r[0] / 1000) ** 2 + (r[1] / 2000) ** 2 + (r[2] / 1000) ** 2 < 1.0
    assert (margin < 0.0) == inside
    assert abs(margin) <= np.linalg.norm(net - np.array(r)[:, None], axis=0).min() + 1e-6
