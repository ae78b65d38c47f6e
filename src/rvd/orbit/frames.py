"""Relative states of many craft between inertial axes and hill, and local axes: `rvd.core.orbit.frames` over arrays."""

import numpy as np

from rvd.array_arguments import positive, rows, shaped, turning
from rvd.core.kernel import Pile, Row, Sheet, Table, entry, inside
from rvd.core.orbit import domains, frames

__all__ = [
    "eci_from_hill",
    "eci_from_lvlh",
    "eci_from_ntw",
    "hill_axes",
    "hill_from_eci",
    "lvlh_axes",
    "lvlh_from_eci",
    "ntw_axes",
    "ntw_from_eci",
]


def __dir__() -> list[str]:
    return sorted(__all__)


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
def _into_ntw(rt: Table, vt: Table, dr: Table, dv: Table, mu: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(rt.shape[0]):
        a, b = (rt[i, 0], rt[i, 1], rt[i, 2]), (vt[i, 0], vt[i, 1], vt[i, 2])
        c, d = (dr[i, 0], dr[i, 1], dr[i, 2]), (dv[i, 0], dv[i, 1], dv[i, 2])
        x, y = frames.ntw_from_eci(a, b, c, d, mu[i])
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = x
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = y


@entry
def _out_of_ntw(rt: Table, vt: Table, r: Table, v: Table, mu: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(rt.shape[0]):
        a, b = (rt[i, 0], rt[i, 1], rt[i, 2]), (vt[i, 0], vt[i, 1], vt[i, 2])
        c, d = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2])
        x, y = frames.eci_from_ntw(a, b, c, d, mu[i])
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


def _both(law, names, values, **plain) -> tuple[np.ndarray, np.ndarray]:
    lead, flat = rows(dict(zip(names, values)), plain)
    turning("rt and vt", flat[0], flat[1], "local frame")
    r_out, v_out = np.empty_like(flat[0]), np.empty_like(flat[0])
    law(*flat, r_out, v_out)
    return shaped(lead, r_out), shaped(lead, v_out)


def hill_from_eci(rt, vt, dr, dv) -> tuple[np.ndarray, np.ndarray]:
    """(r, v) (..., 3) in the rotating hill frame of the targets rt, vt, from relative inertial states dr, dv."""
    return _both(_into, ("rt", "vt", "dr", "dv"), (rt, vt, dr, dv))


inside(hill_from_eci, frames.hill_from_eci, domains.target_turns)


def eci_from_hill(rt, vt, r, v) -> tuple[np.ndarray, np.ndarray]:
    """(dr, dv) (..., 3) on inertial axes, from states in the rotating hill frame of the targets rt, vt."""
    return _both(_out_of, ("rt", "vt", "r", "v"), (rt, vt, r, v))


inside(eci_from_hill, frames.eci_from_hill, domains.target_turns)


def lvlh_from_eci(rt, vt, dr, dv) -> tuple[np.ndarray, np.ndarray]:
    """(r, v) (..., 3) in the rotating LVLH frame (forward, starboard, down) of the targets rt, vt."""
    r, v = hill_from_eci(rt, vt, dr, dv)
    return r[..., (1, 2, 0)] * (1.0, -1.0, -1.0), v[..., (1, 2, 0)] * (1.0, -1.0, -1.0)


inside(lvlh_from_eci, frames.lvlh_from_eci, domains.target_turns)


def eci_from_lvlh(rt, vt, r, v) -> tuple[np.ndarray, np.ndarray]:
    """(dr, dv) (..., 3) on inertial axes, from states in the rotating LVLH frame: the inverse of `lvlh_from_eci`."""
    lead, (rt, vt, r, v) = rows({"rt": rt, "vt": vt, "r": r, "v": v}, {})
    turned = (a[:, (2, 0, 1)] * (-1.0, 1.0, -1.0) for a in (r, v))
    dr, dv = eci_from_hill(rt, vt, *turned)
    return shaped(lead, dr), shaped(lead, dv)


inside(eci_from_lvlh, frames.eci_from_lvlh, domains.target_turns)


def ntw_from_eci(rt, vt, dr, dv, mu) -> tuple[np.ndarray, np.ndarray]:
    """(r, v) (..., 3) in the turning NTW frame (across the velocity, along it, normal); the target feels `mu` alone."""
    return _both(_into_ntw, ("rt", "vt", "dr", "dv"), (rt, vt, dr, dv), mu=positive("mu", mu))


inside(ntw_from_eci, frames.ntw_from_eci, domains.target_falls)


def eci_from_ntw(rt, vt, r, v, mu) -> tuple[np.ndarray, np.ndarray]:
    """(dr, dv) (..., 3) on inertial axes, from states in the turning NTW frame: the inverse of `ntw_from_eci`."""
    return _both(_out_of_ntw, ("rt", "vt", "r", "v"), (rt, vt, r, v), mu=positive("mu", mu))


inside(eci_from_ntw, frames.eci_from_ntw, domains.target_falls)


def _triads(r, v, kind: int) -> np.ndarray:
    lead, (r, v) = rows({"r": r, "v": v}, {})
    turning("r and v", r, v, "local frame")
    out = np.empty((len(r), 3, 3))
    _axes(r, v, kind, out)
    return shaped(lead, out)


def hill_axes(r, v) -> np.ndarray:
    """Matrices (..., 3, 3) that take inertial components to hill (radial, along track, normal); r, v: (..., 3)."""
    return _triads(r, v, 0)


inside(hill_axes, frames.hill_axes, domains.turns)


def lvlh_axes(r, v) -> np.ndarray:
    """Matrices (..., 3, 3) that take inertial components to LVLH (forward, starboard, down)."""
    return _triads(r, v, 1)


inside(lvlh_axes, frames.lvlh_axes, domains.turns)


def ntw_axes(r, v) -> np.ndarray:
    """Matrices (..., 3, 3) that take inertial components to NTW (across the velocity, along it, normal)."""
    return _triads(r, v, 2)


inside(ntw_axes, frames.ntw_axes, domains.turns)
