import math

import numpy as np
import pytest

from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH
from rvd.errors import ArgumentError
from rvd.motion import roe

DR, DV = (300.0, -1000.0, 200.0), (0.1, 0.0, 0.0)
TARGET, SIX = (7e6, 0.01, 0.9, 0.3, 1.2, 0.4), (1e-5, 2e-5, -1e-5, 3e-5, 1e-6, 2e-6)


def roe_calls(target=TARGET, **earth):
    earth = {"mu": MU_EARTH, "j2": J2_EARTH, "radius": RADIUS_EARTH} | earth
    yield lambda: roe.coast(SIX, target, 60.0, **earth)
    yield lambda: roe.transition(target, 60.0, **earth)
    yield lambda: roe.rates_between(SIX, SIX, target, 60.0, **earth)


@pytest.mark.parametrize("earth", [{"radius": 6378.0}, {"mu": 398600.0}, {"j2": 1082.6}])
def test_relative_elements_refuse_mixed_units(earth):
    for call in roe_calls(**earth):
        with pytest.raises(ArgumentError, match=r"are they in m3/s2 and m|j2 is a pure number"):
            call()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (1, 0.9991, "eccentricity is at most 0.999 here"),
        (1, 1.0 - 1e-15, "eccentricity is at most 0.999 here"),
        (2, 0.0, "inclination is within"),
        (2, 1e-9, "inclination is within"),
        (2, math.pi, "inclination is within"),
        (2, math.pi - 1e-9, "inclination is within"),
    ],
)
def test_relative_elements_refuse_a_target_at_which_they_lose_their_digits(field, value, sentence):
    target = [value if k == field else x for k, x in enumerate(TARGET)]
    maps = (
        lambda: roe.hill_from_roe(SIX, target, mu=MU_EARTH),
        lambda: roe.roe_from_hill(DR, DV, target, mu=MU_EARTH),
        lambda: roe.elements_from_roe(SIX, target),
        lambda: roe.roe_from_elements(target, TARGET),
    )
    for call in (*roe_calls(target), *maps):
        with pytest.raises(ArgumentError, match=sentence):
            call()


@pytest.mark.parametrize(("e", "digits"), [(0.0, 1e-10), (0.5, 1e-10), (0.99, 1e-7), (0.999, 1e-5)])
@pytest.mark.parametrize("i", [2e-6, 0.9, math.pi - 2e-6])
@pytest.mark.parametrize("mean", [0.0, 0.4, 3.0])
def test_relative_elements_and_hill_there_and_back(e, digits, i, mean):
    six = np.array(SIX) * (1.0 - e)
    target = (7e6 / (1.0 - e), e, i, 0.3, 1.2, mean)
    back = roe.roe_from_hill(*roe.hill_from_roe(six, target, mu=MU_EARTH), target, mu=MU_EARTH)
    assert np.max(np.abs(back - six)) < digits * np.max(np.abs(six))


def test_a_node_that_would_turn_too_far_is_refused():
    with pytest.raises(ArgumentError, match="turns the node by more than half a turn"):
        roe.elements_from_roe((0.0, 0.0, 0.0, 0.0, 0.0, 1e-5), (7e6, 0.01, 2e-6, 0.3, 1.2, 0.4))
