"""Multipath: the error of GPS by signals that the station reflects, large near it and slow to change.

A second-order Gauss-Markov process an axis, so that the error of the velocity is the rate of that of the position:
correlation exp(-s/m) (1 + s/m) over s seconds of memory m, standard deviation of the rate 1/m of the error's.
Source: Gelb, Applied Optimal Estimation, 1974, table 2.2-1. It is steady within `range` and falls off with the square
of the distance beyond, as the solid angle that the station fills (assumed).
"""

import math
from typing import NamedTuple

from rvd.core.algebra.elementary import exp
from rvd.core.algebra.random import normal4
from rvd.core.algebra.vec import axpy, scale, select, sub
from rvd.core.kernel import Vec, kernel
from rvd.core.signals import Key
from rvd.core.vehicle.noise import noisy

SHORTEST = 5.0
"""Shortest memory (s): the process is stepped once a second, as often as GPS looks at most."""


class Multipath(NamedTuple):
    """What the error by reflected signals is like."""

    #: One sigma an axis of the error of position within `range`, m.
    sigma: float
    #: The distance within which the error is steady, m.
    range: float
    #: How long it lasts, s; less than `SHORTEST` counts as that.
    memory: float


class Echo(NamedTuple):
    """The process, without a unit, hill axes: white noise through two lags."""

    #: The first lag, of unit variance an axis.
    drive: Vec
    #: The second lag, of some half of that; `echo_errors` scales it to a position.
    error: Vec


@kernel
def first_echo(seed: int, run: int, stream: int) -> Echo:
    """The echo at the start of a run, as if it had gone on for ever."""
    zero = (0.0, 0.0, 0.0)
    drive = noisy(zero, 1.0, normal4(seed, run, stream, 0))
    return Echo(drive, noisy(scale(0.5, drive), 0.5, normal4(seed, run, stream, 1)))


@kernel
def lags(memory: float) -> tuple[float, float, float]:
    """The memory in use (s), what each lag keeps over a second, and what the second takes from the first."""
    m = memory if memory > SHORTEST else SHORTEST
    k = exp(-1.0 / m)
    return m, k, k / m


@kernel
def later_echo(echo: Echo, memory: float, stream: int, key: Key) -> Echo:
    """The echo at this tick: a step of one second where a second begins."""
    _, k, g = lags(memory)
    new = normal4(key.seed, key.run, stream, key.tick.number)
    drive = noisy(scale(k, echo.drive), math.sqrt(1.0 - k * k), new)
    error = axpy(g, echo.drive, scale(k, echo.error))
    begins = key.tick.first
    return Echo(select(begins, drive, echo.drive), select(begins, error, echo.error))


@kernel
def echo_errors(multipath: Multipath, echo: Echo, distance: float) -> tuple[Vec, Vec]:
    """Errors of position (m) and velocity (m/s) at a distance (m) from the station."""
    m, k, g = lags(multipath.memory)
    near = multipath.range / distance if distance > multipath.range else 1.0
    # The variance of `error` is g2 (1 + k2) / (1 - k2)2, by the steady state of the two lags.
    size = near * near * multipath.sigma * (1.0 - k * k) / (g * math.sqrt(1.0 + k * k))
    return scale(size, echo.error), scale(size / m, sub(echo.drive, echo.error))
