"""A law of the user's own, asked: what it is told, what becomes of its answer, what it may not answer."""

import math

import numpy as np
import pytest

from rvd.core.guidance.law import choose
from rvd.core.guidance.laws import Law
from rvd.core.guidance.own import consult, sound
from rvd.core.guidance.plan import LEG, Plan, advance
from rvd.core.kernel import store
from rvd.core.signals import Alarm, Asked, Leg, Word
from rvd.guidance import coast, gain, own_law, track

from .legs import NO_FRAMES, ZERO, belief, leg, memory, state

N = 1.1288e-3
NUMBERS = (3.0, 5.0, 7.0)
ABORT = leg(law=int(Law.RETREAT), dv_leg=(-0.3, -0.3, 0.0), slew_rate=0.0, time=300.0, arrived_r=1e30,
            arrived_v=1e30, arrived_angle=1e30, settle=0.0, at_least=0.0)  # fmt: skip


def plan_of(*legs: Leg) -> Plan:
    """A plan of these legs; the second flies law 1 with three numbers."""
    numbers, own = np.zeros(LEG * len(legs)), np.zeros((len(legs) - 1, 9))
    for k, of in enumerate(legs):
        store(Leg, numbers, k * LEG, 0, 1, of)
    own[1, 0], own[1, 1:4] = 1.0, NUMBERS
    return Plan(numbers, len(legs) - 1, NO_FRAMES, own, np.zeros(len(Alarm)))


OWN = leg(law=int(Law.OWN), at_least=0.0, arrived_r=1e30, arrived_v=1e30, arrived_angle=1e30, settle=0.0,
          following=2.0)  # fmt: skip
PLAN = plan_of(leg(), OWN, leg(), ABORT)
HERE = belief((-260.0, 15.0, 1.0), (0.01, 0.02, 0.03))


def asked(answer, of=OWN, t=107.0, **changes):
    """Memory and request after a law was asked that answers with this, and what it was told."""
    told = []

    def own(which, leg, now, numbers):
        told.append((which, leg, now, numbers))
        return answer

    m = memory(of, **changes)
    plain = getattr(consult, "py_func", consult)
    usual = choose(m, state(HERE), N, t - m.t_entry)
    return (*plain(own, PLAN, N, m, state(HERE), usual, t), told)


def test_a_law_is_told_its_leg_the_moment_and_its_numbers():
    _, _, told = asked(track((1.0, 2.0, 3.0), ZERO), stage=4.0)
    ((which, of, now, numbers),) = told
    m = memory(OWN)
    assert which == 1 and of == OWN and numbers == (*NUMBERS, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert (now.s, now.n, now.stage) == (7.0, N, 4.0)
    assert (now.r_entry_leg, now.v_entry_leg) == (m.r_entry_leg, m.v_entry_leg)
    assert (now.r_leg, now.v_leg) == (HERE.r_hill, HERE.v_hill)


def test_a_leg_of_the_house_s_asks_no_one():
    for law in Law:
        if law != Law.OWN:
            m = memory(leg(law=int(law)))
            remembered, request, told = asked(gain((1.0, 0.0, 0.0)), of=m.leg)
            assert not told and remembered == m and request == choose(m, state(HERE), N, 7.0)


def test_a_point_is_tracked_a_velocity_gained_a_coast_left_alone():
    r, v = (1.0, 2.0, 3.0), (0.1, 0.2, 0.3)
    assert asked(track(r, v))[1] == (1.0, r, v, ZERO)
    assert asked(gain(v))[1] == (2.0, HERE.r_hill, HERE.v_hill, v)
    assert asked(coast())[1] == (0.0, HERE.r_hill, HERE.v_hill, ZERO)


def test_whole_numbers_are_numbers():
    assert track((1, 2, 3), (0, 0, 1), over=True, stage=2) == Asked(
        1.0, (1.0, 2.0, 3.0), (0.0, 0.0, 1.0), ZERO, 2.0, 1.0
    )
    assert all(isinstance(x, float) for x in np.ravel(track((1, 2, 3), (0, 0, 1))[1:4]).tolist())


def test_the_stage_is_remembered_with_its_time():
    m, _, _ = asked(coast(stage=2.0), stage=1.0, t_stage=101.0)
    assert (m.stage, m.t_stage, m.asked, m.flown) == (2.0, 107.0, 0.0, 0.0)
    m, _, _ = asked(gain(ZERO, stage=1.0), stage=1.0, t_stage=101.0)
    assert (m.stage, m.t_stage, m.asked) == (1.0, 101.0, 2.0)


def test_the_leg_ends_when_the_law_says_so_and_the_tolerances_hold():
    flying, _, _ = asked(track(ZERO, ZERO))
    over, _, _ = asked(track(ZERO, ZERO, over=True))
    assert (flying.flown, over.flown) == (0.0, 1.0)
    assert advance(PLAN, N, flying, HERE, Alarm.NONE, Word.NONE, 108.0).at == 1.0
    after = advance(PLAN, N, over, HERE, Alarm.NONE, Word.NONE, 108.0)
    assert (after.at, after.flown, after.asked, after.stage) == (2.0, 0.0, 0.0, 0.0)
    strict = over._replace(leg=OWN._replace(arrived_r=1.0))
    assert advance(PLAN, N, strict, HERE, Alarm.NONE, Word.NONE, 108.0).at == 1.0


NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    "answer",
    [
        track((NAN, 0.0, 0.0), ZERO),
        track(ZERO, (0.0, INF, 0.0)),
        gain((0.0, 0.0, -INF)),
        coast(stage=NAN),
        track(ZERO, ZERO)._replace(over=NAN),
        track(ZERO, ZERO)._replace(translate=3.0),
        track(ZERO, ZERO)._replace(translate=NAN),
        track((INF, -INF, 0.0), ZERO),
    ],
)
def test_what_is_no_number_asks_for_nothing_and_aborts_at_the_next_tick(answer):
    assert not sound(answer)
    m, request, _ = asked(answer, stage=1.0)
    assert (m.asked, m.stage, m.flown) == (-1.0, 1.0, 0.0)
    assert request[0] == 0.0 and np.isfinite(np.hstack([np.ravel(part) for part in request])).all()
    after = advance(PLAN, N, m, HERE, Alarm.NONE, Word.NONE, 108.0)
    assert (after.at, after.alarm, after.asked) == (3.0, float(Alarm.LAW), 0.0)


def test_the_mark_keeps_the_units_and_the_function():
    @own_law
    def still(leg, now):
        return coast()

    @own_law(speed="m/s")
    def moving(leg, now, speed=0.1):
        return track((speed, 0.0, 0.0), ZERO)

    assert still.own_law == {} and moving.own_law == {"speed": "m/s"}
    assert still(OWN, None) == coast() and moving(OWN, None, 0.3).r_leg == (0.3, 0.0, 0.0)
