"""Where the Sun is in a planned attitude: whether it blinds a sensor all the way round the orbit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial.transform import Rotation

from rvd.core.orbit.sun import sun_table

if TYPE_CHECKING:
    from rvd.casefile.case import Case

PLACES = 72
"""Places round the orbit that are looked at."""


def hill_axes(case: Case) -> np.ndarray:
    """Turns (k, 3, 3) from hill to inertial axes at places round the target's orbit, taken as a circle.

    Source: Vallado 2013, eq. 2-144: the node, and the way across it in the plane of the orbit.
    """
    t = case.target
    node = np.array([math.cos(t.raan), math.sin(t.raan), 0.0])
    normal = np.array(
        [math.sin(t.inclination) * node[1], -math.sin(t.inclination) * node[0], math.cos(t.inclination)]
    )
    ahead = np.cross(normal, node)
    u = np.linspace(0.0, 2.0 * math.pi, PLACES, endpoint=False)[:, None]
    radial = np.cos(u) * node + np.sin(u) * ahead
    return np.stack([radial, np.cross(normal, radial), np.broadcast_to(normal, radial.shape)], axis=2)


def nearest_and_farthest(
    case: Case, turn: Rotation, boresight: tuple[float, float, float]
) -> tuple[float, float]:
    """The smallest and the largest angle (rad) of a boresight (body axes) from the Sun round the orbit, at the epoch.

    `turn` is the chaser's attitude, from body to hill axes.
    """
    x, y, z = sun_table(case.epoch, 1.0, 1)[0, 5:]
    sun = np.array([x, y, z]) / math.sqrt(x * x + y * y + z * z)
    looks = hill_axes(case) @ turn.apply(boresight)
    angles = np.arccos(np.clip(looks @ sun, -1.0, 1.0))
    return float(angles.min()), float(angles.max())
