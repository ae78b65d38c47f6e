"""The filters the plain way: dense matrices, the whole update at once, numerical gradients."""

import numpy as np
from scipy.linalg import expm
from scipy.spatial.transform import Rotation


def dense(triangle) -> np.ndarray:
    """The full matrix of rows of an upper triangle."""
    n = len(triangle)
    full = np.zeros((n, n))
    for i, row in enumerate(triangle):
        full[i, i:] = row
    return full + np.triu(full, 1).T


def cw_matrix(n: float, h: float) -> np.ndarray:
    """The transition matrix of Clohessy and Wiltshire by the matrix exponential."""
    a = np.zeros((6, 6))
    a[:3, 3:] = np.eye(3)
    a[3, 0], a[3, 4], a[4, 3], a[5, 2] = 3 * n * n, 2 * n, -2 * n, -n * n
    return expm(a * h)


def numbers(relative) -> np.ndarray:
    """The states of the relative filter."""
    return np.hstack([
        relative.r_hill, relative.v_hill, relative.gps_bias, relative.laser_bias, relative.held, relative.swing,
        relative.swing_speed, np.ravel(relative.thrust), relative.unexplained, relative.centre_of_mass, relative.drag,
    ])  # fmt: skip


def kalman(x, p, h, innovation, variance):
    """One scalar Kalman update, Joseph's form."""
    s = h @ p @ h + variance
    k = p @ h / s
    m = np.eye(len(x)) - np.outer(k, h)
    return x + k * innovation, m @ p @ m.T + variance * np.outer(k, k)


def sight(x, eye, q_hill_body, q_hill_sensor, point) -> np.ndarray:
    """Range, azimuth and elevation as the filter expects them of its states."""
    to = np.asarray(point) + np.cross(x[12:15] + x[15:18], point)
    at = x[:3] + np.asarray(eye) - Rotation.from_quat(q_hill_body).apply(x[33:36])
    line = Rotation.from_quat(q_hill_sensor).inv().apply(to - at)
    flat = np.hypot(line[0], line[2])
    return np.array([np.linalg.norm(line), np.arctan2(line[0], line[2]), np.arctan2(line[1], flat)]) + x[9:12]


def gradient(function, x, step=1e-4) -> np.ndarray:
    """Central differences of a vector function."""
    columns = []
    for i in range(len(x)):
        d = np.zeros(len(x))
        d[i] = step
        columns.append((function(x + d) - function(x - d)) / (2.0 * step))
    return np.array(columns).T
