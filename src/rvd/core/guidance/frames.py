"""Frames of legs: where a leg counts its places from and on which axes, formed each tick from what is believed.

A leg is flown on the axes of its frame, so the same straight line or hold follows a port that swings with its station.
Frame 0 is the hill frame about the target's centre of mass; the others stand on the target's body.
"""

from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, unrotate
from rvd.core.algebra.vec import add, cross, sub
from rvd.core.kernel import Quat, Row, Vec, kernel, load, size
from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.signals import Aim, Belief, GuidanceState, Leg, Memory, Request

ZERO = (0.0, 0.0, 0.0)


class Frame(NamedTuple):
    """A frame on the target's body, as the case describes it."""

    #: 1.0 where its axes turn with the body, 0.0 where they stay as they are on a level one.
    turns: float
    #: Its origin, m, target body axes from the centre of mass.
    origin_target: Vec
    #: Its axes, on those of the body.
    q_target_leg: Quat


FRAME = size(Frame)


class LegAxes(NamedTuple):
    """A frame as it is believed to be and to move at a tick."""

    #: Its origin from the target's centre of mass, m, hill axes.
    r_hill: Vec
    #: The velocity of the origin, m/s, hill axes.
    v_hill: Vec
    #: Its axes.
    q_hill_leg: Quat
    #: Their rate against the hill frame, rad/s, hill axes.
    w_hill: Vec


HILL = LegAxes(r_hill=ZERO, v_hill=ZERO, q_hill_leg=(0.0, 0.0, 0.0, 1.0), w_hill=ZERO)
"""Frame 0."""


@kernel
def axes_of(frames: Row, number: float, belief: Belief) -> LegAxes:
    """Frame `number` of a flat table of frames (`Frame`), the first of which is frame 1, as it is believed to be."""
    if number < 0.5:
        return HILL
    frame = load(Frame, frames, (int(number) - 1) * FRAME, 0, 1)
    r_hill = rotate(belief.q_hill_target, frame.origin_target)
    v_hill = cross(belief.w_target_hill, r_hill)
    if frame.turns > 0.5:
        return LegAxes(
            r_hill, v_hill, multiply(belief.q_hill_target, frame.q_target_leg), belief.w_target_hill
        )
    return LegAxes(r_hill, v_hill, multiply(Q_HILL_LEVEL, frame.q_target_leg), ZERO)


@kernel
def state_of(frames: Row, leg: Leg, belief: Belief) -> GuidanceState:
    """The believed state in the frame of a leg."""
    if leg.frame < 0.5:
        return GuidanceState(r_leg=belief.r_hill, v_leg=belief.v_hill, q_leg_body=belief.q_hill_body)
    axes = axes_of(frames, leg.frame, belief)
    away = sub(belief.r_hill, axes.r_hill)
    moves = sub(sub(belief.v_hill, axes.v_hill), cross(axes.w_hill, away))
    return GuidanceState(
        r_leg=unrotate(axes.q_hill_leg, away),
        v_leg=unrotate(axes.q_hill_leg, moves),
        q_leg_body=multiply(conjugate(axes.q_hill_leg), belief.q_hill_body),
    )


@kernel
def attitude_between(frames: Row, before: float, after: float, belief: Belief, q_leg_body: Quat) -> Quat:
    """An attitude against the axes of frame `before` as one against those of frame `after`."""
    if before == after:
        return q_leg_body
    old, new = axes_of(frames, before, belief), axes_of(frames, after, belief)
    return multiply(conjugate(new.q_hill_leg), multiply(old.q_hill_leg, q_leg_body))


@kernel
def level_attitude(frames: Row, number: float, q_leg_body: Quat) -> Quat:
    """An attitude against the axes of a frame as one against the hill frame, while the target is level."""
    if number < 0.5:
        return q_leg_body
    frame = load(Frame, frames, (int(number) - 1) * FRAME, 0, 1)
    return multiply(Q_HILL_LEVEL, multiply(frame.q_target_leg, q_leg_body))


@kernel
def aim_of(
    frames: Row, memory: Memory, belief: Belief, request: Request, q_leg_body: Quat, w_body: Vec
) -> Aim:
    """What a law asks for, and the attitude and rate of the leg's turn (against its axes), in the hill frame."""
    leg = memory.leg
    mode, r, v, dv = request
    q = q_leg_body
    if leg.frame > 0.5:
        axes = axes_of(frames, leg.frame, belief)
        away = rotate(axes.q_hill_leg, r)
        r = add(axes.r_hill, away)
        v = add(add(axes.v_hill, cross(axes.w_hill, away)), rotate(axes.q_hill_leg, v))
        dv = rotate(axes.q_hill_leg, dv)
        q = multiply(axes.q_hill_leg, q_leg_body)
        w_body = add(w_body, unrotate(q, axes.w_hill))
    return Aim(
        translate=mode,
        r_hill=r,
        v_hill=v,
        dv_hill=dv,
        point=0.0 if leg.free_drift > 0.0 else 1.0,
        q_hill_body=q,
        w_rel_body=w_body,
    )
