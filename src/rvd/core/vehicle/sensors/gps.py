"""Relative GPS: position and velocity of the chaser against the target, in the hill frame."""

from typing import NamedTuple

from rvd.core.algebra.random import normal4
from rvd.core.algebra.vec import add, axpy, norm
from rvd.core.kernel import Quat, Row, Vec, kernel, load, store
from rvd.core.signals import Key
from rvd.core.vehicle.faults import SOUND, Fault, erring
from rvd.core.vehicle.multipath import Echo, Multipath, echo_errors, first_echo, later_echo
from rvd.core.vehicle.noise import noisy
from rvd.core.vehicle.sensors.sensor import MEMORY, Look, Scene, Sensor
from rvd.core.vehicle.transit import Delivery

STREAMS = ("noise.gps.position", "noise.gps.velocity", "multipath", "multipath.start")


class Gps(NamedTuple):
    """The errors of relative GPS in one run, and where and when it is out."""

    #: White noise of the position, one sigma an axis, m.
    position: float
    #: White noise of the velocity, one sigma an axis, m/s.
    velocity: float
    #: Bias of the position, m, hill axes.
    bias: Vec
    #: When it goes out, s.
    out_since: float
    #: When it is back, s.
    out_until: float
    #: How its readings reach navigation.
    delivery: Delivery
    #: The error by signals that the station reflects.
    multipath: Multipath
    #: Nearer than this, m, the station hides too many satellites.
    blocked_within: float
    #: How it fails, if it does.
    fault: Fault = SOUND


@kernel
def measure_gps(
    gps: Gps, r_hill: Vec, v_hill: Vec, echo: Echo, t: float, z: Quat, y: Quat
) -> tuple[float, Vec, Vec]:
    """Fresh flag, position and velocity read, from unit normals z and y (four each)."""
    distance = norm(r_hill)
    out = ((t >= gps.out_since) & (t < gps.out_until)) | (distance < gps.blocked_within)
    off_r, off_v = echo_errors(gps.multipath, echo, distance)
    return (
        (0.0 if out else 1.0),
        noisy(add(add(r_hill, gps.bias), off_r), gps.position, z),
        noisy(add(v_hill, off_v), gps.velocity, y),
    )


NUMBERS = Gps


@kernel
def begin(sensor: Sensor, latent: Row, seed: int, run: int) -> None:
    """The echo as if it had gone on for ever."""
    store(Echo, latent, MEMORY, 0, 1, value=first_echo(seed, run, int(sensor.streams[3])))


@kernel
def live(sensor: Sensor, row: Row, latent: Row, key: Key) -> None:
    """The echo a second later."""
    memory = load(Gps, row, int(sensor.at), 0, 1).multipath.memory
    echo = load(Echo, latent, MEMORY, 0, 1)
    store(Echo, latent, MEMORY, 0, 1, value=later_echo(echo, memory, int(sensor.streams[2]), key))


@kernel
def look(sensor: Sensor, row: Row, scene: Scene, latent: Row, key: Key) -> Look:
    """Position (m) and velocity (m/s) of the centres of mass, hill axes."""
    gps, true, t = load(Gps, row, int(sensor.at), 0, 1), scene.geometry, key.tick.t
    z = normal4(key.seed, key.run, int(sensor.streams[0]), key.tick.number)
    y = normal4(key.seed, key.run, int(sensor.streams[1]), key.tick.number)
    fresh, r, v = measure_gps(
        gps,
        r_hill=axpy(-gps.delivery.time_bias, true.v_hill, true.r_hill),
        v_hill=true.v_hill,
        echo=load(Echo, latent, MEMORY, 0, 1),
        t=t,
        z=erring(gps.fault, t, z),
        y=erring(gps.fault, t, y),
    )
    return Look(fresh=fresh, numbers=r + v, which=0.0, delivery=gps.delivery, fault=gps.fault)
