"""The attitude that a loop of momentum management leaves: sinusoids at the orbital rate n and at 2n about each axis.

A station that holds itself by control moment gyros, without jets, must not gather momentum in them. So it moves slowly
about the attitude in which the torques on it balance, as torques of gravity and air change over the orbit, at n and
at 2n (Wie et al. 1989, "New approach to attitude/momentum control for the Space Station", Journal of Guidance,
Control, and Dynamics 12(5); Harduvel 1992, "Continuous momentum management of Earth-oriented spacecraft", the same
15(6); both unverified). The loop is linear, and what it leaves has the frequencies of the torques.

Here the angle answers a torque as a system of the second order does, with the loop's bandwidth as its natural frequency
w and with a damping of `DAMPING`, each axis by itself (assumed). So an angle at the frequency v is proportional to
1 / sqrt((1 - x^2)^2 + (2 `DAMPING` x)^2), x = v / w: 3 dB are lost at 1.01 w. The torque at 2n has `SECOND` of the
amplitude of that at n. Both phases are drawn about each axis in each run, evenly over the circle (assumed); so the lag
of the loop does not matter. What the case says is the amplitude that is left at n; that at 2n follows.
"""

import math
from typing import NamedTuple

from rvd.core.algebra.random import stream_of, uniform4
from rvd.core.kernel import Sheet, Vec, kernel
from rvd.core.vehicle.lines import sum_of_lines
from rvd.core.vehicle.wander import LINES

DAMPING = 0.7
"""Of the closed loop (assumed)."""

SECOND = 0.5
"""Torque at 2n over that at n: as about roll and yaw in Wie et al. 1989 (unverified)."""

BEGIN = 3 * LINES
"""The first line of the loop: those by which the attitude wanders stand before it."""

END = BEGIN + 6
"""Behind the last: about each axis one at n and one at 2n."""

STREAM = stream_of("target.attitude.momentum")


class MomentumLoop(NamedTuple):
    """What a loop of momentum management leaves, by body axis."""

    #: The amplitude at the orbital rate about each axis, rad; zero: none is left at twice the rate either.
    amplitude: Vec
    #: The loop's natural frequency about each axis, in orbital rates.
    bandwidth: Vec


@kernel
def start_momentum(lines: Sheet, loop: MomentumLoop, n: float, seed: int, run: int) -> None:
    """Writes the loop's lines of a run, axis after axis; n is the orbital rate, rad/s."""
    for axis in range(3):
        first, second, _, _ = uniform4(seed, run, STREAM, axis)
        at, amplitude = BEGIN + 2 * axis, loop.amplitude[axis]
        write_line(lines, at, n, first, amplitude)
        write_line(lines, at + 1, 2.0 * n, second, amplitude * second_over_first(loop.bandwidth[axis]))


@kernel
def write_line(lines: Sheet, at: int, frequency: float, phase: float, angle: float) -> None:
    """Writes one line: its frequency (rad/s), its phase in turns, its amplitude (rad)."""
    lines[at, 0] = frequency
    lines[at, 1] = 6.283185307179586 * phase
    lines[at, 2] = angle
    lines[at, 3] = angle * frequency


@kernel
def second_over_first(bandwidth: float) -> float:
    """Amplitude at twice the orbital rate over that at the rate, of a loop of this bandwidth in orbital rates."""
    return SECOND * math.sqrt(resistance(1.0 / bandwidth) / resistance(2.0 / bandwidth))


@kernel
def resistance(x: float) -> float:
    """How a torque at x natural frequencies is kept from the angle: (torque / angle)^2, 1 for a constant torque."""
    a, b = 1.0 - x * x, 2.0 * DAMPING * x
    return a * a + b * b


@kernel
def momentum(lines: Sheet, axis: int, t: float) -> tuple[float, float]:
    """Angle (rad) about an axis (0 to 2) at t (s), and its rate (rad/s)."""
    return sum_of_lines(lines, BEGIN + 2 * axis, BEGIN + 2 * axis + 2, t)
