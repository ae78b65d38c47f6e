"""What rules and goals are told of the truth, at one instant and over a step."""

from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, unrotate
from rvd.core.algebra.vec import add, axpy, dot, norm, select, sub
from rvd.core.goals.goal import Goal, Stand, stand_of
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.orbit.frames import Q_HILL_LEVEL, hill_from_eci, hill_rate, q_eci_hill
from rvd.core.signals import State

ZERO = (0.0, 0.0, 0.0)


class Sight(NamedTuple):
    """The truth as rules and goals see it at one instant."""

    #: The chaser's centre of mass from the target's, m, hill axes.
    r_hill: Vec
    #: Its velocity, m/s, hill axes.
    v_hill: Vec
    #: The berthing point from the target's centre of mass, m, hill axes.
    apex_hill: Vec
    #: The grapple fixture from the target's centre of mass, m, hill axes.
    fixture_hill: Vec
    #: Attitude of the target.
    q_hill_target: Quat
    #: Distance of the target's centre of mass from the centre of the central body, m.
    orbit_radius: float
    #: The chaser against the place of the goal.
    stand: Stand


class Passage(NamedTuple):
    """One step, from sight to sight."""

    #: At its begin.
    before: Sight
    #: At its end.
    after: Sight
    #: The place of the centre of mass nearest to the target's within it, m, hill axes.
    near: Vec
    #: The length of that, m.
    closest: float
    #: Clearance of the hulls at its end, m; without a rule of it the least so far.
    clearance: float


@kernel
def sight(berthing: Vec, grapple: Vec, goal: Goal, state: State, com_body: Vec) -> Sight:
    """What there is to be seen of a state; berthing point (target axes) and grapple fixture (body axes) in m."""
    r, v = hill_from_eci(state.rt_eci, state.vt_eci, state.dr_eci, state.dv_eci)
    q_hill_eci = conjugate(q_eci_hill(state.rt_eci, state.vt_eci))
    q_body, q_target = multiply(q_hill_eci, state.q_eci_body), multiply(q_hill_eci, state.q_eci_station)
    turn = (0.0, 0.0, hill_rate(state.rt_eci, state.vt_eci))
    turns = goal.turns > 0.5
    w_target = sub(state.w_station, unrotate(q_target, turn))
    return Sight(
        r_hill=r,
        v_hill=v,
        apex_hill=rotate(q_target, berthing),
        fixture_hill=add(r, rotate(q_body, sub(grapple, com_body))),
        q_hill_target=q_target,
        orbit_radius=norm(state.rt_eci),
        stand=stand_of(
            goal,
            com_body,
            r_hill=r,
            v_hill=v,
            q_hill_body=q_body,
            q_hill_target=q_target if turns else Q_HILL_LEVEL,
            w_rel_body=sub(state.w_body, unrotate(q_body, turn)),
            w_rel_target=select(turns, w_target, ZERO),
        ),
    )


@kernel
def passage(before: Sight, after: Sight, clearance: float) -> Passage:
    """The step between two sights, with the clearance (m) of the hulls."""
    near = nearest(before.r_hill, after.r_hill)
    return Passage(before, after, near, norm(near), clearance)


@kernel
def nearest(a: Vec, b: Vec) -> Vec:
    """The point of the segment from a to b nearest to the origin: closest approach inside a step.

    Over a step of at most 1 s the relative path bends by less than 0.2 mm (n v h2 / 8), so a segment serves.
    """
    d = sub(b, a)
    d2 = dot(d, d)
    share = min(max(-dot(a, d) / (d2 if d2 > 0.0 else 1.0), 0.0), 1.0)
    return axpy(share, d, a)
