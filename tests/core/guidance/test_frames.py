"""Frames of legs, against SciPy's rotations and numerical derivatives of a target that swings."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.guidance.frames import FRAME, Frame, aim_of, attitude_between, axes_of, level_attitude, state_of
from rvd.core.guidance.plan import Plan, advance, begin
from rvd.core.kernel import store
from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.signals import GuidanceState

from .legs import belief, leg, memory
from .test_plan import table

N = 1.1288e-3
PORT = Frame(1.0, (14.9, 0.3, 5.0), (0.0, 0.7071067811865476, 0.0, 0.7071067811865476))
LEVEL = PORT._replace(turns=0.0)
BODY = Frame(1.0, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0))
NUMBERS = (1.0, 2.0, 3.0)
RATE = np.array([2e-4, -5e-4, 3e-4])
OFF = Rotation.from_rotvec([0.01, -0.015, 0.008])


def frames_of(*frames: Frame) -> np.ndarray:
    numbers = np.zeros(FRAME * len(frames))
    for k, of in enumerate(frames):
        store(Frame, numbers, k * FRAME, 0, 1, of)
    return numbers


FRAMES = frames_of(PORT, LEVEL, BODY)


def target_at(t: float) -> Rotation:
    """Hill from target axes, t s from a moment at which it is 0.02 rad off level, turning by RATE (hill)."""
    return Rotation.from_rotvec(t * RATE) * OFF * Rotation.from_quat(Q_HILL_LEVEL)


def axes_at(frame: Frame, t: float) -> tuple[np.ndarray, Rotation]:
    """The origin (hill) of a frame and hill from its axes."""
    turned = target_at(t)
    carried = turned if frame.turns else Rotation.from_quat(Q_HILL_LEVEL)
    return turned.apply(frame.origin_target), carried * Rotation.from_quat(frame.q_target_leg)


R, V = np.array([-31.0, 17.0, 2.0]), np.array([0.03, -0.02, 0.01])
HERE = belief(
    R, V, q_hill_target=tuple(target_at(0.0).as_quat()), w_target_hill=tuple(RATE),
    q=tuple(Rotation.from_rotvec([0.3, -1.1, 0.4]).as_quat()),
)  # fmt: skip


@pytest.mark.parametrize(("number", "frame"), [(1.0, PORT), (2.0, LEVEL), (3.0, BODY)])
def test_the_state_is_what_somebody_on_the_frame_sees(number, frame):
    def seen(t):
        origin, turned = axes_at(frame, t)
        return turned.inv().apply(R + t * V - origin)

    of = state_of(FRAMES, leg(frame=number), HERE)
    np.testing.assert_allclose(of.r_leg, seen(0.0), atol=1e-12)
    np.testing.assert_allclose(of.v_leg, (seen(0.01) - seen(-0.01)) / 0.02, atol=1e-10)
    expected = axes_at(frame, 0.0)[1].inv() * Rotation.from_quat(HERE.q_hill_body)
    assert (expected.inv() * Rotation.from_quat(of.q_leg_body)).magnitude() < 1e-12


def test_the_hill_frame_is_what_is_believed_to_the_bit():
    assert state_of(FRAMES, leg(), HERE) == GuidanceState(HERE.r_hill, HERE.v_hill, HERE.q_hill_body)


@pytest.mark.parametrize("number", NUMBERS)
def test_an_aim_at_the_state_is_the_state(number):
    """What a law asks for comes back as it was believed: there and back again."""
    of = state_of(FRAMES, leg(frame=number), HERE)
    m = memory(leg(frame=number))
    aim = aim_of(FRAMES, m, HERE, (1.0, of.r_leg, of.v_leg, of.v_leg), of.q_leg_body, (0.0, 0.0, 0.0))
    np.testing.assert_allclose(aim.r_hill, R, atol=1e-12)
    np.testing.assert_allclose(aim.v_hill, V, atol=1e-14)
    assert (
        Rotation.from_quat(aim.q_hill_body).inv() * Rotation.from_quat(HERE.q_hill_body)
    ).magnitude() < 1e-12
    rate = Rotation.from_quat(HERE.q_hill_body).inv().apply(axes_of(FRAMES, number, HERE).w_hill)
    np.testing.assert_allclose(aim.w_rel_body, rate, atol=1e-15)
    length = np.linalg.norm(of.v_leg)
    assert np.linalg.norm(aim.dv_hill) == pytest.approx(length, rel=1e-12)


def test_a_chaser_that_rests_on_a_port_is_at_rest_in_its_frame():
    turned = target_at(0.0)
    r = turned.apply(np.array([14.9, 0.3, 5.0]) + [3.0, -2.0, 1.0])
    here = HERE._replace(r_hill=tuple(r), v_hill=tuple(np.cross(RATE, r)))
    np.testing.assert_allclose(state_of(FRAMES, leg(frame=1.0), here).v_leg, 0.0, atol=1e-15)
    np.testing.assert_allclose(state_of(FRAMES, leg(frame=3.0), here).v_leg, 0.0, atol=1e-15)
    assert np.linalg.norm(state_of(FRAMES, leg(frame=2.0), here).v_leg) > 1e-4


def test_an_attitude_is_kept_from_frame_to_frame():
    q = (0.1, -0.2, 0.3, 0.9273618495495704)
    assert attitude_between(FRAMES, 1.0, 1.0, HERE, q) == q
    for before in (0.0, *NUMBERS):
        for after in (0.0, *NUMBERS):
            there = attitude_between(FRAMES, before, after, HERE, q)
            old, new = (Rotation.from_quat(axes_of(FRAMES, k, HERE).q_hill_leg) for k in (before, after))
            off = (old * Rotation.from_quat(q)).inv() * new * Rotation.from_quat(there)
            assert off.magnitude() < 1e-12


def test_level_is_where_the_target_does_not_turn():
    q = (0.1, -0.2, 0.3, 0.9273618495495704)
    level = HERE._replace(q_hill_target=Q_HILL_LEVEL)
    assert level_attitude(FRAMES, 0.0, q) == q
    for number in NUMBERS:
        expected = attitude_between(FRAMES, number, 0.0, level, q)
        np.testing.assert_allclose(level_attitude(FRAMES, number, q), expected, atol=1e-15)


def test_a_leg_of_another_frame_begins_where_the_chaser_is_and_as_it_is_turned():
    plan: Plan = table(leg(following=1.0), leg(frame=1.0, at_least=0.0, slew_rate=0.0), leg())._replace(
        frames=FRAMES
    )
    m = begin(plan, HERE, 0.0)
    here = belief(m.leg.to_leg, q_hill_target=HERE.q_hill_target, w_target_hill=HERE.w_target_hill)
    m = advance(plan, N, m, here, 0, 0, 0.0)
    on = advance(plan, N, m, here, 0, 0, 60.0)
    assert on.at == 1.0 and on.leg.frame == 1.0
    assert on.r_entry_leg == state_of(FRAMES, on.leg, here).r_leg
    aim = aim_of(
        FRAMES,
        on,
        here,
        (1.0, on.r_entry_leg, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
        on.slew_from,
        (0.0, 0.0, 0.0),
    )
    np.testing.assert_allclose(aim.q_hill_body, m.leg.q_leg_body, atol=1e-12)
