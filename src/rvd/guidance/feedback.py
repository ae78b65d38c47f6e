"""Feedback laws of one step: switches, phase plane, pulse widths, attitude. Gains of position: `rvd.guidance.lqr`.

Source: B. Wie, Space Vehicle Dynamics and Control, 2008, sections 7.2 to 7.6 (pulse modulation, quaternion feedback);
M. J. Sidi, Spacecraft Dynamics and Control, 1997, chapter 9 (Schmitt trigger, phase plane).
"""

import numpy as np

from rvd.array_arguments import positive
from rvd.by_rows import all_inside, by_rows
from rvd.core.guidance.toolbox import feedback

__all__ = ["phase_plane", "pulse_width", "quaternion_pd", "schmitt"]


def __dir__() -> list[str]:
    return sorted(__all__)


_schmitt = by_rows(feedback.schmitt, "on must be above off, off not below zero, and before -1, 0 or 1")
_phase_plane = by_rows(
    feedback.phase_plane, "dead must not be below zero", drift=positive, acceleration=positive
)
_pulse_width = by_rows(
    feedback.pulse_width,
    "shortest must be from zero to the period",
    full=positive,
    period=positive,
    parts=True,
)
_quaternion_pd = by_rows(feedback.quaternion_pd, "q or q_to is not of length one, or a gain is below zero")


def schmitt(signal, before, on, off) -> np.ndarray:
    """Output -1, 0 or 1 (...) of a relay with dead zone and hysteresis (Schmitt trigger), from the output before.

    signal, before, on, off: (...); on above off, off from zero on, before -1, 0 or 1. It goes on where |signal| is
    beyond `on`, off where it is within `off`, and between both it keeps pushing the same way. Source: Sidi 1997.

    >>> schmitt([0.5, 0.9, 0.5, 0.5, -2.0], [0.0, 0.0, 1.0, -1.0, 1.0], 0.8, 0.2).tolist()
    [0.0, 1.0, 1.0, 0.0, -1.0]
    """
    return _schmitt(signal, before, on, off)


def phase_plane(miss, rate, dead, drift, acceleration) -> np.ndarray:
    """Which way to push (...), -1, 0 or 1, by the place (miss, rate) in a phase plane. Source: Sidi 1997, chapter 9.

    miss, rate: (...), of one axis, any units; dead: (...), half of the dead zone, from zero on; drift: (...), the
    largest rate that is left alone; acceleration: (...), of a push. The switching curves are the parabolas that a push
    follows, shifted by the dead zone.

    >>> phase_plane([0.0, 2.0, 2.0, -2.0], [0.0, 0.0, -0.3, 0.0], 1.0, 0.2, 0.01).tolist()
    [0.0, -1.0, 1.0, 1.0]
    """
    return _phase_plane(miss, rate, dead, drift, acceleration)


def pulse_width(asked, full, period, shortest, owed) -> tuple[np.ndarray, np.ndarray]:
    """On-time (...), s, signed, for an acceleration that is asked for, and the time still owed (...), s.

    asked: (...), m/s2, signed; full: (...), m/s2, of the nozzle; period: (...), s, of control; shortest: (...), s, up
    to the period; owed: (...), s, the second result of the step before. A pulse shorter than `shortest` is not fired
    and stays owed; what is longer than the period is lost. Source: Wie 2008, section 7.5 (pulse width modulation).

    >>> on, owed = pulse_width([0.002, 0.0005, -0.02], 0.01, 1.0, 0.1, 0.0)
    >>> on.round(3).tolist(), owed.round(3).tolist()
    ([0.2, 0.0, -1.0], [0.0, 0.05, -0.0])
    """
    return _pulse_width(asked, full, period, shortest, owed)


def quaternion_pd(q, w, q_to, w_to, kp, kd) -> np.ndarray:
    """Torque (..., 3), body axes, that turns a body to an attitude by the shorter way: 2 kp e + kd (rate error).

    q, q_to: (..., 4), q_a_body, scalar last, of length one to 1e-3; w, w_to: (..., 3), rad/s, each in the axes of its
    attitude; kp: (...), N m/rad; kd: (...), N m s/rad; neither below zero (with gains in 1/s2 and 1/s the result is an
    angular acceleration). e is the vector of the error quaternion. Source: Wie 2008, section 7.3.

    >>> now, aim, still = (0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.05, 0.99875), (0.0, 0.0, 0.0)
    >>> quaternion_pd(now, (0.0, 0.0, 0.01), aim, still, 2.0, 5.0).round(4).tolist()
    [0.0, 0.0, 0.15]
    """
    return _quaternion_pd(q, w, q_to, w_to, kp, kd)


all_inside(globals(), feedback)
