"""Attitude from directions: Wahba's problem.

Source: F. L. Markley, J. L. Crassidis, Fundamentals of Spacecraft Attitude Determination and Control, 2014, section
5.4: the solution by singular values (F. L. Markley, J. Astronautical Sciences 36, 1988).
"""

import math

import numpy as np
from scipy.spatial.transform import Rotation

#: Least share of the largest singular value that has to hold the turn about the best known axis.
OPEN = 1e-13


def from_directions(v_body: np.ndarray, v_a: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """q_a_body (N, 4) that best take the unit vectors `v_body` (N, n, 3) to `v_a` (N, n, 3): Wahba's problem.

    weights (N, n), above zero. NaN where the attitude is open, within `OPEN`: directions 1e-6 rad from one line,
    weights 1e13 apart, both together, or directions that are mirrored. Else it is right to 1e-16 over the angle between
    the directions, for weights 1e8 apart as well: singular values give it to the square of that, and Newton's steps on
    the residuals the rest.
    """
    if not len(v_body):
        return np.empty((0, 4))
    share = weights / np.max(weights, axis=-1, keepdims=True)
    u, s, vt = np.linalg.svd(np.einsum("nk,nki,nkj->nij", share, v_a, v_body))
    hand = np.where(np.linalg.det(u) * np.linalg.det(vt) < 0.0, -1.0, 1.0)
    u[:, :, 2] *= hand[:, None]
    turn = Rotation.from_matrix(u @ vt)
    known = s[:, 1] + hand * s[:, 2] > OPEN * s[:, 0]
    for _ in range(3):
        b = np.einsum("nij,nkj->nki", turn.as_matrix(), v_body)
        # first and second derivative of the sum of share a.exp(d) b; b x (a - b) is b x a without its cancellation
        slope = np.einsum("nk,nki->ni", share, np.cross(b, v_a - b))
        both = np.einsum("nk,nki,nkj->nij", share, v_a, b)
        bend = np.trace(both, axis1=1, axis2=2)[:, None, None] * np.eye(3) - 0.5 * (
            both + np.swapaxes(both, 1, 2)
        )
        bend[~known] = np.eye(3)
        turn = Rotation.from_rotvec(np.linalg.solve(bend, slope[..., None])[..., 0]) * turn
    return np.where(known[:, None], turn.as_quat(), math.nan)
