"""Relative states of many craft between inertial axes and hill, and local axes: `rvd.orbit.frames` over arrays."""

import numpy as np

from rvd.arrays.check import rows, shaped, turning
from rvd.kernel import Pile, Sheet, Table, entry
from rvd.orbit import frames


@entry
def _into(rt: Table, vt: Table, dr: Table, dv: Table, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(rt.shape[0]):
        a, b = (rt[i, 0], rt[i, 1], rt[i, 2]), (vt[i, 0], vt[i, 1], vt[i, 2])
        c, d = (dr[i, 0], dr[i, 1], dr[i, 2]), (dv[i, 0], dv[i, 1], dv[i, 2])
        x, y = frames.hill_from_eci(a, b, c, d)
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = x
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = y


@entry
def _out_of(rt: Table, vt: Table, r: Table, v: Table, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(rt.shape[0]):
        a, b = (rt[i, 0], rt[i, 1], rt[i, 2]), (vt[i, 0], vt[i, 1], vt[i, 2])
        c, d = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2])
        x, y = frames.eci_from_hill(a, b, c, d)
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = x
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = y


@entry
def _axes(r: Table, v: Table, kind: int, out: Pile) -> None:
    for i in range(r.shape[0]):
        x, u = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2])
        axes = frames.hill_axes(x, u)
        if kind == 1:
            axes = frames.lvlh_axes(x, u)
        elif kind == 2:
            axes = frames.ntw_axes(x, u)
        for j in range(3):
            out[i, 0, j], out[i, 1, j], out[i, 2, j] = axes[0][j], axes[1][j], axes[2][j]


def _both(law, names, values) -> tuple[np.ndarray, np.ndarray]:
    lead, flat = rows(dict(zip(names, values)), {})
    turning("rt and vt", flat[0], flat[1], "hill frame")
    r_out, v_out = np.empty_like(flat[0]), np.empty_like(flat[0])
    law(*flat, r_out, v_out)
    return shaped(lead, r_out), shaped(lead, v_out)


def hill_from_eci(rt, vt, dr, dv) -> tuple[np.ndarray, np.ndarray]:
    """(r, v) (..., 3) in the rotating hill frame of the targets rt, vt, from relative inertial states dr, dv."""
    return _both(_into, ("rt", "vt", "dr", "dv"), (rt, vt, dr, dv))


def eci_from_hill(rt, vt, r, v) -> tuple[np.ndarray, np.ndarray]:
    """(dr, dv) (..., 3) on inertial axes, from states in the rotating hill frame of the targets rt, vt."""
    return _both(_out_of, ("rt", "vt", "r", "v"), (rt, vt, r, v))


def _triads(r, v, kind: int) -> np.ndarray:
    lead, (r, v) = rows({"r": r, "v": v}, {})
    turning("r and v", r, v, "local frame")
    out = np.empty((len(r), 3, 3))
    _axes(r, v, kind, out)
    return shaped(lead, out)


def hill_axes(r, v) -> np.ndarray:
    """Matrices (..., 3, 3) that take inertial components to hill (radial, along track, normal); r, v: (..., 3)."""
    return _triads(r, v, 0)


def lvlh_axes(r, v) -> np.ndarray:
    """Matrices (..., 3, 3) that take inertial components to LVLH (forward, starboard, down)."""
    return _triads(r, v, 1)


def ntw_axes(r, v) -> np.ndarray:
    """Matrices (..., 3, 3) that take inertial components to NTW (across the velocity, along it, normal)."""
    return _triads(r, v, 2)
