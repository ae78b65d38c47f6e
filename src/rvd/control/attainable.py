"""The attainable wrench: how hard a set of nozzles can push and turn the vehicle, also with any one nozzle out."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog

from rvd.control.facets import wrenches
from rvd.core.control.allocation import Allocation
from rvd.core.kernel import over_arrays

__all__ = ["Attainable", "attainable", "force_outline", "largest_allocated", "largest_along", "unattained"]


def __dir__() -> list[str]:
    return sorted(__all__)


DIRECTIONS = tuple(f"{what} {sign}{axis}" for what in ("force", "torque") for sign in "+-" for axis in "xyz")
"""The twelve pure wrenches, in the order of the columns of `Attainable.largest`."""

ONE_OUT = "any one nozzle out"

_UNIT = np.kron(np.eye(2), np.vstack([np.eye(3), -np.eye(3)]))  # (12, 6), rows as DIRECTIONS
_NOTHING = 1e-6  # N or N m below which a direction is not attained: a solver's tolerance, not a thrust


class Attainable(NamedTuple):
    """Largest pure force (N) and torque (N m) about the centre of mass, body axes, nozzles at full thrust at most.

    largest (sets, 12): a row for each of `names`, a column for each of DIRECTIONS. The row ONE_OUT, if asked for,
    is the worst over which nozzle of all is out; `worst_out` (12,) says which (its number).
    """

    names: tuple[str, ...]
    largest: np.ndarray
    worst_out: np.ndarray


def largest_along(full: np.ndarray, direction: np.ndarray) -> float:
    """The largest s for which duties 0 <= t <= 1 of nozzle wrenches (n, 6) give s times a direction (6,)."""
    scale = np.abs(full).max(axis=0, initial=0.0)
    scale[scale == 0.0] = 1.0
    cost = np.append(np.zeros(len(full)), -1.0)
    equal = np.column_stack([(full / scale).T, -np.asarray(direction) / scale])
    bounds = [(0.0, 1.0)] * len(full) + [(0.0, None)]
    answer = linprog(cost, A_eq=equal, b_eq=np.zeros(6), bounds=bounds, method="highs")
    if answer.status != 0:
        raise ArithmeticError(f"the linear program of the attainable wrench failed: {answer.message}")
    return max(0.0, float(-answer.fun))


def largest_allocated(allocation: Allocation, table: int, com_body, direction: np.ndarray) -> float:
    """The largest s for which `allocate` gives s times a direction (6,; about `com_body`) without scaling it down.

    At most what `largest_along` gives: the cheapest basis uses six nozzles where all could help. Zero where the
    basis needs a wrench that no nozzle gives.
    """
    wrench = np.array(direction, dtype=float)
    wrench[3:] += np.cross(np.asarray(com_body) - np.asarray(allocation.about_body), wrench[:3])
    span = slice(allocation.first[table], allocation.last[table])
    facet = allocation.first[table] + int(np.argmax(allocation.prices[span] @ wrench))
    duties = allocation.inverses[facet] @ wrench
    slack = allocation.columns[6 * facet : 6 * facet + 6] < 0
    # Slack beside nozzles whose duty is thousandths is rounding of the inverse, not a need.
    if np.any(duties[slack] > 1e-9 * np.abs(duties).max()):
        return 0.0
    return float(1.0 / duties.max())


def attainable(
    where_body: np.ndarray,
    push_body: np.ndarray,
    thrust: np.ndarray,
    sets: Mapping[str, np.ndarray],
    com_body=(0.0, 0.0, 0.0),
    one_out: np.ndarray | None = None,
) -> Attainable:
    """The summary of named nozzle sets (marks (n,) bool each); `one_out` marks the set that loses any one nozzle.

    where_body, push_body (n, 3) m and unit; thrust (n,) N. With 32 nozzles one set takes 12 linear programs, some
    20 ms, and `one_out` 32 times that.
    """
    full = wrenches(where_body, push_body, thrust, com_body)
    rows = [_twelve(full[np.asarray(marks, dtype=bool)]) for marks in sets.values()]
    names, worst_out = tuple(sets), np.full(12, -1)
    if one_out is not None:
        without = {out: _twelve(_drop(full, one_out, out)) for out in np.flatnonzero(one_out).tolist()}
        losses = np.array(list(without.values()))
        rows.append(losses.min(axis=0))
        worst_out = np.array(list(without))[losses.argmin(axis=0)]
        names += (ONE_OUT,)
    return Attainable(names, np.array(rows), worst_out)


def unattained(summary: Attainable) -> list[tuple[str, str]]:
    """The pairs (set, direction) along which a set can do nothing; empty where every set has full control."""
    rows, columns = np.nonzero(summary.largest < _NOTHING)
    return [(summary.names[i], DIRECTIONS[j]) for i, j in zip(rows, columns, strict=True)]


def force_outline(full: np.ndarray, first: int, second: int, angles: np.ndarray) -> np.ndarray:
    """Outline (m, 2), N, of the forces without torque in the plane of two body axes (0 x, 1 y, 2 z), for a figure.

    full (n, 6) as of `wrenches` about the centre of mass; angles (m,) rad from the first axis to the second.
    """
    outline = np.empty((len(angles), 2))
    for row, angle in zip(outline, angles, strict=True):
        direction = np.zeros(6)
        direction[first], direction[second] = np.cos(angle), np.sin(angle)
        row[:] = largest_along(full, direction) * direction[[first, second]]
    return outline


def _twelve(full: np.ndarray) -> np.ndarray:
    return np.array([largest_along(full, direction) for direction in _UNIT])


def _drop(full: np.ndarray, marks: np.ndarray, out: int) -> np.ndarray:
    kept = np.array(marks, dtype=bool)
    kept[out] = False
    return full[kept]


for _face in (attainable, force_outline, largest_allocated, largest_along, unattained):
    over_arrays(_face, "any number of nozzles; find it before, and give its numbers")
