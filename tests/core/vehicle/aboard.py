"""Five sensors aboard, one of each kind, as a test sets them: what they read of a scene."""

from typing import NamedTuple

import numpy as np

from rvd.assembly.axes import flat
from rvd.core.algebra.random import stream_of
from rvd.core.kernel import size
from rvd.core.navigation.readings import Readers, reading_of
from rvd.core.signals import SENSED, Broadcast, Key, Reading
from rvd.core.vehicle.mount import Mount
from rvd.core.vehicle.sensors.accelerometer import Accelerometer
from rvd.core.vehicle.sensors.gps import Gps
from rvd.core.vehicle.sensors.gyro import Gyro
from rvd.core.vehicle.sensors.kinds import SensorKind
from rvd.core.vehicle.sensors.laser import Laser
from rvd.core.vehicle.sensors.sense import LATENT, sense, start_sensors
from rvd.core.vehicle.sensors.sensor import SENSOR, Scene, Sensor
from rvd.core.vehicle.sensors.star_tracker import StarTracker

Latent = tuple[tuple[float, ...], ...]
"""What has not come out of the sensors, a line each."""

NO_MOUNT = Mount((0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0))
ALL = Readers(gps=0.0, laser=1.0, star_tracker=2.0, gyro=3.0, accelerometer=4.0)


class Aboard(NamedTuple):
    """The errors of the five."""

    gps: Gps
    laser: Laser
    star_tracker: StarTracker
    gyro: Gyro
    accelerometer: Accelerometer


class Suite(NamedTuple):
    """How they are mounted, and how often (s) they look."""

    laser: Mount
    star_tracker: Mount
    gps_period: float
    laser_period: float
    tracker_period: float


def table_of(suite: Suite, masked: bool = False) -> np.ndarray:
    """The table of the five, whose numbers stand one after the other in a row."""
    mounts = (NO_MOUNT, suite.laser, suite.star_tracker, NO_MOUNT, NO_MOUNT)
    periods = (suite.gps_period, suite.laser_period, suite.tracker_period, 0.0, 0.0)
    lines, at = [], 0
    for kind, mount, period in zip(SensorKind, mounts, periods, strict=True):
        streams = [float(stream_of(name)) for name in kind.module.STREAMS]
        lines.append(
            flat(
                Sensor(
                    kind=float(kind),
                    at=float(at),
                    period=period,
                    mount=mount,
                    masked=float(masked and kind == SensorKind.LASER),
                    streams=(*streams, *[0.0] * (4 - len(streams))),
                    dropout=float(stream_of(f"dropout.{kind.word}")),
                )
            )
        )
        at += size(kind.module.NUMBERS)
    return np.array(lines).reshape(-1, SENSOR)


def first_latent(seed: int, run: int) -> Latent:
    """Before the first look."""
    latent = np.zeros((5, LATENT))
    start_sensors(
        table_of(Suite(NO_MOUNT, NO_MOUNT, 1.0, 1.0, 1.0)), np.zeros((5, SENSED)), latent, seed, run
    )
    return tuple(map(tuple, latent.tolist()))


def read_scene(
    of: Aboard, suite: Suite, scene: Scene, latent: Latent, key: Key, masked: bool = False
) -> tuple[Reading, Latent]:
    """What the five read of a scene, and what is latent then."""
    row = np.concatenate([flat(one) for one in of])
    readings, after = np.zeros((5, SENSED)), np.array(latent)
    sense(table_of(suite, masked), row, scene, readings, after, key)
    told = Broadcast(scene.state.rt_eci, scene.state.vt_eci)
    return reading_of(readings, ALL, told), tuple(map(tuple, after.tolist()))
