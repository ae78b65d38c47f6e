"""Paths of the circular restricted three-body problem: `rvd.core.orbit.cr3bp` and `rvd.orbit.nrho` over arrays.

Non-dimensional, synodic frame: state (..., 6), place and velocity; mu: the smaller primary's share of the mass.
"""

import numpy as np

from rvd.array_arguments import ArgumentError, flag, numbers, rows, shaped, single
from rvd.core.kernel import Block, Row, Table, entry, inside, over_arrays
from rvd.core.orbit import cr3bp, domains
from rvd.orbit import three_bodies
from rvd.orbit.nrho import Periodic

__all__ = ["along", "jacobi", "lagrange_points", "propagate"]


def __dir__() -> list[str]:
    return sorted(__all__)


#: Longest path, in units of time of the primaries: 120 years of Earth and Moon.
LONGEST = 1e4
#: Least share of a smaller primary whose L1 and L2 are told from it.
LIGHTEST = 1e-15


@entry
def _jacobi(mu: Row, state: Table, out: Block) -> None:
    for i in range(mu.size):
        six = (state[i, 0], state[i, 1], state[i, 2], state[i, 3], state[i, 4], state[i, 5])
        out[i] = cr3bp.jacobi(six, mu[i])


def _share(mu) -> np.ndarray:
    array = numbers("mu", mu)
    if not np.all((array > 0.0) & (array <= 0.5)):
        raise ArgumentError("mu is the smaller primary's share of the mass: above 0, at most 0.5")
    return array


def _times(t) -> np.ndarray:
    array = numbers("t", t)
    if np.any(np.abs(array) > LONGEST):
        raise ArgumentError(f"t is in units of the primaries' motion, at most {LONGEST:g} either way")
    return array


def propagate(state, t, mu, matrix=False):
    """States (..., 6) after times `t` (...), or (states, transition matrices (..., 6, 6)); DOP853 to 1e-13.

    Each row is integrated alone, some hundred a second. Raises RvdError where a path meets a primary.
    """
    matrix = flag("matrix", matrix)
    lead, (state, t, mu) = rows({"state": state}, {"t": _times(t), "mu": _share(mu)}, width=6)
    ends = [three_bodies.propagate(float(m), x, float(s), matrix=matrix) for x, s, m in zip(state, t, mu)]
    if not matrix:
        return np.array(ends).reshape(*lead, 6)
    return (
        np.array([end for end, _ in ends]).reshape(*lead, 6),
        np.array([phi for _, phi in ends]).reshape(*lead, 6, 6),
    )


def jacobi(state, mu) -> np.ndarray:
    """Jacobi's constant (...) of states (..., 6). Raises ArgumentError at a primary."""
    lead, (state, mu) = rows({"state": state}, {"mu": _share(mu)}, width=6)
    out = np.empty(mu.size)
    _jacobi(mu, state, out)
    return shaped(lead, out, "they stand at a primary")


inside(jacobi, cr3bp.jacobi, domains.is_share)


def along(orbit, t) -> np.ndarray:
    """States (..., 6) of a periodic orbit (rvd.orbit.nrho.correct) at times `t` (...) after its crossing."""
    if not isinstance(orbit, Periodic):
        raise ArgumentError("orbit is an rvd.orbit.nrho.Periodic, as rvd.orbit.nrho.correct gives it")
    times = _times(t)
    turn = np.mod(times, orbit.period)
    path = three_bodies.trajectory(orbit.mu, orbit.state, max(float(np.max(turn, initial=0.0)), 1e-9))
    return path.sol(turn.ravel()).T.reshape(*times.shape, 6) if times.size else np.empty((*times.shape, 6))


def lagrange_points(mu) -> np.ndarray:
    """Positions (5, 3) of L1 to L5; one mu, at least 1e-15."""
    share = single("mu", _share(mu))
    if share < LIGHTEST:
        raise ArgumentError(f"mu is at least {LIGHTEST:g} here: L1 and L2 would meet the smaller primary")
    return three_bodies.lagrange_points(share)


over_arrays(propagate, "it stands on SciPy's integrator; find the states before")
over_arrays(along, "it stands on SciPy's integrator; find the states before")
over_arrays(lagrange_points, "find the points before, and give them")
