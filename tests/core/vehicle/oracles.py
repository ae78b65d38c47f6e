"""The vehicle the plain way: SciPy's rotations, dense matrices, one sensor at a time."""

import numpy as np
from scipy.spatial.transform import Rotation

LEVEL = Rotation.from_matrix([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0], [0.0, -1.0, 0.0]])
"""Takes body components of a level body (forward, starboard, down) to hill (radial, along, normal)."""


def rotation(q):
    """SciPy's rotation of a quaternion with its scalar last."""
    return Rotation.from_quat(np.asarray(q, dtype=float))


def quaternion(r):
    """The quaternion of a rotation, scalar last, as a kernel takes it."""
    return tuple(float(c) for c in r.as_quat())


def vector(a):
    """A vector as a kernel takes it."""
    return tuple(float(c) for c in a)


def points_removed(mass, com, gone, where):
    """Mass and centre of mass of a body after a point mass `gone` has left from `where`."""
    left = mass - gone
    return left, (mass * np.asarray(com) - gone * np.asarray(where)) / left


def box_area(area, wind):
    """Projected area of a box with faces `area` seen along the unit vector `wind`, face by face."""
    total = 0.0
    for axis in range(3):
        for sign in (1.0, -1.0):
            normal = np.zeros(3)
            normal[axis] = sign
            total += area[axis] * max(0.0, float(normal @ wind))
    return total


def held(bias, deadband, period, phase, t):
    """Rotation hill <- station of a station held about level: small angles about its own axes, swinging."""
    angle = np.array(
        [b + d * np.sin(2 * np.pi * t / p + f) for b, d, p, f in zip(bias, deadband, period, phase)]
    )
    return LEVEL * Rotation.from_rotvec(angle)


def aim(place_hill, q_hill_sensor, point_hill):
    """Range, azimuth and elevation of a point for a sensor whose z axis is the boresight, by spherical trigonometry."""
    line = rotation(q_hill_sensor).inv().apply(np.asarray(point_hill) - np.asarray(place_hill))
    reach = float(np.linalg.norm(line))
    # Azimuth is the angle within the x-z plane from z toward x; elevation leaves that plane toward y.
    azimuth = float(np.angle(complex(line[2], line[0])))
    elevation = 0.5 * np.pi - float(np.arccos(line[1] / reach))
    return reach, azimuth, elevation


def angle_between(a, b):
    """Angle (rad) between two vectors."""
    a, b = np.asarray(a), np.asarray(b)
    return float(np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b))
