"""The sensors together: from the truth at one tick to one Reading."""

from typing import NamedTuple

from rvd.core.algebra import quat
from rvd.core.algebra.quat import from_small_rotvec, multiply, rotate, unrotate
from rvd.core.algebra.random import normal4, stream_of, uniform4
from rvd.core.algebra.vec import add, axpy, scale, select, sub, unit
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.orbit.sunlight import umbra
from rvd.core.signals import Key, Reading, State, Tick
from rvd.core.vehicle.accelerometer import Accelerometer, measure_gain
from rvd.core.vehicle.faults import erring, read_with_fault, repeats, taken_with_fault
from rvd.core.vehicle.geometry import Geometry
from rvd.core.vehicle.glare import blinded
from rvd.core.vehicle.gps import Gps, measure_gps
from rvd.core.vehicle.gyro import Gyro, measure_rate
from rvd.core.vehicle.laser import Laser, bearing, in_view, measure_laser
from rvd.core.vehicle.mount import Mount
from rvd.core.vehicle.multipath import Echo, first_echo, later_echo
from rvd.core.vehicle.star_tracker import StarTracker, measure_attitude
from rvd.core.vehicle.station import Points
from rvd.core.vehicle.transit import Transit, deliver, kept


class Sensors(NamedTuple):
    """The true errors of every sensor of a run."""

    #: Relative GPS.
    gps: Gps
    #: The rendezvous laser.
    laser: Laser
    #: The star tracker.
    star_tracker: StarTracker
    #: The rate-integrating gyro.
    gyro: Gyro
    #: The accelerometer.
    accelerometer: Accelerometer


class Suite(NamedTuple):
    """How the sensors are mounted and how often they look."""

    #: Where the laser sits and how.
    laser: Mount
    #: How the star tracker is turned; its place does not matter.
    star_tracker: Mount
    #: Time between two looks of GPS, whole s; 0 for none aboard.
    gps_period: float
    #: Time between two looks of the laser, whole s; 0 for none aboard.
    laser_period: float
    #: Time between two looks of the star tracker, whole s; 0 for none aboard.
    tracker_period: float


class Heaven(NamedTuple):
    """What blinds sensors, and what shades it."""

    #: Where the Sun is from the centre of the central body, m, inertial axes.
    sun_eci: Vec
    #: Radius of the central body, m, which shades the Sun.
    radius: float


class Scene(NamedTuple):
    """What there is to be sensed at one tick."""

    #: Both bodies.
    state: State
    #: How they stand to one another.
    geometry: Geometry
    #: Centre of mass of the chaser, m, body axes from the body's origin.
    com_body: Vec
    #: The points that are looked at.
    points: Points
    #: What blinds sensors.
    heaven: Heaven
    #: The time since the tick before, over which gyro and accelerometer integrate, s.
    period: float


class Latent(NamedTuple):
    """What has not come out of the sensors: the echo of GPS, and of each the reading under way."""

    #: The process behind the multipath of GPS.
    echo: Echo
    #: Whether a reading of GPS is under way.
    gps: Transit
    #: The position that it read, m, hill axes.
    gps_r_hill: Vec
    #: The velocity that it read, m/s, hill axes.
    gps_v_hill: Vec
    #: Whether a reading of the laser is under way.
    laser: Transit
    #: What it read: range (m), azimuth and elevation (rad) about the boresight.
    laser_read: Vec
    #: The reflector that it read of: 0 or 1.
    reflector: float
    #: Whether a reading of the star tracker is under way.
    tracker: Transit
    #: The attitude that it read.
    tracker_q_eci_body: Quat
    #: What the gyro read in the step before, rad/s, body axes.
    gyro_body: Vec
    #: What the accelerometer read in the step before, over its length, m/s2, body axes.
    push_body: Vec


GPS_POSITION = stream_of("noise.gps.position")
GPS_VELOCITY = stream_of("noise.gps.velocity")
LASER = stream_of("noise.laser")
TRACKER = stream_of("noise.star_tracker")
GYRO = stream_of("noise.gyro")
ACCELEROMETER = stream_of("noise.accelerometer")
GPS_DROPOUT = stream_of("dropout.gps")
LASER_DROPOUT = stream_of("dropout.laser")
TRACKER_DROPOUT = stream_of("dropout.star_tracker")


@kernel
def due(period: float, tick: Tick) -> float:
    """1.0 where a sensor of this period speaks at this tick, a whole second, else 0.0; a period of 0 never does."""
    turns = float(tick.second) / (period if period > 0.0 else 1.0)
    return 1.0 if (period > 0.0) & tick.first & (turns == float(int(turns))) else 0.0


@kernel
def first_latent(seed: int, run: int) -> Latent:
    """Before the first look nothing is under way."""
    zero, none = (0.0, 0.0, 0.0), Transit(waiting=0.0, taken=-1.0)
    return Latent(
        echo=first_echo(seed, run),
        gps=none,
        gps_r_hill=zero,
        gps_v_hill=zero,
        laser=none,
        laser_read=zero,
        reflector=0.0,
        tracker=none,
        tracker_q_eci_body=(0.0, 0.0, 0.0, 1.0),
        gyro_body=zero,
        push_body=zero,
    )


@kernel
def sense(sensors: Sensors, suite: Suite, scene: Scene, latent: Latent, key: Key) -> tuple[Reading, Latent]:
    """One Reading, and what is latent then. Chance is keyed by (seed, run, stream, tick): any run can be read alone.

    Source of the error models: white noise on a per-run bias, sensor by sensor (their files).
    """
    state, true, heaven = scene.state, scene.geometry, scene.heaven
    seed, run, tick, t = key.seed, key.run, key.tick.number, key.tick.t
    r_eci = add(state.rt_eci, state.dr_eci)
    sun_body = unrotate(state.q_eci_body, unit(sub(heaven.sun_eci, r_eci)))
    dark = umbra(r_eci, heaven.sun_eci, heaven.radius)
    echo = later_echo(latent.echo, sensors.gps.multipath.memory, key)
    gps, gps_r, gps_v = measure_gps(
        sensors.gps,
        r_hill=axpy(-sensors.gps.delivery.time_bias, true.v_hill, true.r_hill),
        v_hill=true.v_hill,
        echo=echo,
        t=t,
        z=erring(sensors.gps.fault, t, normal4(seed, run, GPS_POSITION, tick)),
        y=erring(sensors.gps.fault, t, normal4(seed, run, GPS_VELOCITY, tick)),
    )
    then = earlier(true, state, sensors.laser.delivery.time_bias)
    laser, seen, which = range_reflectors(sensors.laser, suite.laser, scene, then, t)
    read = measure_laser(sensors.laser, seen, erring(sensors.laser.fault, t, normal4(seed, run, LASER, tick)))
    tracker, q = measure_attitude(
        sensors.star_tracker,
        suite.star_tracker.q_body_sensor,
        turned(state.q_eci_body, state.w_body, -sensors.star_tracker.delivery.time_bias),
        t,
        erring(sensors.star_tracker.fault, t, normal4(seed, run, TRACKER, tick)),
    )
    z = erring(sensors.gyro.fault, t, normal4(seed, run, GYRO, tick))
    w = measure_rate(sensors.gyro, state.w_mean_body, scene.period, z)
    w = read_with_fault(sensors.gyro.fault, latent.gyro_body, t, w)
    z = erring(sensors.accelerometer.fault, t, normal4(seed, run, ACCELEROMETER, tick))
    dv = measure_gain(sensors.accelerometer, state.dv_body, scene.period, z)
    # A frozen one repeats the acceleration: the steps differ in length from leg to leg.
    dv = read_with_fault(sensors.accelerometer.fault, scale(scene.period, latent.push_body), t, dv)
    looked = (
        due(suite.gps_period, key.tick), due(suite.laser_period, key.tick), due(suite.tracker_period, key.tick)
    )  # fmt: skip
    u_gps, u_laser = uniform4(seed, run, GPS_DROPOUT, tick)[0], uniform4(seed, run, LASER_DROPOUT, tick)[0]
    u_tracker = uniform4(seed, run, TRACKER_DROPOUT, tick)[0]
    gps = taken_with_fault(sensors.gps.fault, latent.gps, t, gps)
    gps = gps * looked[0] * kept(sensors.gps.delivery, u_gps)
    glare = blinded(sensors.laser.sun_exclusion, suite.laser.q_body_sensor, sun_body, dark)
    laser = taken_with_fault(sensors.laser.fault, latent.laser, t, 0.0 if glare else laser)
    laser = laser * looked[1] * kept(sensors.laser.delivery, u_laser)
    glare = blinded(sensors.star_tracker.sun_exclusion, suite.star_tracker.q_body_sensor, sun_body, dark)
    tracker = taken_with_fault(sensors.star_tracker.fault, latent.tracker, t, 0.0 if glare else tracker)
    tracker = tracker * looked[2] * kept(sensors.star_tracker.delivery, u_tracker)
    frozen_laser = repeats(sensors.laser.fault, latent.laser, t)
    frozen_gps = repeats(sensors.gps.fault, latent.gps, t)
    gps_r, gps_v = select(frozen_gps, latent.gps_r_hill, gps_r), select(frozen_gps, latent.gps_v_hill, gps_v)
    read, which = select(frozen_laser, latent.laser_read, read), (latent.reflector if frozen_laser else which)
    q = quat.select(repeats(sensors.star_tracker.fault, latent.tracker, t), latent.tracker_q_eci_body, q)
    old_gps, has_gps, gps_age, gps_way = deliver(sensors.gps.delivery, latent.gps, gps, t)
    old_laser, has_laser, laser_age, laser_way = deliver(sensors.laser.delivery, latent.laser, laser, t)
    old_tracker, has_tracker, tracker_age, tracker_way = deliver(
        sensors.star_tracker.delivery, latent.tracker, tracker, t
    )
    reflector = latent.reflector if old_laser else which
    reading = Reading(
        has_gps=has_gps,
        gps_r_hill=select(old_gps, latent.gps_r_hill, gps_r),
        gps_v_hill=select(old_gps, latent.gps_v_hill, gps_v),
        gps_age=gps_age,
        has_laser=has_laser,
        laser=select(old_laser, latent.laser_read, read),
        reflector=reflector,
        laser_age=laser_age,
        has_tracker=has_tracker,
        tracker_q_eci_body=quat.select(old_tracker, latent.tracker_q_eci_body, q),
        tracker_age=tracker_age,
        looked=looked,
        gyro_body=w,
        dv_body=dv,
        rt_eci=state.rt_eci,
        vt_eci=state.vt_eci,
    )
    under_way = Latent(
        echo=echo,
        gps=gps_way,
        gps_r_hill=select(gps > 0.0, gps_r, latent.gps_r_hill),
        gps_v_hill=select(gps > 0.0, gps_v, latent.gps_v_hill),
        laser=laser_way,
        laser_read=select(laser > 0.0, read, latent.laser_read),
        reflector=which if laser > 0.0 else latent.reflector,
        tracker=tracker_way,
        tracker_q_eci_body=quat.select(tracker > 0.0, q, latent.tracker_q_eci_body),
        gyro_body=w,
        push_body=scale(1.0 / scene.period, dv),
    )
    return reading, under_way


@kernel
def earlier(true: Geometry, state: State, ago: float) -> Geometry:
    """Place and attitude of the chaser as they were `ago` s before; velocity, station and frame as they are."""
    w_body = sub(state.w_body, unrotate(true.q_hill_body, true.w_hill))
    return true._replace(
        r_hill=axpy(-ago, true.v_hill, true.r_hill), q_hill_body=turned(true.q_hill_body, w_body, -ago)
    )


@kernel
def turned(q_a_body: Quat, w_body: Vec, seconds: float) -> Quat:
    """An attitude after so many seconds at a rate (rad/s)."""
    return multiply(q_a_body, from_small_rotvec(scale(seconds, w_body)))


@kernel
def range_reflectors(
    laser: Laser, mount: Mount, scene: Scene, then: Geometry, t: float
) -> tuple[float, Vec, float]:
    """Fresh flag, true range and angles, and the number of the reflector seen: the first that is in view.

    `then` is how the bodies stood when the laser looked, at a time of its own.
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
    out = (t >= laser.out_since) & (t < laser.out_until)
    fresh = 1.0 if (ok_0 | ok_1) & (not out) else 0.0
    return fresh, select(ok_0, seen_0, seen_1), (0.0 if ok_0 else 1.0)
