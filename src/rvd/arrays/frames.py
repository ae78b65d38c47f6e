"""Relative states of many craft between inertial axes and hill: `rvd.orbit.frames` over arrays."""

import numpy as np

from rvd.arrays.check import ArgumentError, rows
from rvd.kernel import Sheet, Table, entry
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


def _both(law, names, values) -> tuple[np.ndarray, np.ndarray]:
    lead, flat = rows(dict(zip(names, values)), {})
    if not np.all(np.any(np.cross(flat[0], flat[1]) != 0.0, axis=1)):
        raise ArgumentError("rt and vt are parallel in at least one row: a straight line has no hill frame")
    r_out, v_out = np.empty_like(flat[0]), np.empty_like(flat[0])
    law(*flat, r_out, v_out)
    return r_out.reshape(*lead, 3), v_out.reshape(*lead, 3)


def hill_from_eci(rt, vt, dr, dv) -> tuple[np.ndarray, np.ndarray]:
    """(r, v) (..., 3) in the rotating hill frame of the targets rt, vt, from relative inertial states dr, dv."""
    return _both(_into, ("rt", "vt", "dr", "dv"), (rt, vt, dr, dv))


def eci_from_hill(rt, vt, r, v) -> tuple[np.ndarray, np.ndarray]:
    """(dr, dv) (..., 3) on inertial axes, from states in the rotating hill frame of the targets rt, vt."""
    return _both(_out_of, ("rt", "vt", "r", "v"), (rt, vt, r, v))
