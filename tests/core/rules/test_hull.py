"""Clearance of hulls as a rule; that a flight computes it at each step is seen where missions are flown."""

import numpy as np

from rvd.core.kernel import plain
from rvd.core.rules.hull import margin
from rvd.core.rules.sight import passage

from .scenes import seen


def test_the_margin_is_what_the_clearance_is_beyond_the_limit():
    there = seen((-20.0, 0.0, 0.0))
    for clearance, expected in ((5.5, 2.5), (3.0, 0.0), (-0.5, -3.5)):
        assert plain(margin)(np.array([3.0]), 0, plain(passage)(there, there, clearance)) == expected
