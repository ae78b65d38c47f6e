"""What will not work in a plan, as far as it can be seen without a flight: one check a function, listed in `CHECKS`.

A remark refuses nothing: the plan can be flown, and the flight ends badly. What cannot be flown at all is refused
when a case is loaded (`rvd.casefile.agreement`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import nnls
from scipy.spatial.transform import Rotation

from rvd.assembly.axes import (
    angles_quaternion,
    berthing_of,
    fixture_of,
    hill_of,
    hill_of_level,
)
from rvd.assembly.glare import nearest_and_farthest
from rvd.assembly.nozzle_table import NozzleTable, read_nozzles
from rvd.assembly.sensors import mount_in
from rvd.assembly.sketch import Stretch, centre_of, following, hill_place, sketch, turn_of
from rvd.assembly.world import hulls_of, reflectors_of
from rvd.case.legs import LegCase
from rvd.case.words import Axis
from rvd.casefile.faults import Fault
from rvd.casefile.in_words import duration, length, number
from rvd.control.attainable import largest_along
from rvd.control.facets import wrenches
from rvd.core.goals.box import Box
from rvd.core.hull.hull import FAR, Clearance, clearance
from rvd.core.kernel import plain
from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.rules.cone import Cone, apex_behind
from rvd.core.rules.ellipsoid import Ellipsoid
from rvd.core.rules.speed import Speed
from rvd.core.rules.sphere import Sphere
from rvd.core.vehicle.sensors.kinds import SensorKind

from .chain import MISSING
from .onboard import nozzle_marks

if TYPE_CHECKING:
    from rvd.case.limits import Monitors, Rule
    from rvd.case.sensors import Laser
    from rvd.casefile import Case

LINES = ("straight", "glideslope")
"""Laws that follow a line."""

LITTLE, LITTLE_GAIN = 1e-5, 0.01
"""An acceleration (m/s2) and a gain (m/s) that nobody asks of the nozzles: the dead zone rides on them."""

MOST_GAIN = 100.0
"""A burn (m/s) that belongs to no approach: the transfer does not exist, or hardly."""

SIGHT = 50.0
"""How far (m) a reflector and the laser may lie from the centres of mass between them."""

HEARD = 5.0
"""How far (m) beyond the hand-over a leg that needs the laser may begin, whatever its speed."""


class Looked(NamedTuple):
    """A case as the checks look at it: its plan as a sketch, and its nozzles."""

    case: Case
    stretches: list[Stretch]
    table: NozzleTable

    def leg(self, stretch: Stretch) -> LegCase:
        """The leg of a stretch."""
        return self.case.leg[stretch.leg]

    def before(self, stretch: Stretch) -> str:
        """What a stretch comes from, in words."""
        return "the flight starts" if stretch.after < 0 else f'"{self.case.leg[stretch.after].name}" ends'


def remarks(case: Case) -> list[Fault]:
    """Everything that can be seen to go wrong, leg by leg; empty for a plan of which nothing is to be said."""
    looked = Looked(case, sketch(case), read_nozzles(case.folder / case.chaser.thrusters))
    found = [remark for check in CHECKS for remark in check(looked)]
    return sorted(found, key=_order)


def _order(remark: Fault) -> float:
    """The number of the leg that a remark is about; what is about none comes last."""
    number_of_leg = remark.place[1] if remark.place[0] == "leg" and len(remark.place) > 1 else math.inf
    return float(number_of_leg)


# ---- places


def holds(looked: Looked) -> Iterator[Fault]:
    """A hold far from where the leg before it ends: the control flies there by itself, as fast as it likes."""
    for stretch in looked.stretches:
        leg = looked.leg(stretch)
        away = float(np.linalg.norm(stretch.end - stretch.begin))
        if leg.law == "hold" and away > leg.arrived[0]:
            lead = looked.case.control[leg.control].lead
            speed = f"at up to {fast(away / lead)}" if lead > 0.0 else "as fast as it can"
            what = f'"{leg.name}" holds {far(away)} from where {looked.before(stretch)}'
            remedy = 'write a leg with law = "straight" before it'
            yield Fault(
                ("leg", stretch.leg, "to"), f"{what}: its control flies there by itself, {speed}", remedy
            )


def zones(looked: Looked) -> Iterator[Fault]:
    """A leg whose path breaks a rule of place, or comes too near to the target."""
    case = looked.case
    for stretch in looked.stretches:
        leg, place = looked.leg(stretch), ("leg", stretch.leg, "to")
        if hit := _hits(looked, stretch):
            yield Fault(place, f'"{leg.name}" {hit}', "lead it elsewhere")
            continue
        for name, rule in case.rules.items():
            if leg.zone in rule.zones and (entered := _enters(rule, stretch)):
                remedy = (
                    f"lead it elsewhere, or write another zone: the rule holds in {' and '.join(rule.zones)}"
                )
                yield Fault(place, f'"{leg.name}" {entered} of the rule "{name}"', remedy)
                break


def _hits(looked: Looked, stretch: Stretch) -> str:
    """What a path hits, the target level, in words; empty for nothing."""
    case, contact = looked.case, looked.case.target.contact
    hulls = hulls_of(case)
    if len(hulls.target) and len(hulls.chaser):
        near, turn = Clearance(FAR, 0.0), tuple(map(float, turn_of(case, looked.leg(stretch)).as_quat()))
        for r in stretch.r[_outside(looked, stretch)]:
            place = tuple(map(float, r))
            seen = hulls, case.chaser.centre_of_mass, place, Q_HILL_LEVEL, turn
            near = plain(clearance)(*seen, docking=case.goal.kind == "touch", was=near)
        if near.least >= 0.0:
            return ""
        target, chaser = divmod(int(near.pair), len(hulls.chaser))
        return (
            f"leads {[*case.chaser.hull][chaser]} into {[*case.target.hull][target]}, by {far(-near.least)}"
        )
    hull = np.linalg.norm(stretch.r - np.array(hill_of_level(berthing_of(case))), axis=1)
    if hull.min() >= contact:
        return ""
    return f"comes within {far(hull.min())} of the berthing point: less than {length(contact)} is contact"


def _outside(looked: Looked, stretch: Stretch) -> np.ndarray:
    """Which places (k,) of a path are before first contact: a leg of a docking leads on through its port."""
    case, goal = looked.case, looked.case.goal
    if goal.kind != "touch" or goal.port is None:
        return np.ones(len(stretch.r), dtype=bool)
    arm = turn_of(case, looked.leg(stretch)).apply(np.subtract(fixture_of(case), case.chaser.centre_of_mass))
    out = np.array(hill_of_level(case.target.ports[goal.port].out))
    return np.asarray((stretch.r + arm - np.array(hill_of_level(berthing_of(case)))) @ out >= 0.0)


def _enters(rule: Rule, stretch: Stretch) -> str:
    """What a path enters that a rule keeps it out of, in words; empty for nothing."""
    away = np.linalg.norm(stretch.r, axis=1)
    limits = rule.numbers
    if isinstance(limits, Sphere) and away.min() < limits.radius:
        return f"comes within {far(away.min())} of the centre of mass, inside the sphere"
    if isinstance(limits, Ellipsoid):
        if np.linalg.norm(stretch.r / np.array(limits.semi_axes), axis=1).min() < 1.0:
            return "enters the ellipsoid"
    return ""


def corridor(looked: Looked) -> Iterator[Fault]:
    """Legs whose paths are outside the corridor where it is watched, by the rule or else by the monitor."""
    name, rule = cone_of(looked.case)
    monitors = looked.case.monitors
    if rule is None:
        return
    limit, whose = rule.numbers.half_angle, "the corridor is"
    astray = _astray(looked, limit, math.inf if rule.from_ is None else rule.from_, rule.zones)
    if not astray and monitors.corridor is not None:
        limit, whose = monitors.corridor, "the monitor allows"
        astray = _astray(looked, limit, within_of(monitors), ("sphere",))
    for stretch, k in astray[:1]:  # one corridor, one remark
        off, away = _off_axis(looked, stretch)[k], float(np.linalg.norm(stretch.r[k]))
        more = {1: "", 2: ", and so is another leg"}.get(
            len(astray), f", and so are {len(astray) - 1} more legs"
        )
        what = f'"{looked.leg(stretch).name}" is {degrees(off)} off the axis of the corridor'
        where = f"{far(away)} from the centre of mass{more}: {whose} {degrees(limit)}"
        remedy = f"lead it along {Axis().written(rule.numbers.axis)}, or write another axis in [rules.{name}]"
        yield Fault(("leg", stretch.leg, "to"), f"{what} {where}", remedy)


def cone_of(case: Case) -> tuple[str, Rule | None]:
    """The first cone among the rules of a case, with its name."""
    return next(((name, rule) for name, rule in case.rules.items() if rule.kind == "cone"), ("", None))


def within_of(monitors: Monitors) -> float:
    """The distance (m) within which the monitors watch the corridor and the speed."""
    return math.inf if monitors.corridor_from is None else monitors.corridor_from


def _astray(looked: Looked, limit: float, within: float, zones: tuple[str, ...]) -> list[tuple[Stretch, int]]:
    """The stretches in these zones that leave a cone of half angle `limit` (rad) within so many m, each with where."""
    found = []
    for stretch in looked.stretches:
        away, off = np.linalg.norm(stretch.r, axis=1), _off_axis(looked, stretch)
        outside = np.flatnonzero((away < within) & (off > limit))
        if outside.size and looked.leg(stretch).zone in zones:
            found.append((stretch, int(outside[0])))
    return found


def _off_axis(looked: Looked, stretch: Stretch) -> np.ndarray:
    """Angles (k,) of the fixture's places from the corridor's axis.

    A corridor that has a width at the berthing point has its apex behind it.
    """
    case, (_, rule) = looked.case, cone_of(looked.case)
    assert rule is not None
    cone: Cone = rule.numbers
    body = np.subtract(fixture_of(case), case.chaser.centre_of_mass)
    arm = turn_of(case, looked.leg(stretch)).apply(body)
    r = stretch.r + arm - np.array(hill_of_level(berthing_of(case)))
    axis = np.array(cone.axis)
    r = r + plain(apex_behind)(cone.half_width, cone.half_angle) * axis
    along = r @ axis
    return np.asarray(np.arctan2(np.linalg.norm(r - np.outer(along, axis), axis=1), along))


def box(looked: Looked) -> Iterator[Fault]:
    """A free drift that begins outside the capture box, or in another attitude than the arm expects."""
    case, goal = looked.case, looked.case.goal
    limits = goal.numbers
    if not isinstance(limits, Box) or goal.at is None:
        return
    for stretch in looked.stretches:
        leg = looked.leg(stretch)
        if leg.law != "drift":
            continue
        there = stretch.begin - centre_of(case, hill_place(case, goal.at), leg, fixture_of(case))
        sizes = np.abs([there[1], there[2], there[0]])  # along forward, starboard, down
        if np.any(sizes > limits.half_width):
            off = float(np.linalg.norm(there))
            what = f'"{leg.name}" begins {far(off)} from the centre of the capture box, outside it'
            yield Fault(("leg", stretch.leg), what, "lead the leg before it to goal.at")
        turned = _angle_between(leg, case)
        if turned > limits.angle:
            what = f'"{leg.name}" is flown {degrees(turned)} from the attitude of the capture'
            yield Fault(("leg", stretch.leg, "attitude"), what, "write the attitude of [goal]")


def _angle_between(leg: LegCase, case: Case) -> float:
    """The angle (rad) between the attitude of a leg and that of the capture."""
    capture = Rotation.from_quat(angles_quaternion(case.goal.attitude))
    return float((turn_of(case, leg).inv() * capture).magnitude())


# ---- speeds and turns


def speeds(looked: Looked) -> Iterator[Fault]:
    """A leg that is flown faster than a rule or the monitor allows at its range."""
    case, monitors = looked.case, looked.case.monitors
    steps = [
        step for rule in case.rules.values() if isinstance(rule.numbers, Speed) for step in rule.numbers.steps
    ]
    limits = [(step.within, step.at_most, "the rule allows") for step in steps]
    if monitors.speed is not None:
        limits.append((within_of(monitors), monitors.speed, "the monitor allows"))
    for stretch in looked.stretches:
        leg = looked.leg(stretch)
        away, speed = np.linalg.norm(stretch.r, axis=1), np.linalg.norm(stretch.v, axis=1)
        for within, most, whose in sorted(limits, key=lambda limit: limit[1]):
            over = np.where((away < within) & (speed > most), speed, 0.0)
            k = int(np.argmax(over))
            if over[k] > 0.0:
                what = f'"{leg.name}" flies at {fast(speed[k])} {far(away[k])} from the centre of mass'
                line = leg.law in LINES
                remedy = "write less" if line else "give it more time, or lead it elsewhere"
                place = ("leg", stretch.leg, "speed" if line else "time")
                yield Fault(place, f"{what}, where {whose} {fast(most)}", remedy)
                break


def turns(looked: Looked) -> Iterator[Fault]:
    """A leg whose attitude is left out, so that it turns to level and the next leg turns back."""
    for stretch in looked.stretches:
        ways = [k for k in following(looked.case, stretch.leg) if k < len(looked.case.leg)]
        if stretch.after < 0 or not ways or "attitude" in looked.leg(stretch).model_fields_set:
            continue
        before, leg, after = (looked.case.leg[k] for k in (stretch.after, stretch.leg, ways[0]))
        there = float((turn_of(looked.case, before).inv() * turn_of(looked.case, leg)).magnitude())
        same = float((turn_of(looked.case, before).inv() * turn_of(looked.case, after)).magnitude()) < 1e-9
        if same and there > 1e-9:
            what = f'"{leg.name}" has no attitude: it turns to level, by {degrees(there)}, and the next leg turns back'
            yield Fault(("leg", stretch.leg, "attitude"), what, f'repeat the attitude of "{before.name}"')


def arrivals(looked: Looked) -> Iterator[Fault]:
    """Tolerances inside the dead zone of the control, which rests before they hold."""
    for stretch in looked.stretches:
        leg = looked.leg(stretch)
        gains = looked.case.control[leg.control]
        if leg.law not in ("hold", *LINES):
            continue
        for tolerance, dead, say in (
            (leg.arrived[0], gains.dead, length),
            (leg.arrived[2], gains.turn_dead, degrees),
        ):
            if tolerance <= dead:
                zone = f"the dead zone of [control.{leg.control}], {say(dead)}"
                what = (
                    f'"{leg.name}" ends within {say(tolerance)}, inside {zone}: the control may rest before'
                )
                yield Fault(("leg", stretch.leg, "arrived"), what, "write more, or a smaller dead zone")


# ---- nozzles


def burns(looked: Looked) -> Iterator[Fault]:
    """A burn that the leg's nozzles cannot give in its attitude, that takes most of the leg, or that there is not."""
    for stretch in looked.stretches:
        leg = looked.leg(stretch)
        for word, dv in stretch.burns:
            size, name = float(np.linalg.norm(dv)), f'{word} of "{leg.name}"'
            if not size < MOST_GAIN:
                what = f"{name} would be {fast(size)}: no transfer of {duration(leg.time)} leads there"
                yield Fault(("leg", stretch.leg, "time"), what, "write another time")
                break
            if size < LITTLE_GAIN:
                continue
            can = attained(looked, leg.nozzles, leg, dv)
            if can is None:
                what = f"{name} is {fast(size)} {way(dv)}: [nozzles.{leg.nozzles}] cannot push that way"
                yield Fault(
                    ("leg", stretch.leg, "nozzles"), what, "write other nozzles, another attitude or burn"
                )
            elif size / min(can, leg.acceleration) > 0.5 * leg.time:
                took = duration(float(round(size / min(can, leg.acceleration))))
                what = f"{name} takes {took} with [nozzles.{leg.nozzles}], the leg has {duration(leg.time)}"
                yield Fault(("leg", stretch.leg, "nozzles"), what, "write other nozzles, or more time")


def thrusts(looked: Looked) -> Iterator[Fault]:
    """Thrust that a line or a hold needs against the orbit's own pull, and that the leg's nozzles cannot give."""
    for stretch in looked.stretches:
        leg = looked.leg(stretch)
        for word, a in stretch.thrust:
            size = float(np.linalg.norm(a))
            if size < LITTLE:
                continue
            can = attained(looked, leg.nozzles, leg, a)
            if can is None:
                gives = f"[nozzles.{leg.nozzles}] cannot push that way"
            elif can < 0.9 * size:
                gives = f"[nozzles.{leg.nozzles}] gives {number(rounded(can))} m/s^2"
            else:
                continue
            what = f'{word} "{leg.name}" needs {number(rounded(size))} m/s^2 {way(a)}: {gives}'
            yield Fault(("leg", stretch.leg, "nozzles"), what, "write less of it, or other nozzles")
            break


def abort(looked: Looked) -> Iterator[Fault]:
    """An abort whose burn its nozzles cannot give in the attitude of some leg."""
    a = looked.case.abort
    if a is None:
        return
    dv = np.array(hill_of(a.dv))
    for stretch in looked.stretches:
        leg = looked.leg(stretch)
        if np.any(dv) and attained(looked, a.nozzles, leg, dv) is None:
            what = f'the burn is {way(dv)}: [nozzles.{a.nozzles}] cannot push that way in the attitude of "{leg.name}"'
            yield Fault(("abort", "nozzles"), what, "write other nozzles or another burn")
            return


def attained(looked: Looked, name: str, leg: LegCase, a: np.ndarray) -> float | None:
    """The acceleration (m/s2) that a set of nozzles gives along a (hill), without torque; None where it cannot."""
    case, nozzles = looked.case, looked.table.nozzles
    marks = nozzle_marks(case, name, looked.table)
    where, push, thrust = nozzles.where_body[marks], nozzles.push_body[marks], nozzles.thrust[marks]
    full = wrenches(where, push, thrust, case.chaser.centre_of_mass) / thrust.max()
    wanted = np.concatenate([turn_of(looked.case, leg).inv().apply(a / np.linalg.norm(a)), np.zeros(3)])
    duties, missing = nnls(full.T, wanted)
    if missing > MISSING:
        return None
    given = full.T @ duties
    return float(thrust.max() * largest_along(full, given / np.linalg.norm(given[:3])) / case.chaser.mass)


def idle(looked: Looked) -> Iterator[Fault]:
    """Nozzles in no set: nothing can ever fire them."""
    case, names = looked.case, looked.table.names
    held = np.any([nozzle_marks(case, name, looked.table) for name in case.nozzles], axis=0)
    alone = [name for name, there in zip(names, held, strict=True) if not there]
    if alone:
        listed = ", ".join(alone[:6]) + (f" and {len(alone) - 6} more" if len(alone) > 6 else "")
        what = f"no set holds {listed} of {case.chaser.thrusters}: nothing fires them"
        yield Fault(("nozzles",), what, "name their strings and kinds in a set, or remove them from the file")


# ---- the way to the goal


def goal(looked: Looked) -> Iterator[Fault]:
    """A plan that never comes to free drift, in which alone the arm captures."""
    if looked.case.goal.kind != "box" or any(
        looked.leg(stretch).law == "drift" for stretch in looked.stretches
    ):
        return
    there = any(leg.law == "drift" for leg in looked.case.leg)
    what = "no leg leads to the free drift" if there else 'no leg has law = "drift"'
    remedy = "name it as next or fallback" if there else 'end the sequence with a leg of law = "drift"'
    yield Fault(("leg",), f"{what}, in which alone the arm captures: no run will be captured", remedy)


def sight(looked: Looked) -> Iterator[Fault]:
    """A leg that needs the laser where it does not reach, is not listened to, or sees no reflector."""
    laser, hand_over = looked.case.sensors.laser, looked.case.navigation.hand_over
    for stretch in looked.stretches:
        leg, place = looked.leg(stretch), ("leg", stretch.leg, "needs")
        if leg.needs != "laser" or laser is None:
            continue
        away = float(np.linalg.norm(stretch.begin))
        if away > laser.within + SIGHT:
            what = f'"{leg.name}" begins {far(away)} away, and the laser reaches {length(laser.within)}'
            yield Fault(place, what, "begin it nearer, or write a longer within")
        elif away > hand_over + _nearer(looked, leg):
            heard = f"navigation listens to the laser within {length(hand_over)}"
            what = f'"{leg.name}" begins {far(away)} away, and {heard}'
            yield Fault(place, what, "begin it nearer, or write a longer hand_over in [navigation]")
        elif not _sees(looked, stretch, laser):
            what = (
                f'"{leg.name}" needs the laser, which sees no reflector from it, in the attitude of the leg'
            )
            yield Fault(place, what, "write another attitude, or another boresight in [sensors.laser]")


def _nearer(looked: Looked, leg: LegCase) -> float:
    """How far (m) beyond the hand-over a leg may begin: it comes nearer before a silent laser is missed."""
    age, speed = looked.case.monitors.laser_age, leg.parameters.get("speed", leg.speed[0])
    return SIGHT if age is None else HEARD + speed * age


def _sees(looked: Looked, stretch: Stretch, laser: Laser) -> bool:
    """Whether the laser sees a reflector from some place of a leg, the target level."""
    case, answer = looked.case, reflectors_of(looked.case)
    turn, mount = turn_of(case, looked.leg(stretch)), mount_in(case, SensorKind.LASER)
    eye = stretch.r + turn.apply(np.subtract(laser.where, case.chaser.centre_of_mass))
    axis = np.array(hill_of_level(answer.facing))
    sensor = (turn * Rotation.from_quat(mount.q_body_sensor)).inv()
    for place in answer.places:
        line = np.array(hill_of_level(place)) - eye
        x, y, z = sensor.apply(line).T
        inside = np.maximum(np.abs(np.arctan2(x, z)), np.abs(np.arctan2(y, z))) <= 0.5 * laser.field
        faces = -line @ axis >= np.cos(answer.half_angle) * np.linalg.norm(line, axis=1)
        if np.any(inside & faces):
            return True
    return False


def blind(looked: Looked) -> Iterator[Fault]:
    """A leg on which the Sun blinds the star tracker all the way round the orbit: attitude is by the gyro alone."""
    tracker = looked.case.sensors.star_tracker
    if tracker is None:
        return
    for stretch in looked.stretches:
        leg = looked.leg(stretch)
        _, most = nearest_and_farthest(looked.case, turn_of(looked.case, leg), tracker.boresight)
        if most < tracker.sun_exclusion:
            what = f'the star tracker sees the Sun all through "{leg.name}", {degrees(most)} from its boresight or less'
            remedy = "write another boresight in [sensors.star_tracker], or another attitude"
            yield Fault(("leg", stretch.leg), what, remedy)
            return  # one tracker, one remark


def unmeasured(looked: Looked) -> Iterator[Fault]:
    """A leg, but for free drifts, with a stretch on which neither GPS nor the laser measures where the chaser is."""
    gps, laser = looked.case.sensors.gps, looked.case.sensors.laser
    for stretch in looked.stretches:
        leg = looked.leg(stretch)
        away = np.linalg.norm(stretch.r, axis=1)
        seen = np.zeros(len(away), dtype=bool)
        if gps is not None:
            seen |= away >= gps.blocked_within
        if laser is not None:
            # The filter takes the laser's readings within the hand-over alone.
            reach = min(laser.within, looked.case.navigation.hand_over)
            seen |= (away >= laser.beyond - SIGHT) & (away <= reach + SIGHT)
        if leg.law != "drift" and not seen.all():
            near, out = float(away[~seen].min()), float(away[~seen].max())
            where = f"{far(near)} away" if far(near) == far(out) else f"from {far(near)} to {far(out)} away"
            what = f'nothing measures where the chaser is on "{leg.name}", {where}'
            yield Fault(
                ("leg", stretch.leg),
                what,
                "add a sensor that reaches there, write another hand_over in [navigation], or lead it elsewhere",
            )


CHECKS: tuple[Callable[[Looked], Iterator[Fault]], ...] = (
    holds, zones, corridor, box, speeds, turns, arrivals, burns, thrusts, abort, idle, goal, sight, blind,
    unmeasured,
)  # fmt: skip
"""Every check, in the order in which the remarks of one leg are given."""


# ---- words


def rounded(x: float) -> float:
    """Three digits of a number."""
    return float(f"{x:.3g}")


def far(x: float) -> str:
    """A distance in m, to three digits."""
    return length(rounded(float(x)))


def fast(x: float) -> str:
    """A speed in m/s, to three digits."""
    return f"{number(rounded(float(x)))} m/s"


def degrees(x: float) -> str:
    """An angle in degrees, to three digits."""
    return f"{number(rounded(math.degrees(x)))} deg"


def way(a: np.ndarray) -> str:
    """The direction of a vector (hill) in words: its larger parts."""
    unit = a / np.linalg.norm(a)
    words = (("up", "down"), ("ahead", "back"), ("to port", "to starboard"))
    parts = [(abs(x), names[0] if x > 0.0 else names[1]) for x, names in zip(unit, words, strict=True)]
    return " and ".join(word for size, word in sorted(parts, reverse=True) if size > 0.3)
