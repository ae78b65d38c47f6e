"""Backup attitude source: the attitude against the hill frame and the rate, for the abort's own chain alone."""

import math
from typing import NamedTuple

from rvd.core.algebra.quat import from_rotvec, multiply
from rvd.core.algebra.random import normal4, stream_of
from rvd.core.algebra.vec import add
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.signals import BackupReading, Key
from rvd.core.vehicle.noise import noisy


class Backup(NamedTuple):
    """The errors of the backup attitude source in one run."""

    #: White noise of the attitude about each axis, one sigma, rad.
    angle: float
    #: Constant error of the attitude, rad, body axes.
    angle_bias: Vec
    #: Angle random walk of the rate, rad/s^0.5.
    walk: float
    #: Constant error of the rate, rad/s, body axes.
    rate_bias: Vec


EXACT = Backup(angle=0.0, angle_bias=(0.0, 0.0, 0.0), walk=0.0, rate_bias=(0.0, 0.0, 0.0))
"""Without an error."""

UNREAD = BackupReading(q_hill_body=(0.0, 0.0, 0.0, 1.0), w_body=(0.0, 0.0, 0.0))
"""What stands for a reading that nobody asks for."""

BACKUP_ANGLE, BACKUP_RATE = stream_of("noise.backup.angle"), stream_of("noise.backup.rate")


@kernel
def measure_backup(
    backup: Backup, q_hill_body: Quat, w_mean_body: Vec, period: float, key: Key
) -> BackupReading:
    """What it reads: the attitude turned by bias and white noise, the mean rate of `period` s with its own.

    The noise of the rate is that of the gyro: walk / sqrt(period). The attitude is read without delay (assumed).
    """
    z = normal4(key.seed, key.run, BACKUP_ANGLE, key.tick.number)
    y = normal4(key.seed, key.run, BACKUP_RATE, key.tick.number)
    return BackupReading(
        q_hill_body=multiply(q_hill_body, from_rotvec(noisy(backup.angle_bias, backup.angle, z))),
        w_body=noisy(add(w_mean_body, backup.rate_bias), backup.walk / math.sqrt(period), y),
    )
