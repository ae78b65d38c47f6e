"""From a case to the world that is flown: environment, bodies, sensors aboard, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rvd.assembly.axes import angles_quaternion, axis_of, body_of, mount_of, station_attitude
from rvd.core.algebra import elementary
from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH, SPIN_EARTH
from rvd.core.kernel import plain
from rvd.core.motion.nonlinear import Environment
from rvd.core.safety.box import Box
from rvd.core.safety.passive import Passive
from rvd.core.safety.rules import Rules, SpeedLimits
from rvd.core.vehicle.drag import Drag
from rvd.core.vehicle.mass import Chaser
from rvd.core.vehicle.sensors import Suite
from rvd.core.vehicle.station import Points

if TYPE_CHECKING:
    from rvd.casefile.case import Case


def environment_of(case: Case) -> Environment:
    """Earth with its J2 and the case's atmosphere, whose density is given at the target's altitude."""
    reference = RADIUS_EARTH + case.target.altitude
    return Environment(
        MU_EARTH,
        J2_EARTH,
        RADIUS_EARTH,
        SPIN_EARTH,
        case.atmosphere.density,
        reference,
        case.atmosphere.scale_height,
    )


def points_of(case: Case) -> Points:
    """The points on both bodies."""
    p = case.target.points
    half_width = plain(elementary.cos)(p.half_angle)
    return Points(
        p.berthing, p.reflectors[0], p.reflectors[-1], p.facing, half_width, case.chaser.grapple,
        body_of(case.capture.at),
    )  # fmt: skip


def chaser_of(case: Case) -> Chaser:
    """Mass properties of the chaser."""
    c = case.chaser
    return Chaser(
        c.mass,
        c.propellant,
        c.centre_of_mass,
        c.tank,
        (*c.inertia, 0.0, 0.0, 0.0),
        Drag(c.drag_coefficient, c.drag_area),
    )


def suite_of(case: Case) -> Suite:
    """How the sensors are mounted and how often they speak."""
    s = case.sensors
    up, forward = (0.0, 0.0, -1.0), (1.0, 0.0, 0.0)
    laser = mount_of(s.laser.where if s.laser else (0.0, 0.0, 0.0), up, forward)
    boresight = s.star_tracker.boresight if s.star_tracker else (0.0, 1.0, 0.0)
    across = up if abs(boresight[2]) < 0.5 else forward
    return Suite(
        laser, mount_of((0.0, 0.0, 0.0), boresight, across),
        s.gps.period if s.gps else 0.0, s.laser.period if s.laser else 0.0,
        s.star_tracker.period if s.star_tracker else 0.0,
    )  # fmt: skip


def rules_of(case: Case) -> Rules:
    """The rules watched on the truth."""
    r, c = case.rules, case.capture
    steps = [(step.within, step.at_most) for step in r.speed] + [(0.0, 0.0)] * (4 - len(r.speed))
    within, most = zip(*steps, strict=True)
    box = Box(
        c.half_width,
        c.release_speed,
        c.speed,
        c.angle,
        c.rate,
        station_attitude(angles_quaternion(c.attitude)),
    )
    return Rules(
        (r.ellipsoid.rbar, r.ellipsoid.vbar, r.ellipsoid.hbar), r.keep_out, r.corridor.half_angle,
        max(r.corridor.from_, r.keep_out), axis_of(r.corridor.axis), r.contact, SpeedLimits(within, most), box,
    )  # fmt: skip


def passive_of(case: Case) -> Passive | None:
    """The drifts that the case asks for."""
    p = case.passive
    return Passive(p.drift, p.in_burn, p.elsewhere, p.attitude == "tumbling") if p else None
