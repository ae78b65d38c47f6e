"""Relative orbital elements of many chasers: `rvd.motion.roe` over arrays."""

import numpy as np

from rvd.arrays.check import ArgumentError, eccentricity, numbers, positive, rows
from rvd.kernel import Row, Sheet, Table, entry
from rvd.motion import roe
from rvd.orbit.elements import Kepler


@entry
def _coast(six: Table, target: Table, mu: Row, j2: Row, radius: Row, decay: Row, t: Row, out: Sheet) -> None:
    for i in range(t.size):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        x = (six[i, 0], six[i, 1], six[i, 2], six[i, 3], six[i, 4], six[i, 5])
        y = roe.coast(mu[i], j2[i], radius[i], k, x, decay[i], t[i])
        for j in range(6):
            out[i, j] = y[j]


@entry
def _to_hill(six: Table, target: Table, mu: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(mu.size):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        x = (six[i, 0], six[i, 1], six[i, 2], six[i, 3], six[i, 4], six[i, 5])
        a, b = roe.hill_from_roe(mu[i], k, x)
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = a
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = b


@entry
def _from_hill(r: Table, v: Table, target: Table, mu: Row, out: Sheet) -> None:
    for i in range(mu.size):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        y = roe.roe_from_hill(mu[i], k, (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]))
        for j in range(6):
            out[i, j] = y[j]


def _target(target) -> np.ndarray:
    array = numbers("target", target)
    if array.ndim == 0 or array.shape[-1] != 6:
        raise ArgumentError(
            f"target has shape {array.shape}; its last axis holds a, e, i, raan, argp, mean anomaly"
        )
    positive("the target's semi-major axis", array[..., 0])
    eccentricity("the target's eccentricity", array[..., 1])
    if not np.all(np.sin(array[..., 2]) != 0.0):
        raise ArgumentError(
            "the target's inclination is zero, where these elements are singular: use CW or YA"
        )
    return array


def coast(six, target, t, *, mu, j2, radius, decay=0.0) -> np.ndarray:
    """The six mean numbers (..., 6) after `t` seconds under secular J2 and a relative decay of a.

    six: (da, dlambda, dex, dey, dix, diy), dimensionless; target: (..., 6) mean a (m), e, i, raan, argp, mean anomaly
    (rad); mu m3/s2; radius of J2, m; decay: d(da)/dt by differential drag, 1/s. Source: see rvd.motion.roe.
    """
    plain = {"mu": positive("mu", mu), "j2": j2, "radius": positive("radius", radius), "decay": decay, "t": t}
    lead, flat = rows({"six": six, "target": _target(target)}, plain, width=6)
    out = np.empty_like(flat[0])
    _coast(*[*flat, out])
    return out.reshape(*lead, 6)


def hill_from_roe(six, target, *, mu) -> tuple[np.ndarray, np.ndarray]:
    """(r, v) (..., 3) in hill, to first order in the six numbers; arguments as for `coast`."""
    lead, (six, target, mu) = rows(
        {"six": six, "target": _target(target)}, {"mu": positive("mu", mu)}, width=6
    )
    r, v = np.empty((mu.size, 3)), np.empty((mu.size, 3))
    _to_hill(six, target, mu, r, v)
    return r.reshape(*lead, 3), v.reshape(*lead, 3)


def roe_from_hill(r, v, target, *, mu) -> np.ndarray:
    """The six numbers (..., 6) of states (..., 3) in hill: the inverse of `hill_from_roe`."""
    array = _target(target)
    lead, (r, v, mu) = rows({"r": r, "v": v}, {"mu": positive("mu", mu)})
    try:
        shape = np.broadcast_shapes(lead, array.shape[:-1])
    except ValueError:
        raise ArgumentError(
            f"the leading axes do not broadcast: r, v {lead}, target {array.shape[:-1]}"
        ) from None
    spread = [
        np.ascontiguousarray(np.broadcast_to(a.reshape(*lead, 3), (*shape, 3)).reshape(-1, 3)) for a in (r, v)
    ]
    target = np.ascontiguousarray(np.broadcast_to(array, (*shape, 6)).reshape(-1, 6))
    mu = np.ascontiguousarray(np.broadcast_to(mu.reshape(lead), shape).reshape(-1))
    out = np.empty((mu.size, 6))
    _from_hill(*[*spread, target, mu, out])
    return out.reshape(*shape, 6)
