"""Coplanar transfers between many pairs of circular orbits: `rvd.core.orbit.transfers` over arrays.

Radii in m, mu in m3/s2; impulses are signed along the velocity, m/s. All broadcast.
"""

from collections.abc import Callable

import numpy as np

from rvd.array_arguments import ArgumentError, positive, rows, shaped
from rvd.core.orbit import transfers

__all__ = ["bielliptic", "hohmann", "phasing"]


def __dir__() -> list[str]:
    return sorted(__all__)


def _each(law: Callable[..., tuple], flat: list[np.ndarray], lead: tuple[int, ...], wide: int) -> np.ndarray:
    """The law row by row."""
    try:
        found = np.array([law(*row) for row in zip(*(column.tolist() for column in flat))], dtype=float)
    except (ZeroDivisionError, OverflowError):
        raise ArgumentError("the numbers are too large or too small together") from None
    return shaped(lead, found.reshape(-1, wide))


def hohmann(r1, r2, mu) -> np.ndarray:
    """(..., 3): first impulse, second impulse (m/s), time of flight (s)."""
    plain = {"mu": positive("mu", mu), "r1": positive("r1", r1), "r2": positive("r2", r2)}
    lead, flat = rows({}, plain)
    return _each(transfers.hohmann, flat, lead, 3)


def bielliptic(r1, rb, r2, mu) -> np.ndarray:
    """(..., 4): three impulses (m/s), time of flight (s), by way of the radius `rb`."""
    plain = {
        "mu": positive("mu", mu),
        "r1": positive("r1", r1),
        "rb": positive("rb", rb),
        "r2": positive("r2", r2),
    }
    lead, flat = rows({}, plain)
    return _each(transfers.bielliptic, flat, lead, 4)


def phasing(a, angle, revolutions, mu) -> np.ndarray:
    """(..., 2): time (s), sum of both impulses (m/s), to catch a target `angle` rad behind on the same circle.

    revolutions: whole, above zero. Raises ArgumentError where the ellipse would have no time or pass the centre.
    """
    plain = {"mu": positive("mu", mu), "a": positive("a", a), "angle": angle}
    lead, flat = rows({}, plain | {"revolutions": positive("revolutions", revolutions)})
    if np.any(flat[3] != np.round(flat[3])):
        raise ArgumentError("revolutions is a whole number")
    # the phasing ellipse reaches the circle: its semi-major axis is more than half of the radius
    share = 1.0 + flat[2] / (2.0 * np.pi * flat[3])
    if np.any(share <= 0.5**1.5):
        raise ArgumentError(
            "angle is too far ahead for so few revolutions: the ellipse would pass the centre"
        )
    return _each(transfers.phasing, flat, lead, 2)
