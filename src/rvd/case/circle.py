"""How far the equations of a circular orbit, by which guidance flies, miss in the orbit of a case."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.integrate import solve_ivp

from rvd.core.constants import MU_EARTH, RADIUS_EARTH

from .sketch import coast, place_of, start_of, velocity_to
from .spoken import duration, length

if TYPE_CHECKING:
    from .schema import Case

ANOMALIES = 12
"""Places on the orbit at which a coast is begun: the largest miss counts."""

COAST = 3000.0
"""Seconds of the coast that is looked at in a plan without a transfer."""


def miss(case: Case) -> str:
    """What the last coast of the first transfer misses by, in words; of a plan without one, a coast from its start."""
    legs = [leg for leg in case.leg if leg.law == "two-impulse"]
    if not legs:
        away = largest_miss(case, start_of(case), np.zeros(3), COAST)
        return f"a coast of {duration(COAST)} from the start ends up to {rounded(away)} from where it leads"
    leg = legs[0]
    begin = start_of(case)
    if leg.midcourse > 0.0 and leg.aim is not None:
        first = velocity_to(case, leg.time, begin, place_of(case, leg.aim, leg))
        begin = coast(case, begin, first, leg.midcourse)[0][-1]
    seconds = leg.time - leg.midcourse
    v = velocity_to(case, seconds, begin, place_of(case, leg.to, leg))
    away = largest_miss(case, begin, v, seconds)
    return f'"{leg.name}" would miss its place by up to {rounded(away)} after {duration(seconds)} of coast'


def rounded(x: float) -> str:
    """A length to two digits."""
    return length(float(f"{x:.2g}"))


def largest_miss(case: Case, r: np.ndarray, v: np.ndarray, seconds: float) -> float:
    """The largest distance (m), over the places on the orbit, between a coast and what a circle makes of it.

    r, v: relative position (m) and velocity (m/s) at its begin, hill axes. Both bodies move about a point mass.
    """
    expected = coast(case, r, v, seconds)[0][-1]
    places = 2.0 * math.pi * np.arange(ANOMALIES) / ANOMALIES
    return max(float(np.linalg.norm(coasted(case, anomaly, r, v, seconds) - expected)) for anomaly in places)


def coasted(case: Case, anomaly: float, r: np.ndarray, v: np.ndarray, seconds: float) -> np.ndarray:
    """Where a coast ends (m, hill axes) that begins at a true anomaly (rad): two bodies about a point mass."""
    e = case.target.eccentricity
    p = (RADIUS_EARTH + case.target.altitude) * (1.0 - e * e)
    place = p / (1.0 + e * math.cos(anomaly)) * np.array([math.cos(anomaly), math.sin(anomaly), 0.0])
    velocity = math.sqrt(MU_EARTH / p) * np.array([-math.sin(anomaly), e + math.cos(anomaly), 0.0])
    axes, turn = hill(place, velocity)
    moving = axes @ v + np.cross(turn, axes @ r)
    begin = np.concatenate([place, velocity, place + axes @ r, velocity + moving])
    done = solve_ivp(_two_bodies, (0.0, seconds), begin, method="DOP853", rtol=1e-10, atol=1e-4)
    end = done.y[:, -1]
    axes, _ = hill(end[:3], end[3:6])
    return np.asarray(axes.T @ (end[6:9] - end[:3]))


def hill(r: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The hill axes of a state as columns (radial, along, normal), and the rate (rad/s) at which they turn."""
    momentum = np.cross(r, v)
    x, z = r / np.linalg.norm(r), momentum / np.linalg.norm(momentum)
    return np.column_stack([x, np.cross(z, x), z]), momentum / (r @ r)


def _two_bodies(t: float, y: np.ndarray) -> np.ndarray:
    """Rates of two independent states about the Earth."""
    pulls = (-MU_EARTH / np.linalg.norm(r) ** 3 * r for r in (y[:3], y[6:9]))
    first, second = pulls
    return np.concatenate([y[3:6], first, y[9:12], second])
