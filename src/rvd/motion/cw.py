"""Clohessy-Wiltshire motion of many chasers: `rvd.core.motion.cw` over arrays."""

import numpy as np

from rvd.array_arguments import angle, flown, leading, numbers, positive, rows, shaped
from rvd.core.kernel import Pile, Row, Sheet, Table, entry, inside
from rvd.core.motion import cw, domains
from rvd.first_calls import run

__all__ = ["coast", "transition", "two_impulse"]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _coast(r: Table, v: Table, n: Row, t: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(n.size):
        a, b = cw.coast((r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]), n[i], t[i])
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = a
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = b


@entry
def _transition(n: Row, t: Row, out: Pile) -> None:
    for i in range(n.size):
        m = cw.transition(n[i], t[i])
        for j in range(6):
            out[i, 0, j], out[i, 1, j], out[i, 2, j] = m[0][j], m[1][j], m[2][j]
            out[i, 3, j], out[i, 4, j], out[i, 5, j] = m[3][j], m[4][j], m[5][j]


@entry
def _find(r: Table, v: Table, to: Table, n: Row, t: Row, first: Sheet, second: Sheet, how: Sheet) -> None:
    for i in range(n.size):
        x, u, w = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]), (to[i, 0], to[i, 1], to[i, 2])
        found = cw.find(x, u, w, n[i], t[i])
        first[i, 0], first[i, 1], first[i, 2] = found.first
        second[i, 0], second[i, 1], second[i, 2] = found.second
        how[i, 0], how[i, 1], how[i, 2], how[i, 3] = found.in_plane, found.across, found.exists, found.arrives
        how[i, 4], how[i, 5] = found.missed, found.off


def _turning(n, t) -> dict:
    rates, times = positive("n", n), numbers("t", t)
    leading({"n": rates.shape, "t": times.shape})
    angle("n t", rates * times)
    return {"n": rates, "t": times}


def coast(r, v, n, t) -> tuple[np.ndarray, np.ndarray]:
    """Relative positions and velocities (..., 3) in hill after `t` seconds of free motion.

    r, v: (..., 3), m and m/s, hill (x outward, y along track, z normal), rotating frame; n: target's mean motion,
    rad/s, above zero; t: s, any sign. Source: see rvd.core.motion.cw.
    """
    lead, (r, v, n, t) = rows({"r": r, "v": v}, _turning(n, t))
    r_out, v_out = np.empty_like(r), np.empty_like(v)
    run(_coast, r, v, n, t, r_out, v_out)
    return shaped(lead, r_out), shaped(lead, v_out)


inside(coast, cw.coast, domains.target_turns)


def transition(n, t) -> np.ndarray:
    """Transition matrices (..., 6, 6) on (r, v) in hill; n, t: (...), rad/s and s."""
    lead, (n, t) = rows({}, _turning(n, t))
    out = np.empty((n.size, 6, 6))
    run(_transition, n, t, out)
    return shaped(lead, out)


inside(transition, cw.transition, domains.target_turns)


def two_impulse(r, v, to, n, t) -> tuple[np.ndarray, np.ndarray]:
    """Impulses now and at arrival (..., 3), m/s, that bring the chasers to rest at `to` after `t` seconds.

    r, v, to: (..., 3), m and m/s, hill; n: rad/s; t: s, both above zero. Raises ArgumentError where the transfer does
    not exist, within 1e-3 rad of the target's turn: in plane after whole turns and after 1.4067, 2.4453, ... of them,
    out of plane after half turns, unless the place is reached as it is (rvd.core.motion.transfers);
    and where the impulses, flown by `coast`, miss by more than 1e-6 of the distances from the target.
    Source: Vallado, Fundamentals of Astrodynamics, section 6.8 (the velocity that reaches a place).

    >>> first, second = two_impulse((-500.0, -2000.0, 0.0), (0.0, 0.85, 0.0), (0.0, -100.0, 0.0), 0.00113, 1800.0)
    >>> first.round(4).tolist(), second.round(4).tolist()
    ([-0.4334, 0.3267, 0.0], [-0.7827, -0.0467, 0.0])
    """
    lead, (r, v, to, n, t) = rows({"r": r, "v": v, "to": to}, _turning(n, positive("t", t)))
    first, second, how = np.empty_like(r), np.empty_like(r), np.empty((n.size, 6))
    run(_find, r, v, to, n, t, first, second, how)
    flown(n * t, how)
    return shaped(lead, first), shaped(lead, second)


inside(two_impulse, cw.two_impulse, domains.target_goes_on)
