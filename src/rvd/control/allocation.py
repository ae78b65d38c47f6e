"""Allocation: the on-times of the nozzles that give a wrench at the least propellant, from a table of bases."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rvd.algebra.vec import add, cross, sub
from rvd.constants import G0
from rvd.control.facets import FacetTable, facets, wrenches
from rvd.kernel import Marks, Row, Stack, Table, Vec, kernel

Six = tuple[float, float, float, float, float, float]


class Allocation(NamedTuple):
    """Tables of bases, one a nozzle set, stacked: table k holds facets first[k] to last[k] - 1.

    prices (f, 6) kg/s per N and N m; inverses (f, 6, 6) from wrench to duties; columns (6 f,) nozzle numbers, six a
    facet, -1 for a wrench that no nozzle gives; wrenches (n, 6) N and N m at full thrust about `about_body` (m);
    least_on (n,) s; first, last (tables,).
    """

    prices: Table
    inverses: Stack
    columns: Marks
    wrenches: Table
    least_on: Row
    first: Marks
    last: Marks
    about_body: Vec


def build_allocation(
    where_body: np.ndarray,
    push_body: np.ndarray,
    thrust: np.ndarray,
    isp: np.ndarray,
    least_on: np.ndarray,
    sets: Sequence[np.ndarray],
    about_body: Vec = (0.0, 0.0, 0.0),
) -> Allocation:
    """The tables of the nozzle sets given, each a row of marks (n,) bool; table k is of `sets[k]`.

    where_body, push_body (n, 3) m and unit; thrust (n,) N; isp, least_on (n,) s. `about_body` is any fixed point:
    `allocate` moves the torque there, so that a table serves every centre of mass.
    """
    full = wrenches(where_body, push_body, thrust, about_body)
    flows = np.asarray(thrust) / (G0 * np.asarray(isp))
    tables = [facets(full, flows, np.asarray(usable, dtype=bool)) for usable in sets]
    return _stacked(tables, full, np.array(least_on, dtype=np.float64), about_body)


def _stacked(
    tables: list[FacetTable], full: np.ndarray, least_on: np.ndarray, about_body: Sequence[float]
) -> Allocation:
    last = np.cumsum([len(table.prices) for table in tables]).astype(np.int64)
    x, y, z = (float(value) for value in about_body)
    return Allocation(
        np.ascontiguousarray(np.concatenate([table.prices for table in tables])),
        np.ascontiguousarray(np.concatenate([table.inverses for table in tables])),
        np.ascontiguousarray(np.concatenate([table.columns for table in tables]).ravel().astype(np.int64)),
        np.ascontiguousarray(full),
        least_on,
        np.concatenate([[0], last[:-1]]).astype(np.int64),
        last,
        (x, y, z),
    )


# ---- element functions


@kernel
def six_of(table: np.ndarray, i: int) -> Six:
    """Row i of a table of six columns."""
    return (table[i, 0], table[i, 1], table[i, 2], table[i, 3], table[i, 4], table[i, 5])


@kernel
def along(row: Six, wrench: Six) -> float:
    """A facet's price of a wrench (kg/s), or one duty of its basis."""
    return (
        row[0] * wrench[0]
        + row[1] * wrench[1]
        + row[2] * wrench[2]
        + row[3] * wrench[3]
        + row[4] * wrench[4]
        + row[5] * wrench[5]
    )


@kernel
def moved_wrench(force: Vec, torque: Vec, com: Vec, about: Vec) -> Six:
    """The wrench about another point: torque about `about` from the torque about `com`, body axes."""
    moment = add(torque, cross(sub(com, about), force))
    return (force[0], force[1], force[2], moment[0], moment[1], moment[2])


@kernel
def pulse(asked: float, least: float, period: float) -> float:
    """On-time (s) that a valve can do: nothing below half the least, the least below the least, at most the period."""
    on = max(min(asked, period), least)
    return on if (asked >= 0.5 * least) & (asked > 0.0) & (on <= period) else 0.0


# ---- the scalar driver's part


@kernel
def best_facet(allocation: Allocation, table: int, wrench: Six) -> int:
    """The facet of the largest price (the first of equals): the optimal basis for this wrench."""
    best = allocation.first[table]
    most = along(six_of(allocation.prices, best), wrench)
    for facet in range(allocation.first[table] + 1, allocation.last[table]):
        price = along(six_of(allocation.prices, facet), wrench)
        best = facet if price > most else best
        most = price if price > most else most
    return best


@kernel
def duties_of(inverses: np.ndarray, facet: int, wrench: Six) -> Six:
    """Duties (shares of the period at full thrust) of a facet's six columns; rounding below zero is cut off."""
    m = inverses[facet]
    return (
        max(0.0, along(six_of(m, 0), wrench)),
        max(0.0, along(six_of(m, 1), wrench)),
        max(0.0, along(six_of(m, 2), wrench)),
        max(0.0, along(six_of(m, 3), wrench)),
        max(0.0, along(six_of(m, 4), wrench)),
        max(0.0, along(six_of(m, 5), wrench)),
    )


@kernel
def allocate(
    allocation: Allocation,
    table: int,
    force_body: Vec,
    torque_body: Vec,
    com_body: Vec,
    period: float,
    on: np.ndarray,
) -> tuple[Vec, Vec, float]:
    """Fills on (n,) with on-times (s) whose mean over `period` is the wrench (N, N m about `com_body`), cheapest first.

    A wrench too large is scaled until the longest on-time is the period; then each on-time is rounded by `pulse`.
    Returns what is left: force and torque asked for but not given (mean over the period), and the scale.
    Add the rest to the next wrench, and pulses below the least average out.
    """
    wrench = moved_wrench(force_body, torque_body, com_body, allocation.about_body)
    facet = best_facet(allocation, table, wrench)
    duties = duties_of(allocation.inverses, facet, wrench)
    longest = 1.0
    for i in range(6):
        if allocation.columns[6 * facet + i] >= 0:
            longest = max(longest, duties[i])
    on[:] = 0.0
    given = (0.0, 0.0, 0.0)
    moment = (0.0, 0.0, 0.0)
    for i in range(6):
        nozzle = allocation.columns[6 * facet + i]
        if nozzle >= 0:
            seconds = pulse(duties[i] / longest * period, allocation.least_on[nozzle], period)
            on[nozzle] = seconds
            share = seconds / period
            full = six_of(allocation.wrenches, nozzle)
            given = (given[0] + share * full[0], given[1] + share * full[1], given[2] + share * full[2])
            moment = (moment[0] + share * full[3], moment[1] + share * full[4], moment[2] + share * full[5])
    about_com = sub(moment, cross(sub(com_body, allocation.about_body), given))
    return sub(force_body, given), sub(torque_body, about_com), 1.0 / longest
