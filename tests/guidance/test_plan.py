"""The leg table: what ends a leg, what begins the next, what sends the chaser away."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.guidance.law import Law
from rvd.guidance.plan import LEG, Plan, advance, begin, done, enter, leg_of, within
from rvd.kernel import store
from rvd.signals import Alarm, Leg
from rvd.vehicle.station import Q_HILL_LEVEL

from .legs import belief, leg, memory

N = 1.1288e-3
YAWED = tuple((Rotation.from_quat(Q_HILL_LEVEL) * Rotation.from_euler("z", 1.0)).as_quat())


def table(*legs: Leg) -> Plan:
    """A plan of these legs, the last of them the abort."""
    numbers = np.zeros(LEG * len(legs))
    for k, of in enumerate(legs):
        store(Leg, numbers, k * LEG, 0, 1, of)
    return Plan(numbers, len(legs) - 1, (0.3, 0.0, -2.2))


ABORT = leg(law=int(Law.RETREAT), dv_hill=(-0.3, -0.3, 0.0), slew_rate=0.0, time=300.0, arrived_r=1e30,
            arrived_v=1e30, arrived_angle=1e30, settle=0.0, at_least=0.0)  # fmt: skip
PLAN = table(leg(), leg(law=int(Law.STRAIGHT), to_hill=(-37.0, 15.0, 0.0), q_hill_body=YAWED), ABORT)


def test_a_leg_is_flown_by_the_centre_of_mass():
    """Its point less the arm of the fixture in the leg's attitude."""
    com = (0.1, 0.0, 0.05)
    for at, q in ((0, Q_HILL_LEVEL), (1, YAWED)):
        arm = Rotation.from_quat(q).apply(np.subtract((0.3, 0.0, -2.2), com))
        expected = np.subtract(((-250.0, 15.0, 0.0), (-37.0, 15.0, 0.0))[at], arm)
        np.testing.assert_allclose(leg_of(PLAN, at, com, Q_HILL_LEVEL).to_hill, expected, atol=1e-12)


def test_a_leg_without_a_slew_rate_keeps_the_attitude_of_the_moment():
    half_way = enter(PLAN, memory(leg()), belief(), 1, 0, 500.0)
    middle = 500.0 + 0.5 * half_way.slew_time
    aborted = advance(PLAN, N, half_way, belief(), int(Alarm.CORRIDOR), middle)
    assert aborted.at == 2.0
    assert aborted.alarm == Alarm.CORRIDOR
    turned = Rotation.from_quat(Q_HILL_LEVEL).inv() * Rotation.from_quat(aborted.leg.q_hill_body)
    assert turned.magnitude() == pytest.approx(0.5, abs=1e-9)
    assert aborted.slew_time == 0.0


def at_rest(m, **changes):
    return belief(m.leg.to_hill, **changes)


def test_a_leg_ends_once_flown_long_enough_and_settled():
    m = begin(PLAN, belief(), 0.0)
    there = at_rest(m)
    m = advance(PLAN, N, m, there, 0, 0.0)
    assert m.t_settled == 0.0
    assert advance(PLAN, N, m, there, 0, 59.0).at == 0.0
    on = advance(PLAN, N, m, there, 0, 60.0)
    assert on.at == 1.0
    assert on.t_entry == 60.0
    assert on.r_entry_hill == there.r_hill


def test_leaving_the_tolerance_starts_the_settling_anew():
    m = begin(PLAN, belief(), 0.0)
    m = advance(PLAN, N, m, at_rest(m), 0, 1.0)
    away = belief(tuple(np.add(m.leg.to_hill, (2.0, 0.0, 0.0))))
    m = advance(PLAN, N, m, away, 0, 55.0)
    assert m.t_settled == -1.0
    m = advance(PLAN, N, m, at_rest(m), 0, 56.0)
    assert advance(PLAN, N, m, at_rest(m), 0, 65.0).at == 0.0
    assert advance(PLAN, N, m, at_rest(m), 0, 66.0).at == 1.0


@pytest.mark.parametrize(
    ("off", "ok"),
    [({}, True), ({"v": (0.02, 0.0, 0.0)}, False), ({"q": YAWED}, False), ({"r": (-252.0, 15.0, 0.0)}, False),
     ({"laser_age": 60.0}, False)],
)  # fmt: skip
def test_what_within_means(off, ok):
    assert within(leg(needs_laser=1.0), belief(**off)) == ok


def test_a_leg_that_takes_too_long_is_aborted():
    m = begin(PLAN, belief(), 0.0)
    away = belief((-300.0, 15.0, 0.0))
    m = advance(PLAN, N, m, away, 0, 601.0)
    assert m.at == 2.0
    assert m.alarm == Alarm.TIME_OUT


def test_an_abort_ends_by_its_own_clock_and_no_alarm_restarts_it():
    m = enter(PLAN, memory(leg()), belief(), 2, int(Alarm.SPEED), 1000.0)
    burnt = belief(v=tuple(np.add((0.0, 0.0, 0.0), (-0.3, -0.3, 0.0))))
    m = advance(PLAN, N, m, burnt, int(Alarm.CORRIDOR), 1010.0)
    assert (m.at, m.alarm, m.over) == (2.0, Alarm.SPEED, 0.0)
    assert advance(PLAN, N, m, burnt, 0, 1301.0).over == 1.0


def test_in_free_drift_alarms_wait_and_the_end_of_time_ends_the_flight():
    plan = table(leg(law=int(Law.DRIFT), free_drift=1.0), ABORT)
    m = begin(plan, belief(), 0.0)
    m = advance(plan, N, m, belief((-9999.0, 0.0, 0.0)), int(Alarm.CORRIDOR), 10.0)
    assert (m.at, m.alarm, m.over) == (0.0, 0.0, 0.0)
    assert advance(plan, N, m, belief(), 0, 601.0).over == 1.0


def test_a_drift_is_never_done_of_itself():
    m = memory(leg(law=int(Law.DRIFT), free_drift=1.0), t_settled=0.0)
    assert not done(m, 1e6)
