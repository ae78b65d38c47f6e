"""Yamanaka-Ankersen motion of many chasers: `rvd.core.motion.yamanaka_ankersen` over arrays."""

import math

import numpy as np

from rvd.array_arguments import (
    NUMBERS,
    angle,
    arrived,
    eccentricity,
    finite,
    impulses,
    leading,
    not_too_eccentric,
    numbers,
    positive,
    rows,
    shaped,
)
from rvd.core.algebra.elementary import cos
from rvd.core.kernel import Block, Pile, Row, Sheet, Table, entry
from rvd.core.motion import yamanaka_ankersen as ya

__all__ = ["coast", "transition", "two_impulse"]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _coast(r: Table, v: Table, mu: Row, p: Row, e: Row, nu: Row, t: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(t.size):
        x, u = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2])
        a, b = ya.coast(mu[i], p[i], e[i], nu[i], t[i], x, u)
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
def _two_impulse(
    r: Table, v: Table, to: Table, mu: Row, p: Row, e: Row, nu: Row, t: Row, first: Sheet, second: Sheet
) -> None:
    for i in range(t.size):
        x, u, w = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]), (to[i, 0], to[i, 1], to[i, 2])
        a, b = ya.two_impulse(mu[i], p[i], e[i], nu[i], t[i], x, u, w)
        first[i, 0], first[i, 1], first[i, 2] = a
        second[i, 0], second[i, 1], second[i, 2] = b


@entry
def _path(mu: Row, p: Row, e: Row, nu: Row, t: Row, swept: Block, rate: Block) -> None:
    """How far the target's anomaly grows (rad), and its rate at the end (rad/s)."""
    for i in range(t.size):
        end = ya.true_anomaly_after(mu[i], p[i], e[i], nu[i], t[i])
        rho = 1.0 + e[i] * cos(end)
        swept[i] = end - nu[i]
        rate[i] = math.sqrt(mu[i] / p[i]) / p[i] * rho * rho


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
    _coast(r, v, mu, p, e, nu, t, r_out, v_out)
    return shaped(lead, r_out), shaped(lead, v_out)


def transition(mu, p, e, nu, t) -> np.ndarray:
    """Transition matrices (..., 6, 6) on (r, v) in hill; arguments as for `coast`."""
    lead, (mu, p, e, nu, t) = rows({}, _orbit(mu, p, e, nu, t))
    out = np.empty((t.size, 6, 6))
    _transition(mu, p, e, nu, t, out)
    return shaped(lead, out)


def two_impulse(r, v, to, mu, p, e, nu, t) -> tuple[np.ndarray, np.ndarray]:
    """Impulses now and at arrival (..., 3), m/s, that bring the chasers to rest in hill at `to` after `t` seconds.

    Arguments as for `coast`; to: (..., 3), m; t: above zero. Raises ArgumentError where the transfer does not exist,
    within 1e-3 rad of the target's path: in plane after whole turns and once between two of them (about a circle after
    1.4067, 2.4453, ...), out of plane where its anomaly has grown by half a turn, unless the place is reached as it is
    (rvd.core.motion.transfers); and where the impulses, flown by `coast`, miss by more than 1e-6 of the distances from
    the target, as they do near a whole turn of a very eccentric orbit.
    """
    orbit = _orbit(mu, p, e, nu, positive("t", t))
    lead, (r, v, to, mu, p, e, nu, t) = rows({"r": r, "v": v, "to": to}, orbit)
    first, second, matrix = np.empty_like(r), np.empty_like(r), np.empty((t.size, 6, 6))
    swept, rate = np.empty(t.size), np.empty(t.size)
    _transition(mu, p, e, nu, t, matrix)
    _path(mu, p, e, nu, t, swept, rate)
    found = impulses(finite(matrix, NUMBERS), rate, swept, r, v, to)
    _two_impulse(r, v, to, mu, p, e, nu, t, first, second)
    first, second = (np.where(found[2][:, None], a, b) for a, b in zip((first, second), found))
    end, speed = np.empty_like(r), np.empty_like(r)
    _coast(r, v + first, mu, p, e, nu, t, end, speed)
    arrived(end, swept, r, to)
    return shaped(lead, first), shaped(lead, second)
