"""The rules on the truth, one short scene an outcome."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.safety.box import Box
from rvd.core.safety.rules import (
    Rules,
    Sight,
    SpeedLimits,
    blank_tally,
    ellipsoid_margin,
    nearest,
    result_of,
    speed_limit,
    watch,
)
from rvd.core.signals import Outcome, Trust
from tests.core.guidance.legs import belief, leg, memory

APEX = (-5.0, 15.0, 0.0)
BOX = Box((1.0, 1.0, 1.0), 0.006, 0.03, math.radians(5.0), math.radians(0.1), (0.0, 0.0, 0.0, 1.0))
RULES = Rules(
    (1000.0, 2000.0, 1000.0), 200.0, math.radians(10.0), 250.0, (-1.0, 0.0, 0.0), 7.0,
    SpeedLimits((250.0, 1000.0, 0.0, 0.0), (1.0 / 6.0, 2.0, 0.0, 0.0)), BOX,
)  # fmt: skip
FREE = {"zone": 2.0, "free_drift": 1.0}
coordinate = st.floats(-1e3, 1e3)
vector = st.tuples(coordinate, coordinate, coordinate)


def seen(r, v=(0.0, 0.0, 0.0), **changes) -> Sight:
    """A sight of the truth with the fixture 2.2 m above the centre of mass, in the middle of the box."""
    r = tuple(map(float, r))
    fixture = (r[0] + 2.2, r[1], r[2])
    return Sight(r, v, APEX, fixture, (0.0, 0.0, 0.0), 0.0, 0.0, 0.0)._replace(**changes)


def judged(before, after, of=None, tally=None, used=10.0, t=0.0, h=1.0, **remembered):
    return watch(
        RULES, tally or blank_tally(), before, after, memory(of or leg(zone=2.0), **remembered), belief(),
        Trust(6.0, 3.0, 3.0, 1.0, (1.0,) * 6), used, 1200.0, 99.0, 0.01, t, h,
    )  # fmt: skip


def outcome(*arguments, **named) -> Outcome:
    return Outcome(int(judged(*arguments, **named).outcome))


FAR_BELOW, BELOW = seen((-600.0, 15.0, 0.0)), seen((-100.0, 15.0, 0.0))


@given(vector, vector)
def test_the_nearest_point_is_no_farther_than_any_of_the_segment(a, b):
    near = np.linalg.norm(nearest(a, b))
    along = np.linspace(0.0, 1.0, 101)[:, None]
    points = np.array(a) + along * (np.array(b) - np.array(a))
    assert near <= np.linalg.norm(points, axis=1).min() + 1e-9


@given(st.tuples(*[st.floats(-4e3, 4e3)] * 3))
def test_the_ellipsoid_margin_is_never_more_than_the_distance(r):
    """Distance by brute force over a fine net of the surface, which can only be too large."""
    u, w = np.meshgrid(np.linspace(0, np.pi, 60), np.linspace(0, 2 * np.pi, 120))
    net = np.array([1000 * np.sin(u) * np.cos(w), 2000 * np.sin(u) * np.sin(w), 1000 * np.cos(u)]).reshape(
        3, -1
    )
    margin = ellipsoid_margin(RULES.ellipsoid, r, r)
    inside = (r[0] / 1000) ** 2 + (r[1] / 2000) ** 2 + (r[2] / 1000) ** 2 < 1.0
    assert (margin < 0.0) == inside
    assert abs(margin) <= np.linalg.norm(net - np.array(r)[:, None], axis=0).min() + 1e-6


def test_the_smallest_limit_in_reach_holds():
    assert speed_limit(RULES.speeds, 100.0) == pytest.approx(1.0 / 6.0)
    assert speed_limit(RULES.speeds, 500.0) == 2.0
    assert speed_limit(RULES.speeds, 5000.0) > 1e20


def test_a_quiet_step_goes_on():
    assert outcome(BELOW, BELOW) == Outcome.FLYING


def test_leaving_the_corridor_ends_the_flight():
    aside = seen((-100.0, 40.0, 0.0))
    assert outcome(BELOW, aside) == Outcome.CORRIDOR
    assert judged(BELOW, aside).corridor_margin < 0.0
    assert outcome(FAR_BELOW, seen((-600.0, 600.0, 0.0))) == Outcome.FLYING


def test_the_sphere_may_be_entered_only_by_leave():
    assert outcome(BELOW, BELOW, of=leg(zone=1.0)) == Outcome.KEEP_OUT


def test_the_sphere_is_watched_between_samples():
    """Both ends lie outside the sphere, the path between them crosses it."""
    a, b = seen((-190.0, -150.0, 0.0)), seen((-190.0, 150.0, 0.0))
    assert min(np.linalg.norm(a.r_hill), np.linalg.norm(b.r_hill)) > 200.0
    tally = judged(a, b, of=leg(zone=1.0))
    assert tally.closest == pytest.approx(190.0)
    assert tally.keep_out_margin == pytest.approx(-10.0)
    assert tally.outcome == Outcome.KEEP_OUT


def test_the_ellipsoid_may_be_entered_only_by_leave():
    outside, inside = seen((-1100.0, 0.0, 0.0)), seen((-900.0, 0.0, 0.0))
    assert outcome(outside, inside, of=leg(zone=0.0)) == Outcome.ELLIPSOID
    assert outcome(outside, inside, of=leg(zone=1.0)) == Outcome.FLYING
    beside = (seen((-995.0, -300.0, 0.0)), seen((-995.0, 300.0, 0.0)))
    assert outcome(*beside, of=leg(zone=0.0)) == Outcome.ELLIPSOID


def test_a_speed_above_the_limit_at_its_range():
    fast = seen((-100.0, 15.0, 0.0), (0.17, 0.0, 0.0))
    assert outcome(BELOW, fast) == Outcome.SPEED
    assert outcome(FAR_BELOW, seen((-599.0, 15.0, 0.0), (0.17, 0.0, 0.0))) == Outcome.FLYING


def test_hulls_that_meet_are_a_contact():
    assert outcome(seen((-13.0, 15.0, 0.0)), seen((-11.0, 15.0, 0.0))) == Outcome.CONTACT


def test_an_abort_may_cross_lines_but_not_touch():
    away = {"alarm": 1.0, "of": leg(zone=2.0)}
    assert outcome(BELOW, seen((-100.0, 40.0, 0.0), (1.0, 0.0, 0.0)), **away) == Outcome.FLYING
    assert outcome(BELOW, BELOW, over=1.0, **away) == Outcome.ABORTED
    assert outcome(seen((-13.0, 15.0, 0.0)), seen((-11.0, 15.0, 0.0)), **away) == Outcome.CONTACT


def test_an_end_without_a_capture_is_unfinished():
    assert outcome(BELOW, BELOW, over=1.0) == Outcome.UNFINISHED


def test_no_propellant_left():
    assert outcome(BELOW, BELOW, used=1200.0) == Outcome.EMPTY


def test_a_number_not_finite_is_a_divergence():
    assert outcome(BELOW, seen((math.nan, 0.0, 0.0))) == Outcome.DIVERGED
    assert outcome(BELOW, seen((-100.0, 15.0, 0.0), rate=math.inf)) == Outcome.DIVERGED


IN_BOX = seen((-17.2, 15.0, 0.0), speed=0.001)


def drift(worst: Sight, seconds: int):
    """A free drift of so many steps of 1 s, the last of which ends in `worst`."""
    tally = blank_tally()
    for k in range(seconds):
        after = worst if k == seconds - 1 else IN_BOX
        tally = judged(IN_BOX, after, of=leg(**FREE), tally=tally, t=500.0 + k)
        if tally.outcome:
            return k + 1, tally
    return seconds, tally


def test_a_capture_takes_the_whole_time_of_the_arm():
    steps, tally = drift(IN_BOX, 120)
    assert steps == 99
    assert tally.outcome == Outcome.CAPTURED
    assert tally.since == 500.0
    assert tally.release_speed == 0.001


@pytest.mark.parametrize(
    "off",
    [{"offset": (0.0, 1.01, 0.0)}, {"speed": 0.031}, {"angle": 0.09}, {"rate": 0.002}],
)
def test_the_box_is_judged_to_the_last_second(off):
    steps, tally = drift(IN_BOX._replace(**off), 99)
    assert steps == 99
    assert tally.outcome == Outcome.LEFT_BOX


def test_a_release_too_fast_is_a_miss_at_once():
    fast = IN_BOX._replace(speed=0.007)
    assert outcome(fast, IN_BOX, of=leg(**FREE)) == Outcome.LEFT_BOX


def test_what_was_never_at_stake_is_no_number_in_the_result():
    """Far out on a leg that may go anywhere: no margin of any rule, and no release."""
    tally = result_of(judged(FAR_BELOW, FAR_BELOW, of=leg(zone=2.0)))
    named = tally._asdict()
    never = {name for name, value in named.items() if math.isnan(value)}
    assert never == {
        "corridor_margin", "keep_out_margin", "ellipsoid_margin", "since", "release_distance", "release_speed",
        "box_distance", "box_speed", "box_angle", "box_rate",
    }  # fmt: skip
    assert all(abs(value) < 1e9 for name, value in named.items() if name not in never)
    assert math.isnan(result_of(blank_tally()).closest)


def test_a_release_is_in_the_result_though_the_flight_went_on_from_it():
    """Out of the drift again the release stands; the drift in which it ended there is none."""
    after = result_of(judged(IN_BOX, BELOW, tally=drift(IN_BOX, 3)[1], t=503.0))
    assert after.release_speed == 0.001 and math.isnan(after.since)
    assert result_of(drift(IN_BOX, 3)[1]).since == 500.0


def test_margins_keep_their_worst():
    tally = judged(BELOW, seen((-100.0, 25.0, 0.0)))
    later = judged(BELOW, BELOW, tally=tally)
    assert later.corridor_margin == tally.corridor_margin
    assert later.delta_v == pytest.approx(0.02)
