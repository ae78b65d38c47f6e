"""States of many craft between the turning Earth-Moon frame and inertial axes: `rvd.core.orbit.synodic` over arrays.

state: (..., 6), place and velocity; synodic ones in units of the Earth-Moon distance of the instant and of its time,
inertial ones (ICRF about the Moon, `mci`, or the Earth, `eci`) in m and m/s. t: (...), seconds of TDB past J2000. mu:
where the Moon stands, at 1 - mu. ephemeris: of rvd.orbit.spice, or the package's DE440 (2020 to 2044); RvdError
for an instant that it does not cover.
"""

import numpy as np

from rvd.array_arguments import ArgumentError, rows, shaped, single
from rvd.core.kernel import Row, Sheet, Table, entry, inside
from rvd.core.orbit import domains, synodic
from rvd.core.orbit.ephemeris import MOON_SHARE, Ephemeris, check_covered
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


MCI_FROM_SYNODIC, SYNODIC_FROM_MCI, ECI_FROM_SYNODIC, SYNODIC_FROM_ECI, ECI_FROM_MCI, MCI_FROM_ECI = range(6)


@entry
def _map(kind: int, state: Table, t: Row, mu: float, ephemeris: Ephemeris, out: Sheet) -> None:
    for i in range(t.size):
        x = (state[i, 0], state[i, 1], state[i, 2], state[i, 3], state[i, 4], state[i, 5])
        if kind == MCI_FROM_SYNODIC:
            y = synodic.mci_from_synodic(x, t[i], mu, ephemeris)
        elif kind == SYNODIC_FROM_MCI:
            y = synodic.synodic_from_mci(x, t[i], mu, ephemeris)
        elif kind == ECI_FROM_SYNODIC:
            y = synodic.eci_from_synodic(x, t[i], mu, ephemeris)
        elif kind == SYNODIC_FROM_ECI:
            y = synodic.synodic_from_eci(x, t[i], mu, ephemeris)
        elif kind == ECI_FROM_MCI:
            y = synodic.eci_from_mci(x, t[i], ephemeris)
        else:
            y = synodic.mci_from_eci(x, t[i], ephemeris)
        for j in range(6):
            out[i, j] = y[j]


def _mapped(kind: int, state, t, ephemeris, mu=MOON_SHARE) -> np.ndarray:
    share = single("mu", mu)
    if not 0.0 < share < 1.0:
        raise ArgumentError(f"mu is between 0 and 1, not {share:g}")
    table = tables(ephemeris)
    lead, (state, t) = rows({"state": state}, {"t": t}, width=6)
    if t.size:
        spread = 0.0 if kind in (ECI_FROM_MCI, MCI_FROM_ECI) else synodic.SPREAD
        check_covered(table, float(np.min(t)) - spread, float(np.max(t)) + spread)
    out = np.empty_like(state)
    _map(kind, state, t, share, table, out)
    return shaped(lead, out)


def mci_from_synodic(state, t, mu=MOON_SHARE, ephemeris=None) -> np.ndarray:
    """States (..., 6) about the Moon of synodic ones."""
    return _mapped(MCI_FROM_SYNODIC, state, t, ephemeris, mu)


inside(mci_from_synodic, synodic.mci_from_synodic, domains.is_between)


def synodic_from_mci(state, t, mu=MOON_SHARE, ephemeris=None) -> np.ndarray:
    """Synodic states (..., 6) of those about the Moon."""
    return _mapped(SYNODIC_FROM_MCI, state, t, ephemeris, mu)


inside(synodic_from_mci, synodic.synodic_from_mci, domains.is_between)


def eci_from_synodic(state, t, mu=MOON_SHARE, ephemeris=None) -> np.ndarray:
    """States (..., 6) about the Earth of synodic ones."""
    return _mapped(ECI_FROM_SYNODIC, state, t, ephemeris, mu)


inside(eci_from_synodic, synodic.eci_from_synodic, domains.is_between)


def synodic_from_eci(state, t, mu=MOON_SHARE, ephemeris=None) -> np.ndarray:
    """Synodic states (..., 6) of those about the Earth."""
    return _mapped(SYNODIC_FROM_ECI, state, t, ephemeris, mu)


inside(synodic_from_eci, synodic.synodic_from_eci, domains.is_between)


def eci_from_mci(state, t, ephemeris=None) -> np.ndarray:
    """States (..., 6) about the Earth of those about the Moon."""
    return _mapped(ECI_FROM_MCI, state, t, ephemeris)


inside(eci_from_mci, synodic.eci_from_mci)


def mci_from_eci(state, t, ephemeris=None) -> np.ndarray:
    """States (..., 6) about the Moon of those about the Earth."""
    return _mapped(MCI_FROM_ECI, state, t, ephemeris)


inside(mci_from_eci, synodic.mci_from_eci)
