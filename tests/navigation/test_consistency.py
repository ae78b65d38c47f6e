"""Errors squared over a covariance, beside NumPy's solution of the equations."""

import numpy as np

from rvd.navigation import consistency
from tests.navigation.calls import CALLS


def test_squares_over_the_covariance():
    for name, error in (("consistency.nees", "error"), ("consistency.nis", "innovation")):
        good = {key: np.array(value) for key, value in CALLS[name].good.items()}
        theirs = good[error] @ np.linalg.solve(good["covariance"], good[error])
        ours = consistency.nees(**good) if name == "consistency.nees" else consistency.nis(**good)
        assert np.isclose(ours, theirs, rtol=1e-12)
