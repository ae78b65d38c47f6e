import math

import numpy as np
import pytest

from rvd.case import load
from rvd.case.circle import coasted, hill, largest_miss, miss
from rvd.core.constants import MU_EARTH, RADIUS_EARTH
from rvd.errors import CaseError
from tests.case.small import HTV

A = RADIUS_EARTH + 410e3


class Like:
    """A case of which only the orbit is looked at."""

    def __init__(self, e):
        self.target = type("target", (), {"altitude": 410e3, "eccentricity": e})


def kepler(mean, e):
    """True anomaly (rad), by Newton's method."""
    eccentric = mean
    for _ in range(30):
        eccentric -= (eccentric - e * math.sin(eccentric) - mean) / (1.0 - e * math.cos(eccentric))
    return 2.0 * math.atan2(
        math.sqrt(1 + e) * math.sin(eccentric / 2), math.sqrt(1 - e) * math.cos(eccentric / 2)
    )


def state(e, anomaly):
    """Position and velocity (m, m/s) in the orbit's plane."""
    p = A * (1.0 - e * e)
    r = p / (1.0 + e * math.cos(anomaly)) * np.array([math.cos(anomaly), math.sin(anomaly), 0.0])
    return r, math.sqrt(MU_EARTH / p) * np.array([-math.sin(anomaly), e + math.cos(anomaly), 0.0])


@pytest.mark.parametrize("e", [0.0, 0.01, 0.1])
@pytest.mark.parametrize("seconds", [600.0, 3000.0])
def test_two_bodies_on_one_orbit_stay_on_it(e, seconds):
    """One flies 2 s behind the other: where it is later is Kepler's equation, solved here by itself."""
    n, mean, behind = math.sqrt(MU_EARTH / A**3), 0.7, 2.0

    def relative(at):
        (r, v), (r2, v2) = state(e, kepler(at, e)), state(e, kepler(at - n * behind, e))
        axes, turn = hill(r, v)
        return axes.T @ (r2 - r), axes.T @ (v2 - v - np.cross(turn, r2 - r))

    begin, rate = relative(mean)
    end, _ = relative(mean + n * seconds)
    found = coasted(Like(e), kepler(mean, e), begin, rate, seconds)
    np.testing.assert_allclose(found, end, atol=2e-3)


def test_in_a_circle_the_equations_hold_and_in_an_ellipse_they_miss_in_proportion():
    r, v = np.array([-300.0, -1000.0, 0.0]), np.array([0.2, 0.3, 0.0])
    misses = [largest_miss(Like(e), r, v, 3000.0) for e in (0.0, 0.001, 0.01)]
    assert (
        misses[0] < 3.0
    )  # of the second order: the square of the distance over the orbit's radius, 0.15 m, grown
    assert 5.0 < (misses[2] - misses[0]) / (misses[1] - misses[0]) < 15.0


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            {"target.altitude": 2000e3, "target.eccentricity": 0.1},
            'guidance takes the orbit as a circle: at 0.1 "AI to RI" would miss its',
        ),
        (
            {"target.eccentricity": 0.01},
            'guidance takes the orbit as a circle: at 0.01 "AI to RI" would miss',
        ),
        ({"target.altitude": 200e3, "target.eccentricity": 0.1}, "the perigee is 457.8 km under the surface"),
        (
            {"target.altitude": 200e3, "target.eccentricity": 0.019},
            "the perigee is 75.02 km high: at least 100 km",
        ),
    ],
)
def test_an_orbit_that_guidance_cannot_fly_in_is_refused(change, what):
    with pytest.raises(CaseError) as caught:
        load(HTV).with_values(change)
    assert f"target.eccentricity: {what}" in str(caught.value)


def test_up_to_the_limit_it_is_flown():
    assert load(HTV).with_values({"target.eccentricity": 0.002}).target.eccentricity == 0.002


def test_a_plan_without_a_transfer_is_told_of_a_coast():
    case = load(HTV)
    legs = [dict(leg) for leg in case._raw["leg"] if leg["law"] != "two-impulse"]
    assert miss(case.with_values({"leg": legs})).startswith("a coast of 50 min from the start ends up to")
