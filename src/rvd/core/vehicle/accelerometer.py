"""Accelerometer: the velocity gained from thrust over a sample, with a bias and white noise."""

import math
from typing import NamedTuple

from rvd.core.algebra.vec import axpy
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.vehicle.faults import SOUND, Fault
from rvd.core.vehicle.noise import noisy


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
