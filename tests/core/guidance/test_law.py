"""Every law: walked by the enum, so that a new one is tested by being listed."""

import numpy as np
import pytest

from rvd.core.guidance.glideslope import glideslope, glideslope_duration
from rvd.core.guidance.law import advance_stage, flown
from rvd.core.guidance.laws import Law
from rvd.core.guidance.retreat import retreat_gain
from rvd.core.guidance.retreat import stage_after as next_retreat_stage
from rvd.core.guidance.straight import straight, straight_duration
from rvd.core.guidance.two_impulse import stage_after as next_stage
from rvd.core.guidance.two_impulse import to_gain
from rvd.core.motion.cw import coast

from .legs import belief, guide, leg, memory, state

N = 1.1288e-3
FIELDS = {
    Law.TWO_IMPULSE: {"time": 3600.0, "aim_leg": (-800.0, 1500.0, 0.0), "midcourse": 2400.0},
    Law.RETREAT: {"dv_leg": (-0.3, -0.3, 0.0), "time": 300.0},
    Law.DRIFT: {"free_drift": 1.0},
}


@pytest.mark.parametrize("law", list(Law))
def test_every_law_asks_for_something_finite_and_a_unit_attitude(law):
    m = memory(leg(law=int(law), **FIELDS.get(law, {})))
    for s in (0.0, 1.0, 30.0, 500.0, 1e5):
        for r in ((-260.0, 15.0, 0.0), (-250.0, 15.0, 0.0), (-1.0, 5000.0, 3.0)):
            aim = guide(m, belief(r), N, s)
            numbers = np.hstack([np.ravel(part) for part in aim])
            assert np.all(np.isfinite(numbers))
            assert np.linalg.norm(aim.q_hill_body) == pytest.approx(1.0, abs=1e-12)
            assert aim.translate in (0.0, 1.0, 2.0)


@pytest.mark.parametrize("law", [Law.HOLD, Law.STRAIGHT, Law.GLIDESLOPE])
def test_every_tracking_law_is_flown_in_time_and_ends_at_rest_at_its_point(law):
    m = memory(leg(law=int(law)))
    assert flown(m, 1e4)
    aim = guide(m, belief(), N, 1e4)
    np.testing.assert_allclose(aim.r_hill, m.leg.to_leg, atol=1e-9)
    np.testing.assert_allclose(aim.v_hill, 0.0, atol=1e-12)


@pytest.mark.parametrize(
    ("profile", "duration"), [(straight, straight_duration), (glideslope, glideslope_duration)]
)
def test_a_profile_moves_as_fast_as_it_says(profile, duration):
    """Velocity is the derivative of place, by central differences, away from the corners."""
    of = leg(law=2)
    entry = (-450.0, 17.0, 1.0)
    total = duration(of, entry)
    assert 1000.0 < total < 1e5
    step = 1e-3
    for s in np.linspace(1.0, 0.999 * total, 50):
        ahead, behind = profile(of, entry, s + step)[1], profile(of, entry, s - step)[1]
        slope = (np.array(ahead) - np.array(behind)) / (2.0 * step)
        np.testing.assert_allclose(profile(of, entry, s)[2], slope, atol=1e-7)
    speeds = [np.linalg.norm(profile(of, entry, s)[2]) for s in np.linspace(0.0, total, 400)]
    assert max(speeds) == pytest.approx(of.speed_begin, rel=2e-2)
    assert max(speeds) <= of.speed_begin * (1.0 + 1e-12)


def test_the_straight_line_takes_the_time_of_a_trapezoid():
    """L / v + v / 2 (1 / a + 1 / b), and less than full speed on a line too short for it."""
    of = leg(law=2)
    assert straight_duration(of, (-450.0, 15.0, 0.0)) == pytest.approx(
        200.0 / 0.1 + 0.05 * (1 / 0.002 + 1 / 0.0005)
    )
    short = (-251.0, 15.0, 0.0)
    peak = np.sqrt(2.0 * 1.0 * 0.002 * 0.0005 / 0.0025)
    assert straight_duration(of, short) == pytest.approx(peak / 0.002 + peak / 0.0005)


def test_a_line_of_no_length_is_flown_at_once():
    of = leg(law=2)
    assert straight_duration(of, of.to_leg) == 0.0
    assert straight(of, of.to_leg, 5.0)[1] == of.to_leg


def test_the_glideslope_slows_in_proportion_to_the_distance_to_go():
    of = leg(law=3)
    entry = (-450.0, 15.0, 0.0)
    slope = (of.speed_begin - of.speed_end) / 200.0
    for s in (200.0, 900.0, 2000.0):
        _, r, v, _ = glideslope(of, entry, s)
        to_go = np.linalg.norm(np.subtract(r, of.to_leg))
        assert np.linalg.norm(v) == pytest.approx(of.speed_end + slope * to_go, rel=1e-9)


def test_the_transfer_aims_off_before_the_midcourse_and_at_its_point_after():
    """A coast under CW after the gain arrives where the stage aims."""
    of = leg(law=1, **FIELDS[Law.TWO_IMPULSE], to_leg=(-507.0, 15.0, 0.0))
    r, v = (-7.0, -4985.0, 3.0), (0.01, -0.02, 0.0)
    for stage, s, to in ((0.0, 0.0, of.aim_leg), (2.0, 2400.0, of.to_leg)):
        dv = np.array(to_gain(of, N, r, v, stage, s))
        arrived, _ = coast(r, tuple(np.array(v) + dv), N, of.time - s)
        np.testing.assert_allclose(arrived, to, atol=1e-6)
    assert to_gain(of, N, r, v, 1.0, 100.0) == (0.0, 0.0, 0.0)


def test_the_stages_of_a_transfer_follow_one_another():
    of = leg(law=1, **FIELDS[Law.TWO_IMPULSE], to_leg=(-507.0, 15.0, 0.0), braking=0.01)
    r, v = (-7.0, -4985.0, 3.0), (0.01, -0.02, 0.0)
    ready = tuple(np.array(v) + np.array(to_gain(of, N, r, v, 0.0, 0.0)))
    assert next_stage(of, N, r, v, 0.0, 0.0) == 0.0
    assert next_stage(of, N, r, ready, 0.0, 0.0) == 1.0
    assert next_stage(of, N, r, v, 1.0, 2399.0) == 1.0
    assert next_stage(of, N, r, v, 1.0, 2400.0) == 2.0
    assert next_stage(of, N, r, v, 3.0, 2500.0) == 3.0
    assert next_stage(of, N, r, (1.0, 0.0, 0.0), 3.0, 3600.0 - 49.0) == 4.0
    assert next_stage(of, N, r, (1.0, 0.0, 0.0), 3.0, 3600.0 - 51.0) == 3.0
    assert next_stage(leg(law=1, time=3600.0), N, r, v, 1.0, 3000.0) == 1.0


def test_a_retreat_adds_its_velocity_once():
    of = leg(law=5, dv_leg=(-0.3, -0.2, 0.0))
    np.testing.assert_allclose(retreat_gain(of, (0.1, 0.0, 0.0), (0.1, 0.0, 0.0), 0.0), (-0.3, -0.2, 0.0))
    assert next_retreat_stage(of, (0.1, 0.0, 0.0), (0.0, 0.0, 0.0), 0.0) == 0.0
    assert next_retreat_stage(of, (0.1, 0.0, 0.0), (-0.2, -0.2, 0.0), 0.0) == 1.0
    assert next_retreat_stage(of, (0.1, 0.0, 0.0), (9.0, 9.0, 9.0), 1.0) == 1.0
    assert retreat_gain(of, (0.1, 0.0, 0.0), (0.1, 0.0, 0.0), 1.0) == (0.0, 0.0, 0.0)


def test_only_laws_with_stages_advance_them():
    assert advance_stage(memory(leg(law=0)), state(belief()), N, 50.0) == 0.0
