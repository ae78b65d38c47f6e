"""Allocation: the on-times of the nozzles that give a wrench at the least propellant, from a table of bases."""

from typing import NamedTuple

from rvd.core.algebra.vec import add, cross, scale, sub
from rvd.core.kernel import Marks, Row, Stack, Table, Vec, kernel

Six = tuple[float, float, float, float, float, float]


class Allocation(NamedTuple):
    """Tables of bases, one a nozzle set, stacked: f facets of n nozzles; wrenches are about `about_body`."""

    #: Of each facet the price (f, 6) of a wrench, kg/s per N and per N m, body axes.
    prices: Table
    #: Of each facet the matrix (f, 6, 6) from a wrench (N, N m, body axes) to its six duties.
    inverses: Stack
    #: Of each facet its nozzles' numbers (6 f,), -1 for a wrench that no nozzle gives.
    columns: Marks
    #: Of each nozzle its wrench (n, 6) at full thrust, N and N m, body axes.
    wrenches: Table
    #: Of each nozzle its shortest on-time (n,), s.
    least_on: Row
    #: Of each table its first facet (tables,).
    first: Marks
    #: Of each table the facet after its last (tables,).
    last: Marks
    #: The point that torques are about, m, body axes from the body's origin.
    about_body: Vec


class Allotted(NamedTuple):
    """What the on-times do not give, as means over the period; torques are about the centre of mass.

    Owed is what rounding on-times withheld, or gave too much: added to the next wrench, it averages out. Left is all
    that was asked for and is not given: owed, what the scale took, and what no nozzle can give.
    """

    #: Force owed, N, body axes.
    owed_force_body: Vec
    #: Torque owed, N m, body axes.
    owed_torque_body: Vec
    #: Force left, N, body axes.
    left_force_body: Vec
    #: Torque left, N m, body axes.
    left_torque_body: Vec
    #: Of the force: 1 unless an on-time would have been longer than the period.
    scale: float


# ---- element functions


@kernel
def six_of(table: Table, i: int) -> Six:
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
def about_point(force: Vec, torque: Vec, com: Vec, about: Vec) -> Six:
    """The wrench about another point: torque about `about` from the torque about `com`, body axes."""
    moment = add(torque, cross(sub(com, about), force))
    return (force[0], force[1], force[2], moment[0], moment[1], moment[2])


@kernel
def axpy_six(k: float, a: Six, b: Six) -> Six:
    """k a + b of wrenches."""
    return (
        k * a[0] + b[0],
        k * a[1] + b[1],
        k * a[2] + b[2],
        k * a[3] + b[3],
        k * a[4] + b[4],
        k * a[5] + b[5],
    )


@kernel
def about_com(wrench: Six, com: Vec, about: Vec) -> tuple[Vec, Vec]:
    """Force, and torque about `com`, from a wrench about `about`, body axes."""
    force = (wrench[0], wrench[1], wrench[2])
    return force, sub((wrench[3], wrench[4], wrench[5]), cross(sub(com, about), force))


@kernel
def pulse(asked: float, least: float, period: float) -> float:
    """On-time (s) that a valve can do: nothing below half the least, else at least the least, at most the period.

    A valve whose least is longer than the period stays shut.
    """
    on = asked if asked < period else period
    on = on if on > least else least
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
def duty(inverses: Stack, facet: int, i: int, wrench: Six) -> float:
    """Share of the period, at full thrust, of a facet's column i; rounding below zero is cut off."""
    m = inverses
    row = (m[facet, i, 0], m[facet, i, 1], m[facet, i, 2], m[facet, i, 3], m[facet, i, 4], m[facet, i, 5])
    share = along(row, wrench)
    return share if share > 0.0 else 0.0


@kernel
def longest_duty(allocation: Allocation, table: int, wrench: Six) -> tuple[float, int]:
    """The longest duty that a wrench asks of a nozzle, and the facet that gives it."""
    facet = best_facet(allocation, table, wrench)
    longest = 0.0
    for i in range(6):
        if allocation.columns[6 * facet + i] >= 0:
            share = duty(allocation.inverses, facet, i, wrench)
            longest = share if share > longest else longest
    return longest, facet


@kernel
def force_share(
    allocation: Allocation, table: int, force_body: Vec, torque_body: Vec, com_body: Vec
) -> float:
    """The share of a force that leaves room for the whole torque: an attitude that is lost loses everything.

    Along the chord from the torque alone to what is too large, again until it fits (four times: duties are piecewise
    linear); none is left where the torque alone does not fit.
    """
    about = allocation.about_body
    alone, _ = longest_duty(
        allocation, table, about_point(scale(0.0, force_body), torque_body, com_body, about)
    )
    share = 1.0
    for _ in range(4):
        wrench = about_point(scale(share, force_body), torque_body, com_body, about)
        longest, _ = longest_duty(allocation, table, wrench)
        share = share * (1.0 - alone) / (longest - alone) if longest > 1.0 else share
    return share if alone < 1.0 else 0.0


@kernel
def allocate(
    allocation: Allocation,
    table: int,
    force_body: Vec,
    torque_body: Vec,
    com_body: Vec,
    period: float,
    on: Row,
) -> Allotted:
    """Fills on (n,) with the on-times (s) whose mean over `period` is the wrench, at the least propellant.

    The wrench is in N and N m about `com_body`. Of one too large the force yields to the torque, then both, until
    the longest on-time is the period; then each on-time is rounded by `pulse`. One not finite fires nothing.
    """
    wrench = about_point(force_body, torque_body, com_body, allocation.about_body)
    longest, facet = longest_duty(allocation, table, wrench)
    part = 1.0
    if longest > 1.0:
        part = force_share(allocation, table, force_body, torque_body, com_body)
        wrench = about_point(scale(part, force_body), torque_body, com_body, allocation.about_body)
        longest, facet = longest_duty(allocation, table, wrench)
    longest = longest if longest > 1.0 else 1.0
    on[:] = 0.0
    given = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    owed = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for i in range(6):
        nozzle = allocation.columns[6 * facet + i]
        if nozzle >= 0:
            asked = duty(allocation.inverses, facet, i, wrench) / longest
            on[nozzle] = pulse(asked * period, allocation.least_on[nozzle], period)
            share = on[nozzle] / period
            full = six_of(allocation.wrenches, nozzle)
            given = axpy_six(share, full, given)
            owed = axpy_six(asked - share, full, owed)
    force, torque = about_com(given, com_body, allocation.about_body)
    owed_force, owed_torque = about_com(owed, com_body, allocation.about_body)
    return Allotted(
        owed_force_body=owed_force,
        owed_torque_body=owed_torque,
        left_force_body=sub(force_body, force),
        left_torque_body=sub(torque_body, torque),
        scale=part / longest,
    )
