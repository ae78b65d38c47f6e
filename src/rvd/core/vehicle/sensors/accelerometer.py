"""Accelerometer: the velocity gained from thrust over a sample, with a bias and white noise."""

import math
from typing import NamedTuple

from rvd.core.algebra.random import normal4
from rvd.core.algebra.vec import add, axpy, scale
from rvd.core.kernel import Quat, Row, Vec, kernel, load
from rvd.core.signals import Key
from rvd.core.vehicle.faults import SOUND, Fault, erring, over_step, read_with_fault
from rvd.core.vehicle.noise import noisy
from rvd.core.vehicle.sensors.sensor import Felt, Scene, Sensor, drifted

STREAMS = ("noise.accelerometer", "drift.accelerometer")


class Accelerometer(NamedTuple):
    """The errors of the accelerometer in one run."""

    #: Velocity random walk, m/s per s^0.5.
    walk: float
    #: Bias, m/s2, body axes.
    bias: Vec
    #: What is read over what is, a number; 1 has no error.
    scale: float
    #: How the bias walks: one sigma of its change in a second, an axis, m/s2 per s^0.5.
    bias_walk: float = 0.0
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
def feel(sensor: Sensor, row: Row, scene: Scene, before: Felt, key: Key) -> tuple[Vec, Felt]:
    """The velocity gained (m/s, body axes) that it reads; it remembers the acceleration (m/s2).

    A frozen one repeats the acceleration: the steps differ in length from leg to leg.
    """
    meter, t = load(Accelerometer, row, int(sensor.at), 0, 1), key.tick.t
    drift = drifted(before.drift, meter.bias_walk, int(sensor.streams[1]), scene, key)
    z = normal4(key.seed, key.run, int(sensor.streams[0]), key.tick.number)
    z = erring(over_step(meter.fault, scene.period), t, z)
    dv = measure_gain(meter._replace(bias=add(meter.bias, drift)), scene.state.dv_body, scene.period, z)
    dv = read_with_fault(meter.fault, scale(scene.period, before.latest), t, dv)
    return dv, Felt(scale(1.0 / scene.period, dv), drift)
