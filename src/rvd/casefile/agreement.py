"""What the keys of a case must be to one another, beyond what each is by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rvd.case.dispersion import DisperseEntry
from rvd.case.limits import SUCCESS
from rvd.case.paths import EACH, find_path, known_as
from rvd.case.planned import gates_of, planned
from rvd.case.requirement import PASSIVE, SUCCESSES
from rvd.case.results import GOAL_COLUMNS, MARGIN, RULE_MARGINS
from rvd.case.schema import ORDERED, CaseSchema
from rvd.case.values import did_you_mean
from rvd.names import why_no_file

from .failing import failing_sensors, unfit_faults
from .faults import Fault
from .keys import Place
from .leaving import leaving


def disagreements(case: CaseSchema, folder: Path) -> list[Fault]:
    """Every fault between keys."""
    return [
        *_legs(case),
        *_goal(case),
        *_ports(case),
        *_hulls(case),
        *_sets(case),
        *_chain(case),
        *_limits(case),
        *_measured(case),
        *failing_sensors(case),
        *unfit_faults(case),
        *_dispersions(case),
        *leaving(case, case.disperse),
        *_requirements(case),
        *_files(case, folder),
    ]


# ---- the sequence


def _legs(case: CaseSchema) -> Iterator[Fault]:
    if not case.leg:
        yield Fault(("leg",), "there is no leg", "write [[leg]] with a hold at the start")
        return
    if case.leg[0].law == "drift":
        remedy = "write a leg with a hold at the start before it, in which the filters settle"
        yield Fault(
            ("leg", 0, "law"), "the first leg is a free drift: nothing fires before its time is up", remedy
        )
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
    yield from _ways(case)


def _ways(case: CaseSchema) -> Iterator[Fault]:
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
    if len(case.command) > ORDERED:
        yield Fault(("command", ORDERED), "there are more than four orders", "write at most four")


def _reactions(case: CaseSchema) -> Iterator[Fault]:
    """Faults of alarms that lead elsewhere than into the abort, of what is not watched or to where there is no way."""
    retreats = any(leg.fallback is not None for leg in case.leg)
    for key in sorted(case.monitors.then.model_fields_set):
        place = ("monitors", "then", key)
        if getattr(case.monitors, key) in (None, 0.0):
            yield Fault(place, f"no monitor watches {key}", f"write {key} in [monitors], or remove it here")
        elif getattr(case.monitors.then, key) == "retreat" and not retreats:
            yield Fault(
                place, "no leg has a fallback to retreat to", 'write fallback = "..." in a leg, or "abort"'
            )


def _goal(case: CaseSchema) -> Iterator[Fault]:
    """Faults of a goal at a port that is not there, and of results that it does not give."""
    for key, name, body, known in (
        ("port", case.goal.port, "target", case.target.ports),
        ("of", case.goal.of, "chaser", case.chaser.ports),
    ):
        if name is not None and name not in known:
            remedy = did_you_mean(name, tuple(known)) if known else f"write [{body}.ports.{name}]"
            yield Fault(("goal", key), f'the {body} has no port "{name}"', remedy)


def _ports(case: CaseSchema) -> Iterator[Fault]:
    """Faults of legs in the frame of a port that is not there, or of one that the chaser does not have."""
    for k, leg in enumerate(case.leg):
        for key, name, body, known in (
            ("frame", leg.port, "target", case.target.ports),
            ("of", leg.of, "chaser", case.chaser.ports),
        ):
            if name is not None and name not in known:
                remedy = did_you_mean(name, tuple(known)) if known else f"write [{body}.ports.{name}]"
                yield Fault(("leg", k, key), f'the {body} has no port "{name}"', remedy)


def _hulls(case: CaseSchema) -> Iterator[Fault]:
    """Faults of parts of a hull that carry a port that is not there."""
    for body, table in (("target", case.target), ("chaser", case.chaser)):
        for key, part in table.hull.items():
            if part.port is not None and part.port not in table.ports:
                known = tuple(table.ports)
                remedy = did_you_mean(part.port, known) if known else f"write [{body}.ports.{part.port}]"
                yield Fault((body, "hull", key, "port"), f'the {body} has no port "{part.port}"', remedy)


def _sets(case: CaseSchema) -> Iterator[Fault]:
    users: list[tuple[Place, str, str]] = (
        [] if case.abort is None else [(("abort",), case.abort.control, case.abort.nozzles)]
    )
    users += [(("leg", k), leg.control, leg.nozzles) for k, leg in enumerate(case.leg)]
    for place, control, nozzles in users:
        for key, word, known in (("control", control, case.control), ("nozzles", nozzles, case.nozzles)):
            if word not in known:
                remedy = did_you_mean(word, tuple(known)) if known else f"write [{key}.{word}]"
                yield Fault((*place, key), f"there is no [{key}.{word}]", remedy)


def _chain(case: CaseSchema) -> Iterator[Fault]:
    """Faults of an independent chain that would need to know how the chaser is turned."""
    a = case.abort
    if a is None or a.chain != "independent":
        return
    if case.sensors.backup is None and not any(a.dv.on_body):
        what = "an independent chain burns along vbar, rbar and hbar by an attitude source of its own, and has none"
        yield Fault(
            ("abort", "dv"), what, "write [sensors.backup], or the burn by forward, starboard and down"
        )


# ---- the limits


def _limits(case: CaseSchema) -> Iterator[Fault]:
    yield from _reactions(case)
    if case.monitors.reserve >= case.chaser.propellant:
        what = f"the reserve {case.monitors.reserve:g} kg is not less than the propellant aboard"
        yield Fault(("monitors", "reserve"), what, "write less, or the approach is called off at once")
    for name in case.rules:
        if f"{name}{MARGIN}" in PASSIVE:
            what = f"the name is that of a result of drifts after lost thrust, {name}{MARGIN}"
            yield Fault(("rules", name), what, f"write [rules.{name}_2], or another name")
    bare = [body for body in ("target", "chaser") if not getattr(case, body).hull]
    for name in [name for name, rule in case.rules.items() if rule.kind == "hull" and bare]:
        what = f"the rule is of two hulls, and the {bare[0]} has none"
        yield Fault(("rules", name), what, f"write [{bare[0]}.hull.NAME], or remove it")
    spheres = [rule for rule in case.rules.values() if rule.kind == "sphere"]
    if case.passive is not None and not spheres:
        what = "drifts after lost thrust are judged by a sphere, and no rule is one"
        yield Fault(("passive",), what, 'write [rules.keep_out] with kind = "sphere"')
    if case.monitors.corridor is not None and not any(rule.kind == "cone" for rule in case.rules.values()):
        what = "the monitor watches the axis of a cone, and no rule is one"
        yield Fault(("monitors", "corridor"), what, 'write [rules.corridor] with kind = "cone", or remove it')
    for k, leg in enumerate(case.leg):
        if leg.at_most > case.limit:
            what = f'"{leg.name}" may last {leg.at_most:g} s, longer than the flight, {case.limit:g} s'
            yield Fault(("leg", k, "at_most"), what, "write less, or a longer limit")


def _measured(case: CaseSchema) -> Iterator[Fault]:
    """Faults of sensors that are not aboard."""
    if case.sensors.gps is None and case.sensors.laser is None:
        what = "neither GPS nor a laser is aboard: nothing measures where the chaser is"
        yield Fault(("sensors",), what, "write [sensors.gps] or [sensors.laser]")
    laser = case.sensors.laser
    if laser is not None and laser.hidden_by == "hull" and not case.target.hull:
        what = "the target has no hull that could hide a reflector"
        yield Fault(("sensors", "laser", "hidden_by"), what, "write [target.hull.NAME], or remove the key")
    for k, leg in enumerate(case.leg):
        if leg.needs == "laser" and case.sensors.laser is None:
            what = f'"{leg.name}" needs the laser, and none is aboard'
            yield Fault(("leg", k, "needs"), what, "write [sensors.laser]")


# ---- what differs


def _dispersions(case: CaseSchema) -> Iterator[Fault]:
    taken: dict[str, str] = {}
    for entry in case.disperse:
        place = ("disperse", entry.path)
        part = entry.path.split(".")
        if part[0] == "sensors" and getattr(case.sensors, part[1]) is None:
            yield Fault(
                place, f"there is no [sensors.{part[1]}] aboard", "remove the line, or add the sensor"
            )
        elif part[0] == "gates" and not gates_of(case, find_path(entry.path).name):
            gated = [leg.name for leg in case.leg if leg.gate is not None]
            remedy = did_you_mean(find_path(entry.path).name, gated) if gated else "remove the line"
            named = " of that name" if find_path(entry.path).name else ""
            yield Fault(place, f"there is no leg{named} with a gate", remedy)
        elif entry.path == "goal.time" and case.goal.time is None:
            yield Fault(place, f"the goal {case.goal.kind} has no time", "remove the line")
        elif part[0] == "atmosphere" and case.atmosphere is None:
            yield Fault(place, "there is no [atmosphere]", "remove the line, or add the table")
        elif entry.how != "put" and find_path(entry.path).mark.never and not planned(case, entry.path):
            remedy = 'write when, as { uniform = ["1 h", "2 h"] }'
            yield Fault(place, "the plan has no time there that could vary", remedy)
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


def _rivals(slot: str, taken: dict[str, str]) -> Iterator[str]:
    """The paths that already change a slot; `*` is every nozzle."""
    stem = slot.removesuffix(EACH) if slot.endswith(EACH) else slot.removesuffix(known_as(slot).name)
    for other, path in taken.items():
        if other in (slot, stem + EACH) or (slot == stem + EACH and other.startswith(stem)):
            yield path


def _nothing(case: CaseSchema, entry: DisperseEntry) -> bool:
    """Whether the nominal value that an entry multiplies is zero."""
    return not any(abs(x) > 0.0 for x in planned(case, entry.path))


# ---- what must hold


def _requirements(case: CaseSchema) -> Iterator[Fault]:
    others = {name: kind for kind, names in GOAL_COLUMNS.items() for name in names if kind != case.goal.kind}
    margins = [name for name in RULE_MARGINS if name.removesuffix(MARGIN) not in case.rules]
    for k, require in enumerate(case.require):
        asked = [require.what, *(condition.what for condition in require.all_of)]
        for name in asked:
            if name in others:
                what = f"{name} is known only where the goal is a {others[name]}, and this one is a {case.goal.kind}"
                yield Fault(
                    ("require", k, "what"), what, f"write one of {', '.join(GOAL_COLUMNS[case.goal.kind])}"
                )
            if name in margins:
                what = f'there is no rule "{name.removesuffix(MARGIN)}", whose margin that is'
                yield Fault(("require", k, "what"), what, f"write [rules.{name.removesuffix(MARGIN)}]")
            if name in SUCCESSES and name != SUCCESS[case.goal.kind]:
                what = f"no run can be {name}: the goal is a {case.goal.kind}"
                yield Fault(("require", k, "what"), what, f'write what = "{SUCCESS[case.goal.kind]}"')
        without = [what for what in asked if what in PASSIVE] if case.passive is None else []
        if without:
            what = f"{without[0]} is known only where drifts are flown"
            yield Fault(("require", k, "what"), what, 'write [passive] with drift = "24 h"')


# ---- the files


def _files(case: CaseSchema, folder: Path) -> Iterator[Fault]:
    named = [(("chaser", "thrusters"), "nozzle file", case.chaser.thrusters)]
    if case.campaign.draws:
        named.append((("campaign", "draws"), "table of draws", case.campaign.draws))
    for place, noun, name in named:
        path = folder / name
        what = why_no_file(path) or ("" if path.is_file() else "does not exist")
        if what:
            here = "" if str(folder) == "." else f", {folder}"
            remedy = f"the path is taken from the case file's folder{here}"
            yield Fault(place, f'the {noun} "{name}" {what}', remedy)
