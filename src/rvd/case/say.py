"""The case said back in words, so that a wrong sign is seen before it flies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .disperse import DisperseEntry
from .legs import ANYHOW, LegCase
from .listing import defaults, others
from .paths import PATHS, find_path
from .require import OUTCOMES, Condition, Require, unit_of
from .spoken import (
    amount,
    angle,
    attitude,
    duration,
    facing,
    length,
    number,
    on_body,
    place,
    share,
    spoken,
    turn,
    velocity,
)
from .table import Angles, Place, Table
from .values import Kind

if TYPE_CHECKING:
    from .schema import Case

DEFAULT = " (default)"


def say(case: Case) -> str:
    """The case in words, a line a thing; what the file leaves to the schema is marked and listed at the end."""
    parts = [
        [case.title, *([f"from {case.source}"] if case.source else [])],
        ["The plan", *_indented(_start(case))],
        ["The sequence", *_indented(f"{k}. {leg.name}: {_leg(leg)}" for k, leg in enumerate(case.leg, 1))],
        ["On an alarm", *_indented(_abort(case))],
        ["What must hold in flight", *_indented(_rules(case))],
        ["The sensors", *_indented(_sensors(case))],
        ["What differs from run to run", *_indented(_dispersions(case))],
        ["What is required", *_indented(_requirements(case))],
        ["The other numbers", *_indented(others(case))],
        ["Left to the defaults", *_indented(defaults(case))],
    ]
    return "\n\n".join("\n".join(part) for part in parts if len(part) > 1 or part[0] == case.title)


def _indented(lines: Iterator[str]) -> list[str]:
    return [f"  {line}" for line in lines]


# ---- the plan


def _start(case: Case) -> Iterator[str]:
    t, c, s = case.target, case.chaser, case.start
    yield f"{t.name} at {length(t.altitude)}, inclination {angle(t.inclination)}, {number(t.mass)} kg"
    yield f"{c.name}: {number(c.mass)} kg with {number(c.propellant)} kg of propellant; nozzles of {c.thrusters}"
    begins = spoken(_kind(type(case), "epoch"), case.epoch)
    yield f"begins {begins}; a flight longer than {duration(case.limit)} is over"
    moving = velocity(s.vbar_rate, s.rbar_rate, s.hbar_rate)
    r, v = s.known_within
    yield f"the grapple fixture starts {place(Place(vbar=s.vbar, rbar=s.rbar, hbar=s.hbar))}, {moving}"
    yield f"navigation believes that within {length(r)} and {number(v)} m/s an axis, one sigma"
    p = t.points
    yield f"the berthing point is {on_body(p.berthing)} of {t.name}'s centre of mass"
    seen = f"seen from {facing(p.facing)} within {angle(p.half_angle)}"
    yield f"the reflectors are {'; '.join(map(on_body, p.reflectors))} of it, {seen}"
    yield (
        f"the grapple fixture is {on_body(c.grapple)} of {c.name}'s body origin, its centre of mass "
        f"{on_body(c.centre_of_mass)}, its tank {on_body(c.tank)}"
    )
    yield "all places below are of the grapple fixture from the berthing point"


def _leg(leg: LegCase) -> str:
    words = [_LAWS[leg.law](leg)]
    if leg.at_least > 0.0:
        words.append(f"at least {duration(leg.at_least)}")
    words.append(f"at most {duration(leg.at_most)}")
    given = leg.model_fields_set
    slews = f", turning at {turn(leg.slew_rate)}{'' if 'slew_rate' in given else DEFAULT}"
    words.append(attitude(leg.attitude) + (slews if leg.attitude != Angles() else ""))
    if leg.arrived != ANYHOW:
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


def _transfer(leg: LegCase) -> str:
    text = f"two impulses in {duration(leg.time)} to {place(leg.to)}"
    if leg.aim is not None:
        text += f", aiming first at {place(leg.aim)}, the midcourse after {duration(leg.midcourse)}"
    return f"{text}; burns of at most {_acceleration(leg, 'acceleration')}"


def _line(leg: LegCase) -> str:
    begin, end = leg.speed
    speed = f"{number(begin)} m/s" if begin == end else f"{number(begin)} m/s slowing to {number(end)} m/s"
    gains, loses = _acceleration(leg, "acceleration"), _acceleration(leg, "braking")
    return f"{leg.law} to {place(leg.to)} at {speed}, gathered at {gains}, lost at {loses}"


def _acceleration(leg: LegCase, key: str) -> str:
    return f"{number(getattr(leg, key))} m/s^2{'' if key in leg.model_fields_set else DEFAULT}"


_LAWS = {
    "hold": lambda leg: f"holds {place(leg.to)}",
    "two-impulse": _transfer,
    "straight": _line,
    "glideslope": _line,
    "drift": lambda leg: f"drifts free from {place(leg.to)}, nothing fires",
    "retreat": lambda leg: (
        f"burns {velocity(leg.dv.vbar, leg.dv.rbar, leg.dv.hbar)}, then coasts {duration(leg.time)}"
    ),
}


def _abort(case: Case) -> Iterator[str]:
    a, m = case.abort, case.monitors
    manner = f"{number(a.rate)} Hz, gains {a.control}, nozzles {a.nozzles}"
    burn = f"{velocity(a.dv.vbar, a.dv.rbar, a.dv.hbar)} at {number(a.acceleration)} m/s^2"
    yield f"burns {burn}, then coasts {duration(a.time)}; {manner}"
    yield (
        f"called {angle(m.corridor)} off the axis or faster than {number(m.speed)} m/s within "
        f"{length(m.corridor_from)}; when the believed position's sigma passes {length(m.sigma)} within "
        f"{length(m.sigma_within)}"
    )
    for order in case.command:
        yield f'{duration(order.at)} after the start the order is "{order.what}"'
    yield (
        f"called {angle(m.angle)} off the attitude, below {number(m.reserve)} kg of propellant, "
        f"or after {duration(m.laser_age)} without the laser where it is needed"
    )


def _rules(case: Case) -> Iterator[str]:
    r, c = case.rules, case.capture
    e, k = r.ellipsoid, r.corridor
    axes = f"{length(e.vbar)} along V-bar, {length(e.rbar)} along R-bar, {length(e.hbar)} across"
    yield f"approach ellipsoid of semi-axes {axes}; keep-out sphere of {length(r.keep_out)}"
    reach = length(max(k.from_, r.keep_out))
    yield f"corridor opening {_axis(k.axis)}, {angle(k.half_angle)} to each side, within {reach}"
    for step in r.speed:
        yield f"within {length(step.within)} no faster than {number(step.at_most)} m/s"
    yield f"nearer than {length(r.contact)} to the berthing point is a collision"
    half = spoken(_kind(type(c), "half_width"), c.half_width)
    yield f"captured {place(c.at)} within {half}, {attitude(c.attitude)}, for {duration(c.time)} of free drift"
    yield (
        f"released at no more than {number(c.release_speed)} m/s; in the box at most {number(c.speed)} m/s, "
        f"{angle(c.angle)}, {turn(c.rate)}"
    )


def _axis(word: str) -> str:
    names = {"vbar": ("ahead", "behind"), "rbar": ("below", "above"), "hbar": ("to starboard", "to port")}
    return f"{names[word.lstrip('-')][word.startswith('-')]}"


# ---- the sensors


def _sensors(case: Case) -> Iterator[str]:
    s = case.sensors
    if s.gps:
        noise = f"{length(s.gps.position)} and {number(s.gps.velocity)} m/s"
        yield f"relative GPS every {duration(s.gps.period)}, {noise}{_out(s.gps)}"
    if s.laser:
        reach = (
            f"from {length(s.laser.beyond)} to {length(s.laser.within)}, a field of {angle(s.laser.field)}"
        )
        noise = f"{length(s.laser.range)} and {angle(s.laser.angle)}"
        where = f"{on_body(s.laser.where)} of the body origin"
        yield f"laser {where}, every {duration(s.laser.period)}, {reach}, {noise}{_out(s.laser)}"
    if s.star_tracker:
        noise = f"{angle(s.star_tracker.cross)} across, {angle(s.star_tracker.roll)} about its boresight"
        yield f"star tracker every {duration(s.star_tracker.period)}, {noise}"
    yield f"gyro, {spoken(_kind(type(s.gyro), 'walk'), s.gyro.walk)}"
    yield f"accelerometer, {spoken(_kind(type(s.accelerometer), 'walk'), s.accelerometer.walk)}"
    absent = [name for name in ("gps", "laser", "star_tracker") if getattr(s, name) is None]
    if absent:
        yield f"not aboard: {', '.join(absent)}"
    if s.noise != 1.0:
        yield f"the true noise is {number(s.noise)} times these"


def _out(sensor: object) -> str:
    since, until = getattr(sensor, "out_since", None), getattr(sensor, "out_until", None)
    if since is None:
        return ""
    return f"; out from {duration(since)}" + (f" to {duration(until)}" if until is not None else " on")


# ---- what differs, what is required


def _dispersions(case: Case) -> Iterator[str]:
    for entry in case.disperse:
        yield f"{entry.path}: {_distribution(entry)}{_manner(entry)}"


def _distribution(entry: DisperseEntry) -> str:
    if entry.kind == "group":
        path = find_path(entry.path)
        parts = [path.slots.index(slot) for slot in entry.slots]
        sigmas = [
            f"{path.parts[k]} {amount(entry.covariance[i][i] ** 0.5, path.units[k])}"
            for i, k in enumerate(parts)
        ]
        tied = any(entry.covariance[i][j] for i in range(len(parts)) for j in range(i))
        return f"normal together, {', '.join(sigmas)}{', correlated' if tied else ''}"
    x = [_amount(entry, value) for value in entry.numbers]
    if entry.kind == "normal":
        return f"normal, {x[0]}"
    if entry.kind == "truncated":
        middle = 1.0 if entry.how == "multiply" else 0.0
        return f"normal, {x[0]}, cut at {_amount(entry, entry.numbers[2] - middle)}"
    if entry.kind == "lognormal":
        return f"lognormal, {x[0]}"
    if entry.how == "multiply":
        x = [f"{number(100.0 * (value - 1.0))} %" for value in entry.numbers]
    if entry.kind == "choice":
        words = find_path(entry.path).words
        x = [words[int(value)] for value in entry.numbers] if words else x
        total = sum(entry.weights) or 1.0
        weights = [f" ({share(w / total)})" for w in entry.weights] or [""] * len(x)
        return "one of " + ", ".join(a + b for a, b in zip(x, weights, strict=True))
    if entry.kind == "uniform":
        return f"uniform from {x[0]} to {x[1]}"
    return f"triangular from {x[0]} to {x[2]}, most likely {x[1]}"


def _amount(entry: DisperseEntry, x: float) -> str:
    path = find_path(entry.path)
    if entry.how == "multiply":
        return f"{share(x)} of the nominal"
    return amount(x / path.factor, path.unit or "")


def _manner(entry: DisperseEntry) -> str:
    path = PATHS.get(entry.path)
    many = path is not None and (len(path.slots) > 1 or path.slots[0].endswith("*")) and entry.kind != "group"
    words = (" all alike" if entry.common else " each by itself") if many else ""
    return words + (f", the same for {entry.every:,} runs" if entry.every > 1 else "")


def _requirements(case: Case) -> Iterator[str]:
    for entry in case.require:
        yield f"{_required(entry)}, at {share(entry.confidence)} confidence"
    if case.passive is not None:
        p = case.passive
        yield (
            f"after lost thrust, drifts of {duration(p.drift)}, {p.attitude}, from {p.in_burn} moments in each burn "
            f"and {p.elsewhere} in every other stretch"
        )
    yield f"judged on {case.campaign.runs:,} runs of seed {case.campaign.seed}"


def _required(entry: Require) -> str:
    if entry.all_of:
        together = " and ".join(_condition(c) for c in entry.all_of)
        return f"{together} in at least {share(entry.at_least or 0.0)} of runs"
    if entry.what in OUTCOMES:
        side, x = ("at least", entry.at_least) if entry.at_least is not None else ("at most", entry.at_most)
        return f"{entry.what} in {side} {share(x or 0.0)} of runs"
    limits = _condition(Condition(entry.what, entry.at_least, entry.at_most))
    return f"{limits} in at least {share(entry.share or 0.0)} of runs"


def _condition(condition: Condition) -> str:
    if condition.what in OUTCOMES:
        return condition.what
    unit = unit_of(condition.what)
    limits = [
        f"{word} {amount(x, unit)}"
        for word, x in (("at least", condition.at_least), ("at most", condition.at_most))
        if x is not None
    ]
    return f"{condition.what} {' and '.join(limits)}"


def _kind(table: type[Table], key: str) -> Kind:
    return next(kind for kind in table.model_fields[key].metadata if isinstance(kind, Kind))
