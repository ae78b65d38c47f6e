"""The optimal bases of the allocation LP, found once when a case is set up.

The LP is: least propellant c't with B t = w, t >= 0, where a column of B is the wrench of one nozzle at full thrust
and c_i its propellant flow. Its dual is max y'w with B'y <= c. The vertices of {y: B'y <= c} are polar to the facets
of the convex hull of the points B_i / c_i (Ziegler 1995, Lectures on Polytopes, theorem 2.11), and a facet's six
points are the optimal basis of every wrench in the cone over that facet. So one hull answers all wrenches:
the largest y'w names the basis, and six numbers of its inverse times w are the duties.
"""

from typing import NamedTuple

import numpy as np
from scipy.spatial import ConvexHull, QhullError

from rvd.core.algebra.dense import dots, inverses, lengths, nonnegative
from rvd.core.kernel import over_arrays
from rvd.interrupts import deferred

__all__ = ["FacetTable", "attains", "facets", "wrenches"]


def __dir__() -> list[str]:
    return sorted(__all__)


SLACK = -1
"""Number of the column that stands for a wrench no nozzle gives."""

SLACK_COST = 1000.0
"""Cost of that column over the dearest usable nozzle's for the same wrench: it is taken last."""

_TIE_BREAK = 1e-6  # relative change of costs that makes every facet a simplex; the LP's cost moves by no more
_ATTAINED = 1e-9
_FLAT = 1e-9  # determinant of six unit wrenches below which they span no cone
_AXES = np.concatenate([np.eye(6), -np.eye(6)])


class FacetTable(NamedTuple):
    """Bases of one nozzle set: prices (f, 6), kg/s per N and N m; inverses (f, 6, 6), wrench to duties; columns (f, 6).

    `columns` holds nozzle numbers, or SLACK.
    """

    prices: np.ndarray
    inverses: np.ndarray
    columns: np.ndarray


def wrenches(where_body, push_body, thrust, about_body) -> np.ndarray:
    """Wrench (n, 6) of every nozzle at full thrust: force (N), torque (N m) about a point, body axes."""
    force = np.asarray(push_body) * np.asarray(thrust)[:, None]
    (x, y, z), (a, b, c) = (np.asarray(where_body) - np.asarray(about_body)).T, force.T
    torque = np.column_stack([y * c - z * b, z * a - x * c, x * b - y * a])
    return np.concatenate([force, torque], axis=1)


def attains(columns: np.ndarray, wrench: np.ndarray) -> bool:
    """Whether some on-times, however long, of nozzle wrenches (n, 6) add up to a wrench (6,) of order one."""
    if len(columns) == 0:
        return False
    return nonnegative(columns / lengths(columns)[:, None], wrench)[1] < _ATTAINED


def facets(columns: np.ndarray, flows: np.ndarray, usable: np.ndarray) -> FacetTable:
    """Every basis that can be optimal with the usable nozzles of n.

    columns (n, 6) as of `wrenches`; flows (n,) kg/s at full thrust; usable (n,) bool. Where a direction along a
    force or torque axis is out of reach a slack column is added, so that every wrench has an answer.
    Raises ArithmeticError if the bases found do not cover all wrenches.
    """
    number = np.flatnonzero(usable)
    length = _length(columns[number])
    scaled = columns[number] * np.array([1.0, 1.0, 1.0, 1 / length, 1 / length, 1 / length])
    slack = np.array([axis for axis in _AXES if not attains(scaled, axis)]).reshape(-1, 6)
    dearest = (flows[number] / lengths(scaled)).max(initial=1e-3 if len(number) == 0 else 0.0)
    scaled = np.concatenate([scaled, slack])
    number = np.concatenate([number, np.full(len(slack), SLACK)])
    cost = np.concatenate([flows[usable], np.full(len(slack), SLACK_COST * dearest)])
    # Random, for in a low-discrepancy sequence (i + l = j + k) costs of symmetric nozzles tie again.
    cost = cost * (1.0 + _TIE_BREAK * _uniform(1, len(cost)))
    table = _bases(scaled, cost, number, length)
    _check(table, scaled, cost, length)
    return table


def _length(columns: np.ndarray) -> float:
    """Typical lever arm (m), by which torques are divided so that the hull is round."""
    force = lengths(columns[:, :3])
    arm = lengths(columns[:, 3:]) / np.where(force > 0.0, force, 1.0)
    arms = sorted(arm[arm > 0.0].tolist())
    middle = len(arms) // 2
    if not arms:
        return 1.0
    return arms[middle] if len(arms) % 2 else 0.5 * (arms[middle - 1] + arms[middle])


def _uniform(seed: int, count: int) -> np.ndarray:
    """Uniform numbers (count,) in [0, 1), from bits that NumPy promises to keep."""
    return (np.random.PCG64(seed).random_raw(count) >> np.uint64(11)) / 9007199254740992.0


def _bases(scaled: np.ndarray, cost: np.ndarray, number: np.ndarray, length: float) -> FacetTable:
    points = scaled / cost[:, None]
    # Of nozzles with the same wrench per propellant only the cheapest can be on the hull; Qt would return flat
    # simplices between them, which the volume test drops.
    try:
        with (
            deferred()
        ):  # an exception in the midst of Qhull's set-up has been a segmentation fault (SciPy 1.13)
            hull = ConvexHull(points / lengths(points).max(), qhull_options="Qt")
    except QhullError:
        raise ArithmeticError("the wrenches of the nozzle table lie in no solid") from None
    # Qhull says which six points stand together, and nothing else of it is kept: numbers of points, in our order.
    members = np.array(sorted(sorted(six) for six in hull.simplices.tolist()))
    unit = scaled / lengths(scaled)[:, None]
    members = members[np.abs(inverses(unit[members])[1]) > _FLAT]
    to_duties = inverses(scaled[members].transpose(0, 2, 1))[0]
    to_duties[:, :, 3:] /= length
    prices = dots(to_duties.transpose(0, 2, 1), cost[members][:, None, :])
    return FacetTable(prices, to_duties, number[members])


def _check(table: FacetTable, scaled: np.ndarray, cost: np.ndarray, length: float) -> None:
    """Duality: no price exceeds a column's cost, and on sample wrenches the dearest price's duties are not negative."""
    columns = scaled * np.array([1.0, 1.0, 1.0, length, length, length])
    sample = np.concatenate([_AXES, 2.0 * _uniform(6, 3000).reshape(500, 6) - 1.0])
    sample = sample * np.array([1.0, 1.0, 1.0, length, length, length])
    best = np.argmax(dots(sample[:, None], table.prices[None]), axis=1)
    duties = dots(table.inverses[best], sample[:, None])
    sound = np.all(dots(table.prices[:, None], columns[None]) <= cost * (1.0 + 1e-9))
    if not sound or duties.min() < -1e-9 * np.abs(duties).max():
        raise ArithmeticError("the facets of the nozzle table do not cover all wrenches")


for _face in (attains, facets, wrenches):
    over_arrays(_face, "any number of nozzles; find it before, and give its numbers")
