"""From a case to the abort's own chain: which way and how hard it pushes, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rvd.assembly.axes import hill_of, level_attitude
from rvd.assembly.orbit import orbit_rate
from rvd.core.algebra import quat, vec
from rvd.core.algebra.dense import lengths
from rvd.core.control.allocation import Allocation, allocate
from rvd.core.control.steering import Gains
from rvd.core.flight.chain import Chain
from rvd.core.kernel import Vec, plain

if TYPE_CHECKING:
    from rvd.case.legs import Abort
    from rvd.casefile.case import Case

MISSING = 0.1
"""The share of a push that a set may leave out: what little it is across, the control makes up for elsewhere."""

ZERO = (0.0, 0.0, 0.0)

LITTLE = 1e-3
"""The share of a force by which is asked whether nozzles can push its way at all."""

PERIOD = 1000.0
"""A time (s) in which no on-time is short."""


class Reach(NamedTuple):
    """What a set of nozzles gives of a push without torque."""

    #: Force along it, N.
    force: float
    #: What is left out of a small one, N and N m, over its force.
    missing: float


def chain_of(case: Case, allocation: Allocation) -> Chain:
    """The abort's own chain, from the nominal case alone: for the chaser with full tanks."""
    a, c = case.abort, case.chaser
    none = Chain(
        independent=0.0,
        delay=0.0,
        burn=0.0,
        force_body=ZERO,
        force_hill=ZERO,
        holds=0.0,
        gains=Gains(*(0.0 for _ in Gains._fields)),
        table=0,
        allocation=allocation,
        com_body=c.centre_of_mass,
        inertia=(*c.inertia, 0.0, 0.0, 0.0),
        orbit_rate=orbit_rate(case),
    )
    if a is None or a.chain != "independent":
        return none
    size, force = plain(vec.norm)(gain_of(a)), force_of(case, a, allocation)
    push = plain(vec.scale)(force / size, gain_of(a))
    return none._replace(
        independent=1.0,
        delay=a.delay,
        burn=c.mass * size / force,
        force_body=push if any(a.dv.on_body) else ZERO,
        force_hill=ZERO if any(a.dv.on_body) else push,
        holds=0.0 if case.sensors.backup is None else 1.0,
        gains=Gains(*(getattr(case.control[a.control], name) for name in Gains._fields)),
        table=list(case.nozzles).index(a.nozzles),
    )


def refuse_shut(case: Case, chain: Chain, isolated: np.ndarray) -> None:
    """Raises CaseError where the chain shuts off (`isolated`, n numbers) nozzles that it fires itself."""
    if case.abort is None or not chain.independent:
        return
    tables = chain.allocation
    fired = tables.columns[6 * tables.first[chain.table] : 6 * tables.last[chain.table]]
    if isolated[fired[fired >= 0]].any():
        what = f"the chain shuts off nozzles of [nozzles.{case.abort.nozzles}], which it fires itself"
        raise case.error(("abort", "isolates"), what, "write other branches, or other nozzles for the abort")


def gain_of(a: Abort) -> Vec:
    """The gain of velocity (m/s) of an abort, on body axes where it is along those, else on hill axes."""
    return a.dv.on_body if any(a.dv.on_body) else hill_of(a.dv)


def force_of(case: Case, a: Abort, allocation: Allocation) -> float:
    """The force (N) that the chain's nozzles give, the least of what they give in the attitudes of the legs.

    Attitudes in which they cannot push that way are left out: a remark names them. Refused where none is left.
    """
    reached = [reach(case, a, allocation, way) for way in set(ways_of(case, a))]
    able = [one.force for one in reached if one.missing <= MISSING]
    if not able:
        what = f"[nozzles.{a.nozzles}] cannot push the way of the abort's burn without turning the chaser"
        raise case.error(("abort", "nozzles"), what, "write other nozzles or another burn")
    return float(min(able))


def ways_of(case: Case, a: Abort) -> Iterator[Vec]:
    """The direction of the burn in body axes: in the attitude of each leg, where it is along hill axes."""
    way = plain(vec.unit)(gain_of(a))
    if any(a.dv.on_body):
        yield way
    else:
        yield from (plain(quat.unrotate)(level_attitude(case, leg), way) for leg in case.leg)


def reach(case: Case, a: Abort, allocation: Allocation, way: Vec) -> Reach:
    """What the nozzles of an abort give along a direction in body axes, by the tables that they are chosen by."""
    on, number, most = (
        np.zeros(len(allocation.least_on)),
        list(case.nozzles).index(a.nozzles),
        case.chaser.mass * a.acceleration,
    )
    little, whole = (
        plain(allocate)(
            allocation,
            table=number,
            force_body=plain(vec.scale)(asked, way),
            torque_body=ZERO,
            com_body=case.chaser.centre_of_mass,
            period=PERIOD,
            on=on,
        )
        for asked in (LITTLE * most, most)
    )
    left = lengths(np.array([*little.left_force_body, *little.left_torque_body]))
    return Reach(
        force=most - plain(vec.dot)(whole.left_force_body, way), missing=float(left) / (LITTLE * most)
    )
