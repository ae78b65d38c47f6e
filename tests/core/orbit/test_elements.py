import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.constants import MU_EARTH
from rvd.core.orbit import elements
from rvd.core.orbit.elements import Elements, Kepler

angle = st.floats(0.0, 6.28)


@given(st.floats(7e6, 5e7), st.floats(0.0, 2.0), st.floats(0.0, math.pi), angle, angle, st.floats(-1.5, 1.5))
def test_state_there_and_back(p, e, i, raan, argp, nu):
    r, v = elements.to_state(Elements(p, e, i, raan, argp, nu), MU_EARTH)
    r1, v1 = elements.to_state(elements.from_state(r, v, MU_EARTH), MU_EARTH)
    assert np.max(np.abs(np.subtract(r1, r))) < 2e-13 * p * (1.0 + e)
    assert np.max(np.abs(np.subtract(v1, v))) < 2e-10


@given(st.floats(7e6, 5e7), st.floats(1e-4, 2.0), st.floats(0.01, 3.13), angle, angle, st.floats(-1.5, 1.5))
def test_elements_there_and_back(p, e, i, raan, argp, nu):
    r, v = elements.to_state(Elements(p, e, i, raan, argp, nu), MU_EARTH)
    ours = elements.from_state(r, v, MU_EARTH)
    assert abs(ours.p / p - 1.0) < 1e-13
    assert abs(ours.e - e) < 1e-13 * (1.0 + e)
    for a, b, allowed in (
        (ours.i, i, 1e-13),
        (ours.raan, raan, 1e-12),
        (ours.argp, argp, 1e-10),
        (ours.nu, nu, 1e-10),
    ):
        assert abs(math.remainder(a - b, 2.0 * math.pi)) < allowed


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Elements(8e6, 0.0, 0.7, 2.0, 1.0, 0.5), Elements(8e6, 0.0, 0.7, 2.0, 0.0, 1.5)),
        (Elements(8e6, 0.2, 0.0, 2.0, 1.0, 0.5), Elements(8e6, 0.2, 0.0, 0.0, 3.0, 0.5)),
        (Elements(8e6, 0.0, 0.0, 2.0, 1.0, 0.5), Elements(8e6, 0.0, 0.0, 0.0, 0.0, 3.5)),
        (
            Elements(8e6, 0.2, math.pi, 2.0, 1.0, 0.5),
            Elements(8e6, 0.2, math.pi, 0.0, 2.0 * math.pi - 1.0, 0.5),
        ),
    ],
)
def test_singular_cases_are_told_as_documented(given, expected):
    r, v = elements.to_state(given, MU_EARTH)
    ours = elements.from_state(r, v, MU_EARTH)
    assert abs(ours.p - expected.p) < 1e-6
    for a, b in zip(ours[1:], expected[1:]):
        assert abs(math.remainder(a - b, 2.0 * math.pi)) < 1e-12


def test_kepler_elements_there_and_back():
    k = Kepler(9e6, 0.2, 0.9, 1.0, 2.0, 3.0)
    assert np.allclose(
        elements.kepler_from_state(*elements.state_from_kepler(k, MU_EARTH), MU_EARTH), k, rtol=1e-13
    )


def test_semi_major_axis():
    assert elements.semi_major_axis(Elements(7.5e6, 0.5, 0.0, 0.0, 0.0, 0.0)) == 1e7
    assert math.isinf(elements.semi_major_axis(Elements(7.5e6, 1.0, 0.0, 0.0, 0.0, 0.0)))
    assert elements.semi_major_axis(Elements(7.5e6, 2.0, 0.0, 0.0, 0.0, 0.0)) == -2.5e6


@given(st.floats(-100.0, 100.0))
def test_turn(x):
    y = elements.turn(x)
    assert 0.0 <= y < 2.0 * math.pi
    assert abs(math.remainder(x - y, 2.0 * math.pi)) < 1e-13
