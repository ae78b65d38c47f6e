"""From a case to what the drivers fly: the shared set-up and the nominal row."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.spatial.transform import Rotation

from rvd.case.own import is_own
from rvd.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH, SPIN_EARTH
from rvd.control.allocation import Allocation, allocate, build_allocation
from rvd.control.steering import Gains
from rvd.errors import CaseError
from rvd.flight.setup import Onboard, Setup
from rvd.flight.truth import TRUTH, row_names
from rvd.guidance.ladder import OwnLaw, ladder
from rvd.guidance.law import Law
from rvd.guidance.plan import NUMBERS, Plan
from rvd.kernel import Quat, Vec
from rvd.motion.nonlinear import Environment
from rvd.navigation.attitude import AttitudeFilter
from rvd.navigation.relative import RelativeFilter
from rvd.navigation.track import Filters
from rvd.orbit.sun import sun_table
from rvd.safety.box import Box
from rvd.safety.monitors import Limits
from rvd.safety.passive import Passive
from rvd.safety.rules import Rules, SpeedLimits
from rvd.signals import Leg, Word
from rvd.vehicle.drag import Drag
from rvd.vehicle.laser import Mount
from rvd.vehicle.mass import Chaser
from rvd.vehicle.nozzles import Kind, NozzleTable, blows_toward, read_nozzles
from rvd.vehicle.sensors import Suite
from rvd.vehicle.station import Points

if TYPE_CHECKING:
    from rvd.case.legs import LegCase
    from rvd.case.schema import Case
    from rvd.case.table import Place

NEVER = 1.0e30
"""A time or a distance that is never reached."""

WHITE = (
    "gps.position", "gps.velocity", "gps.multipath.sigma", "laser.range", "laser.scale", "laser.angle",
    "star_tracker.cross", "star_tracker.roll", "gyro.walk", "accelerometer.walk",
)  # fmt: skip
"""The sensors' noise, which `sensors.noise` scales in the truth."""

SKY_STEP = 600.0
"""Seconds between two places of the Sun in the set-up: it moves 0.007 deg."""

ZONES = ("outside", "ellipsoid", "sphere")

COMMANDS = 4
"""Orders a case may give; the row has room for so many."""


class Built(NamedTuple):
    """A case ready to fly: set-up, nominal row, the names of the row's slots and of the legs, and the case itself.

    `passive`: the drifts after lost thrust that the case asks for, if any; `laws`: the user's own that its legs fly.
    """

    setup: Setup
    row: np.ndarray
    names: tuple[str, ...]
    leg_names: tuple[str, ...]
    case: Case
    passive: Passive | None = None
    laws: tuple[OwnLaw, ...] = ()


def build(case: Case) -> Built:
    """The set-up and the nominal row of a case; runs and compiles the user's own laws.

    Raises CaseError where the nozzle table or a law cannot be flown.
    """
    laws = laws_of(case)
    table = read_nozzles(case.folder / case.chaser.thrusters)
    names = row_names(len(table.names), len(case.leg))
    row = nominal_row(case, len(table.names))
    points = points_of(case)
    setup = Setup(
        onboard_of(case, table, points),
        environment_of(case),
        sun_table(case.epoch, SKY_STEP, math.ceil(case.limit / SKY_STEP) + 1),
        SKY_STEP,
        rules_of(case),
        points,
        suite_of(case),
        table.nozzles,
        math.ceil(case.limit),
    )
    return Built(setup, row, names, tuple(leg.name for leg in case.leg), case, passive_of(case), laws)


def laws_of(case: Case) -> tuple[OwnLaw, ...]:
    """The user's own laws, in the order of `case.own_laws`, compiled."""
    texts = case.own_laws.values()
    laws = tuple(OwnLaw(law.file, law.content, law.name, len(law.numbers)) for law in texts)
    try:
        ladder(laws)
    except CaseError as error:
        raise CaseError(case.folder / error.file, error.line, error.key, error.what, error.remedy) from None
    return laws


# ---- words to frames


def hill_of(place: Place) -> Vec:
    """Hill components of a place given along V-bar (+y), R-bar (-x) and H-bar (-z)."""
    return (-place.rbar, place.vbar, -place.hbar)


def body_of(place: Place) -> Vec:
    """Components of a place along forward, starboard and down, the axes of a level station."""
    return (place.vbar, place.hbar, place.rbar)


def hill_of_level(body: Vec) -> Vec:
    """Hill components of a vector on the body axes of a level station: forward +y, starboard -z, down -x."""
    return (-body[2], body[0], -body[1])


def quaternion(yaw: float, pitch: float, roll: float) -> Quat:
    """q_hill_body of a body turned from level by yaw about down, then pitch about starboard, then roll about forward.

    Source: the aerospace sequence z-y-x, Stevens and Lewis 2003, eq. 1.3-18.
    """
    level = Rotation.from_quat([-0.5, -0.5, 0.5, 0.5])
    x, y, z, w = (level * Rotation.from_euler("ZYX", [yaw, pitch, roll])).as_quat(canonical=True)
    return (float(x), float(y), float(z), float(w))


def angles_quaternion(angles) -> Quat:
    """q_hill_body of the yaw, pitch and roll of a case."""
    return quaternion(angles.yaw, angles.pitch, angles.roll)


def mount_of(where: Vec, boresight: Vec, up: Vec) -> Mount:
    """A sensor at `where` whose z axis is the boresight and whose x axis lies as near as can be to `up`."""
    z = np.asarray(boresight, dtype=float)
    x = np.asarray(up, dtype=float) - np.dot(up, z) * z
    x = x / np.linalg.norm(x)
    q = Rotation.from_matrix(np.column_stack([x, np.cross(z, x), z])).as_quat(canonical=True)
    return Mount(where, (float(q[0]), float(q[1]), float(q[2]), float(q[3])))


# ---- the world


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


def orbit_rate(case: Case) -> float:
    """Mean motion (rad/s) of the nominal target orbit."""
    return math.sqrt(MU_EARTH / (RADIUS_EARTH + case.target.altitude) ** 3)


def points_of(case: Case) -> Points:
    """The points on both bodies."""
    p = case.target.points
    return Points(
        p.berthing, p.reflectors[0], p.reflectors[-1], p.facing, math.cos(p.half_angle), case.chaser.grapple,
        body_of(case.capture.at),
    )  # fmt: skip


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


def suite_of(case: Case) -> Suite:
    """How the sensors are mounted and how often they speak."""
    s = case.sensors
    up, forward = (0.0, 0.0, -1.0), (1.0, 0.0, 0.0)
    laser = mount_of(s.laser.where if s.laser else (0.0, 0.0, 0.0), up, forward)
    boresight = s.star_tracker.boresight if s.star_tracker else (0.0, 1.0, 0.0)
    across = up if abs(boresight[2]) < 0.5 else forward
    return Suite(
        laser, mount_of((0.0, 0.0, 0.0), boresight, across),
        s.gps.period if s.gps else 0.0, s.laser.period if s.laser else 0.0,
        s.star_tracker.period if s.star_tracker else 0.0,
    )  # fmt: skip


def rules_of(case: Case) -> Rules:
    """The rules watched on the truth."""
    r, c = case.rules, case.capture
    steps = [(step.within, step.at_most) for step in r.speed] + [(0.0, 0.0)] * (4 - len(r.speed))
    within, most = zip(*steps, strict=True)
    box = Box(
        c.half_width,
        c.release_speed,
        c.speed,
        c.angle,
        c.rate,
        station_attitude(angles_quaternion(c.attitude)),
    )
    return Rules(
        (r.ellipsoid.rbar, r.ellipsoid.vbar, r.ellipsoid.hbar), r.keep_out, r.corridor.half_angle,
        max(r.corridor.from_, r.keep_out), axis_of(r.corridor.axis), r.contact, SpeedLimits(within, most), box,
    )  # fmt: skip


def passive_of(case: Case) -> Passive | None:
    """The drifts that the case asks for."""
    p = case.passive
    return Passive(p.drift, p.in_burn, p.elsewhere, p.attitude == "tumbling") if p else None


def axis_of(word: str) -> Vec:
    """The unit vector (hill) a case names by vbar, rbar or hbar, with a minus sign for the other way."""
    axes = {"vbar": (0.0, 1.0, 0.0), "rbar": (-1.0, 0.0, 0.0), "hbar": (0.0, 0.0, -1.0)}
    sign = -1.0 if word.startswith("-") else 1.0
    x, y, z = axes[word.lstrip("-")]
    return (sign * x, sign * y, sign * z)


def station_attitude(q_hill_body: Quat) -> Quat:
    """q_station_body of a chaser attitude against a level station."""
    level = Rotation.from_quat([-0.5, -0.5, 0.5, 0.5])
    x, y, z, w = (level.inv() * Rotation.from_quat(q_hill_body)).as_quat(canonical=True)
    return (float(x), float(y), float(z), float(w))


# ---- the flight software


def onboard_of(case: Case, table: NozzleTable, points: Points) -> Onboard:
    """The flight software, from the nominal case alone."""
    control, sets = list(case.control), list(case.nozzles)
    allocation = allocation_of(case, table, sets)
    return Onboard(
        filters_of(case, lean_of(allocation, table)),
        plan_of(case, points, control, sets),
        np.concatenate([gains_row(case.control[name]) for name in control]),
        allocation,
        table.nozzles,
        limits_of(case, points),
        chaser_of(case),
        (hill_of_level(points.reflector_0), hill_of_level(points.reflector_1)),
        *case.start.known_within,
    )


def gains_row(gains) -> np.ndarray:
    """One set of gains as numbers, in the order of Gains."""
    return np.array([getattr(gains, field) for field in Gains._fields], dtype=float)


def filters_of(case: Case, lean: Vec) -> Filters:
    """What the filters are told: the nominal errors of the sensors aboard; `lean` is of `lean_of`."""
    s, n = case.sensors, case.navigation
    gps, laser, tracker = s.gps, s.laser, s.star_tracker
    relative = RelativeFilter(
        gps.position if gps else 1.0, gps.velocity if gps else 1.0, gps.bias_sigma if gps else 1.0,
        lasting(gps.bias_memory if gps else None),
        gps.multipath / math.sqrt(gps.multipath_memory) if gps else 0.0, gps.multipath_range if gps else 1.0,
        laser.range if laser else 1.0, laser.scale if laser else 0.0,
        laser.angle if laser else 1.0, laser.range_bias_sigma if laser else 1.0,
        laser.angle_bias_sigma if laser else 1.0, lasting(laser.bias_memory if laser else None),
        *point_sigmas(case), swing_rates(case), n.station_memory, n.thrust, n.thrust_across, lasting(n.thrust_memory),
        n.thrust_wander, expected_drag(case), n.unexplained, n.unexplained_memory, n.cancelled, lean,
        n.acceleration, n.gate,
    )  # fmt: skip
    sigma = max(tracker.cross, tracker.roll) if tracker else 1.0
    attitude = AttitudeFilter(
        sigma, s.gyro.walk, s.gyro.bias_sigma, s.gyro.bias_sigma / 3600.0, math.radians(0.5)
    )
    return Filters(
        relative,
        attitude,
        orbit_rate(case),
        environment_of(case)._replace(density=0.0),
        n.accelerometer_above,
        n.accelerometer_quiet,
        s.accelerometer.walk,
        n.accelerometer_scale,
        n.accelerometer_memory,
        n.hand_over,
    )


def lasting(memory: float | None) -> float:
    """The memory (s) of an error that fades, or never does."""
    return NEVER if memory is None else memory


def expected_drag(case: Case) -> Vec:
    """Acceleration (m/s2, hill) of the chaser against the target by drag, in the attitude of the first leg.

    Nominal air, which turns with the Earth, on a circle (Vallado 2013, eq. 8-28).
    """
    t, c = case.target, case.chaser
    radius = RADIUS_EARTH + t.altitude
    speed = radius * (orbit_rate(case) - SPIN_EARTH * math.cos(t.inclination))
    wind = Rotation.from_quat(angles_quaternion(case.leg[0].attitude)).inv().apply([0.0, 1.0, 0.0])
    chaser = c.drag_coefficient * float(np.abs(wind) @ np.asarray(c.drag_area)) / c.mass
    target = t.drag_coefficient * t.drag_area[0] / t.mass
    return (0.0, 0.5 * case.atmosphere.density * speed**2 * (target - chaser), 0.0)


def point_sigmas(case: Case) -> tuple[Vec, float, Vec]:
    """One sigma (m, hill axes) of where the reflectors are for good, of the chaser's centre of mass, and of a swing.

    For good: the target's mean attitude and the chaser's centre of mass.
    """
    n, (x, y, z) = case.navigation, hill_of_level(case.target.points.reflectors[0])
    reach = (math.hypot(y, z), math.hypot(z, x), math.hypot(x, y))
    sigma = [math.hypot(n.station_angle * a, n.centre_of_mass) for a in reach]
    swing = [n.station_swing * a for a in reach]
    return (sigma[0], sigma[1], sigma[2]), n.centre_of_mass, (swing[0], swing[1], swing[2])


def swing_rates(case: Case) -> Vec:
    """Angular rates (rad/s) of the swing along the hill axes."""
    x, y, z = (2.0 * math.pi / period for period in case.navigation.station_period)
    return (x, y, z)


def limits_of(case: Case, points: Points) -> Limits:
    """What the monitors on board allow."""
    m = case.monitors
    return Limits(
        case.chaser.grapple, hill_of_level(points.berthing), axis_of(case.rules.corridor.axis), m.corridor,
        m.corridor_from, m.speed, m.sigma, m.sigma_within, m.angle, m.reserve, m.laser_age,
    )  # fmt: skip


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
    nozzles, on, period = table.nozzles, np.zeros(len(table.names)), 1000.0
    push, zero, most = 0.1 * float(nozzles.thrust.min()), (0.0, 0.0, 0.0), [1.0, 1.0, 1.0]
    for number, (i, axis) in product(range(len(allocation.first)), enumerate((*np.eye(3), *-np.eye(3)))):
        x, y, z = (float(a) for a in push * axis)
        allocate(allocation, number, (x, y, z), zero, zero, period, on)
        impulses = (nozzles.thrust * on)[:, None] * nozzles.push_body
        given = float(impulses.sum(axis=0) @ axis)
        if given > 0.99 * push * period:
            most[i % 3] = max(most[i % 3], float(np.linalg.norm(impulses, axis=1).sum()) / given)
    return (most[0], most[1], most[2])


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


def plan_of(case: Case, points: Points, control: list[str], sets: list[str]) -> Plan:
    """The leg table and, in its last row, the abort."""
    berthing = hill_of_level(points.berthing)
    names = [leg.name for leg in case.leg]
    legs = [leg_row(leg, k, names, berthing, control, sets) for k, leg in enumerate(case.leg)]
    return Plan(
        np.concatenate([*legs, abort_row(case, berthing, control, sets)]),
        len(legs),
        case.chaser.grapple,
        own_of(case),
    )


def own_of(case: Case) -> np.ndarray:
    """Which of the user's own laws each leg flies, if any, and the numbers it gives: (legs, 1 + `NUMBERS`)."""
    table = np.zeros((len(case.leg), 1 + NUMBERS))
    for row, leg in zip(table, case.leg, strict=True):
        law = case.own_laws.get(leg.law)
        if law is not None:
            row[0] = list(case.own_laws).index(leg.law)
            row[1 : 1 + len(law.numbers)] = law.values(leg.parameters)
    return table


def leg_row(leg: LegCase, number: int, names: list[str], berthing: Vec, control: list[str], sets: list[str]):
    """One leg as numbers (`Leg`); its points are of the grapple fixture from the station's centre of mass."""
    following = names.index(leg.next) if leg.next is not None else number + 1
    fallback = names.index(leg.fallback) if leg.fallback is not None else -1
    to, aim = hill_of(leg.to), hill_of(leg.aim if leg.aim is not None else leg.to)
    r, v, angle = leg.arrived
    law = float(Law.OWN if is_own(leg.law) else Law[leg.law.upper().replace("-", "_")])
    return flat(Leg(
        law, moved(to, berthing), moved(aim, berthing), leg.time,
        leg.midcourse, leg.speed[0], leg.speed[1], hill_of(leg.dv), leg.acceleration,
        leg.braking, angles_quaternion(leg.attitude), leg.slew_rate,
        leg.at_least, leg.at_most, r, v, angle, leg.settle, 1.0 if leg.needs == "laser" else 0.0,
        float(ZONES.index(leg.zone)), leg.rate, float(control.index(leg.control)), float(sets.index(leg.nozzles)),
        1.0 if leg.law == "drift" else 0.0, 1.0 if leg.gate is not None else 0.0, float(following), float(fallback),
        float(leg.tries),
    ))  # fmt: skip


def abort_row(case: Case, berthing: Vec, control: list[str], sets: list[str]) -> np.ndarray:
    """The abort as a leg: one burn away, in the attitude of the moment it was called in, then a coast."""
    a, last = case.abort, case.leg[-1]
    return flat(Leg(
        float(Law.RETREAT), berthing, berthing, a.time, 0.0, 0.0, 0.0, hill_of(a.dv), a.acceleration,
        a.acceleration, angles_quaternion(last.attitude), 0.0, 0.0, NEVER, NEVER, NEVER, NEVER, 0.0, 0.0, 2.0, a.rate,
        float(control.index(a.control)), float(sets.index(a.nozzles)), 0.0, 0.0, float(len(case.leg)), -1.0, 0.0,
    ))  # fmt: skip


def moved(place: Vec, origin: Vec) -> Vec:
    """A place from another origin."""
    return (place[0] + origin[0], place[1] + origin[1], place[2] + origin[2])


def flat(value) -> np.ndarray:
    """The numbers of a nested tuple in order."""
    numbers: list[float] = []
    for part in value:
        numbers.extend(flat(part) if isinstance(part, tuple) else [float(part)])
    return np.array(numbers, dtype=float)


# ---- the nominal row


def nominal_row(case: Case, nozzles: int) -> np.ndarray:
    """The row of the nominal run: the case's own numbers, every nozzle as in its table."""
    values = nominal_values(case)
    names = row_names(nozzles, len(case.leg))[:TRUTH]
    fixed = np.array([values[name] for name in names], dtype=float)
    # A fault that is drawn without a time holds from the start; the nominal nozzle has none.
    one, zero, never = np.ones(nozzles), np.zeros(nozzles), np.full(nozzles, NEVER)
    delays = [leg.gate.delay if leg.gate is not None else 0.0 for leg in case.leg]
    refusals = [float(leg.gate.refused) if leg.gate is not None else 0.0 for leg in case.leg]
    return np.concatenate([fixed, one, zero, zero, zero, zero, never, delays, refusals])


def nominal_values(case: Case) -> dict[str, float]:
    """The truth's numbers by slot name."""
    t, a, s, c = case.target, case.target.attitude, case.sensors, chaser_of(case)
    start = case.start
    words = ("vbar", "rbar", "hbar", "vbar_rate", "rbar_rate", "hbar_rate")
    values: dict[str, float] = {f"start.{word}": getattr(start, word) for word in words}
    values |= {f"knowledge.{word}": 0.0 for word in words}
    values |= numbered("start.attitude", (0.0, 0.0, 0.0)) | numbered("start.rate", (0.0, 0.0, 0.0))
    values |= {"chaser.mass": c.mass, "chaser.propellant": c.propellant}
    values |= (
        numbered("chaser.com", c.com)
        | numbered("chaser.tank", c.tank)
        | numbered("chaser.inertia", c.inertia)
    )
    values |= {"chaser.drag.coefficient": c.drag.coefficient} | numbered("chaser.drag.area", c.drag.area)
    for word in ("altitude", "inclination", "eccentricity", "raan", "latitude", "mass"):
        values[f"target.{word}"] = getattr(t, word)
    values |= {"target.drag.coefficient": t.drag_coefficient} | numbered("target.drag.area", t.drag_area)
    values |= numbered("target.inertia", (*t.inertia, 0.0, 0.0, 0.0))
    for word in ("bias", "deadband", "period", "phase"):
        values |= numbered(f"target.{word}", getattr(a, word))
    values["atmosphere.density"] = case.atmosphere.density
    values |= numbered("arm.time", (case.capture.time,) * 3)
    for k in range(COMMANDS):
        given = case.command[k] if k < len(case.command) else None
        values[f"command.{k}.what"] = float(Word[given.what.upper()]) if given else 0.0
        values[f"command.{k}.at"] = given.at if given else NEVER
    return values | sensor_values(s)


def sensor_values(sensors) -> dict[str, float]:
    """The sensors' numbers by slot name; a sensor that is not aboard reads nothing, so its numbers do not matter."""
    gps, laser, tracker = sensors.gps, sensors.laser, sensors.star_tracker
    gyro, meter = sensors.gyro, sensors.accelerometer
    values = {f"sensors.gps.{word}": getattr(gps, word) if gps else 0.0 for word in ("position", "velocity")}
    values |= numbered("sensors.gps.bias", gps.bias if gps else (0.0, 0.0, 0.0)) | outage("sensors.gps", gps)
    values |= {
        "sensors.gps.multipath.sigma": gps.multipath if gps else 0.0,
        "sensors.gps.multipath.range": gps.multipath_range if gps else 0.0,
        "sensors.gps.multipath.memory": gps.multipath_memory if gps else 0.0,
        "sensors.gps.blocked_within": gps.blocked_within if gps else 0.0,
    }
    for word in ("range", "scale", "angle", "range_bias", "within", "beyond", "sun_exclusion"):
        values[f"sensors.laser.{word}"] = getattr(laser, word) if laser else 0.0
    values |= numbered("sensors.laser.angle_bias", laser.angle_bias if laser else (0.0, 0.0))
    values["sensors.laser.half_field"] = 0.5 * laser.field if laser else 0.0
    values |= outage("sensors.laser", laser) | outage("sensors.star_tracker", tracker)
    for name, sensor in (("gps", gps), ("laser", laser), ("star_tracker", tracker)):
        values |= delivery(f"sensors.{name}.delivery", sensor, sensors.noise > 0.0)
    for word in ("cross", "roll", "sun_exclusion"):
        values[f"sensors.star_tracker.{word}"] = getattr(tracker, word) if tracker else 0.0
    values |= numbered(
        "sensors.star_tracker.misalignment", tracker.misalignment if tracker else (0.0, 0.0, 0.0)
    )
    values |= {"sensors.gyro.walk": gyro.walk} | numbered("sensors.gyro.bias", gyro.bias)
    values |= {"sensors.accelerometer.walk": meter.walk, "sensors.accelerometer.scale": meter.scale}
    values |= numbered("sensors.accelerometer.bias", meter.bias)
    return values | {f"sensors.{name}": sensors.noise * values[f"sensors.{name}"] for name in WHITE}


def outage(path: str, sensor) -> dict[str, float]:
    """The window in which a sensor is out; never, where the case gives none."""
    since = getattr(sensor, "out_since", None) if sensor else None
    until = getattr(sensor, "out_until", None) if sensor else None
    return {
        f"{path}.out_since": NEVER if since is None else since,
        f"{path}.out_until": NEVER if until is None else until,
    }


def delivery(path: str, sensor, chance: bool) -> dict[str, float]:
    """How a sensor's readings reach navigation; without chance none is lost."""
    return {
        f"{path}.dropout": sensor.dropout if sensor and chance else 0.0,
        f"{path}.latency": sensor.latency if sensor else 0.0,
        f"{path}.time_bias": sensor.time_bias if sensor else 0.0,
    }


def numbered(path: str, values) -> dict[str, float]:
    """Slots of a vector by name: path.0, path.1, ..."""
    return {f"{path}.{i}": float(value) for i, value in enumerate(values)}
