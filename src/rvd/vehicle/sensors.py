"""The sensors together: from the truth at one tick to one Reading."""

from typing import NamedTuple

from rvd.algebra.quat import conjugate, multiply, rotate, unrotate
from rvd.algebra.random import normal4, stream_of
from rvd.algebra.vec import select
from rvd.kernel import kernel
from rvd.orbit.frames import hill_from_eci, q_eci_hill
from rvd.signals import Reading
from rvd.vehicle.accelerometer import Accelerometer, measure_gain
from rvd.vehicle.gps import Gps, measure_gps
from rvd.vehicle.gyro import Gyro, measure_rate
from rvd.vehicle.laser import Laser, Mount, bearing, in_view, measure_laser
from rvd.vehicle.star_tracker import StarTracker, measure_attitude


class Sensors(NamedTuple):
    """The true errors of every sensor of a run."""

    gps: Gps
    laser: Laser
    star_tracker: StarTracker
    gyro: Gyro
    accelerometer: Accelerometer


class Suite(NamedTuple):
    """How the sensors are mounted and how often they speak (periods in whole seconds, 0 for none aboard)."""

    laser: Mount
    star_tracker: Mount
    gps_period: float
    laser_period: float
    tracker_period: float


GPS_POSITION = stream_of("noise.gps.position")
GPS_VELOCITY = stream_of("noise.gps.velocity")
LASER = stream_of("noise.laser")
TRACKER = stream_of("noise.star_tracker")
GYRO = stream_of("noise.gyro")
ACCELEROMETER = stream_of("noise.accelerometer")


@kernel
def due(period, second, on_second):
    """1.0 where a sensor of this period speaks at this whole second, else 0.0; a period of 0 never does."""
    turns = second / (period if period > 0.0 else 1.0)
    return 1.0 if (period > 0.0) & on_second & (turns == float(int(turns))) else 0.0


@kernel
def sense(sensors, suite, points, state, com_body, t, tick, second, on_second, period, seed, run):
    """One Reading of the truth. Noise is keyed by (seed, run, sensor, tick), so any run can be read alone.

    Source of the error models: white noise on a per-run bias, sensor by sensor (their files).
    """
    r_hill, v_hill = hill_from_eci(state.rt_eci, state.vt_eci, state.dr_eci, state.dv_eci)
    q_hill_eci = conjugate(q_eci_hill(state.rt_eci, state.vt_eci))
    q_hill_body = multiply(q_hill_eci, state.q_eci_body)
    q_hill_station = multiply(q_hill_eci, state.q_eci_station)
    z, y = normal4(seed, run, GPS_POSITION, tick), normal4(seed, run, GPS_VELOCITY, tick)
    gps, gps_r, gps_v = measure_gps(sensors.gps, r_hill, v_hill, t, z, y)
    laser, seen, which = range_reflectors(
        sensors.laser, suite.laser, points, com_body, q_hill_body, q_hill_station, r_hill, t
    )
    read = measure_laser(sensors.laser, seen, normal4(seed, run, LASER, tick))
    q = measure_attitude(
        sensors.star_tracker,
        suite.star_tracker.q_body_sensor,
        state.q_eci_body,
        normal4(seed, run, TRACKER, tick),
    )
    w = measure_rate(sensors.gyro, state.w_body, period, normal4(seed, run, GYRO, tick))
    dv = measure_gain(sensors.accelerometer, state.dv_body, period, normal4(seed, run, ACCELEROMETER, tick))
    return Reading(
        gps * due(suite.gps_period, second, on_second), gps_r, gps_v,
        laser * due(suite.laser_period, second, on_second), read, which,
        due(suite.tracker_period, second, on_second), q, w, dv,
        state.rt_eci, state.vt_eci,
    )  # fmt: skip


@kernel
def range_reflectors(laser, mount, points, com_body, q_hill_body, q_hill_station, r_hill, t):
    """Fresh flag, true range and angles, and the number of the reflector seen: the first that is in view."""
    facing = unrotate(multiply(q_hill_body, mount.q_body_sensor), rotate(q_hill_station, points.facing))
    first_hill, second_hill = (
        rotate(q_hill_station, points.reflector_0),
        rotate(q_hill_station, points.reflector_1),
    )
    seen_0, line_0 = bearing(mount, com_body, q_hill_body, r_hill, first_hill)
    seen_1, line_1 = bearing(mount, com_body, q_hill_body, r_hill, second_hill)
    ok_0 = in_view(laser, seen_0, line_0, facing, points.cos_half_angle)
    ok_1 = in_view(laser, seen_1, line_1, facing, points.cos_half_angle)
    out = (t >= laser.out_since) & (t < laser.out_until)
    return (1.0 if (ok_0 | ok_1) & (not out) else 0.0), select(ok_0, seen_0, seen_1), (0.0 if ok_0 else 1.0)
