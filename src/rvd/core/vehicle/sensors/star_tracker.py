"""Star tracker: inertial attitude with different errors across and about its boresight."""

from typing import NamedTuple

from rvd.core.algebra.quat import from_rotvec, multiply, rotate
from rvd.core.algebra.random import normal4
from rvd.core.algebra.vec import add
from rvd.core.kernel import Quat, Row, Vec, kernel, load
from rvd.core.signals import Key
from rvd.core.vehicle.faults import SOUND, Fault, erring
from rvd.core.vehicle.sensors.sensor import Look, Scene, Sensor, in_glare, turned
from rvd.core.vehicle.transit import Delivery

STREAMS = ("noise.star_tracker",)


class StarTracker(NamedTuple):
    """The errors of the star tracker in one run, and when it is out."""

    #: White noise about each axis across the boresight, one sigma, rad.
    cross: float
    #: White noise about the boresight, one sigma, rad.
    roll: float
    #: How far its axes are turned against the body's, rad, body axes.
    misalignment: Vec
    #: When it goes out, s.
    out_since: float
    #: When it is back, s.
    out_until: float
    #: How its readings reach navigation.
    delivery: Delivery
    #: The Sun within this angle of the boresight blinds it, rad; 0 where it never does.
    sun_exclusion: float
    #: How it fails, if it does.
    fault: Fault = SOUND


@kernel
def measure_attitude(
    tracker: StarTracker, q_body_sensor: Quat, q_eci_body: Quat, t: float, z: Quat
) -> tuple[float, Quat]:
    """Fresh flag and attitude read, from unit normals z: the true one turned by misalignment and noise.

    The boresight is sensor z.
    """
    out = (t >= tracker.out_since) & (t < tracker.out_until)
    noise = rotate(q_body_sensor, (tracker.cross * z[0], tracker.cross * z[1], tracker.roll * z[2]))
    return (0.0 if out else 1.0), multiply(q_eci_body, from_rotvec(add(tracker.misalignment, noise)))


NUMBERS = StarTracker


@kernel
def look(sensor: Sensor, row: Row, scene: Scene, latent: Row, key: Key) -> Look:
    """The chaser's inertial attitude, a quaternion."""
    tracker, state, t = load(StarTracker, row, int(sensor.at), 0, 1), scene.state, key.tick.t
    z = normal4(key.seed, key.run, int(sensor.streams[0]), key.tick.number)
    fresh, q = measure_attitude(
        tracker,
        sensor.mount.q_body_sensor,
        turned(state.q_eci_body, state.w_body, -tracker.delivery.time_bias),
        t,
        erring(tracker.fault, t, z),
    )
    if in_glare(tracker.sun_exclusion, sensor.mount, scene):
        fresh = 0.0
    return Look(
        fresh=fresh, numbers=q + (0.0, 0.0), which=0.0, delivery=tracker.delivery, fault=tracker.fault
    )
