"""Rate-integrating gyro: the body's mean inertial rate over a sample, with a bias and white noise."""

import math
from typing import NamedTuple

from rvd.core.algebra.random import normal4
from rvd.core.algebra.vec import add
from rvd.core.kernel import Quat, Row, Vec, kernel, load
from rvd.core.signals import Key
from rvd.core.vehicle.faults import SOUND, Fault, erring, over_step, read_with_fault
from rvd.core.vehicle.noise import noisy
from rvd.core.vehicle.sensors.sensor import Felt, Scene, Sensor, drifted

STREAMS = ("noise.gyro", "drift.gyro")


class Gyro(NamedTuple):
    """The errors of the gyro in one run."""

    #: Angle random walk, rad/s^0.5.
    walk: float
    #: Bias, rad/s, body axes.
    bias: Vec
    #: How it walks: one sigma of its change in a second, an axis, rad/s per s^0.5.
    bias_walk: float = 0.0
    #: How it fails, if it does.
    fault: Fault = SOUND


@kernel
def measure_rate(gyro: Gyro, w_mean_body: Vec, period: float, z: Quat) -> Vec:
    """Rate read (rad/s, body axes), mean over one sample of `period` s, from unit normals z.

    The noise of the mean is walk / sqrt(period).
    """
    return noisy(add(w_mean_body, gyro.bias), gyro.walk / math.sqrt(period), z)


NUMBERS = Gyro


@kernel
def feel(sensor: Sensor, row: Row, scene: Scene, before: Felt, key: Key) -> tuple[Vec, Felt]:
    """The inertial rate (rad/s, body axes) that it reads; it remembers the same."""
    gyro, t = load(Gyro, row, int(sensor.at), 0, 1), key.tick.t
    drift = drifted(before.drift, gyro.bias_walk, int(sensor.streams[1]), scene, key)
    z = normal4(key.seed, key.run, int(sensor.streams[0]), key.tick.number)
    z = erring(over_step(gyro.fault, scene.period), t, z)
    w = measure_rate(gyro._replace(bias=add(gyro.bias, drift)), scene.state.w_mean_body, scene.period, z)
    w = read_with_fault(gyro.fault, before.latest, t, w)
    return w, Felt(w, drift)
