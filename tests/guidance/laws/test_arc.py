"""An arc about the origin of a leg's frame: where it leads, how fast, and that a flight follows it."""

import math

import numpy as np
import pytest

from rvd.core.kernel import plain
from rvd.guidance.laws.arc import arc
from tests.guidance.laws.moments import LEG, now_at

SPEED = 0.2


def asked(start, end, s, speed=SPEED):
    leg = LEG._replace(to_leg=end, acceleration=0.01, braking=0.005)
    return plain(arc)(leg, now_at(s, r_entry_leg=start), speed)


def path(start, end, times):
    answers = [asked(start, end, float(s)) for s in times]
    return np.array([a.r_leg for a in answers]), np.array([a.v_leg for a in answers]), answers


def test_a_quarter_keeps_its_radius_and_its_speed():
    times = np.arange(0.0, 3000.0, 5.0)
    r, v, answers = path((0.0, -100.0, 0.0), (-100.0, 0.0, 0.0), times)
    assert np.allclose(np.linalg.norm(r, axis=1), 100.0, atol=1e-9)
    assert np.linalg.norm(v, axis=1).max() == pytest.approx(SPEED, rel=1e-9)
    assert np.allclose(r[-1], (-100.0, 0.0, 0.0), atol=1e-9) and np.allclose(v[-1], 0.0)
    # The length over the speed, and half of each ramp.
    takes = 50.0 * math.pi / SPEED + 0.5 * SPEED / 0.01 + 0.5 * SPEED / 0.005
    ends = next(s for s, a in zip(times, answers, strict=True) if a.over)
    assert takes <= ends < takes + 5.0


def test_velocity_is_the_rate_of_the_place_while_the_radius_changes():
    start, end = (20.0, -80.0, 5.0), (-45.0, 10.0, -12.0)
    times = np.arange(1.0, 500.0, 7.0)
    ahead, behind = path(start, end, times + 0.01)[0], path(start, end, times - 0.01)[0]
    _, v, _ = path(start, end, times)
    # The profile's acceleration jumps at the ends of its ramps: there the difference is off by at most 0.01 s of it.
    assert np.allclose((ahead - behind) / 0.02, v, atol=2e-4)


@pytest.mark.parametrize("aside", [(0.0, 0.0, 0.0), (0.05, 0.0, 0.0), (-0.05, 0.0, 0.1), (0.0, 0.0, 4.0)])
def test_places_that_lie_opposite_are_joined_about_the_third_axis_whatever_is_believed(aside):
    """From behind by way of above, and to the end itself."""
    start, end = tuple(np.add((0.0, -50.0, 0.0), aside)), (0.0, 50.0, 0.0)
    r, _, _ = path(start, end, np.arange(0.0, 2000.0, 10.0))
    assert r[:, 0].max() == pytest.approx(50.0, rel=1e-2) and r[:, 0].min() > -0.1
    assert np.allclose(r[-1], end, atol=1e-9) and np.allclose(r[0], start, atol=1e-9)


@pytest.mark.parametrize(
    "start", [(0.1, -100.0, 0.0), (0.0, -100.0, 0.0), (0.0, 0.0, 0.0), (-60.0, -20.0, 30.0)]
)
@pytest.mark.parametrize("end", [(0.0, -50.0, 0.0), (0.0, 50.0, 3.0), (0.0, 0.0, 0.0)])
def test_no_arc_is_faster_than_it_is_told(start, end):
    """Nor one that is all but a straight line, or begins or ends at the origin."""
    times = np.arange(0.0, 4000.0, 3.0)
    r, v, answers = path(start, end, times)
    assert np.isfinite(r).all() and np.linalg.norm(v, axis=1).max() <= 1.07 * SPEED
    assert answers[-1].over and np.allclose(r[-1], end, atol=1e-6)
