"""From a case to the world that is flown: environment, bodies, sensors aboard, rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rvd.assembly.axes import (
    angles_quaternion,
    berthing_of,
    body_of,
    fixture_of,
    flat,
    given,
    mated,
    port_axes,
    station_attitude,
)
from rvd.assembly.nozzle_table import NozzleTable
from rvd.core.algebra import elementary, vec
from rvd.core.algebra.dense import lengths
from rvd.core.algebra.random import stream_of
from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH, SPIN_EARTH
from rvd.core.flight.world import Thrusters
from rvd.core.goals.goal import Goal
from rvd.core.goals.goals import WORDS as GOAL_WORDS
from rvd.core.hull.hull import CAPSULE, Hulls
from rvd.core.kernel import Vec, plain
from rvd.core.motion.nonlinear import Environment
from rvd.core.rules.hull import Hull
from rvd.core.rules.rules import FAR, HEAD, RULE, WORDS, Rules
from rvd.core.rules.sphere import Sphere
from rvd.core.safety.passive import Passive
from rvd.core.vehicle.drag import Drag
from rvd.core.vehicle.mass import Chaser
from rvd.core.vehicle.station import Points

if TYPE_CHECKING:
    from rvd.case.limits import Rule
    from rvd.case.vehicles import Capsule
    from rvd.casefile.case import Case


def environment_of(case: Case) -> Environment:
    """Earth with its J2 and the case's atmosphere, whose density is given at the target's altitude."""
    reference = RADIUS_EARTH + case.target.altitude
    return Environment(
        MU_EARTH,
        J2_EARTH,
        RADIUS_EARTH,
        SPIN_EARTH,
        case.atmosphere.density,
        reference,
        case.atmosphere.scale_height,
    )


class Reflectors(NamedTuple):
    """The reflectors that the laser ranges to."""

    #: Where each is, m, target axes from its centre of mass.
    places: tuple[Vec, ...]
    #: The way that they face, a unit vector, target axes.
    facing: Vec
    #: Half angle of the cone in which they answer, rad.
    half_angle: float


def reflectors_of(case: Case) -> Reflectors:
    """Those of the port that the mission leads to, if it has its own; else those of the target."""
    port = case.target.ports[case.goal.port] if case.goal.port is not None else None
    if port is not None and port.reflectors:
        return Reflectors(port.reflectors, port.out, port.half_angle)
    points = case.target.points
    return Reflectors(points.reflectors, points.facing, points.half_angle)


def points_of(case: Case) -> Points:
    """The points on both bodies."""
    answer = reflectors_of(case)
    return Points(
        berthing=berthing_of(case),
        reflector_0=answer.places[0],
        reflector_1=answer.places[-1],
        facing=answer.facing,
        cos_half_angle=plain(elementary.cos)(answer.half_angle),
        grapple=fixture_of(case),
    )


def chaser_of(case: Case) -> Chaser:
    """Mass properties of the chaser."""
    c = case.chaser
    return Chaser(
        c.mass,
        c.propellant,
        c.centre_of_mass,
        c.tank,
        (*c.inertia, 0.0, 0.0, 0.0),
        Drag(c.drag_coefficient, c.drag_area),
    )


def hulls_of(case: Case) -> Hulls:
    """The capsules of both bodies; those that carry the ports of the goal are its rings."""
    target, chaser = capsules(case.target.hull, case.goal.port), capsules(case.chaser.hull, case.goal.of)
    return Hulls(target, chaser, reach_target=reach_of(target), reach_chaser=reach_of(chaser))


def capsules(hull: Mapping[str, Capsule], port: str | None) -> np.ndarray:
    """A hull as numbers, a line a capsule (k, `CAPSULE`)."""
    rows = [
        (
            *one.from_,
            *(one.from_ if one.to is None else one.to),
            one.radius,
            float(None is not one.port == port),
        )
        for one in hull.values()
    ]
    return np.array(rows, dtype=float).reshape(-1, len(CAPSULE))


def reach_of(rows: np.ndarray) -> float:
    """The radius (m) of a ball about the origin that holds capsules."""
    ends = rows[:, :6].reshape(-1, 2, 3)
    return float((lengths(ends).max(axis=1) + rows[:, 6]).max(initial=0.0))


def thrusters_of(case: Case, table: NozzleTable) -> Thrusters:
    """The nozzles of a table; a nozzle keeps its stream when others join it."""
    streams = np.array([float(stream_of(f"noise.pulses.{name}")) for name in table.names])
    return Thrusters(table.nozzles, streams, isolated_of(case, table))


def isolated_of(case: Case, table: NozzleTable) -> np.ndarray:
    """1.0 for each nozzle (n,) of a branch that the abort shuts off, else 0.0."""
    words = () if case.abort is None else case.abort.isolates
    for word in words:
        if word not in table.branches:
            what = f'the nozzle file has no branch "{word}"'
            known = ", ".join(table.branches)
            remedy = f"write one of {known}" if known else "write a column branch in the nozzle file"
            raise case.error(("abort", "isolates"), what, remedy)
    return np.isin(np.array(table.branch), words).astype(float)


def rules_of(case: Case) -> Rules:
    """The rules watched on the truth; passive safety is judged by the largest of the spheres."""
    rules = list(case.rules.values())
    applies = np.zeros((len(rules), len(case.leg) + 1))  # never on the abort, the last
    for of_rule, rule in zip(applies, rules, strict=True):
        of_rule[:-1] = [leg.zone in rule.zones for leg in case.leg]
    spheres = [rule.numbers.radius for rule in rules if isinstance(rule.numbers, Sphere)]
    return Rules(
        rows=np.concatenate([np.zeros(0), *map(rule_row, rules)]),
        applies=applies,
        keep_out=max(spheres, default=0.0),
        contact=case.target.contact,
        of_hulls=float(any(isinstance(rule.numbers, Hull) for rule in rules)),
    )


def rule_row(rule: Rule) -> np.ndarray:
    """A rule as numbers: its kind, the distance within which it is armed, and those of its kind."""
    row = np.zeros(RULE)
    own = flat(rule.numbers)
    row[0], row[1] = WORDS[rule.kind], FAR if rule.from_ is None else rule.from_
    row[HEAD : HEAD + len(own)] = own
    return row


def goal_of(case: Case) -> Goal:
    """What the mission is flown for."""
    g = case.goal
    at = berthing_of(case)
    place = at if g.at is None else plain(vec.add)(at, body_of(g.at))
    axes, attitude = (0.0, 0.0, 0.0, 1.0), station_attitude(angles_quaternion(g.attitude))
    if g.kind == "touch":
        port = case.target.ports[given(g.port)]
        axes, attitude = port_axes(port), mated(port, case.chaser.ports[given(g.of)], g.roll)
    return Goal(
        kind=float(GOAL_WORDS[g.kind]),
        turns=1.0 if g.axes == "own" else 0.0,
        place_target=place,
        q_target_goal=axes,
        q_target_body=attitude,
        point_body=fixture_of(case),
        numbers=flat(g.numbers),
    )


def passive_of(case: Case) -> Passive | None:
    """The drifts that the case asks for."""
    p = case.passive
    return Passive(p.drift, p.in_burn, p.elsewhere, p.attitude == "tumbling") if p else None
