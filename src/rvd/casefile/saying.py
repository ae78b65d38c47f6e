"""The case said back in words, so that a wrong sign is seen before it flies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from rvd.case.legs import ANYHOW, HILL, Abort, LegCase
from rvd.case.limits import ZONES, Monitors
from rvd.case.own_law import LawText
from rvd.case.records import Rows
from rvd.case.sensors import SENSORS, Delivered, noises_of
from rvd.case.table import Angles, Gain, LegPlace, Place, Table
from rvd.units import si_unit

from .in_words import (
    amount,
    angle,
    attitude,
    duration,
    facing,
    in_words,
    length,
    number,
    on_body,
    place,
    share,
    turn,
    velocity,
    words_of,
)
from .listing import Noted, defaults, others
from .say_campaign import dispersions, requirements

if TYPE_CHECKING:
    from rvd.case.sensors import Failing, Gps, Laser, StarTracker

    from .case import Case

DEFAULT = " (default)"


def say(
    case: Case, nozzles: Sequence[str] = (), branches: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> str:
    """The case in words, a line a thing; what the file leaves to the schema is marked and listed at the end.

    `nozzles` are the names of the vehicle's, in the order of its table: by them nozzles are said. `branches` are the
    names of those that each valve isolates.
    """
    seen: set[str] = set()
    whole, case = case, cast("Case", Noted(case, seen))
    parts = [
        [case.title, *([f"from {case.source}"] if case.source else []), *_parts(case)],
        ["The plan", *_indented(_start(case, branches))],
        [
            "The sequence",
            *_indented(f"{k}. {leg.name}: {_leg(case, leg)}" for k, leg in enumerate(case.leg, 1)),
        ],
        ["On an alarm", *_indented(_abort(case))],
        ["What must hold in flight", *_indented(_rules(case))],
        ["The sensors", *_indented(_sensors(case))],
        ["What differs from run to run", *_indented(dispersions(case, nozzles))],
        ["What is required", *_indented(requirements(case))],
        ["The other numbers", *_indented(others(whole, seen))],
        ["Left to the defaults", *_indented(defaults(whole))],
    ]
    return "\n\n".join("\n".join(part) for part in parts if len(part) > 1 or part[0] == case.title)


def _indented(lines: Iterator[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _parts(case: Case) -> list[str]:
    return [f"on the parts {', '.join(str(path) for path in case.parts)}"] if case.parts else []


# ---- the plan


def _start(case: Case, branches: Mapping[str, Sequence[str]]) -> Iterator[str]:
    t, c, s = case.target, case.chaser, case.start
    yield f"{t.name} at {length(t.altitude)}, inclination {angle(t.inclination)}, {number(t.mass)} kg"
    yield f"{c.name}: {number(c.mass)} kg with {number(c.propellant)} kg of propellant; nozzles of {c.thrusters}"
    if branches:
        valves = (f"branch {word} ({len(names)} nozzles)" for word, names in branches.items())
        yield f"each isolated by one valve: {', '.join(valves)}"
    begins = _said(case, "epoch")
    yield f"begins {begins}; a flight longer than {duration(case.limit)} is over"
    moving = velocity(Gain(vbar=s.vbar_rate, rbar=s.rbar_rate, hbar=s.hbar_rate))
    r, v = s.known_within
    point, origin = _led(case)
    yield f"{point} starts {place(Place(vbar=s.vbar, rbar=s.rbar, hbar=s.hbar), origin)}, {moving}"
    yield f"navigation believes that within {length(r)} and {number(v)} m/s an axis, one sigma"
    yield from _points(case)
    yield f"all places below are of {point} from {origin}, the target level"


def _led(case: Case) -> tuple[str, str]:
    """What is led, and from where places count."""
    point = "the grapple fixture" if case.goal.of is None else f'the port "{case.goal.of}"'
    return point, "the berthing point" if case.goal.port is None else f'the port "{case.goal.port}"'


def _points(case: Case) -> Iterator[str]:
    """The points of both bodies."""
    t, c, p = case.target, case.chaser, case.target.points
    port = t.ports[case.goal.port] if case.goal.port is not None else None
    if port is None:
        yield f"the berthing point is {on_body(p.berthing)} of {t.name}'s centre of mass"
    else:
        yield f'the port "{case.goal.port}" is {on_body(port.at)} of {t.name}\'s centre of mass, out {facing(port.out)}'
    there, out, half = p.reflectors, p.facing, p.half_angle
    if port is not None and port.reflectors:
        there, out, half = port.reflectors, port.out, port.half_angle
    seen = f"seen from {facing(out)} within {angle(half)}"
    yield f"the reflectors are {'; '.join(map(on_body, there))} of it, {seen}"
    led = c.grapple if case.goal.of is None else c.ports[case.goal.of].at
    yield (
        f"{_led(case)[0]} is {on_body(led)} of {c.name}'s body origin, its centre of mass "
        f"{on_body(c.centre_of_mass)}, its tank {on_body(c.tank)}"
    )


def _leg(case: Case, leg: LegCase) -> str:
    own = case.own_laws.get(leg.law)
    words = [_own(own, leg) if own else _LAWS.get(leg.law, _by_name)(leg)]
    words.extend(_frame(leg))
    if leg.at_least > 0.0:
        words.append(f"at least {duration(leg.at_least)}")
    words.append(f"at most {duration(leg.at_most)}")
    given = leg.model_fields_set
    slews = f", turning at {turn(leg.slew_rate)}{'' if 'slew_rate' in given else DEFAULT}"
    words.append(_turned(leg) + (slews if leg.attitude != Angles() or leg.mated is not None else ""))
    if leg.arrived != ANYHOW and case.settles(leg):
        r, v, a = leg.arrived
        settled = f" for {duration(leg.settle)}" if leg.settle > 0.0 else ""
        words.append(f"ends within {length(r)}, {number(v)} m/s and {angle(a)}{settled}")
    if leg.needs:
        words.append(f"needs the {leg.needs}")
    if leg.gate is not None:
        refused = f", refused {leg.gate.refused} times first" if leg.gate.refused else ""
        words.append(f"waits for a go, {duration(leg.gate.delay)} after it is ready{refused}")
    if leg.fallback is not None:
        words.append(f'falls back to "{leg.fallback}", at most {leg.tries} times in a flight')
    if leg.next is not None:
        words.append(f'then "{leg.next}"')
    words.append(_ZONES[leg.zone])
    words.append(f"{number(leg.rate)} Hz, gains {leg.control}, nozzles {leg.nozzles}")
    return "; ".join(words)


_ZONES = {
    "outside": "stays outside the approach ellipsoid",
    "ellipsoid": "may enter the approach ellipsoid",
    "sphere": "may enter the keep-out sphere through the corridor",
}


def _there(leg: LegCase, at: LegPlace) -> str:
    """A place of a leg, and what it is from where that is not the berthing point."""
    if leg.frame == HILL:
        return place(at)
    origin = "the target's centre of mass" if leg.port is None else f'the port "{leg.port}"'
    said = place(at, origin)
    return said if said.startswith("at ") else f"{said} of {origin}"


def _turned(leg: LegCase) -> str:
    """The attitude of a leg; in a frame on the target, against what it counts."""
    if leg.mated is not None:
        return f'the port "{leg.of}" facing it, {_rolled(leg.mated.roll)}'
    if leg.frame == HILL:
        return attitude(leg.attitude)
    axes = "target" if leg.port is None else "port"
    if leg.attitude == Angles():
        return f"turned as the {axes} is: forward along its first axis, down along its last"
    return f"{attitude(leg.attitude)} against the axes of the {axes}"


def _rolled(roll: float) -> str:
    """The roll of mated ports."""
    return f"their roll datums {angle(roll)} apart" if roll else "their roll datums the same way"


def _frame(leg: LegCase) -> Iterator[str]:
    """What is led there, and by which axes, where the leg says so."""
    if leg.of is not None:
        yield f'places are of the chaser\'s port "{leg.of}"'
    if leg.frame != HILL:
        yield "on axes that turn with the target" if leg.axes == "own" else "on level axes"


def _transfer(leg: LegCase) -> str:
    text = f"two impulses in {duration(leg.time)} to {_there(leg, leg.to)}"
    if leg.aim is not None:
        text += f", aiming first at {_there(leg, leg.aim)}, the midcourse after {duration(leg.midcourse)}"
    return f"{text}; burns of at most {_acceleration(leg, 'acceleration')}"


def _line(leg: LegCase) -> str:
    begin, end = leg.speed
    speed = f"{number(begin)} m/s" if begin == end else f"{number(begin)} m/s slowing to {number(end)} m/s"
    gains, loses = _acceleration(leg, "acceleration"), _acceleration(leg, "braking")
    return f"{leg.law} to {_there(leg, leg.to)} at {speed}, gathered at {gains}, lost at {loses}"


def _by_name(leg: LegCase) -> str:
    return f"{leg.law} to {_there(leg, leg.to)}"


def _own(law: LawText, leg: LegCase) -> str:
    """What the law says of itself, and every number it takes."""
    text = law.name if law.shipped else f"flown by {law.called}"
    numbers = [
        f"{n.name} {amount(x, si_unit(n.unit))}{'' if n.name in leg.parameters else DEFAULT}"
        for n, x in zip(law.numbers, law.values(leg.parameters), strict=True)
    ]
    text += f" ({law.says})" if law.says else ""
    text += f", {', '.join(numbers)}," if numbers else ""
    return f"{text} to {_there(leg, leg.to)}"


def _acceleration(leg: LegCase, key: str) -> str:
    return f"{number(getattr(leg, key))} m/s^2{'' if key in leg.model_fields_set else DEFAULT}"


_LAWS = {
    "hold": lambda leg: f"holds {_there(leg, leg.to)}",
    "two-impulse": _transfer,
    "straight": _line,
    "glideslope": _line,
    "drift": lambda leg: f"drifts free from {_there(leg, leg.to)}, nothing fires",
    "retreat": lambda leg: f"burns {velocity(leg.dv)}, then coasts {duration(leg.time)}",
}


def _abort(case: Case) -> Iterator[str]:
    a = case.abort
    if a is None:
        yield "no burn leads away, and the flight ends a second later: there is no [abort]"
    else:
        manner = f"{number(a.rate)} Hz, gains {a.control}, nozzles {a.nozzles}"
        burn = f"burns {velocity(a.dv)} at {number(a.acceleration)} m/s^2"
        if a.chain == "independent":
            yield f"an independent chain {burn}, then drifts {duration(a.time)}; {manner}"
            yield from _chain(case, a)
        else:
            yield f"{burn}, then coasts {duration(a.time)}; {manner}"
    watched = [words for key, words in _watched(case.monitors) if getattr(case.monitors.then, key) == "abort"]
    yield f"called {', or '.join(watched)}" if watched else "no alarm calls it"
    yield from _reactions(case.monitors)
    for order in case.command:
        yield f'{duration(order.at)} after the start the order is "{order.what}"'


def _chain(case: Case, a: Abort) -> Iterator[str]:
    """How the independent chain of an abort goes about it."""
    yield f"it thrusts open loop, {duration(a.delay)} after the call"
    yield "it holds the attitude by the backup source" if case.sensors.backup else "it holds no attitude"
    if a.isolates:
        yield f"it shuts off the nozzles of the branch {', '.join(a.isolates)}"


def _reactions(m: Monitors) -> Iterator[str]:
    """The monitors that lead elsewhere than into the abort."""
    for key, words in _watched(m):
        reaction = getattr(m.then, key)
        if reaction == "retreat":
            yield f"{words}: back to the fallback of the leg while tries are left, else the abort"
        if reaction == "hold":
            yield f"{words}: held there until that is over, at most for the time of the leg"


def _watched(m: Monitors) -> Iterator[tuple[str, str]]:
    """What the monitors on board watch, each by its key."""
    within = "" if m.corridor_from is None else f" within {length(m.corridor_from)}"
    if m.corridor is not None:
        yield "corridor", f"{angle(m.corridor)} off the axis{within}"
    if m.speed is not None:
        yield "speed", f"faster than {number(m.speed)} m/s{within}"
    if m.sigma is not None:
        near = "" if m.sigma_within is None else f" within {length(m.sigma_within)}"
        yield "sigma", f"when the believed position's sigma passes {length(m.sigma)}{near}"
    if m.angle is not None:
        yield "angle", f"{angle(m.angle)} off the attitude"
    if m.reserve > 0.0:
        yield "reserve", f"below {number(m.reserve)} kg of propellant"
    if m.laser_age is not None:
        yield "laser_age", f"after {duration(m.laser_age)} without the laser where it is needed"


def _rules(case: Case) -> Iterator[str]:
    for name, rule in case.rules.items():
        within = "" if rule.from_ is None else f", watched within {length(rule.from_)}"
        zones = "" if rule.zones == ZONES else f", on legs of the zone {' or '.join(rule.zones)}"
        kept = rule.modules[rule.kind].says(rule.numbers, Worded(rule))
        yield f'"{name}": {kept}{within}{zones}'
    if case.target.hull and case.chaser.hull:
        parts = f"{len(case.target.hull)} parts of {case.target.name} and {len(case.chaser.hull)} of {case.chaser.name}"
        yield f"a collision is contact of hulls: {parts}"
    elif case.target.contact > 0.0:
        yield f"nearer than {length(case.target.contact)} to the berthing point is a collision"
    goal = case.goal
    yield from goal.modules[goal.kind].says(goal.numbers, Worded(goal))


class Worded:
    """A table whose values are words: what a kind of rule or goal makes its sentence of."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __getattr__(self, key: str) -> Any:
        value = getattr(self._table, key)
        if isinstance(value, Place):
            return place(value)
        if isinstance(value, Angles):
            return attitude(value)
        if isinstance(self._table.kind_at(key), Rows):
            return tuple(map(words_of, value))
        return _said(self._table, key)


# ---- the sensors


def _sensors(case: Case) -> Iterator[str]:
    """A sentence for each sensor aboard."""
    tables = {name: getattr(case.sensors, name) for name in SENSORS}
    for name, table in tables.items():
        if table is not None:
            yield _SENSORS.get(name, _any_sensor)(name, table)
    if (backup := case.sensors.backup) is not None:
        yield f"backup attitude source, {angle(backup.angle)}, {_said(backup, 'walk')}"
    absent = [name for name, table in tables.items() if table is None]
    if absent:
        yield f"not aboard: {', '.join(absent)}"
    if case.sensors.noise != 1.0:
        yield f"the true noise is {number(case.sensors.noise)} times these"


def _gps(name: str, gps: Gps) -> str:
    noise = f"{length(gps.position)} and {number(gps.velocity)} m/s"
    return f"relative GPS every {duration(gps.period)}, {noise}{_echo(gps)}{_delivered(gps)}{_out(gps)}"


def _laser(name: str, laser: Laser) -> str:
    reach = f"from {length(laser.beyond)} to {length(laser.within)}, a field of {angle(laser.field)}"
    noise = f"{length(laser.range)} and {angle(laser.angle)}"
    where = f"{on_body(laser.where)} of the body origin, looking {facing(laser.boresight)}"
    wrong = f", {share(laser.wrong)} of something else" if laser.wrong > 0.0 else ""
    masked = ", behind the target's hull none" if laser.hidden_by == "hull" else ""
    more = f"{masked}{wrong}{_glare(laser)}{_delivered(laser)}{_out(laser)}"
    return f"laser {where}, every {duration(laser.period)}, {reach}, {noise}{more}"


def _star_tracker(name: str, tracker: StarTracker) -> str:
    noise = f"{angle(tracker.cross)} across, {angle(tracker.roll)} about its boresight"
    more = f"{_glare(tracker)}{_delivered(tracker)}{_out(tracker)}"
    return f"star tracker every {duration(tracker.period)}, {noise}{more}"


def _any_sensor(name: str, sensor: Any) -> str:
    """A sensor by its white noise, and by how often it looks where it does not read at every step."""
    keys = [key for key in noises_of(name) if getattr(sensor, key) > 0.0]
    noise = [f"{'' if key in PLAIN else key.replace('_', ' ') + ' '}{_said(sensor, key)}" for key in keys]
    words = name.replace("_", " ")
    if not issubclass(SENSORS[name], Delivered):
        return f"{', '.join([words, *noise])}{_failing(sensor)}"
    return (
        f"{', '.join([f'{words} every {duration(sensor.period)}', *noise])}{_delivered(sensor)}{_out(sensor)}"
    )


PLAIN = ("walk",)
"""The noise that a sensor has before all: it is said without its name."""

_SENSORS: Mapping[str, Callable[[str, Any], str]] = {
    "gps": _gps,
    "laser": _laser,
    "star_tracker": _star_tracker,
}


def _delivered(sensor: Delivered) -> str:
    """What is lost and late, where anything is."""
    late = f", {duration(sensor.latency)} late" if sensor.latency > 0.0 else ""
    bias = f", {duration(sensor.time_bias)} older than tagged" if sensor.time_bias != 0.0 else ""
    return late + bias + (f", {share(sensor.dropout)} lost" if sensor.dropout > 0.0 else "")


def _echo(gps: Gps) -> str:
    """What the station does to GPS."""
    echo, blocked = "", ""
    if gps.multipath > 0.0:
        echo = f", multipath of {length(gps.multipath)} within {length(gps.multipath_range)}"
    if gps.blocked_within > 0.0:
        blocked = f", none within {length(gps.blocked_within)}"
    return echo + blocked


def _glare(sensor: Laser | StarTracker) -> str:
    """What the Sun does."""
    return f", blind within {angle(sensor.sun_exclusion)} of the Sun" if sensor.sun_exclusion > 0.0 else ""


def _out(sensor: Delivered) -> str:
    """When it is out, and how it fails beside."""
    out = f"; out {_from(sensor.out_since, sensor.out_until)}" if sensor.out_since is not None else ""
    return out + _failing(sensor)


_FAULTS: Mapping[str, Callable[[float], str]] = {
    "none": lambda size: "",
    "silent": lambda size: "silent",
    "frozen": lambda size: "frozen",
    "bias": lambda size: f"off by {number(size)} sigmas",
    "ramp": lambda size: f"off by {number(size)} sigmas more every minute",
    "noise": lambda size: f"{number(size)} times as noisy",
    "stopped": lambda size: "stopped, its time tag too",
    "wrong-target": lambda size: "ranging to something else",
}


def _failing(sensor: Failing) -> str:
    """How a sensor fails, if it does."""
    said = _FAULTS[sensor.fault](sensor.fault_size)
    return f"; {said} {_from(sensor.fault_since, sensor.fault_until)}" if said else ""


def _from(since: float, until: float | None) -> str:
    return f"from {duration(since)}" + (f" to {duration(until)}" if until is not None else " on")


def _said(table: Table, key: str) -> str:
    """A key of a table as its kind is said."""
    return in_words(table.kind_at(key), getattr(table, key))
