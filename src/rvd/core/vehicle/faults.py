"""How a sensor fails between two times: what becomes of its readings."""

import math
from enum import IntEnum
from typing import NamedTuple

from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.vehicle.transit import Transit

MINUTE = 60.0
"""The time (s) in which a ramp grows by its size."""


class SensorFault(IntEnum):
    """How a sensor fails between two times."""

    NONE = 0
    SILENT = 1
    FROZEN = 2
    BIAS = 3
    RAMP = 4
    NOISE = 5
    WRONG_TARGET = 6
    STOPPED = 7


class Fault(NamedTuple):
    """The fault of one sensor in one run."""

    #: `SensorFault`, as a number.
    kind: float
    #: When it begins, s.
    since: float
    #: When it ends, s.
    until: float
    #: Of a bias, in sigmas of a reading (of one over 1 s, where it integrates); of a ramp, the same gained in a minute;
    #: of noise, over that of a sound sensor.
    size: float


SOUND = Fault(kind=0.0, since=0.0, until=1.0e30, size=0.0)
"""No fault."""


@kernel
def acts(fault: Fault, kind: int, t: float) -> bool:
    """Whether a fault is of this kind (`SensorFault`, a number) and acts at t (s): from its begin on, until its end."""
    return (int(fault.kind) == kind) & (t >= fault.since) & (t < fault.until)


@kernel
def erring(fault: Fault, t: float, z: Quat) -> Quat:
    """The unit normals (four) from which a sensor makes its noise at t (s), as a fault has them.

    A bias moves each by its size, a ramp by its size for every minute since its begin; noise multiplies each. So every
    number that is read errs by that many of its own sigmas.
    """
    off, times = 0.0, 1.0
    if acts(fault, SensorFault.BIAS.value, t):
        off = fault.size
    elif acts(fault, SensorFault.RAMP.value, t):
        off = fault.size * ((t - fault.since) / MINUTE)
    elif acts(fault, SensorFault.NOISE.value, t):
        times = fault.size
    else:
        return z
    return (times * z[0] + off, times * z[1] + off, times * z[2] + off, times * z[3] + off)


@kernel
def over_step(fault: Fault, period: float) -> Fault:
    """The fault of a sensor that integrates over steps of `period` s, for `erring`.

    The size of its bias, or ramp, is in sigmas of a reading over 1 s, however long the steps are.
    """
    if int(fault.kind) == SensorFault.NOISE.value:
        return fault
    return fault._replace(size=fault.size * math.sqrt(period))


@kernel
def repeats(fault: Fault, before: Transit, t: float) -> bool:
    """Whether a sensor repeats its latest reading at t (s); before its first it cannot."""
    return is_frozen(fault, t) & (before.taken >= 0.0)


@kernel
def is_frozen(fault: Fault, t: float) -> bool:
    """Whether a sensor is frozen at t (s), its time tag running on or stopped."""
    return acts(fault, SensorFault.FROZEN.value, t) | acts(fault, SensorFault.STOPPED.value, t)


@kernel
def taken_with_fault(fault: Fault, before: Transit, t: float, sound: float) -> float:
    """1.0 where a reading is taken at t (s), else 0.0; `sound` is the same of a sensor without a fault.

    A frozen sensor reads whatever is before it, so that nothing but a stopped time tag tells it from a sound one.
    """
    if acts(fault, SensorFault.SILENT.value, t):
        return 0.0
    if is_frozen(fault, t):
        return 1.0 if before.taken >= 0.0 else 0.0
    return sound


@kernel
def read_with_fault(fault: Fault, latest: Vec, t: float, sound: Vec) -> Vec:
    """What a sensor that reads at every step reads at t (s): nothing, or what it read before, or `sound`."""
    if acts(fault, SensorFault.SILENT.value, t):
        return (0.0, 0.0, 0.0)
    if acts(fault, SensorFault.FROZEN.value, t):
        return latest
    return sound
