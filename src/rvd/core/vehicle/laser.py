"""Rendezvous laser: range and two angles to a reflector on the target."""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import atan2
from rvd.core.algebra.quat import multiply, rotate, unrotate
from rvd.core.algebra.vec import add, dot, norm, sub
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.vehicle.transit import Delivery


class Laser(NamedTuple):
    """Errors of the laser (m, rad: one sigma and per-run bias), reach (m) and the window in which it is out (s).

    `angle_bias` holds the mounting error too. `scale` is the range's proportional error, one sigma of noise. `field` is
    the full width (rad) of the square field of view.
    Nothing is read while the Sun is within `sun_exclusion` of the boresight.
    """

    range: float
    scale: float
    angle: float
    range_bias: float
    angle_bias: tuple[float, float]
    within: float
    beyond: float
    field: float
    out_since: float
    out_until: float
    delivery: Delivery
    sun_exclusion: float


class Mount(NamedTuple):
    """Where a sensor sits (m, body axes) and how: its z axis is the boresight, x and y span the field of view."""

    where_body: Vec
    q_body_sensor: Quat


@kernel
def bearing(mount, com_body, q_hill_body, r_hill, point_hill):
    """Range (m), azimuth and elevation (rad, about the boresight) of a point, and the line of sight in sensor axes."""
    eye_hill = add(r_hill, rotate(q_hill_body, sub(mount.where_body, com_body)))
    line = unrotate(multiply(q_hill_body, mount.q_body_sensor), sub(point_hill, eye_hill))
    reach = norm(line)
    azimuth = atan2(line[0], line[2])
    elevation = atan2(line[1], math.sqrt(line[0] * line[0] + line[2] * line[2]))
    return (reach, azimuth, elevation), line


@kernel
def in_view(laser, seen, line, facing_sensor, cos_half_angle):
    """Whether a reflector is in reach, in the (square) field of view, and turned toward the sensor."""
    half = 0.5 * laser.field
    inside = (abs(seen[1]) <= half) & (abs(seen[2]) <= half) & (line[2] > 0.0)
    turned = dot(facing_sensor, line) <= -cos_half_angle * seen[0]
    return inside & turned & (seen[0] <= laser.within) & (seen[0] >= laser.beyond)


@kernel
def measure_laser(laser, seen, z):
    """Range, azimuth and elevation read, from unit normals z; the range noise grows with range by `scale`."""
    sigma = laser.range + laser.scale * seen[0]
    return (
        seen[0] + laser.range_bias + sigma * z[0],
        seen[1] + laser.angle_bias[0] + laser.angle * z[1],
        seen[2] + laser.angle_bias[1] + laser.angle * z[2],
    )
