"""Relative orbital elements of many chasers: `rvd.core.motion.roe` and `rvd.core.motion.roe_drag` over arrays.

six: (da, dlambda, dex, dey, dix, diy), dimensionless; target, chaser: (..., 6) mean a (m), e, i, raan, argp, mean
anomaly (rad); mu: m3/s2; j2 and its radius (m). A target within 1e-6 rad of the equator has no node: it is refused,
and so is one of e above 0.999.
"""

import numpy as np

from rvd.array_arguments import ArgumentError, body, flag, not_too_eccentric, numbers, positive, rows, shaped
from rvd.core.kernel import Pile, Row, Sheet, Table, entry, inside
from rvd.core.motion import domains, roe, roe_drag
from rvd.core.motion.domains import LEAST_INCLINED
from rvd.core.motion.nonlinear import Environment
from rvd.core.motion.roe_drag import Rates
from rvd.core.orbit.elements import Kepler
from rvd.motion.nonlinear import surroundings
from rvd.orbit.elements import ellipses

__all__ = [
    "coast",
    "drag_rates",
    "elements_from_roe",
    "hill_from_roe",
    "rates_between",
    "roe_from_elements",
    "roe_from_hill",
    "transition",
]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _coast(
    six: Table, target: Table, rates: Table, mu: Row, j2: Row, radius: Row, decay: Row, t: Row, out: Sheet
) -> None:
    for i in range(t.size):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        x = (six[i, 0], six[i, 1], six[i, 2], six[i, 3], six[i, 4], six[i, 5])
        both = Rates(rates[i, 0], rates[i, 1], rates[i, 2])
        y = roe_drag.coast(x, k, t[i], mu[i], j2[i], radius[i], decay[i], both)
        for j in range(6):
            out[i, j] = y[j]


@entry
def _transition(target: Table, t: Row, mu: Row, j2: Row, radius: Row, out: Pile) -> None:
    for i in range(t.size):
        orbit = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        m = roe_drag.transition(orbit, t[i], mu[i], j2[i], radius[i])
        for j in range(9):
            for k in range(9):
                out[i, j, k] = m[j][k]


@entry
def _to_hill(six: Table, target: Table, mu: Row, bent: bool, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(mu.size):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        x = (six[i, 0], six[i, 1], six[i, 2], six[i, 3], six[i, 4], six[i, 5])
        a, b = roe.hill_from_roe(x, k, mu[i], bent)
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = a
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = b


@entry
def _from_hill(r: Table, v: Table, target: Table, mu: Row, bent: bool, out: Sheet) -> None:
    for i in range(mu.size):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        x, u = (r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2])
        y = roe.roe_from_hill(x, u, k, mu[i], bent)
        for j in range(6):
            out[i, j] = y[j]


@entry
def _from_elements(target: Table, chaser: Table, out: Sheet) -> None:
    for i in range(target.shape[0]):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        c = Kepler(chaser[i, 0], chaser[i, 1], chaser[i, 2], chaser[i, 3], chaser[i, 4], chaser[i, 5])
        y = roe.roe_from_elements(k, c)
        for j in range(6):
            out[i, j] = y[j]


@entry
def _to_elements(target: Table, six: Table, out: Sheet) -> None:
    for i in range(target.shape[0]):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        y = roe.elements_from_roe((six[i, 0], six[i, 1], six[i, 2], six[i, 3], six[i, 4], six[i, 5]), k)
        out[i, 0], out[i, 1], out[i, 2] = y.a, y.e, y.i
        out[i, 3], out[i, 4], out[i, 5] = y.raan, y.argp, y.mean


@entry
def _rates(environment: Environment, target: Table, six: Table, bt: Row, bc: Row, out: Sheet) -> None:
    for i in range(bt.size):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        x = (six[i, 0], six[i, 1], six[i, 2], six[i, 3], six[i, 4], six[i, 5])
        y = roe_drag.drag_rates(x, k, environment, bt[i], bc[i])
        out[i, 0], out[i, 1], out[i, 2] = y.da, y.along, y.across


@entry
def _between(
    target: Table, before: Table, after: Table, mu: Row, j2: Row, radius: Row, t: Row, out: Sheet
) -> None:
    for i in range(t.size):
        k = Kepler(target[i, 0], target[i, 1], target[i, 2], target[i, 3], target[i, 4], target[i, 5])
        x = (before[i, 0], before[i, 1], before[i, 2], before[i, 3], before[i, 4], before[i, 5])
        y = (after[i, 0], after[i, 1], after[i, 2], after[i, 3], after[i, 4], after[i, 5])
        found = roe_drag.rates_between(x, y, k, t[i], mu[i], j2[i], radius[i])
        out[i, 0], out[i, 1], out[i, 2] = found.da, found.along, found.across


def _target(target) -> np.ndarray:
    array = ellipses("target", target)
    not_too_eccentric("the target's eccentricity", array[..., 1])
    if not np.all(np.abs(np.sin(array[..., 2])) > LEAST_INCLINED):
        raise ArgumentError(
            f"the target's inclination is within {LEAST_INCLINED:g} rad of zero or of half a turn, where these "
            "elements are singular: use CW or YA"
        )
    return array


def _earth(mu, j2, radius, t) -> dict:
    plain = {"mu": positive("mu", mu), "j2": numbers("j2", j2), "radius": positive("radius", radius), "t": t}
    body(mu, j2, radius)
    return plain


def coast(six, target, t, mu, j2, radius, decay=0.0, rates=(0.0, 0.0, 0.0)) -> np.ndarray:
    """The six mean numbers (..., 6) after `t` seconds under secular J2 and differential drag.

    Drag is told by `decay`, d(da)/dt in 1/s, on an eccentric orbit (e above about 0.05), or by `rates` (..., 3) on
    any: of da and of the relative eccentricity vector along the target's perigee and across it, 1/s, from `drag_rates`
    or `rates_between`. They add. Source: see rvd.core.motion.roe and rvd.core.motion.roe_drag.
    """
    earth = _earth(mu, j2, radius, t)
    plain = {"mu": earth["mu"], "j2": j2, "radius": earth["radius"], "decay": decay, "t": t}
    lead, flat = rows({"six": six, "target": _target(target), "rates": rates}, plain, width=6, rates=3)
    out = np.empty_like(flat[0])
    _coast(*[*flat, out])
    return shaped(lead, out)


inside(coast, roe_drag.coast, domains.drifts)


def transition(target, t, mu, j2, radius) -> np.ndarray:
    """Matrices (..., 9, 9) on the six numbers and the three rates of drag (Koenig et al., Eq. D2) over `t` seconds.

    Their first six rows and columns are Eq. A6, under secular J2 alone.
    """
    lead, (target, mu, j2, radius, t) = rows({"target": _target(target)}, _earth(mu, j2, radius, t), width=6)
    out = np.empty((len(target), 9, 9))
    _transition(target, t, mu, j2, radius, out)
    return shaped(lead, out)


inside(transition, roe_drag.transition, domains.drifts)


def drag_rates(six, target, environment, ballistic_target, ballistic_chaser) -> np.ndarray:
    """Rates (..., 3) by differential drag, 1/s, for `coast`, from the air of an rvd.core.motion.nonlinear.Environment.

    ballistic: Cd A / m, m2/kg, not negative. A mean over a revolution of both craft at their elements of the start.
    """
    surroundings(environment)
    plain = {"ballistic_target": ballistic_target, "ballistic_chaser": ballistic_chaser}
    lead, (target, six, bt, bc) = rows({"target": _target(target), "six": six}, plain, width=6)
    if np.any(bt < 0.0) or np.any(bc < 0.0):
        raise ArgumentError("a ballistic coefficient Cd A / m is not negative")
    out = np.empty((bt.size, 3))
    _rates(environment, target, six, bt, bc, out)
    return shaped(lead, out, "the chaser's orbit is no ellipse, or ends in the ground")


inside(drag_rates, roe_drag.drag_rates, domains.is_dragged)


def rates_between(before, after, target, t, mu, j2, radius) -> np.ndarray:
    """Rates (..., 3) of drag, 1/s, that take the six numbers `before` to those `after` in `t` seconds (above zero)."""
    lead, flat = rows(
        {"target": _target(target), "before": before, "after": after},
        _earth(mu, j2, radius, positive("t", t)),
        width=6,
    )
    out = np.empty((len(flat[0]), 3))
    _between(*[*flat, out])
    return shaped(lead, out)


inside(rates_between, roe_drag.rates_between, domains.drifts_on)


def roe_from_elements(target, chaser) -> np.ndarray:
    """The six numbers (..., 6) of two sets of elements (..., 6); angle differences are taken the short way."""
    lead, (target, chaser) = rows(
        {"target": _target(target), "chaser": ellipses("chaser", chaser)}, {}, width=6
    )
    out = np.empty_like(target)
    _from_elements(target, chaser, out)
    return shaped(lead, out)


inside(roe_from_elements, roe.roe_from_elements, domains.both_have_elements)


def elements_from_roe(six, target) -> np.ndarray:
    """The chasers' elements (..., 6): the exact inverse of `roe_from_elements`.

    Raises ArgumentError where the target is inclined so little that diy would turn the node by more than half a turn.
    """
    lead, (target, six) = rows({"target": _target(target), "six": six}, {}, width=6)
    if np.any(np.abs(six[:, 5]) > np.pi * np.abs(np.sin(target[:, 2]))):
        raise ArgumentError("diy of six turns the node by more than half a turn at so small an inclination")
    out = np.empty_like(target)
    _to_elements(target, six, out)
    return shaped(lead, out)


inside(elements_from_roe, roe.elements_from_roe, domains.node_is_near)


def hill_from_roe(six, target, mu, bent=False) -> tuple[np.ndarray, np.ndarray]:
    """(r, v) (..., 3), m and m/s, in hill, to first order in the six numbers.

    bent: through curvilinear coordinates, good to far larger dlambda (50 km about a circle: 4 m for 180 m).
    """
    bent = flag("bent", bent)
    lead, (six, target, mu) = rows(
        {"six": six, "target": _target(target)}, {"mu": positive("mu", mu)}, width=6
    )
    r, v = np.empty((mu.size, 3)), np.empty((mu.size, 3))
    _to_hill(six, target, mu, bent, r, v)
    return shaped(lead, r), shaped(lead, v)


inside(hill_from_roe, roe.hill_from_roe, domains.has_elements_about)


def roe_from_hill(r, v, target, mu, bent=False) -> np.ndarray:
    """The six numbers (..., 6) of states (..., 3) in hill: the inverse of `hill_from_roe`."""
    bent = flag("bent", bent)
    lead, (r, v, target, mu) = rows(
        {"r": r, "v": v, "target": _target(target)}, {"mu": positive("mu", mu)}, target=6
    )
    out = np.empty((mu.size, 6))
    _from_hill(r, v, target, mu, bent, out)
    return shaped(lead, out)


inside(roe_from_hill, roe.roe_from_hill, domains.has_elements_about)
