"""The station: its attitude (held with bias and deadband, or in free drift) and the points on its body."""

from typing import NamedTuple

from rvd.core.algebra.elementary import cos, sin
from rvd.core.algebra.quat import from_rotvec, multiply, unrotate
from rvd.core.algebra.vec import add
from rvd.core.kernel import Quat, Vec, kernel
from rvd.core.vehicle.drag import Drag
from rvd.core.vehicle.mass import Inertia


class Station(NamedTuple):
    """The target as it truly is: orbit at the start, mass, drag, inertia, attitude hold.

    The attitude held is the hill-aligned one (x forward, y starboard, z down) turned by
    `bias` + `deadband` sin(2 pi t / `period` + `phase`), each by body axis (rad, s).
    """

    altitude: float
    inclination: float
    eccentricity: float
    raan: float
    latitude: float
    mass: float
    drag: Drag
    inertia: Inertia
    bias: Vec
    deadband: Vec
    period: Vec
    phase: Vec


class Points(NamedTuple):
    """Points (m) and unit directions on the station's body, from its centre of mass, and on the chaser's.

    `berthing` is where the arm reaches from; `reflectors` are what the laser ranges to, seen within `half_angle` of
    `facing`. `grapple` is the chaser's fixture; `box` is the centre of the capture box, from `berthing`, station axes.
    """

    berthing: Vec
    reflector_0: Vec
    reflector_1: Vec
    facing: Vec
    cos_half_angle: float
    grapple: Vec
    box: Vec


Q_HILL_LEVEL: Quat = (-0.5, -0.5, 0.5, 0.5)
"""The attitude whose body x, y, z lie along hill y, -z, -x (forward, starboard, down)."""


@kernel
def held_attitude(station, t):
    """Attitude against the hill frame and rate against it (body axes, small angles) of the held station at t."""
    a0, r0 = swing(station.bias[0], station.deadband[0], station.period[0], station.phase[0], t)
    a1, r1 = swing(station.bias[1], station.deadband[1], station.period[1], station.phase[1], t)
    a2, r2 = swing(station.bias[2], station.deadband[2], station.period[2], station.phase[2], t)
    return multiply(Q_HILL_LEVEL, from_rotvec((a0, a1, a2))), (r0, r1, r2)


@kernel
def swing(bias, deadband, period, phase, t):
    """One axis of the attitude hold: angle (rad) and rate (rad/s) of a sinusoidal limit cycle about a bias."""
    w = 6.283185307179586 / period
    return bias + deadband * sin(w * t + phase), deadband * w * cos(w * t + phase)


@kernel
def held_rate(rate, q_hill_station, w_hill):
    """Inertial rate in station axes: the rate against the hill frame plus the hill frame's own."""
    return add(rate, unrotate(q_hill_station, w_hill))
