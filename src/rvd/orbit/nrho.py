"""Periodic halo orbits (near-rectilinear ones among them) by differential correction, and along their family.

An orbit that crosses the xz plane at right angles twice is periodic (symmetry of the three-body problem).
Source: K. C. Howell, Three-dimensional periodic halo orbits, Celestial Mechanics 32 (1984) 53-71.
"""

from dataclasses import dataclass

import numpy as np

from rvd.core.kernel import over_arrays
from rvd.core.orbit import cr3bp
from rvd.errors import RvdError
from rvd.orbit import three_bodies

__all__ = ["LU", "MU_EARTH_MOON", "SEED_9_2", "TU", "Periodic", "correct", "describe", "half_turn"]


def __dir__() -> list[str]:
    return sorted(__all__)


#: Earth and Moon, and the seed of the 9:2 near-rectilinear halo orbit about L2, southern: JPL Three-Body
#: Periodic Orbit Catalogue (ssd.jpl.nasa.gov), lengths in LU, times in TU.
MU_EARTH_MOON = 0.01215058560962404
LU = 389703.264829278e3  # m
TU = 382981.289129055  # s
SEED_9_2 = (1.0196625817475922, 0.0, -0.18041918731575562, 0.0, -0.09805982467069076, 0.0)


@dataclass(frozen=True)
class Periodic:
    """A periodic orbit: the state (6,) where it crosses the xz plane, its period, and what it is judged by."""

    mu: float
    state: np.ndarray
    period: float
    jacobi: float
    periapsis: float  # least distance from the smaller primary
    monodromy: np.ndarray  # (6, 6)

    def at(self, t: float) -> np.ndarray:
        """State (6,) a time `t` after the crossing."""
        return three_bodies.propagate(self.mu, self.state, t % self.period)

    @property
    def stability(self) -> float:
        """Half of |largest multiplier| plus its inverse; one is stable."""
        largest = np.max(np.abs(np.linalg.eigvals(self.monodromy)))
        return 0.5 * (largest + 1.0 / largest)


def correct(mu: float, seed, keep: str = "z", tolerance: float = 1e-12, most: int = 25) -> Periodic:
    """The periodic orbit nearest a seed (x, 0, z, 0, vy, 0), holding its `keep` ("x" or "z") fixed.

    Newton's method on vx = vz = 0 at the next crossing of the xz plane. Raises RvdError if it does not converge.
    """
    if keep not in ("x", "z"):
        raise RvdError(f'keep is "x" or "z", not {keep!r}')
    state = np.array(seed, dtype=float)
    if state.shape != (6,) or not np.all(np.isfinite(state)):
        raise RvdError("the seed is six finite numbers: x, 0, z, 0, vy, 0")
    free = (2, 4) if keep == "x" else (0, 4)
    state[[1, 3, 5]] = 0.0
    for _ in range(most):
        half, end, matrix = half_turn(mu, state)
        miss = np.array((end[3], end[5]))
        if np.max(np.abs(miss)) < tolerance:
            return describe(mu, state, 2.0 * half)
        bend = cr3bp.acceleration(mu, tuple(end[:3]), tuple(end[3:]))
        # the crossing moves in time too: dt = -dy / vy
        slide = np.outer((bend[0], bend[2]), matrix[1, free] / end[4])
        jacobian = matrix[np.ix_((3, 5), free)] - slide
        state[list(free)] -= np.linalg.lstsq(jacobian, miss)[0]  # a planar orbit leaves one of them free
    raise RvdError(
        f"no periodic orbit found from this seed in {most} corrections (miss {np.max(np.abs(miss)):.1e})"
    )


def half_turn(mu: float, state: np.ndarray):
    """(time, state, transition matrix) at the next crossing of the xz plane."""

    def crossing(_, y):
        return y[1]

    crossing.terminal = True  # type: ignore[attr-defined]
    crossing.direction = -np.sign(state[4])  # type: ignore[attr-defined]
    path = three_bodies.trajectory(mu, state, 20.0, matrix=True, events=crossing)
    if path.status != 1:
        raise RvdError("the path from the seed never crosses the xz plane again")
    end = path.y_events[0][-1]
    return path.t_events[0][-1], end[:6], end[6:].reshape(6, 6)


def describe(mu: float, state: np.ndarray, period: float) -> Periodic:
    """The orbit's numbers, from one turn."""
    from scipy.optimize import minimize_scalar

    path = three_bodies.trajectory(mu, state, period, matrix=True)

    def distance(t):
        y = path.sol(t)[:3]
        return np.linalg.norm(y - (1.0 - mu, 0.0, 0.0))

    times = np.linspace(0.0, period, 401)
    best = times[np.argmin([distance(t) for t in times])]
    step = period / 400.0
    near = minimize_scalar(
        distance, bounds=(best - step, best + step), method="bounded", options={"xatol": 1e-12}
    )
    ends = (distance(0.0), distance(0.5 * period))  # perpendicular crossings are extremes
    return Periodic(
        mu,
        state.copy(),
        period,
        cr3bp.jacobi(tuple(state.tolist()), mu),
        min(near.fun, *ends),
        path.y[6:, -1].reshape(6, 6),
    )


for _face in (correct, describe, half_turn):
    over_arrays(_face, "find the orbit before, and give its state")
