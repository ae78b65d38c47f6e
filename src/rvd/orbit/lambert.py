"""Lambert's problem for many pairs of points: `rvd.core.orbit.lambert` over arrays."""

import numpy as np

from rvd.array_arguments import flag, positive, rows, whole
from rvd.core.kernel import Row, Sheet, Table, entry, inside
from rvd.core.orbit import domains, lambert
from rvd.first_calls import run

__all__ = ["transfer"]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _transfer(
    r1: Table, r2: Table, mu: Row, t: Row, prograde: bool, revolutions: int, left: bool, v1: Sheet, v2: Sheet
) -> None:
    for i in range(t.size):
        a, b = (r1[i, 0], r1[i, 1], r1[i, 2]), (r2[i, 0], r2[i, 1], r2[i, 2])
        found = lambert.transfer(a, b, t[i], mu[i], prograde, revolutions, left)
        v1[i, 0], v1[i, 1], v1[i, 2] = found.v1
        v2[i, 0], v2[i, 1], v2[i, 2] = found.v2


def transfer(r1, r2, t, mu, prograde=True, revolutions=0, left=False) -> tuple[np.ndarray, np.ndarray]:
    """Velocities (..., 3) at r1 and r2 of the orbits that join them in `t` seconds; inertial axes, SI.

    r1, r2: (..., 3), m; t: (...), s, above zero; mu: m3/s2. prograde: angular momentum along +z. revolutions: whole
    turns flown first, one number; `left` chooses between the two orbits of revolutions > 0. Flown from r1, they come to
    r2 within 1e-12 of the distance. Rows are NaN where t is too short for so many revolutions, or where r1 and r2 are
    within 1e-14 rad of one line through the centre (the plane is undefined). Source: see rvd.core.orbit.lambert.
    """
    turns, prograde, left = whole("revolutions", revolutions), flag("prograde", prograde), flag("left", left)
    lead, (r1, r2, mu, t) = rows({"r1": r1, "r2": r2}, {"mu": positive("mu", mu), "t": positive("t", t)})
    v1, v2 = np.empty_like(r1), np.empty_like(r2)
    run(_transfer, r1, r2, mu, t, prograde, turns, left, v1, v2)
    return v1.reshape(*lead, 3), v2.reshape(*lead, 3)


inside(transfer, lambert.transfer, domains.is_joined)
