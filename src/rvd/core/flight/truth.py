"""The truth of a run: the row's numbers by name, and the state and the first belief they start from.

A row is `Truth`, flattened in the order of its fields, then thirteen numbers a nozzle (`THRUSTERS`), two a leg
(`GATES`), and of each sensor aboard the numbers of its kind. The dotted names of the slots are the paths that a case
may disperse.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rvd.core.algebra.elementary import sincos
from rvd.core.algebra.quat import from_rotvec, multiply, rotate
from rvd.core.algebra.vec import add, sub
from rvd.core.constants import RADIUS_EARTH
from rvd.core.kernel import Quat, Row, Sheet, Vec, kernel, leaves, load, size
from rvd.core.orbit.frames import Q_HILL_LEVEL, eci_from_hill, hill_rate, q_eci_hill
from rvd.core.signals import State
from rvd.core.vehicle.backup import Backup
from rvd.core.vehicle.mass import Chaser
from rvd.core.vehicle.sensors.kinds import SensorKind
from rvd.core.vehicle.station import Points, Station, held_attitude, held_rate


class NozzleErrors(NamedTuple):
    """What a row says of one nozzle."""

    #: Thrust over that of the table.
    force: float
    #: Turn of the push about an axis across it, rad.
    tilt_1: float
    #: Turn of the push about the other axis across it, rad.
    tilt_2: float
    #: `NozzleFault`, as a number.
    fault: float
    #: When the fault begins, s.
    fault_since: float
    #: When it ends, s.
    fault_until: float
    #: Thrust of one that is weak, or of its leak, over full thrust.
    fault_size: float
    #: Standard deviation of a pulse's impulse, over the least impulse.
    repeatability: float
    #: What every pulse gives more than told, over the least impulse.
    bit: float
    #: From the valve's moving until the thrust begins to follow, s.
    dead_time: float
    #: The time constant by which it rises, s.
    rise: float
    #: That by which it decays, s.
    decay: float
    #: Length of a pulse that has half the specific impulse, s.
    half_isp: float


THRUSTERS = NozzleErrors._fields

GATES = ("delay", "refused")
"""Of each leg's gate: the time from ready until the go arrives (s), and how many times it is refused first."""


class GatesAt(NamedTuple):
    """Where a row holds `GATES`: the first number of every leg, then the second."""

    #: The first slot.
    first: int
    #: How many legs there are.
    legs: int


class Start(NamedTuple):
    """How a run starts: the grapple fixture, from the berthing point, and the attitude."""

    #: Place of the fixture along V-bar, m.
    vbar: float
    #: Its place along R-bar, m.
    rbar: float
    #: Its place along H-bar, m.
    hbar: float
    #: Its velocity along V-bar, m/s.
    vbar_rate: float
    #: Its velocity along R-bar, m/s.
    rbar_rate: float
    #: Its velocity along H-bar, m/s.
    hbar_rate: float
    #: How far the chaser is turned from the first leg's attitude, rad, body axes.
    attitude: Vec
    #: Its rate against the hill frame, rad/s, body axes.
    rate: Vec


class Knowledge(NamedTuple):
    """Error of the first belief: the only part of a row that reaches the flight software."""

    #: Of the position along V-bar, m.
    vbar: float
    #: Of the position along R-bar, m.
    rbar: float
    #: Of the position along H-bar, m.
    hbar: float
    #: Of the velocity along V-bar, m/s.
    vbar_rate: float
    #: Of the velocity along R-bar, m/s.
    rbar_rate: float
    #: Of the velocity along H-bar, m/s.
    hbar_rate: float


class Atmosphere(NamedTuple):
    """The air of a run."""

    #: Density at the reference radius, kg/m3.
    density: float


class Arm(NamedTuple):
    """The station's arm."""

    #: Time that it needs from the start of free drift, s: at the first try, the second, and all later ones.
    time: Vec


class Order(NamedTuple):
    """A word said to the chaser."""

    #: `Word`, as a number.
    what: float
    #: When it is said, s.
    at: float


class Truth(NamedTuple):
    """Everything about a run that the flight software does not know."""

    #: Where it starts.
    start: Start
    #: What the first belief is off by.
    knowledge: Knowledge
    #: Mass properties and drag of the chaser.
    chaser: Chaser
    #: The station.
    target: Station
    #: The air.
    atmosphere: Atmosphere
    #: The arm.
    arm: Arm
    #: The errors of the backup attitude source.
    backup: Backup
    #: What is said to the chaser.
    command: tuple[Order, Order, Order, Order]


class Drawn(NamedTuple):
    """What sets one run of a campaign apart from the others."""

    #: What it drew: `Truth`, the nozzles' errors and the gates' (m,).
    row: Row
    #: The seed of the campaign.
    seed: int
    #: The number of the run.
    run: int


class Run(NamedTuple):
    """One run, as far as it stays the same to its end."""

    #: The row's numbers by name.
    truth: Truth
    #: All of the row (m,).
    row: Row
    #: The seed of the campaign.
    seed: int
    #: Its number.
    number: int


TRUTH = size(Truth)


def row_names(nozzles: Sequence[str], legs: Sequence[str], sensors: Sequence[SensorKind]) -> tuple[str, ...]:
    """The dotted names of a row's slots for a vehicle with these nozzles and sensors, and a plan of these legs."""
    thrusters = tuple(f"chaser.thrusters.{what}.{name}" for what in THRUSTERS for name in nozzles)
    gates = tuple(f"gates.{what}.{name}" for what in GATES for name in legs)
    errors = tuple(f"sensors.{one.word}.{leaf}" for one in sensors for leaf in leaves(one.module.NUMBERS))
    return leaves(Truth) + thrusters + gates + errors


@kernel
def run_of(drawn: Drawn) -> Run:
    """The run that was drawn."""
    return Run(load(Truth, drawn.row, 0, 0, 1), drawn.row, drawn.seed, drawn.run)


@kernel
def nozzle_errors(row: np.ndarray, k: int, n: int) -> NozzleErrors:
    """What a row says of nozzle k of n: the slots hold the first number of every nozzle, then the second, ..."""
    at = TRUTH + k
    return NozzleErrors(
        force=row[at],
        tilt_1=row[at + n],
        tilt_2=row[at + 2 * n],
        fault=row[at + 3 * n],
        fault_since=row[at + 4 * n],
        fault_until=row[at + 5 * n],
        fault_size=row[at + 6 * n],
        repeatability=row[at + 7 * n],
        bit=row[at + 8 * n],
        dead_time=row[at + 9 * n],
        rise=row[at + 10 * n],
        decay=row[at + 11 * n],
        half_isp=row[at + 12 * n],
    )


@kernel
def hill_from_words(vbar: float, rbar: float, hbar: float) -> Vec:
    """Hill components of a vector given along V-bar (+y), R-bar (-x) and H-bar (-z)."""
    return (-rbar, vbar, -hbar)


@kernel
def orbit_state(mu: float, target: Station) -> tuple[Vec, Vec]:
    """Inertial position and velocity (m, m/s) of the target; its perigee lies at the ascending node.

    Source: Vallado 2013, algorithm 10 (COE2RV), with the argument of perigee zero.
    """
    a = RADIUS_EARTH + target.altitude
    p = a * (1.0 - target.eccentricity * target.eccentricity)
    su, cu = sincos(target.latitude)
    so, co = sincos(target.raan)
    si, ci = sincos(target.inclination)
    r, k = p / (1.0 + target.eccentricity * cu), math.sqrt(mu / p)
    x, y = (co, so, 0.0), (-so * ci, co * ci, si)
    e = target.eccentricity + cu
    return (
        (r * (cu * x[0] + su * y[0]), r * (cu * x[1] + su * y[1]), r * (cu * x[2] + su * y[2])),
        (k * (-su * x[0] + e * y[0]), k * (-su * x[1] + e * y[1]), k * (-su * x[2] + e * y[2])),
    )


@kernel
def first_state(mu: float, points: Points, q_hill_body: Quat, truth: Truth, lines: Sheet) -> State:
    """The state at t = 0: the target on its orbit, the fixture at the start, the attitude of the first leg.

    `lines` are those by which the target's attitude moves: see `start_lines`.
    """
    rt, vt = orbit_state(mu, truth.target)
    s = truth.start
    q = multiply(q_hill_body, from_rotvec(s.attitude))
    place = add(hill_from_words(s.vbar, s.rbar, s.hbar), rotate(Q_HILL_LEVEL, points.berthing))
    r = sub(place, rotate(q, sub(points.grapple, truth.chaser.com)))
    dr, dv = eci_from_hill(rt, vt, r, hill_from_words(s.vbar_rate, s.rbar_rate, s.hbar_rate))
    q_eci_hill_ = q_eci_hill(rt, vt)
    turn = (0.0, 0.0, hill_rate(rt, vt))
    q_station, rate = held_attitude(truth.target, lines, 0.0)
    w = add(s.rate, held_rate((0.0, 0.0, 0.0), q, turn))
    return State(
        rt_eci=rt,
        vt_eci=vt,
        dr_eci=dr,
        dv_eci=dv,
        q_eci_body=multiply(q_eci_hill_, q),
        w_body=w,
        q_eci_station=multiply(q_eci_hill_, q_station),
        w_station=held_rate(rate, q_station, turn),
        used=0.0,
        dv_body=(0.0, 0.0, 0.0),
        w_mean_body=w,
    )


@kernel
def first_knowledge(truth: Truth, r_hill: Vec, v_hill: Vec) -> tuple[Vec, Vec]:
    """The first believed position and velocity (hill): the truth with the knowledge error."""
    k = truth.knowledge
    r = add(r_hill, hill_from_words(k.vbar, k.rbar, k.hbar))
    return r, add(v_hill, hill_from_words(k.vbar_rate, k.rbar_rate, k.hbar_rate))
