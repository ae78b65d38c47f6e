"""What the keys of a case must be to one another, beyond what each is by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rvd.core.constants import RADIUS_EARTH
from rvd.names import why_no_file

from .disperse import DisperseEntry
from .faults import Fault
from .keys import Place
from .leaving import leaving
from .legs import ANYHOW, LegCase
from .own import is_own
from .paths import EACH, find_path, known_as
from .require import PASSIVE
from .values import did_you_mean
from .vehicles import MOST_ECCENTRICITY

if TYPE_CHECKING:
    from .schema import Case

LOWEST = 100e3
"""The lowest perigee (m): as the lowest altitude of the schema."""

SETTLED = ("hold", "straight", "glideslope")
"""Laws whose legs end by their tolerances."""


def disagreements(case: Case) -> list[Fault]:
    """Every fault between keys."""
    return [
        *_legs(case),
        *_sets(case),
        *_orbit(case),
        *_bodies(case),
        *_limits(case),
        *_sensors(case),
        *_dispersions(case),
        *leaving(case, case.disperse),
        *_requirements(case),
        *_files(case),
    ]


# ---- the sequence


def _legs(case: Case) -> Iterator[Fault]:
    if not case.leg:
        yield Fault(("leg",), "there is no leg", "write [[leg]] with a hold at the start")
        return
    if case.leg[0].law != "hold":
        remedy = "write a leg with a hold at the start before it, in which the filters settle"
        yield Fault(("leg", 0, "law"), f'the first leg is flown by "{case.leg[0].law}"', remedy)
    seen: dict[str, int] = {}
    for k, leg in enumerate(case.leg):
        first = seen.setdefault(leg.name, k)
        if first != k or leg.name == "abort":
            other = "the abort" if leg.name == "abort" else f"leg {first + 1}"
            yield Fault(
                ("leg", k, "name"),
                f'"{leg.name}" is already {other}',
                'give every leg its own name, a hold by hold = { name = "..." }',
            )
        for key, what, remedy in _leg(leg):
            yield Fault(("leg", k, key), what, remedy)
    yield from _ways(case)


def _ways(case: Case) -> Iterator[Fault]:
    """Faults of what follows what: unknown legs, and a free drift from which nothing can follow by itself."""
    names = tuple(leg.name for leg in case.leg)
    for k, leg in enumerate(case.leg):
        for key, word in (("next", leg.next), ("fallback", leg.fallback)):
            if word is not None and word not in names:
                yield Fault(("leg", k, key), f'there is no leg "{word}"', did_you_mean(word, names))
        if leg.law == "drift" and (leg.next is not None or leg.gate is not None):
            key = "next" if leg.next is not None else "gate"
            yield Fault(("leg", k, key), "nothing follows a free drift by itself", "write fallback instead")
        if leg.law == "drift" and k + 1 < len(names):
            reached = {x.fallback for x in case.leg} | {x.next for x in case.leg}
            if names[k + 1] not in reached:
                what = f'no leg leads to "{names[k + 1]}" after the free drift'
                yield Fault(
                    ("leg", k + 1), what, "name it as a fallback, or end the sequence with the free drift"
                )
    if len(case.command) > 4:
        yield Fault(("command", 4), "there are more than four orders", "write at most four")


def _leg(leg: LegCase) -> Iterator[tuple[str, str, str]]:
    """Key, what and remedy of what is wrong within one leg."""
    if leg.at_least > leg.at_most:
        yield (
            "at_least",
            f"at_least {leg.at_least:g} s is longer than at_most {leg.at_most:g} s",
            "exchange them",
        )
    if leg.law in SETTLED and leg.arrived == ANYHOW:
        yield "arrived", f"a {leg.law} needs its tolerances", 'write arrived = ["3 m", "0.05 m/s", "2 deg"]'
    if leg.parameters and not is_own(leg.law):
        yield (
            "parameters",
            f"a {leg.law} has no parameters",
            'remove them, or write law = "my_laws.py:spiral"',
        )
    if leg.law == "two-impulse":
        yield from _transfer(leg)
    elif (leg.midcourse > 0.0 or leg.aim is not None) and not is_own(leg.law):
        key = "aim" if leg.aim is not None else "midcourse"
        yield key, f"a {leg.law} has no {key}", 'remove it, or write law = "two-impulse"'
    if leg.law in ("straight", "glideslope"):
        yield from _line(leg)
    elif leg.speed != (0.0, 0.0) and not is_own(leg.law):
        yield "speed", f"a {leg.law} has no speed", 'remove it, or write law = "straight"'
    if leg.law == "retreat" and (leg.dv.vbar, leg.dv.rbar, leg.dv.hbar) == (0.0, 0.0, 0.0):
        yield "dv", "a retreat needs its burn", 'write dv = { rbar = "0.3 m/s" }'
    if (
        leg.law != "retreat"
        and not is_own(leg.law)
        and (leg.dv.vbar, leg.dv.rbar, leg.dv.hbar) != (0.0, 0.0, 0.0)
    ):
        yield "dv", f"a {leg.law} has no burn of its own", 'remove it, or write law = "retreat"'


def _transfer(leg: LegCase) -> Iterator[tuple[str, str, str]]:
    if leg.time <= 0.0:
        yield "time", "a two-impulse transfer needs its time", 'write time = "63 min"'
    elif leg.midcourse >= leg.time:
        what = f"the midcourse at {leg.midcourse:g} s is not before the end at {leg.time:g} s"
        yield "midcourse", what, "write less than time"
    elif leg.at_most <= leg.time:
        what = f"at_most {leg.at_most:g} s ends the leg before its transfer of {leg.time:g} s"
        yield "at_most", what, "write more than time"
    if leg.midcourse > 0.0 and leg.aim is None:
        yield "aim", "a transfer with a midcourse needs where it aims first", 'write aim = { vbar = "..." }'
    if leg.aim is not None and leg.midcourse <= 0.0:
        yield (
            "midcourse",
            "a transfer that aims elsewhere first needs a midcourse",
            'write midcourse = "40 min"',
        )


def _line(leg: LegCase) -> Iterator[tuple[str, str, str]]:
    begin, end = leg.speed
    if not begin > 0.0:
        yield "speed", f"a {leg.law} needs its speed", 'write speed = "0.1 m/s"'
    elif leg.law == "straight" and begin != end:
        yield "speed", "a straight line has one speed", 'write one, or law = "glideslope"'
    elif leg.law == "glideslope" and not begin > end > 0.0:
        what = f"a glideslope slows down, from {begin:g} m/s to {end:g} m/s it does not"
        yield "speed", what, 'write speed = ["0.15 m/s", "0.06 m/s"], the larger first'


def _sets(case: Case) -> Iterator[Fault]:
    users: list[tuple[Place, str, str]] = [
        (("leg", k), leg.control, leg.nozzles) for k, leg in enumerate(case.leg)
    ]
    for place, control, nozzles in [*users, (("abort",), case.abort.control, case.abort.nozzles)]:
        for key, word, known in (("control", control, case.control), ("nozzles", nozzles, case.nozzles)):
            if word not in known:
                remedy = did_you_mean(word, tuple(known)) if known else f"write [{key}.{word}]"
                yield Fault((*place, key), f"there is no [{key}.{word}]", remedy)


# ---- the orbit


def _orbit(case: Case) -> Iterator[Fault]:
    """An orbit that no target can have, or that the equations of a circular orbit do not hold for."""
    t = case.target
    perigee = (RADIUS_EARTH + t.altitude) * (1.0 - t.eccentricity) - RADIUS_EARTH
    if perigee < LOWEST:
        below = "under the surface" if perigee < 0.0 else "high"
        what = f"the perigee is {abs(perigee) / 1e3:.4g} km {below}: at least {LOWEST / 1e3:g} km is an orbit"
        yield Fault(("target", "eccentricity"), what, "write less, or a larger altitude")
    if t.eccentricity > MOST_ECCENTRICITY:
        what = f"guidance takes the orbit as a circle: at {t.eccentricity:g} {_missed(case)}"
        yield Fault(("target", "eccentricity"), what, f"write at most {MOST_ECCENTRICITY:g}")


def _missed(case: Case) -> str:
    """How far off a circle's equations are in this orbit, for whoever would fly it all the same."""
    try:
        from .circle import miss

        return miss(case)
    except (ArithmeticError, ValueError, IndexError, KeyError):  # another fault of the plan, told by itself
        return "a transfer would miss"


# ---- the bodies


def _bodies(case: Case) -> Iterator[Fault]:
    if case.chaser.propellant >= case.chaser.mass:
        what = (
            f"{case.chaser.propellant:g} kg of propellant is not less than the mass {case.chaser.mass:g} kg"
        )
        yield Fault(("chaser", "propellant"), what, "the mass includes the propellant")
    if case.monitors.reserve >= case.chaser.propellant:
        what = f"the reserve {case.monitors.reserve:g} kg is not less than the propellant aboard"
        yield Fault(("monitors", "reserve"), what, "write less, or the approach is called off at once")
    for body, inertia in (("chaser", case.chaser.inertia), ("target", case.target.inertia)):
        least, middle, largest = sorted(inertia)
        if largest > (least + middle) * (1.0 + 1e-9):
            what = "no body has one moment of inertia larger than the other two together"
            yield Fault((body, "inertia"), what, "write the moments about forward, starboard, down")


def _limits(case: Case) -> Iterator[Fault]:
    if len(case.rules.speed) > 4:
        yield Fault(
            ("rules", "speed", 4), "there are more than four steps of the speed limit", "write at most four"
        )
    for k, leg in enumerate(case.leg):
        if leg.at_most > case.limit:
            what = f'"{leg.name}" may last {leg.at_most:g} s, longer than the flight, {case.limit:g} s'
            yield Fault(("leg", k, "at_most"), what, "write less, or a longer limit")


def _sensors(case: Case) -> Iterator[Fault]:
    laser = case.sensors.laser
    if laser is not None and laser.beyond >= laser.within:
        what = f"beyond {laser.beyond:g} m is not less than within {laser.within:g} m"
        yield Fault(("sensors", "laser", "beyond"), what, "exchange them")
    every = (("gps", case.sensors.gps), ("laser", laser), ("star_tracker", case.sensors.star_tracker))
    for name, sensor in every:
        if sensor is not None and sensor.latency > sensor.period:
            what = f"a latency of {sensor.latency:g} s is longer than the period of {sensor.period:g} s"
            yield Fault(("sensors", name, "latency"), what, "write at most the period, or a longer period")
        since, until = getattr(sensor, "out_since", None), getattr(sensor, "out_until", None)
        if until is not None and (since is None or until <= since):
            what = "the end of the failure is not after its start"
            yield Fault(("sensors", name, "out_until"), what, 'write out_since = "1 h", out_until = "2 h"')


# ---- what differs


def _dispersions(case: Case) -> Iterator[Fault]:
    taken: dict[str, str] = {}
    for entry in case.disperse:
        place = ("disperse", entry.path)
        part = entry.path.split(".")
        if part[0] == "sensors" and getattr(case.sensors, part[1]) is None:
            yield Fault(
                place, f"there is no [sensors.{part[1]}] aboard", "remove the line, or add the sensor"
            )
        elif part[0] == "gates" and not _gated(case, find_path(entry.path).name):
            gated = [leg.name for leg in case.leg if leg.gate is not None]
            remedy = did_you_mean(find_path(entry.path).name, gated) if gated else "remove the line"
            yield Fault(place, "there is no leg of that name with a gate", remedy)
        elif entry.how == "multiply" and _nothing(case, entry):
            remedy = f"write an amount with its unit, as {{ {entry.kind} = ... }}"
            yield Fault(place, "a percentage of zero changes nothing", remedy)
        if entry.every > 1 and case.campaign.sampling == "sobol":
            what = "a value kept for several runs is none of Sobol's sequence"
            yield Fault(("disperse", entry.path), what, 'remove every, or write sampling = "plain"')
        other = next((name for slot in entry.slots for name in _rivals(slot, taken)), None)
        if other is not None:
            yield Fault(place, f'"{other}" disperses the same number', "keep one of the two lines")
        taken |= dict.fromkeys(entry.slots, entry.path)


def _gated(case: Case, name: str) -> bool:
    """Whether a leg of this name, or for none any leg, has a gate."""
    return any(leg.gate is not None and name in ("", leg.name) for leg in case.leg)


def _rivals(slot: str, taken: dict[str, str]) -> Iterator[str]:
    """The paths that already change a slot; `*` is every nozzle."""
    stem = slot.removesuffix(EACH) if slot.endswith(EACH) else slot.removesuffix(known_as(slot).name)
    for other, path in taken.items():
        if other in (slot, stem + EACH) or (slot == stem + EACH and other.startswith(stem)):
            yield path


def _nothing(case: Case, entry: DisperseEntry) -> bool:
    """Whether the nominal value that an entry multiplies is zero."""
    return not any(abs(x) > 0.0 for x in nominal(case, entry.path))


def nominal(case: Case, path: str) -> Iterable[float]:
    """The nominal value at a dispersible path; a nozzle's factor is one, what has no key in the plan is zero."""
    words = path.split(".")
    if words[0] == "command" and int(words[1]) >= len(case.command):
        return (0.0,)
    if words[0] == "gates":
        name = find_path(path).name
        gates = (leg.gate for leg in case.leg if name in ("", leg.name))
        return tuple(float(getattr(gate, words[1])) if gate is not None else 0.0 for gate in gates)
    if words[:2] == ["chaser", "thrusters"]:
        plan = {"force": 1.0, "repeatability": case.chaser.repeatability}
        return (plan.get(words[2], 0.0),)
    value: object = case
    for word in words:
        if isinstance(value, tuple):
            value = value[int(word)]
        else:
            value = getattr(value, word, None)
    if value is None or not isinstance(value, int | float | tuple):
        return (0.0,)
    return value if isinstance(value, tuple) else (float(value),)


# ---- what must hold


def _requirements(case: Case) -> Iterator[Fault]:
    for k, require in enumerate(case.require):
        asked = [require.what, *(condition.what for condition in require.all_of)]
        without = [what for what in asked if what in PASSIVE] if case.passive is None else []
        if without:
            what = f"{without[0]} is known only where drifts are flown"
            yield Fault(("require", k, "what"), what, 'write [passive] with drift = "24 h"')


# ---- the files


def _files(case: Case) -> Iterator[Fault]:
    yield from _file(case, ("chaser", "thrusters"), "nozzle file", case.chaser.thrusters)
    if case.campaign.draws:
        yield from _file(case, ("campaign", "draws"), "table of draws", case.campaign.draws)


def _file(case: Case, place: Place, noun: str, name: str) -> Iterator[Fault]:
    path = case.folder / name
    what = why_no_file(path) or ("" if path.is_file() else "does not exist")
    if what:
        here = "" if str(case.folder) == "." else f", {case.folder}"
        remedy = f"the path is taken from the case file's folder{here}"
        yield Fault(place, f'the {noun} "{name}" {what}', remedy)
