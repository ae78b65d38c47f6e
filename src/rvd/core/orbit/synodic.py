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

from rvd.core.algebra.vec import add, axpy, cross, dot, neg, norm, scale, sub
from rvd.core.constants import MU_EARTH, MU_MOON
from rvd.core.kernel import Vec, kernel
from rvd.core.orbit import frames
from rvd.core.orbit.ephemeris import MOON_SHARE as MOON_SHARE
from rvd.core.orbit.ephemeris import Ephemeris, moon_from_earth

Six = tuple[float, float, float, float, float, float]

#: Half of the interval over which the Moon's acceleration is differenced from its velocity, s: errs by 1e-12 m/s2.
SPREAD = 30.0


class Synodic(NamedTuple):
    """The frame at an instant."""

    #: The axes by rows, each a unit vector on axes of the ICRF.
    axes: frames.Axes
    #: The rate at which the frame turns, rad/s, on its own axes.
    turn: Vec
    #: The unit of length, the distance of the Moon from the Earth, m.
    length: float
    #: Its rate, m/s.
    stretch: float
    #: The unit of time, s.
    time: float


@kernel
def synodic(t: float, ephemeris: Ephemeris) -> Synodic:
    """The frame at `t`; NaN within half a minute of the ends of the ephemeris, or beyond them."""
    r, v = moon_from_earth(t, ephemeris)
    _, before = moon_from_earth(t - SPREAD, ephemeris)
    _, after = moon_from_earth(t + SPREAD, ephemeris)
    a = scale(1.0 / (2.0 * SPREAD), sub(after, before))
    length = norm(r)
    return Synodic(
        axes=frames.hill_axes(r, v),
        turn=frames.hill_rates(r, v, a),
        length=length,
        stretch=dot(r, v) / length,
        time=math.sqrt(length * length * length / (MU_EARTH + MU_MOON)),
    )


@kernel
def halves(state: Six) -> tuple[Vec, Vec]:
    """Place and velocity of a state."""
    return (state[0], state[1], state[2]), (state[3], state[4], state[5])


@kernel
def joined(r: Vec, v: Vec) -> Six:
    """The state of a place and a velocity."""
    return r[0], r[1], r[2], v[0], v[1], v[2]


@kernel
def mci_from_synodic(state: Six, t: float, mu: float, ephemeris: Ephemeris) -> Six:
    """State about the Moon, m and m/s, of a synodic one; `mu` places the Moon at 1 - mu."""
    frame, (r, v) = synodic(t, ephemeris), halves(state)
    place = sub(r, (1.0 - mu, 0.0, 0.0))
    far = scale(frame.length, place)
    moving = axpy(frame.stretch, place, scale(frame.length / frame.time, v))
    return joined(
        frames.out_of(frame.axes, far), frames.out_of(frame.axes, add(moving, cross(frame.turn, far)))
    )


@kernel
def synodic_from_mci(state: Six, t: float, mu: float, ephemeris: Ephemeris) -> Six:
    """The inverse of `mci_from_synodic`."""
    frame, (r, v) = synodic(t, ephemeris), halves(state)
    far, moving = frames.into(frame.axes, r), frames.into(frame.axes, v)
    place = scale(1.0 / frame.length, far)
    rate = sub(axpy(-frame.stretch, place, moving), cross(frame.turn, far))
    return joined(add(place, (1.0 - mu, 0.0, 0.0)), scale(frame.time / frame.length, rate))


@kernel
def eci_from_mci(state: Six, t: float, ephemeris: Ephemeris) -> Six:
    """State about the Earth of one about the Moon, m and m/s."""
    (r, v), (moon, moving) = halves(state), moon_from_earth(t, ephemeris)
    return joined(add(r, moon), add(v, moving))


@kernel
def mci_from_eci(state: Six, t: float, ephemeris: Ephemeris) -> Six:
    """State about the Moon of one about the Earth, m and m/s."""
    (r, v), (moon, moving) = halves(state), moon_from_earth(t, ephemeris)
    return joined(add(r, neg(moon)), add(v, neg(moving)))


@kernel
def eci_from_synodic(state: Six, t: float, mu: float, ephemeris: Ephemeris) -> Six:
    """State about the Earth of a synodic one."""
    return eci_from_mci(mci_from_synodic(state, t, mu, ephemeris), t, ephemeris)


@kernel
def synodic_from_eci(state: Six, t: float, mu: float, ephemeris: Ephemeris) -> Six:
    """The inverse of `eci_from_synodic`."""
    return synodic_from_mci(mci_from_eci(state, t, ephemeris), t, mu, ephemeris)
