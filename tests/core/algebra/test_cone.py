"""How far a place is inside a cone."""

import math

import numpy as np
import pytest

from rvd.core.algebra.cone import cone_margin

DOWN = (-1.0, 0.0, 0.0)


@pytest.mark.parametrize("angle", [0.0, 3.0, 9.9, 10.1, 60.0, 150.0, 180.0])
def test_the_margin_is_the_angle_left(angle):
    for around in np.linspace(0.0, 6.0, 7):
        a = math.radians(angle)
        r = 40.0 * np.array([-math.cos(a), math.sin(a) * math.cos(around), math.sin(a) * math.sin(around)])
        margin = cone_margin(tuple(r), DOWN, math.radians(10.0))
        assert margin == pytest.approx(math.radians(10.0 - angle), abs=2e-8)


def test_the_apex_itself_is_inside():
    assert cone_margin((0.0, 0.0, 0.0), DOWN, 0.1) == pytest.approx(0.1)
