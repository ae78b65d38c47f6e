"""From a case to the flight software: leg table, gains, limits and the tables of the nozzles."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rvd.assembly.axes import (
    fixture_of,
    flat,
    frame_of,
    hill_of,
    hill_of_level,
    leg_attitude,
    leg_vector,
    level_attitude,
    point_of,
)
from rvd.assembly.chain import chain_of
from rvd.assembly.filters import filters_of
from rvd.assembly.nozzle_table import NozzleTable
from rvd.assembly.sensors import mount_in, readers_of
from rvd.assembly.world import chaser_of
from rvd.case.legs import ANYHOW, Abort
from rvd.case.own_law import is_function
from rvd.case.table import FOREVER, AbortGain
from rvd.case.words import AXES
from rvd.control.allocation import build_allocation
from rvd.core.algebra.vec import axpy, dot
from rvd.core.control.allocation import Allocation, allocate
from rvd.core.control.steering import Gains
from rvd.core.flight.aboard import Onboard
from rvd.core.flight.chain import Chain
from rvd.core.guidance.frames import Frame
from rvd.core.guidance.laws import WORDS, Law
from rvd.core.guidance.plan import NEVER, NUMBERS, Plan, Reaction
from rvd.core.kernel import Vec, plain
from rvd.core.rules.cone import Cone, apex_behind
from rvd.core.safety.monitors import Limits
from rvd.core.signals import Alarm, Leg
from rvd.core.vehicle.nozzles import Kind, Nozzles, blows_toward
from rvd.core.vehicle.sensors.kinds import SensorKind
from rvd.core.vehicle.station import Points

if TYPE_CHECKING:
    from rvd.casefile.case import Case

ALARMS = {
    "corridor": Alarm.CORRIDOR,
    "speed": Alarm.SPEED,
    "sigma": Alarm.NAVIGATION,
    "angle": Alarm.ATTITUDE,
    "reserve": Alarm.PROPELLANT,
    "laser_age": Alarm.LASER,
}
"""The alarm that each monitor of a case calls."""

ZONES = ("outside", "ellipsoid", "sphere")


class Means(NamedTuple):
    """What is aboard to push with."""

    #: The nozzles as in their table.
    nozzles: Nozzles
    #: The facet tables of the nozzle sets.
    allocation: Allocation
    #: Impulses that a plain push along each body axis takes over the impulse it gives.
    lean: Vec


def means_of(case: Case, table: NozzleTable) -> Means:
    """What the flight software has to push with."""
    allocation = allocation_of(case, table, list(case.nozzles))
    return Means(table.nozzles, allocation, lean_of(allocation, table))


def onboard_of(case: Case, means: Means, points: Points) -> Onboard:
    """The flight software, from the nominal case alone."""
    control, sets = list(case.control), list(case.nozzles)
    sigma_r, sigma_v = case.start.known_within
    return Onboard(
        filters=filters_of(case, means.lean),
        plan=plan_of(case, points, Names([leg.name for leg in case.leg], control, sets), means.allocation),
        gains=np.concatenate([gains_row(case.control[name]) for name in control]),
        allocation=means.allocation,
        nozzles=means.nozzles,
        limits=limits_of(case, points),
        chaser=chaser_of(case),
        readers=readers_of(case),
        laser=mount_in(case, SensorKind.LASER),
        reflectors_hill=(hill_of_level(points.reflector_0), hill_of_level(points.reflector_1)),
        sigma_r=sigma_r,
        sigma_v=sigma_v,
    )


def gains_row(gains) -> np.ndarray:
    """One set of gains as numbers, in the order of Gains."""
    return np.array([getattr(gains, field) for field in Gains._fields], dtype=float)


def limits_of(case: Case, points: Points) -> Limits:
    """What the monitors on board allow; their corridor is about the axis of the first cone among the rules.

    At the berthing point it is as wide as that.
    """
    cone = next((rule.numbers for rule in case.rules.values() if isinstance(rule.numbers, Cone)), None)
    watched = ("corridor", "corridor_from", "speed", "sigma", "sigma_within", "angle", "reserve", "laser_age")
    limits = {name: getattr(case.monitors, name) for name in watched}
    axis = AXES["rbar"] if cone is None else cone.axis
    behind = 0.0
    if cone is not None and case.monitors.corridor is not None:
        behind = plain(apex_behind)(cone.half_width, case.monitors.corridor)
    return Limits(
        grapple_body=fixture_of(case),
        apex_hill=plain(axpy)(-behind, axis, hill_of_level(points.berthing)),
        axis_hill=axis,
        **{name: FOREVER if limit is None else limit for name, limit in limits.items()},
    )


def allocation_of(case: Case, table: NozzleTable, sets: list[str]) -> Allocation:
    """The facet tables of the nozzle sets of a case, in the order of `sets`."""
    z = table.nozzles
    marks = [nozzle_marks(case, name, table) for name in sets]
    try:
        return build_allocation(z.where_body, z.push_body, z.thrust, z.isp, z.least_on, marks)
    except ArithmeticError as error:
        remedy = "look for one that is stronger, weaker or farther out than the others by powers of ten"
        raise case.error(
            ("chaser", "thrusters"), f"the nozzles cannot be allotted: {error}", remedy
        ) from None


def lean_of(allocation: Allocation, table: NozzleTable) -> Vec:
    """Impulses that a plain push along each body axis takes over the impulse it gives, at the most of either way."""
    on, period, zero, most = np.zeros(len(table.names)), 1000.0, (0.0, 0.0, 0.0), [1.0, 1.0, 1.0]
    push = 0.1 * float(table.nozzles.thrust.min())
    for number, i, sign in product(range(len(allocation.first)), range(3), (1.0, -1.0)):
        axis = (sign if i == 0 else 0.0, sign if i == 1 else 0.0, sign if i == 2 else 0.0)
        asked = plain(axpy)(push, axis, zero)
        plain(allocate)(allocation, number, asked, zero, zero, period, on)
        impulse, spent = impulses_of(table, on)
        given = plain(dot)(impulse, axis)
        if given > 0.99 * push * period:
            most[i] = max(most[i], spent / given)
    return (most[0], most[1], most[2])


def impulses_of(table: NozzleTable, on: np.ndarray) -> tuple[Vec, float]:
    """The impulse (N s, body axes) of on-times (s), and what the nozzles give each along its own line, added up."""
    total, spent = (0.0, 0.0, 0.0), 0.0
    for thrust, seconds, (x, y, z) in zip(
        table.nozzles.thrust.tolist(), on.tolist(), table.nozzles.push_body.tolist(), strict=True
    ):
        total = plain(axpy)(thrust * seconds, (x, y, z), total)
        spent += thrust * seconds  # directions are of unit length
    return total, spent


def nozzle_marks(case: Case, name: str, table: NozzleTable) -> np.ndarray:
    """Marks (n,) bool of the nozzles in a set: its strings and kinds, less those that blow where it inhibits."""
    wanted = case.nozzles[name]
    for word in wanted.strings:
        if word not in table.strings:
            what = f'the nozzle file has no string "{word}"'
            remedy = f"write one of {', '.join(table.strings)}"
            raise case.error(("nozzles", name, "strings"), what, remedy)
    marks = table.of_string(*wanted.strings) & table.of_kind(*(Kind[word.upper()] for word in wanted.kinds))
    if wanted.inhibit is not None:
        marks &= ~blows_toward(table.nozzles, wanted.inhibit)
    if not marks.any():
        what = "no nozzle of the file is in this set"
        raise case.error(("nozzles", name), what, "write other strings or kinds, or inhibit less")
    return marks


def plan_of(case: Case, points: Points, names: Names, allocation: Allocation) -> Plan:
    """The leg table and, in its last row, the abort."""
    frames: list[Frame] = []
    legs = [flat(leg_row(case, k, names, frames, points)) for k in range(len(case.leg))]
    abort = handed_over(abort_row(case, names, points), chain_of(case, allocation))
    return Plan(
        legs=np.concatenate([*legs, flat(abort)]),
        count=len(legs),
        frames=flat(frames),
        own=own_of(case),
        reactions=reactions_of(case),
    )


def reactions_of(case: Case) -> np.ndarray:
    """What each alarm leads to, by its number; those that no monitor calls lead into the abort."""
    table = np.full(len(Alarm), float(Reaction.ABORT))
    for key, alarm in ALARMS.items():
        table[alarm] = Reaction[getattr(case.monitors.then, key).upper()]
    return table


class Names(NamedTuple):
    """What legs name: other legs, sets of gains and of nozzles, each by its place in its list."""

    legs: list[str]
    control: list[str]
    nozzles: list[str]


def own_of(case: Case) -> np.ndarray:
    """Which of the user's own laws each leg flies, if any, and the numbers it gives: (legs, 1 + `NUMBERS`)."""
    table = np.zeros((len(case.leg), 1 + NUMBERS))
    for row, leg in zip(table, case.leg, strict=True):
        law = case.own_laws.get(leg.law)
        if law is not None:
            row[0] = list(case.own_laws).index(leg.law)
            row[1 : 1 + len(law.numbers)] = law.values(leg.parameters)
    return table


def leg_row(case: Case, number: int, names: Names, frames: list[Frame], points: Points) -> Leg:
    """One leg as numbers, its points those of `point_body`; a frame of its own joins `frames`."""
    leg = case.leg[number]
    frame = frame_of(case, leg)
    if frame is not None and frame not in frames:
        frames.append(frame)
    origin = hill_of_level(points.berthing) if frame is None else (0.0, 0.0, 0.0)
    settles = case.settles(leg)
    r, v, angle = leg.arrived if settles else ANYHOW
    return Leg(
        law=float(Law.OWN if is_function(leg.law) else WORDS[leg.law]),
        frame=0.0 if frame is None else 1.0 + frames.index(frame),
        to_leg=moved(leg_vector(leg.to, leg), origin),
        aim_leg=moved(leg_vector(leg.aim if leg.aim is not None else leg.to, leg), origin),
        point_body=point_of(case, leg),
        time=leg.time,
        midcourse=leg.midcourse,
        speed_begin=leg.speed[0],
        speed_end=leg.speed[1],
        dv_leg=leg_vector(leg.dv, leg),
        acceleration=leg.acceleration,
        braking=leg.braking,
        q_leg_body=leg_attitude(case, leg),
        slew_rate=leg.slew_rate,
        at_least=leg.at_least,
        at_most=leg.at_most,
        arrived_r=r,
        arrived_v=v,
        arrived_angle=angle,
        settle=leg.settle if settles else 0.0,
        needs_laser=1.0 if leg.needs == "laser" else 0.0,
        zone=float(ZONES.index(leg.zone)),
        rate=leg.rate,
        gains=float(names.control.index(leg.control)),
        table=float(names.nozzles.index(leg.nozzles)),
        free_drift=1.0 if leg.law == "drift" else 0.0,
        target_free=1.0 if leg.law == "drift" and case.goal.kind == "box" else 0.0,
        gated=1.0 if leg.gate is not None else 0.0,
        following=float(names.legs.index(leg.next) if leg.next is not None else number + 1),
        fallback=float(names.legs.index(leg.fallback) if leg.fallback is not None else -1),
        tries=float(leg.tries),
    )


def abort_row(case: Case, names: Names, points: Points) -> Leg:
    """The abort as a leg: one burn away, in the attitude of the moment it was called in, then a coast.

    Without one no burn leads away: attitude is held, and the flight ends a second later.
    """
    last = case.leg[-1]
    a = case.abort
    if a is None:
        a = Abort(dv=AbortGain(), time=1.0, rate=last.rate, control=last.control, nozzles=last.nozzles)
    berthing = hill_of_level(points.berthing)
    return Leg(
        law=float(Law.RETREAT),
        frame=0.0,
        to_leg=berthing,
        aim_leg=berthing,
        point_body=fixture_of(case),
        time=a.time,
        midcourse=0.0,
        speed_begin=0.0,
        speed_end=0.0,
        dv_leg=hill_of(a.dv),
        acceleration=a.acceleration,
        braking=a.acceleration,
        q_leg_body=level_attitude(case, last),
        slew_rate=0.0,
        at_least=0.0,
        at_most=NEVER,
        arrived_r=NEVER,
        arrived_v=NEVER,
        arrived_angle=NEVER,
        settle=0.0,
        needs_laser=0.0,
        zone=2.0,
        rate=a.rate,
        gains=float(names.control.index(a.control)),
        table=float(names.nozzles.index(a.nozzles)),
        free_drift=0.0,
        target_free=0.0,
        gated=0.0,
        following=float(len(case.leg)),
        fallback=-1.0,
        tries=0.0,
    )


def handed_over(abort: Leg, chain: Chain) -> Leg:
    """The abort as the flight software flies it: where another chain burns, it waits until that has coasted."""
    if not chain.independent:
        return abort
    burnt = chain.delay + chain.burn
    return abort._replace(dv_leg=(0.0, 0.0, 0.0), midcourse=burnt, time=burnt + abort.time, free_drift=1.0)


def moved(place: Vec, origin: Vec) -> Vec:
    """A place from another origin."""
    return (place[0] + origin[0], place[1] + origin[1], place[2] + origin[2])
