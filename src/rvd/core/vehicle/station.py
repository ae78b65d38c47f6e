"""The station: its attitude (held with bias and deadband, or in free drift) and the points on its body."""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import cos, sin
from rvd.core.algebra.quat import from_rotvec, multiply, unrotate
from rvd.core.algebra.vec import add
from rvd.core.constants import RADIUS_EARTH
from rvd.core.kernel import Quat, Sheet, Vec, kernel
from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.vehicle.drag import Drag
from rvd.core.vehicle.mass import Inertia
from rvd.core.vehicle.momentum import MomentumLoop, momentum, start_momentum
from rvd.core.vehicle.wander import start_wander, wander


class Station(NamedTuple):
    """The target as it truly is: orbit at the start, mass, drag, inertia, attitude hold.

    The attitude held is the hill-aligned one (x forward, y starboard, z down) turned by
    `bias` + `deadband` sin(2 pi t / `period` + `phase`), by what it wanders, and by what a loop of momentum management
    leaves, each by body axis.
    """

    #: Semi-major axis less the Earth's equatorial radius, m.
    altitude: float
    #: Inclination, rad.
    inclination: float
    #: Eccentricity, a number; the perigee lies at the ascending node.
    eccentricity: float
    #: Right ascension of the ascending node, rad.
    raan: float
    #: Argument of latitude at the start, from the ascending node, rad.
    latitude: float
    #: Mass, kg.
    mass: float
    #: What its drag depends on.
    drag: Drag
    #: (xx, yy, zz, xy, xz, yz) about its centre of mass, kg m2, body axes.
    inertia: Inertia
    #: The middle of the limit cycle about each axis, rad.
    bias: Vec
    #: The amplitude about each axis, rad.
    deadband: Vec
    #: The period about each axis, s.
    period: Vec
    #: The phase at t = 0 about each axis, rad.
    phase: Vec
    #: One sigma of what it wanders about each axis, rad.
    rms: Vec
    #: The time about each axis over which the autocorrelation of that falls to 1/e, s.
    correlation_time: Vec
    #: What a loop of momentum management leaves.
    momentum: MomentumLoop


class Points(NamedTuple):
    """Points and directions on the station's body and on the chaser's."""

    #: Where the arm reaches from, m, station axes from its centre of mass.
    berthing: Vec
    #: The first reflector that the laser ranges to, m, station axes from its centre of mass.
    reflector_0: Vec
    #: The second reflector, likewise.
    reflector_1: Vec
    #: The way that the reflectors face, a unit vector, station axes.
    facing: Vec
    #: Cosine of the angle about `facing` within which a reflector is seen.
    cos_half_angle: float
    #: The chaser's grapple fixture, m, body axes from the body's origin.
    grapple: Vec


@kernel
def start_lines(lines: Sheet, station: Station, mu: float, seed: int, run: int) -> None:
    """Writes the lines of a run by which the station wanders, then those that a loop of momentum management leaves."""
    start_wander(lines, station.rms, station.correlation_time, seed, run)
    a = RADIUS_EARTH + station.altitude
    start_momentum(lines, station.momentum, math.sqrt(mu / (a * a * a)), seed, run)


@kernel
def held_attitude(station: Station, lines: Sheet, t: float) -> tuple[Quat, Vec]:
    """Attitude against the hill frame and rate against it (body axes, small angles) of the held station at t.

    `lines` are those of `start_lines`.
    """
    a0, r0 = swing(station.bias[0], station.deadband[0], station.period[0], station.phase[0], t)
    a1, r1 = swing(station.bias[1], station.deadband[1], station.period[1], station.phase[1], t)
    a2, r2 = swing(station.bias[2], station.deadband[2], station.period[2], station.phase[2], t)
    angles, rates = (a0, a1, a2), (r0, r1, r2)
    if wanders(station):
        (a0, r0), (a1, r1), (a2, r2) = wander(lines, 0, t), wander(lines, 1, t), wander(lines, 2, t)
        angles, rates = add(angles, (a0, a1, a2)), add(rates, (r0, r1, r2))
    if holds_by_momentum(station):
        (a0, r0), (a1, r1), (a2, r2) = momentum(lines, 0, t), momentum(lines, 1, t), momentum(lines, 2, t)
        angles, rates = add(angles, (a0, a1, a2)), add(rates, (r0, r1, r2))
    return multiply(Q_HILL_LEVEL, from_rotvec(angles)), rates


@kernel
def wanders(station: Station) -> bool:
    """Whether the station's attitude wanders about any axis."""
    return (station.rms[0] > 0.0) | (station.rms[1] > 0.0) | (station.rms[2] > 0.0)


@kernel
def holds_by_momentum(station: Station) -> bool:
    """Whether a loop of momentum management leaves an angle about any axis."""
    left = station.momentum.amplitude
    return (left[0] > 0.0) | (left[1] > 0.0) | (left[2] > 0.0)


@kernel
def swing(bias: float, deadband: float, period: float, phase: float, t: float) -> tuple[float, float]:
    """One axis of the attitude hold: angle (rad) and rate (rad/s) of a sinusoidal limit cycle about a bias."""
    w = 6.283185307179586 / period
    return bias + deadband * sin(w * t + phase), deadband * w * cos(w * t + phase)


@kernel
def held_rate(rate: Vec, q_hill_station: Quat, w_hill: Vec) -> Vec:
    """Inertial rate in station axes: the rate against the hill frame plus the hill frame's own."""
    return add(rate, unrotate(q_hill_station, w_hill))
