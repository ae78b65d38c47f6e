"""Rate-integrating gyro: the body's mean inertial rate over a sample, with a bias and white noise."""

import math
from typing import NamedTuple

from rvd.core.algebra.vec import add
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.vehicle.faults import SOUND, Fault
from rvd.core.vehicle.noise import noisy


class Gyro(NamedTuple):
    """The errors of the gyro in one run."""

    #: Angle random walk, rad/s^0.5.
    walk: float
    #: Bias, rad/s, body axes.
    bias: Vec
    #: How it fails, if it does.
    fault: Fault = SOUND


@kernel
def measure_rate(gyro: Gyro, w_mean_body: Vec, period: float, z: Quat) -> Vec:
    """Rate read (rad/s, body axes), mean over one sample of `period` s, from unit normals z.

    The noise of the mean is walk / sqrt(period).
    """
    return noisy(add(w_mean_body, gyro.bias), gyro.walk / math.sqrt(period), z)
