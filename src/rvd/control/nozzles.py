"""One wrench of a set of nozzles, or many: the on-times that give it, and how much of it the nozzles could give.

The nozzles are arrays: where_body (n, 3), m, and push_body (n, 3), the direction of the force on the vehicle, of any
length, both in body axes; thrust (n,), N. A wrench is a force (N) and a torque (N m) about com_body (3,), m, the centre
of mass, all in body axes from the body's origin.
"""

import functools
from typing import Any, NamedTuple

import numpy as np

from rvd.array_arguments import ArgumentError, numbers, off_centre, positive, rows, single
from rvd.control.allocation import build_allocation
from rvd.control.attainable import largest_along
from rvd.control.facets import wrenches
from rvd.core.control.allocation import Allocation, allocate
from rvd.core.kernel import Block, Sheet, Table, Vec, entry, over_arrays, plain
from rvd.first_calls import in_python

__all__ = ["OnTimes", "largest_multiple", "on_times"]


def __dir__() -> list[str]:
    return sorted(__all__)


class OnTimes(NamedTuple):
    """What is fired for wrenches, and what it gives as a mean over the period."""

    #: On-times of the n nozzles, s (..., n).
    on: np.ndarray
    #: Force given, N, body axes (..., 3).
    force_body: np.ndarray
    #: Torque given about the centre of mass, N m, body axes (..., 3).
    torque_body: np.ndarray
    #: The share of the force asked for that was kept: 1 unless an on-time would be longer than the period (...).
    scale: np.ndarray


@entry
def _allocate(
    allocation: Allocation, com: Vec, period: float, asked: Table, on: Sheet, left: Sheet, kept: Block
) -> None:
    for i in range(kept.size):
        force, torque = (asked[i, 0], asked[i, 1], asked[i, 2]), (asked[i, 3], asked[i, 4], asked[i, 5])
        found = allocate(allocation, 0, force, torque, com, period, on[i])
        left[i, 0], left[i, 1], left[i, 2] = found.left_force_body
        left[i, 3], left[i, 4], left[i, 5] = found.left_torque_body
        kept[i] = found.scale


def _table(where_body: Any, push_body: Any, thrust: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The nozzles, with directions of length one."""
    where, push, size = (
        numbers("where_body", where_body),
        numbers("push_body", push_body),
        positive("thrust", thrust),
    )
    for name, array in (("where_body", where), ("push_body", push)):
        if array.ndim != 2 or array.shape[1] != 3 or not len(array):
            raise ArgumentError(f"{name} has shape {array.shape}; it holds a row of 3 for each nozzle")
    off_centre("push_body", push)
    if size.shape not in ((), (len(where),)) or len(push) != len(where):
        raise ArgumentError(
            f"where_body, push_body and thrust are of {len(where)}, {len(push)} and {size.size} nozzles"
        )
    return where, push / np.linalg.norm(push, axis=1)[:, None], np.broadcast_to(size, len(where))


def _for_each(name: str, value: Any, count: int) -> np.ndarray:
    array = numbers(name, value)
    if array.shape not in ((), (count,)):
        raise ArgumentError(f"{name} is one number, or one for each of {count} nozzles")
    return np.broadcast_to(array, count)


def _wrench(force_body: Any, torque_body: Any) -> tuple[tuple[int, ...], np.ndarray]:
    lead, (force, torque) = rows({"force_body": force_body, "torque_body": torque_body}, {})
    return lead, np.ascontiguousarray(np.concatenate((force, torque), axis=1))


def _place(com_body: Any) -> tuple[float, float, float]:
    place = numbers("com_body", com_body)
    if place.shape != (3,):
        raise ArgumentError(f"com_body has shape {place.shape}; it is one place for all")
    x, y, z = place.tolist()
    return x, y, z


@functools.lru_cache(maxsize=8)
def _allocation(count: int, table: bytes) -> Allocation:
    """The bases of a nozzle table, kept for the next call with the same nozzles."""
    columns = np.frombuffer(table).reshape(9, count)
    where, push = columns[:3].T, columns[3:6].T
    try:
        return build_allocation(where, push, columns[6], columns[7], columns[8], [np.ones(count, dtype=bool)])
    except ArithmeticError as error:
        raise ArgumentError(f"no bases are found for these nozzles: {error}") from None


def on_times(
    where_body,
    push_body,
    thrust,
    force_body,
    torque_body,
    com_body=(0.0, 0.0, 0.0),
    period=1.0,
    isp=220.0,
    least_on=0.0,
) -> OnTimes:
    """The on-times whose mean over a period is the wrench asked for, at the least propellant, and what they give.

    force_body, torque_body: (..., 3), N and N m; period: s; isp, least_on: s, one or (n,): what propellant is counted
    by, and the shortest on-time (shorter ones are left out below half of it, else lengthened). Duties are `on` over
    `period`. Of a wrench too large the force yields to the torque, then both; what no nozzle gives is left. The bases
    of the linear program are found once for a table (0.1 to 2 s) and kept; flights allocate by the same function.
    Raises ArgumentError where the table is none. Source: M. Bodson, J. Guidance, Control, and Dynamics 25(4), 2002,
    703-711 (allocation as a linear program); the bases as facets: `rvd.control.facets`.

    >>> push = np.repeat(np.vstack((np.eye(3), -np.eye(3))), 2, axis=0)
    >>> where = np.roll(push, 1, axis=1) * np.tile((1.0, -1.0), 6)[:, None]
    >>> found = on_times(where, push, 10.0, (4.0, 0.0, 0.0), (0.0, 0.0, 1.0), period=2.0)
    >>> found.force_body.round(6).tolist(), found.torque_body.round(6).tolist(), float(found.scale)
    ([4.0, 0.0, 0.0], [0.0, 0.0, 1.0], 1.0)
    >>> found.on.round(6).tolist()
    [0.3, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    where, push, size = _table(where_body, push_body, thrust)
    count, pause = len(where), single("period", positive("period", period))
    costs, least = positive("isp", _for_each("isp", isp, count)), _for_each("least_on", least_on, count)
    if np.any(least < 0.0):
        raise ArgumentError("least_on must not be below zero")
    lead, asked = _wrench(force_body, torque_body)
    columns = np.vstack((where.T, push.T, size, costs, least))
    allocation, place = _allocation(count, np.ascontiguousarray(columns).tobytes()), _place(com_body)
    on, left, kept = np.empty((len(asked), count)), np.empty((len(asked), 6)), np.empty(len(asked))
    kernel = plain(allocate)

    def row(i: int) -> None:
        wrench = asked[i].tolist()
        found = kernel(allocation, 0, tuple(wrench[:3]), tuple(wrench[3:]), place, pause, on[i])
        left[i, :3], left[i, 3:], kept[i] = found.left_force_body, found.left_torque_body, found.scale

    if not in_python(_allocate, len(asked), row):
        _allocate(allocation, place, pause, asked, on, left, kept)
    given = asked - left
    return OnTimes(
        on.reshape(*lead, count),
        given[:, :3].reshape(*lead, 3),
        given[:, 3:].reshape(*lead, 3),
        kept.reshape(lead),
    )


def largest_multiple(
    where_body, push_body, thrust, force_body, torque_body, com_body=(0.0, 0.0, 0.0)
) -> np.ndarray:
    """How many times (...) the wrench the nozzles can give at most, each open all the time or part of it.

    force_body, torque_body: (..., 3), N and N m, a direction of any size, not zero. Below 1 the wrench is not attained;
    0 where no nozzles give any of it. A linear program (HiGHS), 2 ms each. Raises ArgumentError for a zero wrench.
    Source: M. Bodson 2002 (direct allocation), as `on_times`.

    >>> push = np.repeat(np.vstack((np.eye(3), -np.eye(3))), 2, axis=0)
    >>> where = np.roll(push, 1, axis=1) * np.tile((1.0, -1.0), 6)[:, None]
    >>> largest_multiple(where, push, 10.0, (4.0, 0.0, 0.0), (0.0, 0.0, 0.0)).round(6).tolist()
    5.0
    """
    where, push, size = _table(where_body, push_body, thrust)
    lead, asked = _wrench(force_body, torque_body)
    full = wrenches(where, push, size, _place(com_body))
    if not np.all(np.any(asked != 0.0, axis=1)):
        raise ArgumentError(
            "force_body and torque_body are both zero in at least one row: that is no direction"
        )
    return np.array([largest_along(full, wrench) for wrench in asked]).reshape(lead)


over_arrays(on_times, "any number of nozzles; find it before, and give its numbers")
over_arrays(largest_multiple, "any number of nozzles; find it before, and give its numbers")
