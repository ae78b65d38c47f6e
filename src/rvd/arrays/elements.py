"""Classical elements of many states, and back: `rvd.orbit.elements` over arrays."""

import numpy as np

from rvd.arrays.check import ArgumentError, numbers, positive, rows
from rvd.kernel import Row, Sheet, Table, entry
from rvd.orbit import elements


@entry
def _from_state(r: Table, v: Table, mu: Row, out: Sheet) -> None:
    for i in range(mu.size):
        x = elements.elements_from_state(mu[i], (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]))
        out[i, 0], out[i, 1], out[i, 2] = x.p, x.e, x.i
        out[i, 3], out[i, 4], out[i, 5] = x.raan, x.argp, x.nu


@entry
def _to_state(six: Table, mu: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(mu.size):
        x = elements.Elements(six[i, 0], six[i, 1], six[i, 2], six[i, 3], six[i, 4], six[i, 5])
        r, v = elements.state_from_elements(mu[i], x)
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = r
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = v


def from_state(r, v, mu) -> np.ndarray:
    """(..., 6): p (m), e, i, raan, argp, true anomaly (rad) of positions and velocities (..., 3), inertial axes.

    Singular cases as told in rvd.orbit.elements. Raises ArgumentError for straight-line motion (r x v = 0).
    """
    lead, (r, v, mu) = rows({"r": r, "v": v}, {"mu": positive("mu", mu)})
    if not np.all(np.any(np.cross(r, v) != 0.0, axis=1)):
        raise ArgumentError(
            "r and v are parallel in at least one row: a straight line has no orbital elements"
        )
    out = np.empty((mu.size, 6))
    _from_state(r, v, mu, out)
    return out.reshape(*lead, 6)


def to_state(six, mu) -> tuple[np.ndarray, np.ndarray]:
    """Positions and velocities (..., 3), m and m/s, of elements (..., 6) as `from_state` gives them."""
    array = numbers("six", six)
    lead, (array, mu) = rows({"six": array}, {"mu": positive("mu", mu)}, width=6)
    if not np.all((array[:, 0] > 0.0) & (array[:, 1] >= 0.0)):
        raise ArgumentError("p must be above zero and e not below zero")
    if not np.all(1.0 + array[:, 1] * np.cos(array[:, 5]) > 0.0):
        raise ArgumentError("a true anomaly lies beyond the asymptote of its hyperbola (1 + e cos nu <= 0)")
    r, v = np.empty((mu.size, 3)), np.empty((mu.size, 3))
    _to_state(array, mu, r, v)
    return r.reshape(*lead, 3), v.reshape(*lead, 3)
