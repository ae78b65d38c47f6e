"""Paths of the circular restricted three-body problem, by SciPy's integrator and root finder."""

import math

import numpy as np

from rvd.core.orbit import cr3bp
from rvd.errors import RvdError

__all__ = ["lagrange_points", "propagate", "trajectory"]


def __dir__() -> list[str]:
    return sorted(__all__)


def propagate(mu: float, state, t: float, matrix: bool = False, rtol: float = 1e-13):
    """State (6,) after non-dimensional time `t`, or (state, transition matrix (6, 6)); DOP853.

    Raises RvdError where the path meets a primary or a number is not finite.
    """
    solution = trajectory(mu, state, t, matrix=matrix, rtol=rtol)
    end = solution.y[:, -1]
    return (end[:6], end[6:].reshape(6, 6)) if matrix else end


def trajectory(mu: float, state, t: float, matrix: bool = False, rtol: float = 1e-13, events=None):
    """SciPy's solution object of the path from `state` over `t`, dense; rows 6.. hold the transition matrix."""
    from scipy.integrate import solve_ivp

    start = np.asarray(state, dtype=float)
    if start.shape != (6,) or not np.all(np.isfinite(start)) or not math.isfinite(t):
        raise RvdError("a synodic state is six finite numbers, and the time one")
    if matrix:
        start = np.concatenate((start, np.eye(6).ravel()))
    out = np.empty_like(start)

    def derivative(_, y):
        cr3bp.slope(mu, y, out)
        if not math.isfinite(out[3] + out[4] + out[5]):  # SciPy would halve its step for ever
            raise RvdError("the path meets a primary")
        return out.copy()

    solution = solve_ivp(
        derivative, (0.0, t), start, "DOP853", rtol=rtol, atol=1e-14, dense_output=True, events=events
    )
    if solution.status < 0 or not np.all(np.isfinite(solution.y[:, -1])):
        raise RvdError(f"the path could not be followed beyond t = {solution.t[-1]:.6g}: {solution.message}")
    return solution


def lagrange_points(mu: float) -> np.ndarray:
    """Positions (5, 3) of L1 to L5."""
    from scipy.optimize import brentq

    def force(x):
        return cr3bp.acceleration(mu, (x, 0.0, 0.0), (0.0, 0.0, 0.0))[0]

    gap = 1e-6
    brackets = ((-mu + gap, 1.0 - mu - gap), (1.0 - mu + gap, 2.0), (-2.0, -mu - gap))
    collinear = [brentq(force, *bracket, xtol=1e-15, rtol=1e-15) for bracket in brackets]
    high = math.sqrt(0.75)
    return np.array([[x, 0.0, 0.0] for x in collinear] + [[0.5 - mu, high, 0.0], [0.5 - mu, -high, 0.0]])
