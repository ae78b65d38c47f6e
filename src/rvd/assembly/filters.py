"""From a case to what navigation is told: the nominal errors of sensors, thrust, air and station."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rvd.assembly.axes import level_attitude
from rvd.assembly.orbit import orbit_rate
from rvd.assembly.world import environment_of
from rvd.case.table import FOREVER
from rvd.core.algebra import elementary, quat
from rvd.core.constants import RADIUS_EARTH, SPIN_EARTH
from rvd.core.guidance.plan import NEVER
from rvd.core.kernel import Vec, plain
from rvd.core.navigation.attitude import AttitudeFilter
from rvd.core.navigation.relative import RelativeFilter
from rvd.core.navigation.track import Filters

if TYPE_CHECKING:
    from rvd.casefile.case import Case


def filters_of(case: Case, lean: Vec) -> Filters:
    """What the filters are told: the nominal errors of the sensors aboard; `lean` is of `lean_of`."""
    s, n = case.sensors, case.navigation
    gps, laser, tracker, meter = s.gps, s.laser, s.star_tracker, s.accelerometer
    relative = RelativeFilter(
        gps.position if gps else 1.0, gps.velocity if gps else 1.0, gps.bias_sigma if gps else 1.0,
        lasting(gps.bias_memory if gps else None),
        gps.multipath / math.sqrt(gps.multipath_memory) if gps else 0.0, gps.multipath_range if gps else 1.0,
        laser.range if laser else 1.0, laser.scale if laser else 0.0,
        laser.angle if laser else 1.0, laser.range_bias_sigma if laser else 1.0,
        laser.angle_bias_sigma if laser else 1.0, lasting(laser.bias_memory if laser else None),
        n.station_angle, n.centre_of_mass, *swing_of(case), n.station_memory, n.thrust, n.thrust_across,
        lasting(n.thrust_memory), n.thrust_wander, case.chaser.repeatability, expected_drag(case), n.drag,
        n.unexplained, n.unexplained_memory, n.cancelled, lean, n.acceleration, n.gate,
    )  # fmt: skip
    sigma = max(tracker.cross, tracker.roll) if tracker else 1.0
    askew = tracker.misalignment_sigma if tracker else 0.0
    attitude = AttitudeFilter(
        sigma, askew, s.gyro.walk, s.gyro.bias_sigma, s.gyro.bias_sigma / 3600.0, math.radians(0.5)
    )
    return Filters(
        relative,
        attitude,
        orbit_rate(case),
        environment_of(case)._replace(density=0.0),
        FOREVER if meter is None or n.accelerometer_above is None else n.accelerometer_above,
        n.accelerometer_quiet,
        meter.walk if meter else 0.0,
        n.accelerometer_scale,
        n.accelerometer_memory,
        n.hand_over,
    )


def lasting(memory: float | None) -> float:
    """The memory (s) of an error that fades, or never does."""
    return NEVER if memory is None else memory


def expected_drag(case: Case) -> float:
    """Acceleration (m/s2, along the orbit) of the chaser against the target by drag, in the attitude of the first leg.

    Nominal air, which turns with the Earth, on a circle (Vallado 2013, eq. 8-28).
    """
    t, c = case.target, case.chaser
    radius = RADIUS_EARTH + t.altitude
    speed = radius * (orbit_rate(case) - SPIN_EARTH * plain(elementary.cos)(t.inclination))
    wind = plain(quat.unrotate)(level_attitude(case, case.leg[0]), (0.0, 1.0, 0.0))
    area = abs(wind[0]) * c.drag_area[0] + abs(wind[1]) * c.drag_area[1] + abs(wind[2]) * c.drag_area[2]
    chaser = c.drag_coefficient * area / c.mass
    target = t.drag_coefficient * t.drag_area[0] / t.mass
    return 0.5 * case.atmosphere.density * speed * speed * (target - chaser)


def swing_of(case: Case) -> tuple[Vec, Vec]:
    """The target's limit cycle about the hill axes: one sigma (rad) of its angle, and its angular rate (rad/s).

    A sinusoid of unknown phase has its amplitude over the root of two as its sigma. What wanders beside it is taken to
    swing as it does.
    """
    attitude = case.target.attitude
    cycle = [amplitude / math.sqrt(2.0) for amplitude in attitude.deadband]
    both = [math.sqrt(s * s + r * r) if r > 0.0 else s for s, r in zip(cycle, attitude.rms, strict=True)]
    roll, pitch, yaw = both
    about_forward, about_starboard, about_down = (2.0 * math.pi / period for period in attitude.period)
    return (yaw, roll, pitch), (about_down, about_forward, about_starboard)
