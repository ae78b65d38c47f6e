"""Monitors on board: from a belief to an alarm, in the order of the ladder."""

from typing import NamedTuple

from rvd.core.algebra.cone import cone_margin
from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec
from rvd.core.algebra.vec import add, norm, sub
from rvd.core.kernel import Quat, Row, Vec, kernel
from rvd.core.signals import HALTED_BY_ALARM, Alarm, Belief, Memory


class Limits(NamedTuple):
    """What the monitors allow. The corridor is of the grapple fixture, as the rule's."""

    #: Where the grapple fixture is, m, body axes.
    grapple_body: Vec
    #: The apex of the corridor, the target level, m, hill axes: behind the berthing point where it has a width there.
    apex_hill: Vec
    #: Axis of the corridor, away from the apex, a unit vector, hill axes.
    axis_hill: Vec
    #: Half angle of the corridor, rad.
    corridor: float
    #: Distance of the centres of mass within which the corridor and the speed are watched, m.
    corridor_from: float
    #: Greatest speed within that, m/s.
    speed: float
    #: Greatest sigma of the believed position, m.
    sigma: float
    #: Distance within which that is watched, m.
    sigma_within: float
    #: Greatest angle from the leg's attitude, once a turn is over, rad.
    angle: float
    #: Least propellant left, kg.
    reserve: float
    #: Greatest age of the laser's last reading on a leg that needs it, s.
    laser_age: float


@kernel
def graver(alarm: int, raised: bool, chosen: int, reactions: Row, led_back: float) -> int:
    """An alarm that is raised, unless the one chosen before leads to a graver reaction.

    One that has led back already leads to none, so that it hides no other.
    """
    if (not raised) | (chosen == Alarm.NONE):
        return alarm if raised else chosen
    if (led_back == alarm) | (led_back == chosen):
        return chosen if led_back == alarm else alarm
    return alarm if reactions[alarm] <= reactions[chosen] else chosen


@kernel
def monitor(
    limits: Limits, reactions: Row, belief: Belief, q_leg_body: Quat, memory: Memory, t: float
) -> int:
    """The alarm at this tick, or NONE: of those raised the one that leads to the gravest reaction.

    Among equals the first of: propellant, laser, navigation, attitude, corridor, speed. `reactions` are those of the
    plan, the gravest 0; `q_leg_body` is the believed attitude against the axes of the leg.
    """
    leg = memory.leg
    away = norm(belief.r_hill)
    angle = norm(to_rotvec(multiply(conjugate(leg.q_leg_body), q_leg_body)))
    held = memory.halted == HALTED_BY_ALARM
    turning = (t - memory.t_entry < memory.slew_time + 60.0) & (not held)
    fixture = add(belief.r_hill, rotate(belief.q_hill_body, sub(limits.grapple_body, belief.com_body)))
    margin = cone_margin(sub(fixture, limits.apex_hill), limits.axis_hill, limits.corridor)
    close = (leg.zone > 1.5) & (margin < 0.0) & (away < limits.corridor_from)
    fast = (away < limits.corridor_from) & (norm(belief.v_hill) > limits.speed)
    # A leg is given that long to find it; one that an alarm holds is not a new one.
    waited = (t - memory.t_entry > limits.laser_age) | held
    blind = (leg.needs_laser > 0.0) & (belief.laser_age > limits.laser_age) & waited
    lost = (belief.sigma_r > limits.sigma) & (away < limits.sigma_within)
    back = memory.led_back
    alarm = graver(Alarm.SPEED.value, fast, Alarm.NONE.value, reactions, back)
    alarm = graver(Alarm.CORRIDOR.value, close, alarm, reactions, back)
    alarm = graver(Alarm.ATTITUDE.value, (angle > limits.angle) & (not turning), alarm, reactions, back)
    alarm = graver(Alarm.NAVIGATION.value, lost, alarm, reactions, back)
    alarm = graver(Alarm.LASER.value, blind, alarm, reactions, back)
    return graver(Alarm.PROPELLANT.value, belief.propellant < limits.reserve, alarm, reactions, back)
