"""Rendezvous laser: range and two angles to a reflector on the target."""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import atan2
from rvd.core.algebra.quat import multiply, rotate, unrotate
from rvd.core.algebra.vec import add, dot, norm, sub
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.vehicle.faults import SOUND, Fault
from rvd.core.vehicle.mount import Mount
from rvd.core.vehicle.transit import Delivery


class Laser(NamedTuple):
    """The errors of the laser in one run, what it reaches, and when it is out."""

    #: White noise of the range, one sigma, m, beside what grows with range.
    range: float
    #: White noise of the range that grows with it, one sigma over the range, a number.
    scale: float
    #: White noise of each angle, one sigma, rad.
    angle: float
    #: Bias of the range, m.
    range_bias: float
    #: Biases of azimuth and elevation, rad, with the mounting error.
    angle_bias: tuple[float, float]
    #: The longest range that it reads, m.
    within: float
    #: The shortest range that it reads, m.
    beyond: float
    #: Full width of the square field of view, rad.
    field: float
    #: When it goes out, s.
    out_since: float
    #: When it is back, s.
    out_until: float
    #: How its readings reach navigation.
    delivery: Delivery
    #: It reads nothing with the Sun within this angle of the boresight, rad; 0 where the Sun never blinds it.
    sun_exclusion: float
    #: How it fails, if it does.
    fault: Fault = SOUND


@kernel
def bearing(mount: Mount, com_body: Vec, q_hill_body: Quat, r_hill: Vec, point_hill: Vec) -> tuple[Vec, Vec]:
    """Range (m), azimuth and elevation (rad, about the boresight) of a point, and the line of sight in sensor axes."""
    eye_hill = add(r_hill, rotate(q_hill_body, sub(mount.where_body, com_body)))
    line = unrotate(multiply(q_hill_body, mount.q_body_sensor), sub(point_hill, eye_hill))
    reach = norm(line)
    azimuth = atan2(line[0], line[2])
    elevation = atan2(line[1], math.sqrt(line[0] * line[0] + line[2] * line[2]))
    return (reach, azimuth, elevation), line


@kernel
def in_view(laser: Laser, seen: Vec, line: Vec, facing_sensor: Vec, cos_half_angle: float) -> bool:
    """Whether a reflector is in reach, in the (square) field of view, and turned toward the sensor."""
    half = 0.5 * laser.field
    inside = (abs(seen[1]) <= half) & (abs(seen[2]) <= half) & (line[2] > 0.0)
    turned = dot(facing_sensor, line) <= -cos_half_angle * seen[0]
    return inside & turned & (seen[0] <= laser.within) & (seen[0] >= laser.beyond)


@kernel
def measure_laser(laser: Laser, seen: Vec, z: Quat) -> Vec:
    """Range, azimuth and elevation read, from unit normals z; the range noise grows with range by `scale`."""
    sigma = laser.range + laser.scale * seen[0]
    return (
        seen[0] + laser.range_bias + sigma * z[0],
        seen[1] + laser.angle_bias[0] + laser.angle * z[1],
        seen[2] + laser.angle_bias[1] + laser.angle * z[2],
    )
