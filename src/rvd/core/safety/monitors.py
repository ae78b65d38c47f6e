"""Monitors on board: from a belief to an alarm, in the order of the ladder."""

from typing import NamedTuple

from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec
from rvd.core.algebra.vec import add, norm, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.safety.corridor import cone_margin
from rvd.core.signals import Alarm


class Limits(NamedTuple):
    """What the monitors allow (SI); `reserve` is in kg.

    The corridor is of the fixture at `grapple_body`, as the rule's; its apex is the believed berthing point.
    """

    grapple_body: Vec
    berthing_hill: Vec
    axis_hill: Vec
    corridor: float
    corridor_from: float
    speed: float
    sigma: float
    sigma_within: float
    angle: float
    reserve: float
    laser_age: float


@kernel
def monitor(limits, belief, memory, t):
    """The alarm at this tick, the first of: propellant, laser, navigation, attitude, corridor, speed; or NONE."""
    leg = memory.leg
    away = norm(belief.r_hill)
    angle = norm(to_rotvec(multiply(conjugate(leg.q_hill_body), belief.q_hill_body)))
    turning = t - memory.t_entry < memory.slew_time + 60.0
    fixture = add(belief.r_hill, rotate(belief.q_hill_body, sub(limits.grapple_body, belief.com_body)))
    margin = cone_margin(sub(fixture, limits.berthing_hill), limits.axis_hill, limits.corridor)
    close = (leg.zone > 1.5) & (margin < 0.0) & (away < limits.corridor_from)
    fast = (away < limits.corridor_from) & (norm(belief.v_hill) > limits.speed)
    blind = (
        (leg.needs_laser > 0.0)
        & (belief.laser_age > limits.laser_age)
        & (t - memory.t_entry > limits.laser_age)
    )
    lost = (belief.sigma_r > limits.sigma) & (away < limits.sigma_within)
    alarm = Alarm.NONE.value
    alarm = Alarm.SPEED.value if fast else alarm
    alarm = Alarm.CORRIDOR.value if close else alarm
    alarm = Alarm.ATTITUDE.value if (angle > limits.angle) & (not turning) else alarm
    alarm = Alarm.NAVIGATION.value if lost else alarm
    alarm = Alarm.LASER.value if blind else alarm
    return Alarm.PROPELLANT.value if belief.propellant < limits.reserve else alarm
