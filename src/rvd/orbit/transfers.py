"""Coplanar transfers between many pairs of circular orbits: `rvd.core.orbit.transfers` over arrays.

Radii in m, mu in m3/s2; impulses are signed along the velocity, m/s. All broadcast.
"""

import numpy as np

from rvd.array_arguments import ArgumentError, positive, rows, shaped
from rvd.core.kernel import Row, Sheet, entry, inside
from rvd.core.orbit import domains, transfers

__all__ = ["bielliptic", "hohmann", "phasing"]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _hohmann(r1: Row, r2: Row, mu: Row, out: Sheet) -> None:
    for i in range(mu.size):
        out[i, 0], out[i, 1], out[i, 2] = transfers.hohmann(r1[i], r2[i], mu[i])


@entry
def _bielliptic(r1: Row, rb: Row, r2: Row, mu: Row, out: Sheet) -> None:
    for i in range(mu.size):
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = transfers.bielliptic(r1[i], rb[i], r2[i], mu[i])


@entry
def _phasing(a: Row, angle: Row, revolutions: Row, mu: Row, out: Sheet) -> None:
    for i in range(mu.size):
        out[i, 0], out[i, 1] = transfers.phasing(a[i], angle[i], revolutions[i], mu[i])


def hohmann(r1, r2, mu) -> np.ndarray:
    """(..., 3): first impulse, second impulse (m/s), time of flight (s)."""
    plain = {"r1": positive("r1", r1), "r2": positive("r2", r2), "mu": positive("mu", mu)}
    lead, flat = rows({}, plain)
    out = np.empty((flat[0].size, 3))
    _hohmann(*[*flat, out])
    return shaped(lead, out)


inside(hohmann, transfers.hohmann, domains.are_circles)


def bielliptic(r1, rb, r2, mu) -> np.ndarray:
    """(..., 4): three impulses (m/s), time of flight (s), by way of the radius `rb`."""
    plain = {
        "r1": positive("r1", r1),
        "rb": positive("rb", rb),
        "r2": positive("r2", r2),
        "mu": positive("mu", mu),
    }
    lead, flat = rows({}, plain)
    out = np.empty((flat[0].size, 4))
    _bielliptic(*[*flat, out])
    return shaped(lead, out)


inside(bielliptic, transfers.bielliptic, domains.are_circles_by)


def phasing(a, angle, revolutions, mu) -> np.ndarray:
    """(..., 2): time (s), sum of both impulses (m/s), to catch a target `angle` rad behind on the same circle.

    revolutions: whole, above zero. Raises ArgumentError where the ellipse would have no time or pass the centre.
    """
    plain = {"a": positive("a", a), "angle": angle, "revolutions": positive("revolutions", revolutions)}
    lead, flat = rows({}, plain | {"mu": positive("mu", mu)})
    if np.any(flat[2] != np.round(flat[2])):
        raise ArgumentError("revolutions is a whole number")
    # the phasing ellipse reaches the circle: its semi-major axis is more than half of the radius
    share = 1.0 + flat[1] / (2.0 * np.pi * flat[2])
    if np.any(share <= domains.LEAST_SHARE):
        raise ArgumentError(
            "angle is too far ahead for so few revolutions: the ellipse would pass the centre"
        )
    out = np.empty((len(share), 2))
    _phasing(*[*flat, out])
    return shaped(lead, out)


inside(phasing, transfers.phasing, domains.is_phased)
