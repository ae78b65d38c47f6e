"""Yamanaka-Ankersen motion of many chasers: `rvd.core.motion.yamanaka_ankersen` over arrays."""

import numpy as np

from rvd.array_arguments import (
    angle,
    eccentricity,
    flown,
    leading,
    not_too_eccentric,
    numbers,
    positive,
    rows,
    shaped,
)
from rvd.core.kernel import Block, Pile, Row, Sheet, Table, entry, inside
from rvd.core.motion import domains
from rvd.core.motion import yamanaka_ankersen as ya
from rvd.first_calls import run

__all__ = ["coast", "transition", "two_impulse"]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _coast(r: Table, v: Table, mu: Row, p: Row, e: Row, nu: Row, t: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(t.size):
        x, u = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2])
        a, b = ya.coast(x, u, mu[i], p[i], e[i], nu[i], t[i])
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = a
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = b


@entry
def _transition(mu: Row, p: Row, e: Row, nu: Row, t: Row, out: Pile) -> None:
    for i in range(t.size):
        m = ya.transition(mu[i], p[i], e[i], nu[i], t[i])
        for j in range(6):
            out[i, 0, j], out[i, 1, j], out[i, 2, j] = m[0][j], m[1][j], m[2][j]
            out[i, 3, j], out[i, 4, j], out[i, 5, j] = m[3][j], m[4][j], m[5][j]


@entry
def _find(
    r: Table,
    v: Table,
    to: Table,
    mu: Row,
    p: Row,
    e: Row,
    nu: Row,
    t: Row,
    first: Sheet,
    second: Sheet,
    how: Sheet,
) -> None:
    for i in range(t.size):
        x, u, w = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]), (to[i, 0], to[i, 1], to[i, 2])
        found = ya.find(x, u, w, mu[i], p[i], e[i], nu[i], t[i])
        first[i, 0], first[i, 1], first[i, 2] = found.first
        second[i, 0], second[i, 1], second[i, 2] = found.second
        how[i, 0], how[i, 1], how[i, 2], how[i, 3] = found.in_plane, found.across, found.exists, found.arrives
        how[i, 4], how[i, 5] = found.missed, found.off


@entry
def _swept(mu: Row, p: Row, e: Row, nu: Row, t: Row, swept: Block) -> None:
    """How far the target's anomaly grows, rad."""
    for i in range(t.size):
        swept[i], _ = ya.path(mu[i], p[i], e[i], nu[i], t[i])


def _orbit(mu, p, e, nu, t) -> dict:
    times = numbers("t", t)
    found = {"mu": positive("mu", mu), "p": positive("p", p), "e": eccentricity("e", e)}
    not_too_eccentric("e", found["e"])
    leading({"t": times.shape} | {name: array.shape for name, array in found.items()})
    turned = np.sqrt(found["mu"] / found["p"]) / found["p"] * np.abs(times)
    angle("the target's mean anomaly after t", turned)
    return found | {"nu": angle("nu", nu), "t": times}


def coast(r, v, mu, p, e, nu, t) -> tuple[np.ndarray, np.ndarray]:
    """Relative positions and velocities (..., 3) in hill after `t` seconds of free motion about an ellipse.

    r, v: (..., 3), m and m/s, hill, rotating frame; mu: m3/s2; p: semi-latus rectum, m; 0 <= e < 1; nu: the target's
    true anomaly at the start, rad; t: s, any sign. Source: see rvd.core.motion.yamanaka_ankersen.
    """
    lead, (r, v, mu, p, e, nu, t) = rows({"r": r, "v": v}, _orbit(mu, p, e, nu, t))
    r_out, v_out = np.empty_like(r), np.empty_like(v)
    run(_coast, r, v, mu, p, e, nu, t, r_out, v_out)
    return shaped(lead, r_out), shaped(lead, v_out)


inside(coast, ya.coast, domains.target_flies)


def transition(mu, p, e, nu, t) -> np.ndarray:
    """Transition matrices (..., 6, 6) on (r, v) in hill; arguments as for `coast`."""
    lead, (mu, p, e, nu, t) = rows({}, _orbit(mu, p, e, nu, t))
    out = np.empty((t.size, 6, 6))
    run(_transition, mu, p, e, nu, t, out)
    return shaped(lead, out)


inside(transition, ya.transition, domains.target_flies)


def two_impulse(r, v, to, mu, p, e, nu, t) -> tuple[np.ndarray, np.ndarray]:
    """Impulses now and at arrival (..., 3), m/s, that bring the chasers to rest in hill at `to` after `t` seconds.

    Arguments as for `coast`; to: (..., 3), m; t: above zero. Raises ArgumentError where the transfer does not exist,
    within 1e-3 rad of the target's path: in plane after whole turns and once between two of them (about a circle after
    1.4067, 2.4453, ...), out of plane where its anomaly has grown by half a turn, unless the place is reached as it is
    (rvd.core.motion.transfers); and where the impulses, flown by `coast`, miss by more than 1e-6 of the distances from
    the target, as they do near a whole turn of a very eccentric orbit. Source: K. Yamanaka, F. Ankersen, J. Guidance,
    Control, and Dynamics 25(1), 2002, 60-66 (the matrices, solved for the velocities).

    >>> place, rest, to = (-500.0, -2000.0, 0.0), (0.0, 0.85, 0.0), (0.0, -100.0, 0.0)
    >>> first, second = two_impulse(place, rest, to, 3.986004418e14, 7e6, 0.1, 0.5, 1800.0)
    >>> first.round(4).tolist(), second.round(4).tolist()
    ([-0.6276, 0.3934, 0.0], [-0.7959, -0.0619, 0.0])
    """
    orbit = _orbit(mu, p, e, nu, positive("t", t))
    lead, (r, v, to, mu, p, e, nu, t) = rows({"r": r, "v": v, "to": to}, orbit)
    first, second, how, swept = np.empty_like(r), np.empty_like(r), np.empty((t.size, 6)), np.empty(t.size)
    run(_find, r, v, to, mu, p, e, nu, t, first, second, how)
    run(_swept, mu, p, e, nu, t, swept)
    flown(swept, how)
    return shaped(lead, first), shaped(lead, second)


inside(two_impulse, ya.two_impulse, domains.target_flies_on)
