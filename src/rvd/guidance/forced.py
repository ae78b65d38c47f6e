"""Forced motion: lines, glideslopes with pulses, circles about the target, holds, and the push that each needs.

Frame: hill (x outward, y along track, z normal); velocity and acceleration are rates seen in the rotating frame.
Lengths in m, times in s, `n` is the mean motion of a target on a circle, rad/s.
Source: W. Fehse, Automated Rendezvous and Docking of Spacecraft, 2003, section 3.3.3 (lines, holds); H. B. Hablani,
M. L. Tapper, D. J. Dana-Bashian, J. Guidance, Control, and Dynamics 25(3), 2002, 553-562 (glideslope with pulses).
"""

import numpy as np

from rvd.array_arguments import angle, eccentricity, positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import forced

__all__ = [
    "circle",
    "glideslope_pulse",
    "glideslope_time",
    "hold_cost",
    "hold_push",
    "line",
    "line_time",
    "push",
]

Motion = tuple[np.ndarray, np.ndarray, np.ndarray]


def __dir__() -> list[str]:
    return sorted(__all__)


_line_time = by_rows(forced.line_time, speed=positive, speeding=positive, braking=positive)
_line = by_rows(forced.line, speed=positive, speeding=positive, braking=positive)
_push = by_rows(
    forced.push,
    "e is above 0.999, or the chaser is at the centre",
    mu=positive,
    p=positive,
    e=eccentricity,
    nu=angle,
)
_hold_push = by_rows(forced.hold_push, n=positive)
_hold_cost = by_rows(forced.hold_cost, "t must not be below zero", n=positive)
_circle = by_rows(forced.circle, "axis is a zero vector, or the angle turned is too large")
_glideslope_time = by_rows(
    forced.glideslope_time, "speed must be above speed_end", speed=positive, speed_end=positive
)
_glideslope_pulse = by_rows(
    forced.glideslope_pulse,
    "speed must be above speed_end, k and pulses whole numbers, k from 0 to pulses, r off `to`, and the pause between "
    "two pulses shorter than half a turn",
    speed=positive,
    speed_end=positive,
    n=positive,
)


def line_time(start, end, speed, speeding, braking) -> np.ndarray:
    """Time (...), s, of a straight line from rest to rest: up to `speed`, cruise, down again.

    start, end: (..., 3), m, any axes; speed: (...), m/s, the most; speeding, braking: (...), m/s2, of both ramps; all
    three above zero. Where the line is too short for the speed the ramps meet.

    >>> round(float(line_time((0.0, -200.0, 0.0), (0.0, -20.0, 0.0), 0.3, 0.01, 0.005)), 1)
    645.0
    """
    return _line_time(start, end, speed, speeding, braking)


def line(start, end, speed, speeding, braking, t) -> Motion:
    """Place, velocity and acceleration (..., 3) on the line of `line_time`, `t` seconds after its start.

    t: (...), s; before 0 and after the end the chaser is at rest at that end. Give the three to `push` for the thrust
    that the line needs on any orbit.

    >>> r, v, change = line((0.0, -200.0, 0.0), (0.0, -20.0, 0.0), 0.3, 0.01, 0.005, [0.0, 15.0, 300.0])
    >>> r[:, 1].tolist(), v[:, 1].round(3).tolist(), change[:, 1].tolist()
    ([-200.0, -198.875, -114.5], [0.0, 0.15, 0.3], [0.0, 0.01, 0.0])
    """
    return _line(start, end, speed, speeding, braking, t)


def push(r, v, change, mu, p, e, nu) -> np.ndarray:
    """Acceleration by thrust (..., 3), m/s2, hill, that a motion needs about a target on any ellipse.

    r, v, change: (..., 3), place, velocity and acceleration in hill, as `line` and `circle` give them; mu: m3/s2; p:
    the target's semi-latus rectum, m; e: 0 to 0.999; nu: its true anomaly, rad; all (...). Exact two-body motion: the
    acceleration seen in hill, less what the rotation of the frame and the difference of gravity give (R. H. Battin, An
    Introduction to the Mathematics and Methods of Astrodynamics, 1999, section 8.4). No J2, no drag.

    >>> rest = (0.0, 0.0, 0.0)
    >>> (1e6 * push((-100.0, 0.0, 0.0), rest, rest, 3.986004418e14, 6.8e6, 0.0, 0.0)).round(3).tolist()
    [380.311, 0.0, 0.0]
    """
    return _push(r, v, change, mu, p, e, nu)


def hold_push(r, n) -> np.ndarray:
    """Acceleration by thrust (..., 3), m/s2, that holds a chaser at rest at r: (-3 n2 x, 0, n2 z).

    r: (..., 3), m, hill; n: (...), rad/s. First order in the separation: `push` is exact.

    >>> (1e6 * hold_push((-100.0, 0.0, 20.0), 0.00113)).round(2).tolist()
    [383.07, 0.0, 25.54]
    """
    return _hold_push(r, n)


def hold_cost(r, n, t) -> np.ndarray:
    """Velocity increment (...), m/s, of holding at r for `t` seconds, each axis pushed by nozzles of its own.

    r: (..., 3), m, hill; n: (...), rad/s; t: (...), s, from zero on. On the V-bar it is zero.

    >>> hold_cost([(0.0, -100.0, 0.0), (-100.0, 0.0, 0.0)], 0.00113, 600.0).round(3).tolist()
    [0.0, 0.23]
    """
    return _hold_cost(r, n, t)


def circle(r, centre, axis, rate, t) -> Motion:
    """Place, velocity and acceleration (..., 3) of a fly-around: a turn about any axis through `centre`.

    r, centre: (..., 3), m, hill, the start and a point of the axis; axis: (..., 3), not zero, of any length, the turn
    is right-handed about it; rate: (...), rad/s; t: (...), s. Give the three to `push` for the thrust. Rodrigues'
    rotation.

    >>> r, v, change = circle((0.0, -50.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0, 1.0), 0.01, [0.0, 157.0796327])
    >>> r.round(3).tolist(), v.round(3).tolist()
    ([[0.0, -50.0, 0.0], [50.0, 0.0, 0.0]], [[0.5, 0.0, -0.0], [-0.0, 0.5, 0.0]])
    """
    return _circle(r, centre, axis, rate, t)


def glideslope_time(r, to, speed, speed_end) -> np.ndarray:
    """Time (...), s, of a glideslope from r to `to`, on which the speed falls linearly with the distance to go.

    r, to: (..., 3), m; speed, speed_end: (...), m/s, toward `to` at both ends, the first the larger. Source: Hablani et
    al. 2002, eq. 10.

    >>> round(float(glideslope_time((0.0, -500.0, 0.0), (0.0, -20.0, 0.0), 1.0, 0.1)), 1)
    1228.0
    """
    return _glideslope_time(r, to, speed, speed_end)


def glideslope_pulse(r, v, to, speed, speed_end, pulses, k, n) -> Motion:
    """Time (...), place (..., 3) and burn (..., 3) of pulse k of a glideslope with pulses (Hablani et al. 2002).

    r, v: (..., 3), state before the first pulse, hill; to: (..., 3), its end; speed, speed_end: (...), m/s, on the line
    at both ends; pulses: (...), into how many equal times of free motion it is parted; k: (...), 0 to pulses, give
    `numpy.arange(pulses + 1)` for all; n: (...), rad/s. Between two pulses the chaser drifts by Clohessy-Wiltshire and
    leaves the line by little; each pulse aims at the next place on it, and the last leaves `speed_end` along the line.

    >>> import numpy as np
    >>> given = (0.0, -500.0, 0.0), (0.0, 0.0, 0.0), (0.0, -20.0, 0.0), 1.0, 0.1, 6
    >>> t, place, dv = glideslope_pulse(*given, np.arange(7), 0.00113)
    >>> t.round(1).tolist(), dv[0].round(3).tolist()
    ([0.0, 204.7, 409.3, 614.0, 818.7, 1023.4, 1228.0], [-0.19, 0.816, 0.0])
    >>> place[:, 1].round(1).tolist()
    [-500.0, -330.0, -214.2, -135.3, -81.6, -44.9, -20.0]
    """
    return _glideslope_pulse(r, v, to, speed, speed_end, pulses, k, n)


all_inside(globals(), forced)
