"""Feedback laws of one step: switches, phase plane, pulse widths, attitude.

Source: B. Wie, Space Vehicle Dynamics and Control, 2008, sections 7.2 to 7.6 (pulse modulation, quaternion feedback);
M. J. Sidi, Spacecraft Dynamics and Control, 1997, chapter 9 (Schmitt trigger, phase plane).
"""

import math

from rvd.core.algebra.allowed import above_zero, not_negative, unit_quat
from rvd.core.algebra.quat import conjugate, multiply, rotate
from rvd.core.algebra.vec import add, scale, sub
from rvd.core.kernel import Quat, Vec, kernel


@kernel
def schmitt(signal: float, before: float, on: float, off: float) -> float:
    """Output -1, 0 or 1 of a relay with dead zone and hysteresis, from the one before.

    It goes on where |signal| is beyond `on` and off where it is within `off`; between both it stays as it was, if it
    pushes the same way.
    """
    off = not_negative(off)
    sound = (on > off) & ((before == 0.0) | (before == 1.0) | (before == -1.0))
    size, sign = abs(signal), 1.0 if signal > 0.0 else -1.0
    keeps = (size > off) & (before == sign)
    out = sign if (size > on) | keeps else 0.0
    return out if sound & (size == size) else math.nan


@kernel
def phase_plane(miss: float, rate: float, dead: float, drift: float, acceleration: float) -> float:
    """Which way to push (-1, 0, 1) by the place (miss, rate) of a phase plane.

    The switching curve is the parabola that a push follows, shifted by the dead zone: miss + rate |rate| /
    (2 acceleration). Beyond it, or where the rate is beyond `drift`, a push goes against; not where the chaser already
    comes back at `drift`.
    """
    reach = miss + 0.5 * rate * abs(rate) / above_zero(acceleration)
    dead, most = not_negative(dead), above_zero(drift)
    out = 0.0
    if (rate > most) | ((reach > dead) & (rate > -most)):
        out = -1.0
    if (rate < -most) | ((reach < -dead) & (rate < most)):
        out = 1.0
    return out + 0.0 * (reach + dead + most)


@kernel
def pulse_width(
    asked: float, full: float, period: float, shortest: float, owed: float
) -> tuple[float, float]:
    """On-time (s, signed) for an acceleration `asked` of a nozzle that gives `full`, and the time still owed.

    A pulse below `shortest` is not fired and stays owed; one longer than the period is cut, and what is cut is lost.
    """
    wanted = asked / above_zero(full) * above_zero(period) + owed
    size = abs(wanted)
    low = not_negative(shortest)
    fires = size >= low
    most = period if low <= period else math.nan
    cut = most if size > most else size + 0.0 * most
    on = math.copysign(cut, wanted) if fires else 0.0 * (low + most + size)
    return on, wanted if not fires else 0.0 * wanted


@kernel
def quaternion_pd(q: Quat, w: Vec, q_to: Quat, w_to: Vec, kp: float, kd: float) -> Vec:
    """Torque, or angular acceleration, in body axes: 2 kp of the vector of the error quaternion, kd of the rates.

    The shorter way round (Wie 2008, section 7.3, with the sign of the scalar); w_to in the axes of the aimed attitude.
    """
    x, y, z, s = multiply(conjugate(unit_quat(q)), unit_quat(q_to))
    k = 2.0 * not_negative(kp) if s >= 0.0 else -2.0 * not_negative(kp)
    return add(scale(k, (x, y, z)), scale(not_negative(kd), sub(rotate((x, y, z, s), w_to), w)))
