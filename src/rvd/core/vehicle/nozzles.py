"""Nozzles: what one nozzle gives in a firing, and how a nozzle fails."""

import math
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from rvd.core.algebra.dense import dots, lengths
from rvd.core.algebra.elementary import cos, exp
from rvd.core.algebra.vec import cross, scale, sub
from rvd.core.constants import G0
from rvd.core.kernel import Row, Table, Vec, kernel, plain
from rvd.core.signals import Firing

LEAK_SHARE = 0.05
"""Thrust of a leaking valve over full thrust, where its size is not said (assumed)."""


class Kind(IntEnum):
    """What a nozzle is for."""

    RCS = 0
    MAIN = 1


class NozzleFault(IntEnum):
    """How a nozzle fails between two times."""

    NONE = 0
    STUCK_OFF = 1
    STUCK_ON = 2
    LEAK = 3
    WEAK = 4


class Failed(NamedTuple):
    """What becomes of a nozzle in one period, by its fault."""

    #: How long its valve is really open, s, from the begin of the period.
    on: float
    #: Its thrust while open, over what it has without a fault.
    left: float
    #: Its thrust while told closed, over its full thrust.
    leak: float


class Nozzles(NamedTuple):
    """What kernels read of n nozzles: the nominal table."""

    #: Places (n, 3), m, body axes from the body's origin.
    where_body: Table
    #: Unit directions (n, 3) of the force on the vehicle, body axes.
    push_body: Table
    #: Thrusts (n,), N.
    thrust: Row
    #: Specific impulses (n,), s.
    isp: Row
    #: Shortest on-times (n,), s.
    least_on: Row


def blows_toward(nozzles: Nozzles, direction_body: Sequence[float], within: float = math.radians(45.0)):
    """Marks (n,) bool of the nozzles whose exhaust leaves within an angle (rad) of a direction in body axes."""
    axis = np.asarray(direction_body, dtype=float)
    return dots(-nozzles.push_body, axis / lengths(axis)) > plain(cos)(within)


# ---- one nozzle in one firing

NOTHING_FIRED = Firing(
    impulse_body=(0.0, 0.0, 0.0),
    turn_body=(0.0, 0.0, 0.0),
    reach_body=(0.0, 0.0, 0.0),
    total=0.0,
    valves_body=(0.0, 0.0, 0.0),
    used=0.0,
    period=1.0e-6,
)
"""The firing before the first tick: none, over a period that is none, but no division by zero."""


@kernel
def row_of(table: Table, k: int) -> Vec:
    """Row k of an (n, 3) table as a vector."""
    return (table[k, 0], table[k, 1], table[k, 2])


@kernel
def pushed(push: Vec, tilt_1: float, tilt_2: float) -> Vec:
    """Direction of a nozzle mounted askew by two small angles (rad) about two axes normal to its nominal push.

    The normals are those of Duff et al. 2017, "Building an orthonormal basis, revisited", JCGT 6(1), with the
    branch at z = 0 as a select. The result is a unit vector; the tilt is atan(hypot(tilt_1, tilt_2)).
    """
    x, y, z = push
    sign = 1.0 if z >= 0.0 else -1.0
    a = -1.0 / (sign + z)
    b = x * y * a
    k = 1.0 / math.sqrt(1.0 + tilt_1 * tilt_1 + tilt_2 * tilt_2)
    return (
        k * (x + tilt_1 * (1.0 + sign * x * x * a) + tilt_2 * b),
        k * (y + tilt_1 * (sign * b) + tilt_2 * (sign + y * y * a)),
        k * (z + tilt_1 * (-sign * x) + tilt_2 * -y),
    )


@kernel
def one_nozzle(
    where: Vec, push: Vec, com: Vec, newton_seconds: float, isp: float, tilt_1: float, tilt_2: float
) -> tuple[Vec, Vec, float]:
    """Impulse (N s), angular impulse about `com` (N m s), both in body axes, and propellant (kg) of one firing.

    where, push, com: body axes. newton_seconds: on-time times true (or believed) thrust. tilt_1, tilt_2: rad.
    The body's turn during the firing is neglected: at 1 deg/s over 1 s it tilts the impulse by 0.5 deg.
    """
    impulse = scale(newton_seconds, pushed(push, tilt_1, tilt_2))
    return impulse, cross(sub(where, com), impulse), newton_seconds / (G0 * isp)


@kernel
def least_impulse(thrust: float, least_on: float, on: float, period: float) -> float:
    """A nozzle's least impulse (N s) if its valve moves in the period, else 0.0.

    How much a pulse varies is a matter of the valve's opening and closing, so a share of the least impulse; a nozzle
    that stays open is steady.
    """
    return thrust * least_on if (on > 0.0) & (on < period) else 0.0


@kernel
def pulse_of(on: float, period: float, dead_time: float, rise: float, decay: float) -> tuple[float, float]:
    """What a nozzle gives over full thrust (s), and the time of its centroid from the begin of the period (s).

    Its valve is open for `on` (s) from the begin. The thrust follows `dead_time` (s) later, at both ends, with a lag of
    the first order (assumed): it nears full thrust by the time constant `rise` (s), and by `decay` (s) it falls from
    c = 1 - exp(-on / rise) of it. So its integral is on + (decay - rise) c, and the centroid of that, from the begin,
    dead_time + on / 2 + (rise on (1 - c) + c (decay + rise) (decay - rise + on / 2)) / (on + (decay - rise) c).
    A nozzle open for the whole period is steady; what is left of a pulse when the period ends counts in it. The next
    pulse begins from no thrust: of pulses that nearly fill their periods, one after the other, the impulse is off by up
    to 15 % where the lags are a quarter of the period.
    """
    if on >= period:
        return on, 0.5 * on
    came_to = 1.0 - exp(-on / rise) if rise > 0.0 else 1.0
    whole = on + (decay - rise) * came_to
    later = rise * on * (1.0 - came_to) + came_to * (decay + rise) * (decay - rise + 0.5 * on)
    return whole, dead_time + 0.5 * on + later / whole


@kernel
def isp_of_pulse(isp: float, on: float, period: float, half_isp: float) -> float:
    """Specific impulse (s) of a pulse of `on` s, where steady thrust has `isp`; half of it at `on` = `half_isp` (s).

    isp on / (on + half_isp): each pulse loses the propellant of `half_isp` seconds of full flow (assumed). A nozzle
    that is open for the whole period is steady.
    """
    return isp * (on / (on + half_isp)) if on < period else isp


@kernel
def failed(
    kind: int, since: float, until: float, fault_size: float, t: float, on: float, period: float
) -> Failed:
    """What a nozzle that was told to be open for `on` (s) really does in the period (s) from t (s).

    kind: `NozzleFault`, active while since <= t < until, so from the first whole period of the fault. fault_size: of
    one that is weak its thrust, of one that leaks the thrust of the leak, both over full thrust.
    """
    acting = (t >= since) & (t < until)
    if not acting:
        return Failed(on, 1.0, 0.0)
    if kind == 1:  # NozzleFault.STUCK_OFF
        return Failed(0.0, 1.0, 0.0)
    if kind == 2:  # NozzleFault.STUCK_ON
        return Failed(period, 1.0, 0.0)
    if kind == 3:  # NozzleFault.LEAK
        return Failed(on, 1.0, fault_size)
    if kind == 4:  # NozzleFault.WEAK
        return Failed(on, fault_size, 0.0)
    return Failed(on, 1.0, 0.0)


@kernel
def leak_of(leak: float, on: float, period: float) -> tuple[float, float]:
    """What a leak gives over full thrust (s), and the time of its centroid from the begin of the period (s).

    It flows evenly from when the valve is told closed, `on` (s), to the end of the period; while the valve is open the
    nozzle gives no more than its thrust, and a pulse's decay adds to the leak (assumed).
    """
    return leak * (period - on), 0.5 * (on + period)
