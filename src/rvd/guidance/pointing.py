"""Attitudes to fly: eigenaxis turns, looking at a point, mating with a port.

Quaternions (..., 4) have the scalar last; q_a_b takes components in b to those in a. Rates are in body axes, rad/s.
Source: B. Wie, Space Vehicle Dynamics and Control, 2008, section 7.3 (eigenaxis turns); M. D. Shuster, S. D. Oh,
J. Guidance and Control 4(1), 1981, 70-77 (TRIAD).
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import pointing

__all__ = ["look_at", "mating", "slew", "slew_time"]


def __dir__() -> list[str]:
    return sorted(__all__)


_LENGTH = "a quaternion is not of length one"
_slew_time = by_rows(pointing.slew_time, _LENGTH, rate=positive, acceleration=positive)
_slew = by_rows(pointing.slew, _LENGTH, rate=positive, acceleration=positive)
_look_at = by_rows(
    pointing.look_at, "a direction is zero, or the one to look along and the one up are parallel"
)
_mating = by_rows(pointing.mating, _LENGTH)


def slew_time(q_from, q_to, rate, acceleration) -> np.ndarray:
    """Time (...), s, of the eigenaxis turn from one attitude to another, from rest to rest, the shorter way.

    q_from, q_to: (..., 4), of length one to 1e-3; rate: (...), rad/s, the most; acceleration: (...), rad/s2.

    >>> round(float(slew_time((0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 0.0), 0.01, 0.001)), 3)
    324.159
    """
    return _slew_time(q_from, q_to, rate, acceleration)


def slew(q_from, q_to, rate, acceleration, t) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Attitude (..., 4), rate and angular acceleration (..., 3) on the turn of `slew_time`, `t` s after its start.

    t: (...), s; before the start and after the end the body is at rest there. The rate rises and falls with the
    `acceleration` and stays at `rate` between, or the ramps meet.

    >>> q, w, change = slew((0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 0.0), 0.01, 0.001, 162.0796)
    >>> q.round(4).tolist(), w.round(4).tolist(), change.tolist()
    ([0.0, 0.0, 0.7071, 0.7071], [0.0, 0.0, 0.01], [0.0, 0.0, 0.0])
    """
    return _slew(q_from, q_to, rate, acceleration, t)


def look_at(r, to, up, bore, up_body) -> np.ndarray:
    """q_a_body (..., 4) of a body at r whose axis `bore` points to `to`, with `up_body` as near to `up` as can be.

    r, to: (..., 3), m, axes a; up: (..., 3), a direction in a; bore, up_body: (..., 3), directions in the body. TRIAD.

    >>> forward, down = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
    >>> look_at((0.0, -100.0, 0.0), (0.0, 0.0, 0.0), (-1.0, 0.0, 0.0), forward, down).round(3).tolist()
    [-0.5, -0.5, 0.5, 0.5]
    """
    return _look_at(r, to, up, bore, up_body)


def mating(r_port, q_a_port, port_body, q_body_port, gap, roll) -> tuple[np.ndarray, np.ndarray]:
    """Place (..., 3), m, and q_a_body (..., 4) of a chaser whose port faces the target's port, `gap` m before it.

    r_port, q_a_port: (..., 3), (..., 4), the target's port in axes a; port_body, q_body_port: the chaser's port in its
    body. A port's axes are out, right, down, x leaving the vehicle: facing ports have opposite x and, with roll (...),
    rad, of zero, the same z; the roll is right-handed about the target's x. gap: (...), m.

    >>> same = (0.0, 0.0, 0.0, 1.0)
    >>> r, q = mating((0.0, 2.0, 0.0), same, (1.5, 0.0, 0.0), same, 0.5, 0.0)
    >>> r.round(3).tolist(), q.round(3).tolist()
    ([2.0, 2.0, 0.0], [0.0, 0.0, 1.0, 0.0])
    """
    return _mating(r_port, q_a_port, port_body, q_body_port, gap, roll)


all_inside(globals(), pointing)
