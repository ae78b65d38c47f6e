"""Two-body motion of many craft: `rvd.orbit.kepler` over arrays."""

import numpy as np

from rvd.arrays.check import ArgumentError, finite, positive, rows
from rvd.kernel import Row, Sheet, Table, entry
from rvd.orbit import kepler


@entry
def _coast(r: Table, v: Table, mu: Row, t: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(t.size):
        a, b = kepler.coast(mu[i], t[i], (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]))
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = a
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = b


def coast(r, v, mu, t) -> tuple[np.ndarray, np.ndarray]:
    """Positions and velocities (..., 3) after `t` seconds of two-body motion, every conic, inertial axes.

    r, v: (..., 3), m and m/s; mu: m3/s2, above zero; t: s, any sign. Raises ArgumentError at the centre (r = 0).
    """
    lead, (r, v, mu, t) = rows({"r": r, "v": v}, {"mu": positive("mu", mu), "t": t})
    if not np.all(np.any(r != 0.0, axis=1)):
        raise ArgumentError("r holds a position at the centre, where two-body motion is not defined")
    r_out, v_out = np.empty_like(r), np.empty_like(v)
    _coast(r, v, mu, t, r_out, v_out)
    finite(r_out, "the path falls through the centre")
    return r_out.reshape(*lead, 3), v_out.reshape(*lead, 3)
