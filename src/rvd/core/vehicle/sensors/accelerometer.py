"""Accelerometer: the velocity gained from thrust over a sample, with a bias and white noise."""

import math
from typing import NamedTuple

from rvd.core.algebra.random import normal4
from rvd.core.algebra.vec import axpy, scale
from rvd.core.kernel import Quat, Row, Vec, kernel, load
from rvd.core.signals import Key
from rvd.core.vehicle.faults import SOUND, Fault, erring, read_with_fault
from rvd.core.vehicle.noise import noisy
from rvd.core.vehicle.sensors.sensor import Scene, Sensor

STREAMS = ("noise.accelerometer",)


class Accelerometer(NamedTuple):
    """The errors of the accelerometer in one run."""

    #: Velocity random walk, m/s per s^0.5.
    walk: float
    #: Bias, m/s2, body axes.
    bias: Vec
    #: What is read over what is, a number; 1 has no error.
    scale: float
    #: How it fails, if it does.
    fault: Fault = SOUND


@kernel
def measure_gain(accelerometer: Accelerometer, dv_body: Vec, period: float, z: Quat) -> Vec:
    """Velocity gained (m/s, body axes) as read over the last `period` s, from unit normals z."""
    k = accelerometer.scale
    gain = axpy(period, accelerometer.bias, (k * dv_body[0], k * dv_body[1], k * dv_body[2]))
    return noisy(gain, accelerometer.walk * math.sqrt(period), z)


NUMBERS = Accelerometer


@kernel
def feel(sensor: Sensor, row: Row, scene: Scene, latest: Vec, key: Key) -> tuple[Vec, Vec]:
    """The velocity gained (m/s, body axes) that it reads, and the acceleration (m/s2) that it remembers.

    A frozen one repeats the acceleration: the steps differ in length from leg to leg.
    """
    meter, t = load(Accelerometer, row, int(sensor.at), 0, 1), key.tick.t
    z = normal4(key.seed, key.run, int(sensor.streams[0]), key.tick.number)
    dv = measure_gain(meter, scene.state.dv_body, scene.period, erring(meter.fault, t, z))
    dv = read_with_fault(meter.fault, scale(scene.period, latest), t, dv)
    return dv, scale(1.0 / scene.period, dv)
