"""Classical elements of many states, and back, also mean and osculating, over arrays.

Two forms of six numbers (..., 6): (p, e, i, raan, argp, true anomaly) for every conic, and, for ellipses, Kepler's
(a, e, i, raan, argp, mean anomaly); m and rad.
"""

import numpy as np

from rvd.array_arguments import (
    ArgumentError,
    angle,
    body,
    eccentricity,
    numbers,
    off_centre,
    positive,
    rows,
    shaped,
    turning,
)
from rvd.core.kernel import Row, Sheet, Table, entry, inside
from rvd.core.orbit import domains, elements, mean
from rvd.core.orbit.elements import Kepler

__all__ = [
    "from_state",
    "kepler_from_state",
    "mean_from_osculating",
    "osculating_from_mean",
    "state_from_kepler",
    "to_state",
]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _from_state(r: Table, v: Table, mu: Row, out: Sheet) -> None:
    for i in range(mu.size):
        x = elements.from_state((r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]), mu[i])
        out[i, 0], out[i, 1], out[i, 2] = x.p, x.e, x.i
        out[i, 3], out[i, 4], out[i, 5] = x.raan, x.argp, x.nu


@entry
def _to_state(six: Table, mu: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(mu.size):
        x = elements.Elements(six[i, 0], six[i, 1], six[i, 2], six[i, 3], six[i, 4], six[i, 5])
        r, v = elements.to_state(x, mu[i])
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = r
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = v


@entry
def _kepler(r: Table, v: Table, mu: Row, out: Sheet) -> None:
    for i in range(mu.size):
        x = elements.kepler_from_state((r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]), mu[i])
        out[i, 0], out[i, 1], out[i, 2] = x.a, x.e, x.i
        out[i, 3], out[i, 4], out[i, 5] = x.raan, x.argp, x.mean


@entry
def _place(k: Table, mu: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(mu.size):
        x = Kepler(k[i, 0], k[i, 1], k[i, 2], k[i, 3], k[i, 4], k[i, 5])
        r, v = elements.state_from_kepler(x, mu[i])
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = r
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = v


@entry
def _change(k: Table, mu: Row, j2: Row, radius: Row, inward: bool, out: Sheet) -> None:
    for i in range(mu.size):
        x = Kepler(k[i, 0], k[i, 1], k[i, 2], k[i, 3], k[i, 4], k[i, 5])
        if inward:
            y = mean.mean_from_osculating(x, mu[i], j2[i], radius[i])
        else:
            y = mean.osculating_from_mean(x, mu[i], j2[i], radius[i])
        out[i, 0], out[i, 1], out[i, 2] = y.a, y.e, y.i
        out[i, 3], out[i, 4], out[i, 5] = y.raan, y.argp, y.mean


def from_state(r, v, mu) -> np.ndarray:
    """(..., 6): p (m), e, i, raan, argp, true anomaly (rad) of positions and velocities (..., 3), inertial axes.

    Singular cases as told in rvd.core.orbit.elements. Raises ArgumentError for straight-line motion (r x v = 0).
    """
    lead, (r, v, mu) = rows({"r": r, "v": v}, {"mu": positive("mu", mu)})
    turning("r and v", r, v, "orbital elements")
    out = np.empty((mu.size, 6))
    _from_state(r, v, mu, out)
    return shaped(lead, out)


inside(from_state, elements.from_state, domains.falls_and_turns)


def to_state(six, mu) -> tuple[np.ndarray, np.ndarray]:
    """Positions and velocities (..., 3), m and m/s, of elements (..., 6) as `from_state` gives them."""
    lead, (array, mu) = rows({"six": six}, {"mu": positive("mu", mu)}, width=6)
    angle("an angle of six", array[:, 2:])
    if not np.all((array[:, 0] > 0.0) & (array[:, 1] >= 0.0)):
        raise ArgumentError("p must be above zero and e not below zero")
    if not np.all(1.0 + array[:, 1] * np.cos(array[:, 5]) > 0.0):
        raise ArgumentError("a true anomaly lies beyond the asymptote of its hyperbola (1 + e cos nu <= 0)")
    r, v = np.empty((mu.size, 3)), np.empty((mu.size, 3))
    _to_state(array, mu, r, v)
    return shaped(lead, r), shaped(lead, v)


inside(to_state, elements.to_state, domains.is_reached)


def ellipses(name: str, value) -> np.ndarray:
    """Kepler's six numbers (..., 6) of ellipses, checked: a above zero, 0 <= e < 1."""
    array = numbers(name, value)
    if array.ndim == 0 or array.shape[-1] != 6:
        raise ArgumentError(
            f"{name} has shape {array.shape}; its last axis holds 6 components: "
            "a, e, i, raan, argp, mean anomaly"
        )
    positive(f"the semi-major axis of {name}", array[..., 0])
    eccentricity(f"the eccentricity of {name}", array[..., 1])
    angle(f"an angle of {name}", array[..., 2:])
    return array


def kepler_from_state(r, v, mu) -> np.ndarray:
    """(..., 6): a (m), e, i, raan, argp, mean anomaly (rad) of ellipses through states (..., 3) on inertial axes.

    Raises ArgumentError for straight-line motion and for a parabola or a hyperbola.
    """
    lead, (r, v, mu) = rows({"r": r, "v": v}, {"mu": positive("mu", mu)})
    off_centre("r", r)
    turning("r and v", r, v, "orbital elements")
    open_ones = 0.5 * np.sum(v * v, axis=1) >= mu / np.linalg.norm(r, axis=1)
    if np.any(open_ones):
        raise ArgumentError(f"{np.count_nonzero(open_ones)} of {mu.size} states are on no ellipse (e >= 1)")
    out = np.empty((mu.size, 6))
    _kepler(r, v, mu, out)
    return shaped(lead, out, "their eccentricity is too close to one")


inside(kepler_from_state, elements.kepler_from_state, domains.is_closed)


def state_from_kepler(kepler, mu) -> tuple[np.ndarray, np.ndarray]:
    """Positions and velocities (..., 3), m and m/s, of ellipses (..., 6) as `kepler_from_state` gives them."""
    lead, (kepler, mu) = rows({"kepler": ellipses("kepler", kepler)}, {"mu": positive("mu", mu)}, width=6)
    r, v = np.empty((mu.size, 3)), np.empty((mu.size, 3))
    _place(kepler, mu, r, v)
    return shaped(lead, r), shaped(lead, v)


inside(state_from_kepler, elements.state_from_kepler, domains.is_flown)


def mean_from_osculating(kepler, mu, j2, radius) -> np.ndarray:
    """Mean elements (..., 6) of osculating ones (..., 6), to first order in J2; regular at e = 0.

    kepler: a (m), e, i, raan, argp, mean anomaly (rad); mu: m3/s2; radius of J2: m. Source: see rvd.core.orbit.mean.
    """
    return _changed(kepler, mu, j2, radius, True)


inside(mean_from_osculating, mean.mean_from_osculating, domains.is_flown_oblate)


def osculating_from_mean(kepler, mu, j2, radius) -> np.ndarray:
    """The inverse of `mean_from_osculating`."""
    return _changed(kepler, mu, j2, radius, False)


inside(osculating_from_mean, mean.osculating_from_mean, domains.is_flown_oblate)


def _changed(kepler, mu, j2, radius, inward) -> np.ndarray:
    plain = {"mu": positive("mu", mu), "j2": j2, "radius": positive("radius", radius)}
    body(mu, j2, radius)
    lead, (kepler, mu, j2, radius) = rows({"kepler": ellipses("kepler", kepler)}, plain, width=6)
    out = np.empty_like(kepler)
    _change(kepler, mu, j2, radius, inward, out)
    return shaped(lead, out, "J2 is too large for first order")
