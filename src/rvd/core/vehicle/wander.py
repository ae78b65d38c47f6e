"""Angles that wander: a Gauss-Markov process of the second order as a sum of sinusoids, a function of time alone.

The process has the autocorrelation rms^2 (1 + b s) exp(-b s) over a lag of s, with b = `CORNER` / correlation time, so
that it is 1/e after one correlation time, and a power spectrum that goes by 1 / (b^2 + w^2)^2 (Gelb 1974, table 2.2-1).

With w = b tan(p) equal parts of p hold a power that goes by cos(p)^2. So a line is drawn in each of `LINES` equal bands
of p: its p evenly in the band, its phase evenly over the circle, its amplitude as cos(p). Then the mean over runs has
the variance and the autocorrelation of the process, and one run alone nearly so (Shinozuka and Jan 1972, "Digital
simulation of random processes and its applications", Journal of Sound and Vibration 25, who draw frequencies near fixed
ones). The bands end at w = `FASTEST` b, which leaves out 0.04 % of the power, and an eighth of that of the rate: so
the rate, the derivative of the angle, is bounded by 0.7 `LINES` b rms, and a step resolves it.
"""

import math

from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.random import stream_of, uniform4
from rvd.core.kernel import Sheet, Vec, kernel
from rvd.core.vehicle.lines import sum_of_lines

LINES = 8
"""Sinusoids an axis."""

CORNER = 2.146193220620582
"""Where (1 + x) exp(-x) is 1/e: correlation time times corner frequency."""

FASTEST = 10.0
"""The highest frequency over the corner frequency."""

SPAN = 1.4711276743037347
"""atan(`FASTEST`), rad: the bands of p together."""

POWER = 0.9995806257693467
"""Share of the power below the highest frequency: 2 / pi (atan(x) + x / (1 + x^2)), x = `FASTEST`."""

AMPLITUDE = math.sqrt(8.0 * SPAN / (3.141592653589793 * LINES * POWER))
"""Amplitude of a line over rms cos(p): half its square is the power 4 / pi cos(p)^2 of a band `SPAN` / `LINES` wide."""

STREAM = stream_of("target.attitude")


@kernel
def start_wander(lines: Sheet, rms: Vec, correlation_time: Vec, seed: int, run: int) -> None:
    """Writes the first 3 `LINES` lines of a run, axis after axis: rms in rad, correlation times in s."""
    for axis in range(3):
        corner = CORNER / correlation_time[axis]
        for k in range(LINES):
            at = axis * LINES + k
            a, b, _, _ = uniform4(seed, run, STREAM, at)
            s, c = sincos(SPAN * (k + a) / LINES)
            lines[at, 0] = corner * s / c
            lines[at, 1] = 6.283185307179586 * b
            lines[at, 2] = AMPLITUDE * rms[axis] * c
            lines[at, 3] = AMPLITUDE * rms[axis] * corner * s


@kernel
def wander(lines: Sheet, axis: int, t: float) -> tuple[float, float]:
    """Angle (rad) about an axis (0 to 2) at t (s), and its rate (rad/s)."""
    return sum_of_lines(lines, axis * LINES, (axis + 1) * LINES, t)
