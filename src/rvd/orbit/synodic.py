"""States of many craft between the turning Earth-Moon frame and inertial axes: `rvd.core.orbit.synodic` over arrays.

state: (..., 6), place and velocity; synodic ones in units of the Earth-Moon distance of the instant and of its time,
inertial ones (ICRF about the Moon, `mci`, or the Earth, `eci`) in m and m/s. t: (...), seconds of TDB past J2000. mu:
where the Moon stands, at 1 - mu. ephemeris: of rvd.orbit.spice, or the package's DE440 (2020 to 2044); RvdError
for an instant that it does not cover.
"""

from collections.abc import Callable

import numpy as np

from rvd.array_arguments import ArgumentError, rows, shaped, single
from rvd.core.orbit import synodic
from rvd.core.orbit.ephemeris import MOON_SHARE
from rvd.orbit.ephemeris import tables

__all__ = [
    "eci_from_mci",
    "eci_from_synodic",
    "mci_from_eci",
    "mci_from_synodic",
    "synodic_from_eci",
    "synodic_from_mci",
]


def __dir__() -> list[str]:
    return sorted(__all__)


def _mapped(law: Callable, state, t, ephemeris, *mu) -> np.ndarray:
    for share in mu:
        if not 0.0 < single("mu", share) < 1.0:
            raise ArgumentError(f"mu is between 0 and 1, not {share:g}")
    table = tables(ephemeris)
    lead, (state, t) = rows({"state": state}, {"t": t}, width=6)
    out = np.empty_like(state)
    for instant in np.unique(t):
        mine = t == instant
        out[mine] = law(table, float(instant), state[mine], *mu)
    return shaped(lead, out)


def mci_from_synodic(state, t, *, mu=MOON_SHARE, ephemeris=None) -> np.ndarray:
    """States (..., 6) about the Moon of synodic ones."""
    return _mapped(synodic.mci_from_synodic, state, t, ephemeris, mu)


def synodic_from_mci(state, t, *, mu=MOON_SHARE, ephemeris=None) -> np.ndarray:
    """Synodic states (..., 6) of those about the Moon."""
    return _mapped(synodic.synodic_from_mci, state, t, ephemeris, mu)


def eci_from_synodic(state, t, *, mu=MOON_SHARE, ephemeris=None) -> np.ndarray:
    """States (..., 6) about the Earth of synodic ones."""
    return _mapped(synodic.eci_from_synodic, state, t, ephemeris, mu)


def synodic_from_eci(state, t, *, mu=MOON_SHARE, ephemeris=None) -> np.ndarray:
    """Synodic states (..., 6) of those about the Earth."""
    return _mapped(synodic.synodic_from_eci, state, t, ephemeris, mu)


def eci_from_mci(state, t, *, ephemeris=None) -> np.ndarray:
    """States (..., 6) about the Earth of those about the Moon."""
    return _mapped(synodic.eci_from_mci, state, t, ephemeris)


def mci_from_eci(state, t, *, ephemeris=None) -> np.ndarray:
    """States (..., 6) about the Moon of those about the Earth."""
    return _mapped(synodic.mci_from_eci, state, t, ephemeris)
