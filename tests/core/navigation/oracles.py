"""The filters the plain way: dense matrices, the whole update at once, numerical gradients."""

import numpy as np
from scipy.linalg import expm
from scipy.spatial.transform import Rotation

from rvd.core.algebra.covariance import Covariance, workspace_for
from rvd.core.navigation import fixes, relative


class Held:
    """The relative filter as a value: its state, and a covariance that nothing else changes."""

    def __init__(self, state: relative.Relative, covariance: Covariance) -> None:
        self.state, self.covariance = state, covariance

    def __getattr__(self, name: str):
        return getattr(self.state, name)

    def _replace(self, **changes) -> "Held":
        return Held(self.state._replace(**changes), self.covariance)

    def with_matrix(self, matrix: np.ndarray) -> "Held":
        own = copied(self.covariance)
        own.matrix[:, : len(matrix)] = matrix
        return Held(self.state, own)


def copied(covariance: Covariance) -> Covariance:
    return Covariance(*(array.copy() for array in covariance))


def start(filt, *told) -> Held:
    own = workspace_for(relative.PATTERN)
    return Held(relative.start_relative(filt, own, *told), own)


def predict(filt, environment, n, orbit, held: Held, thrust, h) -> Held:
    own = copied(held.covariance)
    return Held(relative.predict_relative(filt, environment, n, orbit, held.state, own, thrust, h), own)


def correct_gps(filt, held: Held, *read):
    own = copied(held.covariance)
    state, tested = fixes.correct_gps(filt, held.state, own, *read)
    return Held(state, own), tested


def correct_laser(filt, held: Held, *read):
    own = copied(held.covariance)
    state, tested = fixes.correct_laser(filt, held.state, own, *read)
    return Held(state, own), tested


def dense(triangle) -> np.ndarray:
    """The full matrix of rows of an upper triangle, or of a workspace."""
    if isinstance(triangle, Covariance):
        return triangle.matrix[:, : len(triangle.matrix)].copy()
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
