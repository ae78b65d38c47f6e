"""Rate-integrating gyro: the body's mean inertial rate over a sample, with a bias and white noise."""

import math
from typing import NamedTuple

from rvd.core.algebra.vec import add
from rvd.core.kernel import Vec, kernel
from rvd.core.vehicle.noise import noisy


class Gyro(NamedTuple):
    """Errors of the gyro: angle random walk (rad/s^0.5) and the per-run bias (rad/s)."""

    walk: float
    bias: Vec


@kernel
def measure_rate(gyro, w_mean_body, period, z):
    """Rate read (rad/s), mean over one sample of `period` s: the noise of the mean is walk / sqrt(period)."""
    return noisy(add(w_mean_body, gyro.bias), gyro.walk / math.sqrt(period), z)
