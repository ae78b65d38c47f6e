"""Accelerometer: the velocity gained from thrust over a sample, with a bias and white noise."""

import math
from typing import NamedTuple

from rvd.core.algebra.vec import axpy
from rvd.core.kernel import Vec, kernel
from rvd.core.vehicle.noise import noisy


class Accelerometer(NamedTuple):
    """Errors: velocity random walk (m/s per s^0.5), per-run bias (m/s2) and scale factor (1 = none wrong)."""

    walk: float
    bias: Vec
    scale: float


@kernel
def measure_gain(accelerometer, dv_body, period, z):
    """Velocity gained (m/s, body axes) as read over the last `period` s."""
    k = accelerometer.scale
    gain = axpy(period, accelerometer.bias, (k * dv_body[0], k * dv_body[1], k * dv_body[2]))
    return noisy(gain, accelerometer.walk * math.sqrt(period), z)
