"""The turning frame of Earth and Moon, and states between it, the Moon's inertial axes and the Earth's.

synodic   x from Earth to Moon, z along their orbital momentum; turns and breathes with the ephemeris. Lengths in units
          of the Earth-Moon distance of the instant, times in units that make its two-body motion 1 rad a unit; origin
          at the barycentre. A state of the circular problem (orbit.cr3bp) maps to the ephemeris through it.
mci, eci  inertial axes (ICRF) about the Moon, about the Earth; metres, seconds of TDB past J2000

What is approximate: nothing in the maps themselves. But a periodic orbit of the circular problem, so mapped, is not
periodic: the true Moon's distance breathes by 6 % (e = 0.055), and the Sun pulls.
Source: the pulsating frame of G. Gomez, J. J. Masdemont, J. M. Mondelo, Libration point orbits, 2002, section 1.
"""

import math
from typing import NamedTuple

import numpy as np

from rvd.core.constants import MU_EARTH, MU_MOON
from rvd.core.orbit import frames
from rvd.core.orbit.ephemeris import MOON_SHARE, Ephemeris, check_covered, moon_from_earth

#: Half of the interval over which the Moon's acceleration is differenced from its velocity, s: errs by 1e-12 m/s2.
SPREAD = 30.0


class Synodic(NamedTuple):
    """The frame at an instant: axes by rows, their turn rate (rad/s), unit of length (m), its rate, unit of time."""

    axes: np.ndarray
    turn: np.ndarray
    length: float
    stretch: float
    time: float


def synodic(ephemeris: Ephemeris, t: float) -> Synodic:
    """The frame at `t`. Raises RvdError within half a minute of the ends of the ephemeris, or beyond them."""
    check_covered(ephemeris, t - SPREAD, t + SPREAD)
    r, v = moon_from_earth(t, ephemeris)
    before, after = (moon_from_earth(t + way, ephemeris)[1] for way in (-SPREAD, SPREAD))
    a = (
        (after[0] - before[0]) / (2.0 * SPREAD),
        (after[1] - before[1]) / (2.0 * SPREAD),
        (after[2] - before[2]) / (2.0 * SPREAD),
    )
    length = math.sqrt(sum(x * x for x in r))
    stretch = sum(x * y for x, y in zip(r, v)) / length
    turn = np.array(frames.hill_rates(r, v, a))
    return Synodic(
        np.array(frames.hill_axes(r, v)), turn, length, stretch, math.sqrt(length**3 / (MU_EARTH + MU_MOON))
    )


def mci_from_synodic(ephemeris: Ephemeris, t: float, state, mu: float = MOON_SHARE) -> np.ndarray:
    """States (..., 6) about the Moon, m and m/s, of synodic ones (..., 6); `mu` places the Moon at 1 - mu."""
    frame, state = synodic(ephemeris, t), np.asarray(state, float)
    place = state[..., :3] - (1.0 - mu, 0.0, 0.0)
    r = frame.length * place
    v = frame.stretch * place + frame.length / frame.time * state[..., 3:] + np.cross(frame.turn, r)
    return np.concatenate((r @ frame.axes, v @ frame.axes), axis=-1)


def synodic_from_mci(ephemeris: Ephemeris, t: float, state, mu: float = MOON_SHARE) -> np.ndarray:
    """The inverse of `mci_from_synodic`."""
    frame, state = synodic(ephemeris, t), np.asarray(state, float)
    r, v = state[..., :3] @ frame.axes.T, state[..., 3:] @ frame.axes.T
    place = r / frame.length
    rate = (v - frame.stretch * place - np.cross(frame.turn, r)) * (frame.time / frame.length)
    return np.concatenate((place + (1.0 - mu, 0.0, 0.0), rate), axis=-1)


def eci_from_mci(ephemeris: Ephemeris, t: float, state) -> np.ndarray:
    """States (..., 6) about the Earth of those about the Moon, m and m/s."""
    check_covered(ephemeris, t, t)
    return np.asarray(state, float) + np.concatenate(moon_from_earth(t, ephemeris))


def mci_from_eci(ephemeris: Ephemeris, t: float, state) -> np.ndarray:
    """States (..., 6) about the Moon of those about the Earth, m and m/s."""
    check_covered(ephemeris, t, t)
    return np.asarray(state, float) - np.concatenate(moon_from_earth(t, ephemeris))


def eci_from_synodic(ephemeris: Ephemeris, t: float, state, mu: float = MOON_SHARE) -> np.ndarray:
    """States (..., 6) about the Earth of synodic ones (..., 6)."""
    return eci_from_mci(ephemeris, t, mci_from_synodic(ephemeris, t, state, mu))


def synodic_from_eci(ephemeris: Ephemeris, t: float, state, mu: float = MOON_SHARE) -> np.ndarray:
    """The inverse of `eci_from_synodic`."""
    return synodic_from_mci(ephemeris, t, mci_from_eci(ephemeris, t, state), mu)
