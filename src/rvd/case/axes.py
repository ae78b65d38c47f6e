"""Words to frames: the vectors and turns of a case file in hill, level and body axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial.transform import Rotation

from rvd.kernel import Quat, Vec
from rvd.vehicle.laser import Mount
from rvd.vehicle.station import Q_HILL_LEVEL

if TYPE_CHECKING:
    from rvd.case.table import Place


def hill_of(place: Place) -> Vec:
    """Hill components of a place given along V-bar (+y), R-bar (-x) and H-bar (-z)."""
    return (-place.rbar, place.vbar, -place.hbar)


def body_of(place: Place) -> Vec:
    """Components of a place along forward, starboard and down, the axes of a level station."""
    return (place.vbar, place.hbar, place.rbar)


def hill_of_level(body: Vec) -> Vec:
    """Hill components of a vector on the body axes of a level station: forward +y, starboard -z, down -x."""
    return (-body[2], body[0], -body[1])


def axis_of(word: str) -> Vec:
    """The unit vector (hill) a case names by vbar, rbar or hbar, with a minus sign for the other way."""
    axes = {"vbar": (0.0, 1.0, 0.0), "rbar": (-1.0, 0.0, 0.0), "hbar": (0.0, 0.0, -1.0)}
    sign = -1.0 if word.startswith("-") else 1.0
    x, y, z = axes[word.lstrip("-")]
    return (sign * x, sign * y, sign * z)


def quaternion(yaw: float, pitch: float, roll: float) -> Quat:
    """q_hill_body of a body turned from level by yaw about down, then pitch about starboard, then roll about forward.

    Source: the aerospace sequence z-y-x, Stevens and Lewis 2003, eq. 1.3-18.
    """
    level = Rotation.from_quat(Q_HILL_LEVEL)
    x, y, z, w = (level * Rotation.from_euler("ZYX", [yaw, pitch, roll])).as_quat(canonical=True)
    return (float(x), float(y), float(z), float(w))


def angles_quaternion(angles) -> Quat:
    """q_hill_body of the yaw, pitch and roll of a case."""
    return quaternion(angles.yaw, angles.pitch, angles.roll)


def station_attitude(q_hill_body: Quat) -> Quat:
    """q_station_body of a chaser attitude against a level station."""
    level = Rotation.from_quat(Q_HILL_LEVEL)
    x, y, z, w = (level.inv() * Rotation.from_quat(q_hill_body)).as_quat(canonical=True)
    return (float(x), float(y), float(z), float(w))


def mount_of(where: Vec, boresight: Vec, up: Vec) -> Mount:
    """A sensor at `where` whose z axis is the boresight and whose x axis lies as near as can be to `up`."""
    z = np.asarray(boresight, dtype=float)
    x = np.asarray(up, dtype=float) - np.dot(up, z) * z
    x = x / np.linalg.norm(x)
    q = Rotation.from_matrix(np.column_stack([x, np.cross(z, x), z])).as_quat(canonical=True)
    return Mount(where, (float(q[0]), float(q[1]), float(q[2]), float(q[3])))
