"""Where the Moon and the Sun are: Chebyshev pieces of JPL's DE440 (2020 to 2044), evaluated inside kernels.

Axes ICRF (J2000 to 0.02 arcsec), metres, seconds of TDB past J2000 (orbit.timescales). Equal to DE440 to 0.2 mm
(Moon) and 5 mm (Sun). Source: R. S. Park et al., The JPL Planetary and Lunar Ephemerides DE440 and DE441, AJ 161:105
(2021); data of NASA/JPL. The pieces are made by scripts/make_ephemeris.py.
"""

import functools
import math
from importlib import resources
from typing import NamedTuple

import numpy as np

from rvd.core.algebra.vec import axpy, neg
from rvd.core.constants import MU_EARTH, MU_MOON, MU_SUN
from rvd.core.kernel import Sheet, Stack, Vec, entry, kernel
from rvd.errors import RvdError

#: Mass of the Moon over that of Earth and Moon, DE440: 1 / (1 + 81.30056822)
MOON_SHARE = 1.0 / 82.30056821927057


class Ephemeris(NamedTuple):
    """Tables (pieces, 3, coefficients): Moon from Earth, Sun from the Earth-Moon barycentre."""

    #: The instant at which both tables begin, s of TDB past J2000.
    start: float
    #: How long a piece of the Moon's table lasts, s.
    moon_length: float
    #: How long a piece of the Sun's table lasts, s.
    sun_length: float
    #: Chebyshev coefficients (pieces, 3, coefficients) of the Moon's place from the Earth, m, axes of the ICRF.
    moon: Stack
    #: Those of the Sun's place from the Earth-Moon barycentre, m, axes of the ICRF.
    sun: Stack


@functools.cache
def de440() -> Ephemeris:
    """The tables that come with the package; they cover `span`."""
    with resources.files("rvd.core.orbit").joinpath("data/de440.npz").open("rb") as file:
        data = np.load(file)
        return Ephemeris(
            float(data["start"]),
            float(data["moon_length"]),
            float(data["sun_length"]),
            np.ascontiguousarray(data["moon"]),
            np.ascontiguousarray(data["sun"]),
        )


def span(ephemeris: Ephemeris) -> tuple[float, float]:
    """First and last instant covered, seconds of TDB past J2000; both have their places."""
    moon = ephemeris.start + len(ephemeris.moon) * ephemeris.moon_length
    sun = ephemeris.start + len(ephemeris.sun) * ephemeris.sun_length
    return ephemeris.start, min(moon, sun)


def check_covered(ephemeris: Ephemeris, begin: float, end: float) -> None:
    """Raises RvdError where an interval (TDB) leaves the tables."""
    first, last = span(ephemeris)
    if not (first <= begin <= end <= last):
        years = " (2020 to 2044)" if ephemeris is de440() else ""
        raise RvdError(
            f"the ephemeris covers {first:.0f} to {last:.0f} s of TDB past J2000{years}, not "
            f"{begin:.0f} to {end:.0f}"
        )


@kernel
def piece(table: np.ndarray, start: float, length: float, t: float) -> tuple[Vec, Vec]:
    """Position and velocity from a table (pieces, 3, coefficients) by Clenshaw's sums; NaN outside of it.

    The first and the last instant are inside: `start` and, as `span` forms it, start + pieces length.
    """
    count = table.shape[0]
    if not (t >= start and t <= start + count * length):
        return (math.nan, math.nan, math.nan), (math.nan, math.nan, math.nan)
    # the last instant ends the last piece
    i = min(int((t - start) / length), count - 1)
    x = 2.0 * ((t - start) - i * length) / length - 1.0
    ax, ay, az = _clenshaw(table, i, 0, x), _clenshaw(table, i, 1, x), _clenshaw(table, i, 2, x)
    rate = 2.0 / length
    return (ax[0], ay[0], az[0]), (rate * ax[1], rate * ay[1], rate * az[1])


@kernel
def _clenshaw(table: np.ndarray, i: int, axis: int, x: float) -> tuple[float, float]:
    """Value and derivative in x of a Chebyshev series."""
    b1 = b2 = d1 = d2 = 0.0
    for j in range(table.shape[2] - 1, 0, -1):
        b0 = 2.0 * x * b1 - b2 + table[i, axis, j]
        d0 = 2.0 * x * d1 - d2 + 2.0 * b1
        b2, b1, d2, d1 = b1, b0, d1, d0
    return x * b1 - b2 + table[i, axis, 0], x * d1 - d2 + b1


@kernel
def moon_from_earth(t: float, ephemeris: Ephemeris) -> tuple[Vec, Vec]:
    """Position and velocity of the Moon from the Earth at `t` (TDB); NaN where not covered."""
    return piece(ephemeris.moon, ephemeris.start, ephemeris.moon_length, t)


@kernel
def sun_from_earth(t: float, ephemeris: Ephemeris) -> tuple[Vec, Vec]:
    """Position and velocity of the Sun from the Earth at `t` (TDB); geometric, no light time."""
    r, v = piece(ephemeris.sun, ephemeris.start, ephemeris.sun_length, t)
    moon, moving = moon_from_earth(t, ephemeris)
    return axpy(MOON_SHARE, moon, r), axpy(MOON_SHARE, moving, v)


@kernel
def earth_from_moon(t: float, ephemeris: Ephemeris) -> tuple[Vec, Vec]:
    """Position and velocity of the Earth from the Moon at `t` (TDB)."""
    r, v = moon_from_earth(t, ephemeris)
    return neg(r), neg(v)


@kernel
def sun_from_moon(t: float, ephemeris: Ephemeris) -> tuple[Vec, Vec]:
    """Position and velocity of the Sun from the Moon at `t` (TDB)."""
    r, v = sun_from_earth(t, ephemeris)
    moon, moving = moon_from_earth(t, ephemeris)
    return axpy(-1.0, moon, r), axpy(-1.0, moving, v)


def sky_table(ephemeris: Ephemeris, about: str, begin: float, h: float, steps: int) -> np.ndarray:
    """Third bodies over `steps` steps of `h` seconds from `begin` (TDB): rows (2 steps + 1, 8), one every half step.

    A row is (mu, x, y, z) twice: of the Moon and the Sun about the "earth", of the Earth and the Sun about the "moon".
    Raises RvdError for what the ephemeris does not cover.
    """
    if about not in ("earth", "moon"):
        raise RvdError(f'motion is about the "earth" or the "moon", not {about!r}')
    check_covered(ephemeris, min(begin, begin + h * steps), max(begin, begin + h * steps))
    table = np.empty((2 * steps + 1, 8))
    _fill(ephemeris, about == "moon", begin, 0.5 * h, table)
    table[:, 0], table[:, 4] = MU_EARTH if about == "moon" else MU_MOON, MU_SUN
    return table


@entry
def _fill(ephemeris: Ephemeris, lunar: bool, begin: float, h: float, table: Sheet) -> None:
    for k in range(table.shape[0]):
        t = begin + k * h
        if lunar:
            near, sun = earth_from_moon(t, ephemeris)[0], sun_from_moon(t, ephemeris)[0]
        else:
            near, sun = moon_from_earth(t, ephemeris)[0], sun_from_earth(t, ephemeris)[0]
        table[k, 1], table[k, 2], table[k, 3] = near
        table[k, 5], table[k, 6], table[k, 7] = sun
