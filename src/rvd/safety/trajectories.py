"""Whole trajectories: their least margin between samples, and what a loss of thrust at each moment would lead to.

Frame: hill (x outward, y along track, z normal), velocities as rates seen there; `n` is the target's mean motion, s-1.
"""

from typing import Any, NamedTuple

import numpy as np

from rvd.array_arguments import ArgumentError, leading, numbers, positive, word
from rvd.core.kernel import over_arrays
from rvd.motion import cw
from rvd.safety import drifting, margins

__all__ = ["Sweep", "after_burns", "least_margin", "passive_sweep"]

#: The margins that can be followed along a trajectory, and whether they ask for the velocity.
KINDS = {"cone": False, "ellipsoid": False, "speed": True, "sphere": False}
#: Points between two samples at which a margin is looked at, and how often the place of the least is parted again.
POINTS, ROUNDS = 8, 8


def __dir__() -> list[str]:
    return sorted(__all__)


class Sweep(NamedTuple):
    """What a loss of thrust at each of N moments leads to."""

    #: The moments as given, s (..., N).
    t: np.ndarray
    #: State at each, before a burn at that very moment: m, m/s, hill (..., N, 3).
    r: np.ndarray
    v: np.ndarray
    #: The closest approach of the free drift that follows, m (..., N), and how long after the moment, s (..., N).
    distance: np.ndarray
    after: np.ndarray
    #: Sigma of the distance there, m (..., N); zero without a covariance.
    sigma: np.ndarray


def _samples(t, r, v) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    times, places, rates = numbers("t", t), numbers("r", r), numbers("v", v)
    if times.ndim != 1 or len(times) < 2 or not np.all(np.diff(times) > 0.0):
        raise ArgumentError("t holds the times of at least two samples, rising")
    for name, array in (("r", places), ("v", rates)):
        if array.shape != (len(times), 3):
            raise ArgumentError(f"{name} has shape {array.shape}; with these times it is {(len(times), 3)}")
    return times, places, rates


def _between(t, r, v, at) -> tuple[np.ndarray, np.ndarray]:
    """State at times (...) by Hermite's cubic through places and velocities."""
    k = np.clip(np.searchsorted(t, at, side="right") - 1, 0, len(t) - 2)
    h = (t[k + 1] - t[k])[..., None]
    u = (at - t[k])[..., None] / h
    a, b, p, q = r[k], r[k + 1], h * v[k], h * v[k + 1]
    third, second = 2.0 * (a - b) + p + q, 3.0 * (b - a) - 2.0 * p - q
    return ((third * u + second) * u + p) * u + a, ((3.0 * third * u + 2.0 * second) * u + p) / h


def least_margin(kind, t, r, v, *limits) -> tuple[float, float]:
    """The least margin of a trajectory and its time, s, between its samples too.

    kind: "cone", "sphere", "ellipsoid" or "speed", of `rvd.safety.margins`, and `limits` its arguments after the state;
    t: (N), s, rising; r, v: (N, 3), m and m/s. Between samples the path is Hermite's cubic through places and
    velocities, which errs by a fourth derivative: of an orbit, 1e-6 of its size where 60 samples make a turn. One
    trajectory a call: each is searched in places of its own. Source: C. de Boor, A Practical Guide to Splines, 2001,
    chapter IV (the cubic); W. Fehse 2003, chapter 4 (trajectory safety).

    >>> t = np.linspace(0.0, 600.0, 11)
    >>> r, v = cw.coast((-100.0, -300.0, 0.0), (0.1, 0.6, 0.0), 0.00113, t)
    >>> least, when = least_margin("sphere", t, r, v, (0.0, 0.0, 0.0), 50.0)
    >>> round(least, 3), round(when, 1)
    (43.841, 459.2)
    """
    times, places, rates = _samples(t, r, v)
    moving = KINDS[word("kind", kind, tuple(KINDS))]
    margin: Any = getattr(margins, kind)

    def at(when: np.ndarray) -> np.ndarray:
        where, rate = _between(times, places, rates, when)
        return margin(where, rate, *limits) if moving else margin(where, *limits)

    steps = np.linspace(0.0, 1.0, POINTS, endpoint=False)
    looks = np.append((times[:-1, None] + np.diff(times)[:, None] * steps).ravel(), times[-1])
    found = at(looks)
    if found.shape != looks.shape:
        raise ArgumentError("limits are one each for the whole trajectory")
    padded = np.concatenate(([np.inf], found, [np.inf]))
    lows = np.flatnonzero((found <= padded[:-2]) & (found <= padded[2:]))
    begin, end = looks[np.maximum(lows - 1, 0)], looks[np.minimum(lows + 1, len(looks) - 1)]
    # each minimum is parted again and again about its best point
    for _ in range(ROUNDS):
        tried = begin[:, None] + (end - begin)[:, None] * np.linspace(0.0, 1.0, 2 * POINTS + 1)
        values = at(tried)
        best = np.argmin(values, axis=1)
        rows = np.arange(len(lows))
        begin = tried[rows, np.maximum(best - 1, 0)]
        end = tried[rows, np.minimum(best + 1, 2 * POINTS)]
    least, moment = values[rows, best], tried[rows, best]
    k = int(np.argmin(least))
    return float(least[k]), float(moment[k])


def after_burns(r, v, burn_times, burns, n, t) -> tuple[np.ndarray, np.ndarray]:
    """States (..., N, 3) at times t on trajectories with burns; at the very time of a burn, before it.

    r, v: (..., 3), the state at time zero, m and m/s, hill; burn_times: (..., K), s, from zero on and rising; burns:
    (..., K, 3), m/s; n: (...), rad/s; t: (..., N), s, from zero on; leading axes broadcast. Free motion between, and
    what each burn adds moves on by itself, for the motion is linear. Source: W. H. Clohessy, R. S. Wiltshire,
    J. Aerospace Sci. 27 (1960) 653-658.

    >>> start = (0.0, -100.0, 0.0), (0.0, 0.0, 0.0)
    >>> places, rates = after_burns(*start, [0.0], [(0.05, 0.0, 0.0)], 0.00113, [0.0, 600.0])
    >>> places.round(2).tolist()
    [[0.0, -100.0, 0.0], [27.75, -119.57, 0.0]]
    """
    given = {"r": numbers("r", r), "v": numbers("v", v), "burns": numbers("burns", burns)}
    when, times, rate = numbers("burn_times", burn_times), numbers("t", t), positive("n", n)
    for name, array in given.items():
        if array.ndim < (2 if name == "burns" else 1) or array.shape[-1] != 3:
            raise ArgumentError(f"{name} has shape {array.shape}; its last axis holds 3 components")
    if when.ndim < 1 or np.any(when < 0.0) or np.any(np.diff(when) < 0.0):
        raise ArgumentError("burn_times are from zero on, rising")
    dv = given["burns"]
    if dv.shape[-2] != when.shape[-1]:
        raise ArgumentError(f"burns has shape {dv.shape}; with these times it is {(*when.shape, 3)}")
    if times.ndim < 1 or np.any(times < 0.0):
        raise ArgumentError("t holds times from zero on")
    shapes = {name: array.shape[:-1] for name, array in given.items()}
    shapes |= {"burns": dv.shape[:-2], "burn_times": when.shape[:-1], "n": rate.shape, "t": times.shape[:-1]}
    lead = leading(shapes)
    rate, times = rate[..., None], np.broadcast_to(times, (*lead, times.shape[-1]))
    place, speed = cw.coast(given["r"][..., None, :], given["v"][..., None, :], rate, times)
    for k in range(when.shape[-1]):
        since = times - when[..., k, None]
        moved, gained = cw.coast(np.zeros(3), dv[..., k, None, :], rate, np.maximum(since, 0.0))
        later = (since > 0.0)[..., None]
        place, speed = place + np.where(later, moved, 0.0), speed + np.where(later, gained, 0.0)
    return place, speed


def passive_sweep(r, v, burn_times, burns, n, t, horizon, covariance=None) -> Sweep:
    """The closest approach of the free drift after a loss of thrust at each of the moments t (`Sweep`).

    Arguments as for `after_burns`, of one trajectory or many: a burn at the very moment of the loss is lost with all
    that follow. horizon: s, how long the drift is followed. covariance: (6, 6) of (r, v) at each moment, m and m/s, or
    (..., N, 6, 6); the sigma is that of the distance at the closest approach, along the line of sight. For another
    trajectory than one of Clohessy-Wiltshire give its states to `rvd.safety.drifting.closest_approach`.
    Source: W. Fehse 2003, section 4.1.

    >>> plan = (-200.0, -1500.0, 0.0), (0.0, 0.339, 0.0), [1000.0, 2800.0], [(0.05, 0.0, 0.0), (0.0, -0.1, 0.0)]
    >>> sweep = passive_sweep(*plan, 0.00113, [0.0, 1000.0, 2000.0], 86400.0)
    >>> sweep.distance.round(1).tolist()
    [200.0, 200.0, 240.0]
    """
    places, rates = after_burns(r, v, burn_times, burns, n, t)
    turning = np.asarray(n, dtype=float)[..., None]
    distance, after = drifting.closest_approach(places, rates, turning, horizon)
    sigma = np.zeros_like(distance)
    if covariance is not None:
        spread = numbers("covariance", covariance)
        if spread.shape not in ((6, 6), (*distance.shape, 6, 6)):
            raise ArgumentError(f"covariance has shape {spread.shape}; it is (6, 6), or one for each moment")
        onward = cw.transition(turning, after)[..., :3, :]
        there = np.einsum("...ij,...j->...i", onward, np.concatenate((places, rates), axis=-1))
        line = there / np.maximum(np.linalg.norm(there, axis=-1), 1e-300)[..., None]
        row = np.einsum("...i,...ij->...j", line, onward)
        square = np.einsum("...i,...ij,...j->...", row, spread, row)
        if np.any(square < 0.0):
            raise ArgumentError("covariance is not positive: a sigma would be imaginary")
        sigma = np.sqrt(square)
    return Sweep(np.asarray(t, dtype=float), places, rates, distance, after, sigma)


over_arrays(least_margin, "call the margin at each point, as rvd.safety.margins.cone")
over_arrays(after_burns, "add each burn to v and call rvd.motion.cw.coast to the next")
over_arrays(passive_sweep, "call rvd.safety.drifting.closest_approach at each moment")
