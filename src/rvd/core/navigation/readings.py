"""From the lines of the sensors to what the filters take: one sensor of each kind."""

from typing import NamedTuple

from rvd.core.kernel import Sheet, Vec, kernel, load
from rvd.core.signals import UNSENSED, Broadcast, Reading, Sensed, SixNumbers


class Readers(NamedTuple):
    """The line of the readings in which each sensor that the filters use stands; -1 where it is not aboard."""

    #: Relative GPS.
    gps: float
    #: The rendezvous laser.
    laser: float
    #: The star tracker.
    star_tracker: float
    #: The gyro.
    gyro: float
    #: The accelerometer.
    accelerometer: float


@kernel
def sensed(readings: Sheet, line: float) -> Sensed:
    """What one sensor says; nothing where it is not aboard."""
    return load(Sensed, readings[int(line)], 0, 0, 1) if line >= 0.0 else UNSENSED


@kernel
def felt(readings: Sheet, line: float) -> Vec:
    """The vector that a sensor reads at every step; zero where it is not aboard."""
    one = sensed(readings, line)
    return first_three(one.numbers) if one.has > 0.0 else (0.0, 0.0, 0.0)


@kernel
def first_three(numbers: SixNumbers) -> Vec:
    """A vector: the first three numbers."""
    return numbers[0], numbers[1], numbers[2]


@kernel
def reading_of(readings: Sheet, readers: Readers, told: Broadcast) -> Reading:
    """What the sensors that the filters use say at this tick, and what the target tells."""
    gps, laser = sensed(readings, readers.gps), sensed(readings, readers.laser)
    tracker = sensed(readings, readers.star_tracker)
    x, q = gps.numbers, tracker.numbers
    return Reading(
        has_gps=gps.has,
        gps_r_hill=first_three(x),
        gps_v_hill=(x[3], x[4], x[5]),
        gps_age=gps.age,
        has_laser=laser.has,
        laser=first_three(laser.numbers),
        reflector=laser.which,
        laser_age=laser.age,
        has_tracker=tracker.has,
        tracker_q_eci_body=(q[0], q[1], q[2], q[3]),
        tracker_age=tracker.age,
        looked=(gps.looked, laser.looked, tracker.looked),
        gyro_body=felt(readings, readers.gyro),
        dv_body=felt(readings, readers.accelerometer),
        rt_eci=told.rt_eci,
        vt_eci=told.vt_eci,
    )
