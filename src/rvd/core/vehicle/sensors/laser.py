"""Rendezvous laser: range and two angles to a reflector on the target."""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import atan2
from rvd.core.algebra.quat import multiply, rotate, unrotate
from rvd.core.algebra.random import normal4, uniform4
from rvd.core.algebra.vec import add, dot, norm, select, sub
from rvd.core.hull.hull import hidden, nearest_place
from rvd.core.kernel import Quat, Row, Vec, kernel, load, sweep
from rvd.core.signals import Key
from rvd.core.vehicle.faults import SOUND, Fault, SensorFault, acts, erring
from rvd.core.vehicle.geometry import Geometry
from rvd.core.vehicle.mount import Mount
from rvd.core.vehicle.sensors.sensor import Look, Scene, Sensor, earlier, in_glare
from rvd.core.vehicle.transit import Delivery

STREAMS = ("noise.laser", "wrong.laser")


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
    #: The share of its readings that are of something else, 0 to 1.
    wrong: float = 0.0
    #: How it fails, if it does.
    fault: Fault = SOUND


@kernel
def eye_of(mount: Mount, com_body: Vec, q_hill_body: Quat, r_hill: Vec) -> Vec:
    """Where a sensor is, m, hill axes from the target's centre of mass."""
    return add(r_hill, rotate(q_hill_body, sub(mount.where_body, com_body)))


@kernel
def bearing(mount: Mount, com_body: Vec, q_hill_body: Quat, r_hill: Vec, point_hill: Vec) -> tuple[Vec, Vec]:
    """Range (m), azimuth and elevation (rad, about the boresight) of a point, and the line of sight in sensor axes."""
    eye_hill = eye_of(mount, com_body, q_hill_body, r_hill)
    line = unrotate(multiply(q_hill_body, mount.q_body_sensor), sub(point_hill, eye_hill))
    reach = norm(line)
    azimuth = atan2(line[0], line[2])
    elevation = atan2(line[1], math.sqrt(line[0] * line[0] + line[2] * line[2]))
    return (reach, azimuth, elevation), line


@kernel
def in_view(laser: Laser, seen: Vec, line: Vec, facing_sensor: Vec, cos_half_angle: float) -> bool:
    """Whether a reflector is in reach, in the (square) field of view, and turned toward the sensor."""
    turned = dot(facing_sensor, line) <= -cos_half_angle * seen[0]
    return in_field(laser, seen, line) & turned


@kernel
def in_field(laser: Laser, seen: Vec, line: Vec) -> bool:
    """Whether a point is in reach and in the (square) field of view."""
    half = 0.5 * laser.field
    inside = (abs(seen[1]) <= half) & (abs(seen[2]) <= half) & (line[2] > 0.0)
    return inside & (seen[0] <= laser.within) & (seen[0] >= laser.beyond)


@kernel
def measure_laser(laser: Laser, seen: Vec, z: Quat) -> Vec:
    """Range, azimuth and elevation read, from unit normals z; the range noise grows with range by `scale`."""
    sigma = laser.range + laser.scale * seen[0]
    return (
        seen[0] + laser.range_bias + sigma * z[0],
        seen[1] + laser.angle_bias[0] + laser.angle * z[1],
        seen[2] + laser.angle_bias[1] + laser.angle * z[2],
    )


NUMBERS = Laser


@kernel
def look(sensor: Sensor, row: Row, scene: Scene, latent: Row, key: Key) -> Look:
    """Range (m), azimuth and elevation (rad) of a reflector about the boresight; `which` is its number: 0 or 1."""
    laser, t = load(Laser, row, int(sensor.at), 0, 1), key.tick.t
    then = earlier(scene.geometry, scene.state, laser.delivery.time_bias)
    fresh, seen, which = range_reflectors(laser, sensor.mount, scene, then, t, masked=sensor.masked > 0.0)
    u = uniform4(key.seed, key.run, int(sensor.streams[1]), key.tick.number)
    stray = (fresh > 0.0) & (u[0] < laser.wrong)
    if stray | acts(laser.fault, SensorFault.WRONG_TARGET.value, t):
        fresh, seen = range_another(laser, sensor.mount, scene, then, (t, which, u[1]))
    z = normal4(key.seed, key.run, int(sensor.streams[0]), key.tick.number)
    read = measure_laser(laser, seen, erring(laser.fault, t, z))
    if in_glare(laser.sun_exclusion, sensor.mount, scene):
        fresh = 0.0
    return Look(
        fresh=fresh,
        numbers=read + (0.0, 0.0, 0.0),
        which=which,
        delivery=laser.delivery,
        fault=laser.fault,
    )


@kernel
def range_reflectors(
    laser: Laser, mount: Mount, scene: Scene, then: Geometry, t: float, masked: bool
) -> tuple[float, Vec, float]:
    """Fresh flag, true range and angles, and the number of the reflector seen: the first that is in view.

    `then` is how the bodies stood when the laser looked, at a time of its own. `masked`: the target's hull hides them.
    """
    points, com_body, q_hill_body, q_hill_station = (
        scene.points, scene.com_body, then.q_hill_body, then.q_hill_station
    )  # fmt: skip
    facing = unrotate(multiply(q_hill_body, mount.q_body_sensor), rotate(q_hill_station, points.facing))
    first_hill = rotate(q_hill_station, points.reflector_0)
    second_hill = rotate(q_hill_station, points.reflector_1)
    seen_0, line_0 = bearing(mount, com_body, q_hill_body, then.r_hill, first_hill)
    seen_1, line_1 = bearing(mount, com_body, q_hill_body, then.r_hill, second_hill)
    ok_0 = in_view(laser, seen_0, line_0, facing, points.cos_half_angle)
    ok_1 = in_view(laser, seen_1, line_1, facing, points.cos_half_angle)
    if masked:
        eye = unrotate(q_hill_station, eye_of(mount, com_body, q_hill_body, then.r_hill))
        ok_0 = ok_0 & (not hidden(scene.hull, eye, points.reflector_0))
        ok_1 = ok_1 & (not hidden(scene.hull, eye, points.reflector_1))
    fresh = 1.0 if (ok_0 | ok_1) & (not laser_is_out(laser, t)) else 0.0
    return fresh, select(ok_0, seen_0, seen_1), (0.0 if ok_0 else 1.0)


@sweep
def range_another(laser: Laser, mount: Mount, scene: Scene, then: Geometry, of: Vec) -> tuple[float, Vec]:
    """Fresh flag, true range and angles of something else than the reflector that is due: a wrong return.

    It is the other reflector, or the place of the hull that is nearest to the laser, each as likely where there are
    both (assumed). `of`: the time (s), the number of the reflector that is due, and a uniform number by which it is
    chosen.
    """
    t, which, u = of
    points, q_hill_target = scene.points, then.q_hill_station
    other = points.reflector_0 if which > 0.5 else points.reflector_1
    alone = norm(sub(points.reflector_0, points.reflector_1)) == 0.0
    of_hull = (scene.hull.shape[0] > 0) & (alone | (u < 0.5))
    if of_hull:
        eye_hill = eye_of(mount, scene.com_body, then.q_hill_body, then.r_hill)
        other = nearest_place(scene.hull, unrotate(q_hill_target, eye_hill))
    seen, line = bearing(mount, scene.com_body, then.q_hill_body, then.r_hill, rotate(q_hill_target, other))
    facing = unrotate(multiply(then.q_hill_body, mount.q_body_sensor), rotate(q_hill_target, points.facing))
    answers = (not alone) & in_view(laser, seen, line, facing, points.cos_half_angle)
    there = in_field(laser, seen, line) if of_hull else answers
    return (1.0 if there & (not laser_is_out(laser, t)) else 0.0), seen


@kernel
def laser_is_out(laser: Laser, t: float) -> bool:
    """Whether the laser has failed at t (s)."""
    return (t >= laser.out_since) & (t < laser.out_until)
