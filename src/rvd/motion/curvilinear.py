"""Curvilinear relative coordinates of many craft: `rvd.core.orbit.curvilinear` over arrays."""

import numpy as np

from rvd.array_arguments import ArgumentError, positive, rows, shaped
from rvd.core.kernel import Row, Sheet, Table, entry, inside
from rvd.core.orbit import curvilinear, domains

__all__ = ["curvilinear_from_hill", "hill_from_curvilinear"]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _into(radius: Row, rate: Row, r: Table, v: Table, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(radius.size):
        x, u = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2])
        a, b = curvilinear.curvilinear_from_hill(x, u, radius[i], rate[i])
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = a
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = b


@entry
def _out_of(radius: Row, rate: Row, r: Table, v: Table, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(radius.size):
        x, u = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2])
        a, b = curvilinear.hill_from_curvilinear(x, u, radius[i], rate[i])
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = a
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = b


def curvilinear_from_hill(r, v, radius, radius_rate) -> tuple[np.ndarray, np.ndarray]:
    """(height, arc along, arc across) and their rates (..., 3), m and m/s, of states (..., 3) in the hill frame.

    radius, radius_rate: of the target, m and m/s. Raises ArgumentError on the axis through the centre, where the angle
    along the orbit is not defined.
    """
    lead, (r, v, radius, rate) = rows(
        {"r": r, "v": v}, {"radius": positive("radius", radius), "radius_rate": radius_rate}
    )
    if not np.all((radius + r[:, 0] != 0.0) | (r[:, 1] != 0.0)):
        raise ArgumentError(
            "r lies over the pole of the target's orbit, where the arc along it is not defined"
        )
    a, b = np.empty_like(r), np.empty_like(v)
    _into(radius, rate, r, v, a, b)
    return shaped(lead, a), shaped(lead, b)


inside(curvilinear_from_hill, curvilinear.curvilinear_from_hill, domains.is_off_the_pole)


def hill_from_curvilinear(position, velocity, radius, radius_rate) -> tuple[np.ndarray, np.ndarray]:
    """The inverse of `curvilinear_from_hill`: (r, v) (..., 3) in the hill frame."""
    lead, (r, v, radius, rate) = rows(
        {"position": position, "velocity": velocity},
        {"radius": positive("radius", radius), "radius_rate": radius_rate},
    )
    a, b = np.empty_like(r), np.empty_like(v)
    _out_of(radius, rate, r, v, a, b)
    return shaped(lead, a), shaped(lead, b)


inside(hill_from_curvilinear, curvilinear.hill_from_curvilinear, domains.is_circle)
