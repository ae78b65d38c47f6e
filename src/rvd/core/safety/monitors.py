"""Monitors on board: from a belief to an alarm, in the order of the ladder."""

from typing import NamedTuple

from rvd.core.algebra.cone import cone_margin
from rvd.core.algebra.quat import conjugate, multiply, rotate, to_rotvec
from rvd.core.algebra.vec import add, norm, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.signals import Alarm


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
def monitor(limits, belief, q_leg_body, memory, t):
    """The alarm at this tick, the first of: propellant, laser, navigation, attitude, corridor, speed; or NONE.

    `q_leg_body` is the believed attitude against the axes of the leg.
    """
    leg = memory.leg
    away = norm(belief.r_hill)
    angle = norm(to_rotvec(multiply(conjugate(leg.q_leg_body), q_leg_body)))
    turning = t - memory.t_entry < memory.slew_time + 60.0
    fixture = add(belief.r_hill, rotate(belief.q_hill_body, sub(limits.grapple_body, belief.com_body)))
    margin = cone_margin(sub(fixture, limits.apex_hill), limits.axis_hill, limits.corridor)
    close = (leg.zone > 1.5) & (margin < 0.0) & (away < limits.corridor_from)
    fast = (away < limits.corridor_from) & (norm(belief.v_hill) > limits.speed)
    # A leg is given that long to find it; one that is held was flown before.
    waited = (t - memory.t_entry > limits.laser_age) | (memory.halted > 0.0)
    blind = (leg.needs_laser > 0.0) & (belief.laser_age > limits.laser_age) & waited
    lost = (belief.sigma_r > limits.sigma) & (away < limits.sigma_within)
    alarm = Alarm.NONE.value
    alarm = Alarm.SPEED.value if fast else alarm
    alarm = Alarm.CORRIDOR.value if close else alarm
    alarm = Alarm.ATTITUDE.value if (angle > limits.angle) & (not turning) else alarm
    alarm = Alarm.NAVIGATION.value if lost else alarm
    alarm = Alarm.LASER.value if blind else alarm
    return Alarm.PROPELLANT.value if belief.propellant < limits.reserve else alarm
