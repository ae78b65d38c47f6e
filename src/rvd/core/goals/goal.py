"""What a goal is told: how the chaser stands against the place that the mission is flown to."""

from typing import Any, NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec, unrotate
from rvd.core.algebra.vec import add, cross, norm, sub
from rvd.core.kernel import Quat, Row, Vec, kernel

Progress = tuple[float, float, float, float, float, float, float, float]
"""What a goal has seen so far: the numbers that its `COLUMNS` name, the rest of no meaning."""

GOING_ON = 0
"""The verdict of a goal that is neither reached nor missed."""


class Goal(NamedTuple):
    """The goal of a case."""

    #: Its kind (`rvd.core.goals.goals.GoalKind`, as a number).
    kind: float
    #: 1 where its axes turn with the target, 0 where they are those of a level target.
    turns: float
    #: The place from the target's centre of mass, m, axes of the target or of a level one.
    place_target: Vec
    #: The axes of the place, on those of the target: out, right and down of a port.
    q_target_goal: Quat
    #: The attitude of the chaser that is asked for there, on the target's axes.
    q_target_body: Quat
    #: The point of the chaser that is led there, m, body axes from the body's origin.
    point_body: Vec
    #: The numbers of its kind, in the order of the kind's own record.
    numbers: Row


class Stand(NamedTuple):
    """The chaser's point against the place of the goal at one instant, seen from the (turning) target."""

    #: The point from the place, m, target axes.
    offset: Vec
    #: Its velocity against the target's own material point there, m/s, hill axes.
    velocity_hill: Vec
    #: The length of that, m/s.
    speed: float
    #: The turn from the attitude that is asked for to that of the body, rad, body axes.
    turn: Vec
    #: The angle of that, rad.
    angle: float
    #: Angular rate of the body against the target, rad/s, body axes.
    rate_body: Vec
    #: The length of that, rad/s.
    rate: float


class Moment(NamedTuple):
    """What a goal is told of one step of the truth."""

    #: How the chaser stood at its begin.
    before: Stand
    #: How it stands at its end.
    after: Stand
    #: Attitude of the target at its begin, against the hill frame.
    q_before: Quat
    #: The same at its end.
    q_after: Quat
    #: Distance of the centres of mass at its end, m.
    away: float
    #: The smallest distance of the centres of mass within it, m.
    closest: float
    #: Whether no thruster may fire.
    free: bool
    #: Whether the chaser has not called its approach off.
    onward: bool
    #: The time that the goal needs, s.
    needed: float
    #: When it begins, s.
    t: float
    #: How long it lasts, s.
    h: float


def near(words: Any) -> str:
    """To be at the place of a goal, in words."""
    against = "a level target" if words.axes == "level" else "the target, which may turn"
    within = f"{words.within}, {words.speed} and {words.angle} of {words.attitude}"
    return f"{words.at} within {within}, against {against}"


@kernel
def stand_of(
    goal: Goal,
    com_body: Vec,
    r_hill: Vec,
    v_hill: Vec,
    q_hill_body: Quat,
    q_hill_target: Quat,
    w_rel_body: Vec,
    w_rel_target: Vec,
) -> Stand:
    """How the chaser stands, its centre of mass at r and v; both rates are against the hill frame, on own axes.

    Velocity: of the point in the hill frame, less that of the target's own material point there.
    """
    arm = rotate(q_hill_body, sub(goal.point_body, com_body))
    place = add(r_hill, arm)
    moves = add(v_hill, rotate(q_hill_body, cross(w_rel_body, sub(goal.point_body, com_body))))
    here = unrotate(q_hill_target, place)
    carried = rotate(q_hill_target, cross(w_rel_target, here))
    q_target_body = multiply(conjugate(q_hill_target), q_hill_body)
    turn = to_rotvec(multiply(conjugate(goal.q_target_body), q_target_body))
    rate_body = sub(w_rel_body, unrotate(q_target_body, w_rel_target))
    velocity_hill = sub(moves, carried)
    return Stand(
        offset=sub(here, goal.place_target),
        velocity_hill=velocity_hill,
        speed=norm(velocity_hill),
        turn=turn,
        angle=norm(turn),
        rate_body=rate_body,
        rate=norm(rate_body),
    )
