"""The leg table: what ends a leg, what begins the next, what sends the chaser away."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.guidance.laws import Law
from rvd.core.guidance.plan import LEG, Plan, Reaction, advance, begin, done, enter, leg_of, row_of, within
from rvd.core.kernel import store
from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.signals import Alarm, Leg, Word

from .legs import NO_FRAMES, belief, leg, memory, state

N = 1.1288e-3
YAWED = tuple((Rotation.from_quat(Q_HILL_LEVEL) * Rotation.from_euler("z", 1.0)).as_quat())


def table(*legs: Leg) -> Plan:
    """A plan of these legs, the last of them the abort."""
    numbers = np.zeros(LEG * len(legs))
    for k, of in enumerate(legs):
        store(Leg, numbers, k * LEG, 0, 1, of)
    return Plan(numbers, len(legs) - 1, NO_FRAMES, np.zeros((len(legs), 9)), np.zeros(len(Alarm)))


ABORT = leg(law=int(Law.RETREAT), dv_leg=(-0.3, -0.3, 0.0), slew_rate=0.0, time=300.0, arrived_r=1e30,
            arrived_v=1e30, arrived_angle=1e30, settle=0.0, at_least=0.0)  # fmt: skip
PLAN = table(
    leg(), leg(law=int(Law.STRAIGHT), following=2.0, to_leg=(-37.0, 15.0, 0.0), q_leg_body=YAWED), ABORT
)


def test_a_leg_is_flown_by_the_centre_of_mass():
    """Its point less the arm of the fixture in the leg's attitude."""
    com = (0.1, 0.0, 0.05)
    for at, q in ((0, Q_HILL_LEVEL), (1, YAWED)):
        arm = Rotation.from_quat(q).apply(np.subtract((0.3, 0.0, -2.2), com))
        expected = np.subtract(((-250.0, 15.0, 0.0), (-37.0, 15.0, 0.0))[at], arm)
        np.testing.assert_allclose(leg_of(row_of(PLAN, at), com, Q_HILL_LEVEL).to_leg, expected, atol=1e-12)


def test_a_leg_without_a_slew_rate_keeps_the_attitude_of_the_moment():
    half_way = enter(PLAN, memory(leg()), belief(), 1, 0, 500.0)
    middle = 500.0 + 0.5 * half_way.slew_time
    aborted = advance(PLAN, N, half_way, belief(), int(Alarm.CORRIDOR), 0, middle)
    assert aborted.at == 2.0
    assert aborted.alarm == Alarm.CORRIDOR
    turned = Rotation.from_quat(Q_HILL_LEVEL).inv() * Rotation.from_quat(aborted.leg.q_leg_body)
    assert turned.magnitude() == pytest.approx(0.5, 0, abs=1e-9)
    assert aborted.slew_time == 0.0


def at_rest(m, **changes):
    return belief(m.leg.to_leg, **changes)


def test_a_leg_ends_once_flown_long_enough_and_settled():
    m = begin(PLAN, belief(), 0.0)
    there = at_rest(m)
    m = advance(PLAN, N, m, there, 0, 0, 0.0)
    assert m.t_settled == 0.0
    assert advance(PLAN, N, m, there, 0, 0, 59.0).at == 0.0
    on = advance(PLAN, N, m, there, 0, 0, 60.0)
    assert on.at == 1.0
    assert on.t_entry == 60.0
    assert on.r_entry_leg == there.r_hill


def test_leaving_the_tolerance_starts_the_settling_anew():
    m = begin(PLAN, belief(), 0.0)
    m = advance(PLAN, N, m, at_rest(m), 0, 0, 1.0)
    away = belief(tuple(np.add(m.leg.to_leg, (2.0, 0.0, 0.0))))
    m = advance(PLAN, N, m, away, 0, 0, 55.0)
    assert m.t_settled == -1.0
    m = advance(PLAN, N, m, at_rest(m), 0, 0, 56.0)
    assert advance(PLAN, N, m, at_rest(m), 0, 0, 65.0).at == 0.0
    assert advance(PLAN, N, m, at_rest(m), 0, 0, 66.0).at == 1.0


@pytest.mark.parametrize(
    ("off", "ok"),
    [({}, True), ({"v": (0.02, 0.0, 0.0)}, False), ({"q": YAWED}, False), ({"r": (-252.0, 15.0, 0.0)}, False),
     ({"laser_age": 60.0}, False)],
)  # fmt: skip
def test_what_within_means(off, ok):
    here = belief(**off)
    assert within(leg(needs_laser=1.0), state(here), here.laser_age) == ok


def test_a_leg_that_takes_too_long_is_aborted():
    m = begin(PLAN, belief(), 0.0)
    away = belief((-300.0, 15.0, 0.0))
    m = advance(PLAN, N, m, away, 0, 0, 601.0)
    assert m.at == 2.0
    assert m.alarm == Alarm.TIME_OUT


def test_an_abort_ends_by_its_own_clock_and_no_alarm_restarts_it():
    m = enter(PLAN, memory(leg()), belief(), 2, int(Alarm.SPEED), 1000.0)
    burnt = belief(v=tuple(np.add((0.0, 0.0, 0.0), (-0.3, -0.3, 0.0))))
    m = advance(PLAN, N, m, burnt, int(Alarm.CORRIDOR), 0, 1010.0)
    assert (m.at, m.alarm, m.over) == (2.0, Alarm.SPEED, 0.0)
    assert advance(PLAN, N, m, burnt, 0, 0, 1301.0).over == 1.0


def test_in_free_drift_alarms_wait_and_the_end_of_time_ends_the_flight():
    plan = table(leg(law=int(Law.DRIFT), free_drift=1.0), ABORT)
    m = begin(plan, belief(), 0.0)
    m = advance(plan, N, m, belief((-9999.0, 0.0, 0.0)), int(Alarm.CORRIDOR), 0, 10.0)
    assert (m.at, m.alarm, m.over) == (0.0, 0.0, 0.0)
    assert advance(plan, N, m, belief(), 0, 0, 601.0).over == 1.0


def test_a_drift_is_never_done_of_itself():
    m = memory(leg(law=int(Law.DRIFT), free_drift=1.0), t_settled=0.0)
    assert not done(m, 1e6)


GATED = table(
    leg(gated=1.0, following=1.0),
    leg(to_leg=(-37.0, 15.0, 0.0), fallback=0.0, gated=1.0, following=2.0),
    ABORT,
)


def ready(plan: Plan, at: int):
    """Memory of a leg that has ended but for its gate, at t = 200 s; and the belief."""
    m = enter(plan, memory(leg()), belief(), at, 0, 0.0)
    there = at_rest(m)
    for t in (0.0, 200.0):
        m = advance(plan, N, m, there, 0, 0, t)
    return m, there


def test_a_gate_waits_for_its_go():
    m, there = ready(GATED, 0)
    assert (m.at, m.t_ready) == (0.0, 200.0)
    assert advance(GATED, N, m, there, 0, 0, 500.0).at == 0.0
    assert advance(GATED, N, m, there, 0, int(Word.GO), 500.0).at == 1.0
    away = belief(tuple(np.add(there.r_hill, (5.0, 0.0, 0.0))))
    assert advance(GATED, N, m, away, 0, int(Word.GO), 500.0).at == 0.0


def test_a_refusal_falls_back_while_tries_are_left():
    m, there = ready(GATED, 1)
    back = advance(GATED, N, m, there, 0, int(Word.NO_GO), 300.0)
    assert (back.at, back.tries, back.alarm) == (0.0, 1.0, 0.0)
    spent, there = ready(GATED, 1)
    gone = advance(GATED, N, spent._replace(tries=1.0), there, 0, int(Word.NO_GO), 300.0)
    assert (gone.at, gone.alarm) == (2.0, Alarm.REFUSED)


def test_authority_goes_by_zone_and_law():
    """HOLD and RETREAT inside the ellipsoid and not on a transfer; ABORT always."""
    outside, transfer = leg(zone=0.0), leg(law=int(Law.TWO_IMPULSE), time=3600.0, zone=1.0)
    for of in (outside, transfer):
        m = memory(of)
        for word in (Word.HOLD, Word.RETREAT):
            assert advance(GATED, N, m, belief(), 0, int(word), 110.0).at == m.at
            assert advance(GATED, N, m, belief(), 0, int(word), 110.0).halted == 0.0
        assert advance(GATED, N, m, belief(), 0, int(Word.ABORT), 110.0).alarm == Alarm.COMMANDED


def test_a_hold_keeps_the_place_and_a_resume_enters_the_leg_anew():
    m = memory(leg(law=int(Law.STRAIGHT)), at=1.0)
    here = belief((-100.0, 15.0, 0.0))
    held = advance(GATED, N, m, here, 0, int(Word.HOLD), 110.0)
    assert (held.at, held.halted, held.leg.law, held.leg.to_leg) == (1.0, 1.0, 0.0, here.r_hill)
    assert held.leg.zone == m.leg.zone
    assert advance(GATED, N, held, here, 0, 0, 500.0).at == 1.0
    on = advance(GATED, N, held, here, 0, int(Word.RESUME), 500.0)
    assert (on.at, on.halted, on.leg.to_leg[0]) == (1.0, 0.0, pytest.approx(-39.2))
    assert on.r_entry_leg == here.r_hill


def reacting(reaction: Reaction, to=Alarm.LASER) -> Plan:
    """The gated plan whose alarms of this kind lead elsewhere."""
    reactions = np.zeros(len(Alarm))
    reactions[to] = reaction
    return GATED._replace(reactions=reactions)


def test_an_alarm_may_lead_back_while_tries_are_left():
    plan = reacting(Reaction.RETREAT)
    m = enter(plan, memory(leg()), belief(), 1, 0, 0.0)
    back = advance(plan, N, m, belief(), int(Alarm.LASER), 0, 5.0)
    assert (back.at, back.tries, back.alarm) == (0.0, 1.0, 0.0)
    spent = advance(plan, N, m._replace(tries=1.0), belief(), int(Alarm.LASER), 0, 5.0)
    assert (spent.at, spent.alarm) == (2.0, Alarm.LASER)
    other = advance(plan, N, m, belief(), int(Alarm.SPEED), 0, 5.0)
    assert (other.at, other.alarm) == (2.0, Alarm.SPEED)


def test_an_alarm_may_hold_the_leg_until_it_is_over():
    plan = reacting(Reaction.HOLD)
    m = memory(leg(law=int(Law.STRAIGHT), fallback=0.0), at=1.0)
    here = belief((-100.0, 15.0, 0.0))
    held = advance(plan, N, m, here, int(Alarm.LASER), 0, 110.0)
    assert (held.at, held.halted, held.leg.law, held.leg.to_leg) == (1.0, 2.0, 0.0, here.r_hill)
    still = advance(plan, N, held, here, int(Alarm.LASER), 0, 400.0)
    assert (still.at, still.halted, still.t_entry) == (1.0, 2.0, 110.0)
    on = advance(plan, N, still, here, 0, 0, 401.0)
    assert (on.at, on.halted, on.t_entry) == (1.0, 0.0, 401.0)
    late = advance(plan, N, still, here, int(Alarm.LASER), 0, 110.0 + 601.0)
    assert (late.at, late.tries) == (0.0, 1.0)


def test_an_order_to_hold_outlasts_an_alarm_and_other_alarms_abort_what_is_held():
    plan = reacting(Reaction.HOLD)
    m = memory(leg(law=int(Law.STRAIGHT)), at=1.0)
    held = advance(plan, N, m, belief(), 0, int(Word.HOLD), 110.0)
    assert advance(plan, N, held, belief(), int(Alarm.LASER), 0, 111.0).halted == 1.0
    assert advance(plan, N, held, belief(), 0, 0, 112.0).halted == 1.0
    waits = advance(plan, N, m, belief(), int(Alarm.LASER), 0, 110.0)
    gone = advance(plan, N, waits, belief(), int(Alarm.SPEED), 0, 111.0)
    assert (gone.at, gone.alarm) == (2.0, Alarm.SPEED)


@pytest.mark.parametrize("law", [Law.TWO_IMPULSE, Law.RETREAT])
def test_a_transfer_and_a_burn_cannot_be_held(law):
    m = memory(leg(law=int(law), time=3600.0), at=1.0)
    gone = advance(reacting(Reaction.HOLD), N, m, belief(), int(Alarm.LASER), 0, 110.0)
    assert (gone.at, gone.alarm) == (2.0, Alarm.LASER)


def ticks(plan: Plan, m, alarms, t=101.0, words=()):
    """The memory after ticks a second apart, each with its alarm and its word."""
    for k, alarm in enumerate(alarms):
        word = words[k] if k < len(words) else Word.NONE
        m = advance(plan, N, m, belief(), int(alarm), int(word), t + k)
    return m


def test_an_alarm_that_has_led_back_is_left_alone_until_it_is_over():
    plan = reacting(Reaction.RETREAT)
    m = enter(plan, memory(leg()), belief(), 1, 0, 0.0)
    lasting = ticks(plan, m, [Alarm.LASER] * 5)
    assert (lasting.at, lasting.tries, lasting.alarm) == (0.0, 1.0, 0.0)
    again = ticks(plan, lasting, [Alarm.NONE, Alarm.LASER], 110.0)
    assert (again.at, again.alarm) == (2.0, Alarm.LASER)  # from there no leg leads back
    other = ticks(plan, lasting, [Alarm.SPEED], 110.0)
    assert (other.at, other.alarm) == (2.0, Alarm.SPEED)


def test_an_alarm_that_comes_and_goes_does_not_outlast_the_leg():
    plan = reacting(Reaction.HOLD)
    m = memory(leg(law=int(Law.STRAIGHT), fallback=0.0, at_least=1e9), at=1.0)
    flickering = ticks(plan, m, [Alarm.LASER, Alarm.NONE] * 290)
    assert flickering.at == 1.0
    assert ticks(plan, flickering, [Alarm.LASER, Alarm.NONE] * 20, 681.0).tries == 1.0  # 600 s from 100 s


def test_an_order_to_hold_is_heard_while_an_alarm_holds():
    plan = reacting(Reaction.HOLD)
    m = memory(leg(law=int(Law.STRAIGHT)), at=1.0)
    held = ticks(plan, m, [Alarm.LASER, Alarm.LASER, Alarm.NONE, Alarm.NONE], words=[Word.NONE, Word.HOLD])
    assert held.halted == 1.0
