"""The values that pass between rooms. Parameters live beside the kernel that reads them; signals live here."""

from enum import IntEnum
from typing import NamedTuple

from rvd.core.kernel import Quat, Vec


class Tick(NamedTuple):
    """One step of a flight."""

    #: Its number in the streams of noise: `TICKS_A_SECOND` a second, at the place of its begin.
    number: int
    #: When it begins, s from the start of the flight.
    t: float
    #: How long it lasts, s.
    h: float
    #: The whole second in which it lies, s from the start of the flight.
    second: int
    #: Whether it is the first of its second.
    first: bool


class Key(NamedTuple):
    """What the chance of a run is keyed by, beside the stream."""

    #: The seed of the campaign.
    seed: int
    #: The number of the run.
    run: int
    #: The step that is flown.
    tick: Tick


class Uplink(NamedTuple):
    """What the flight software is given before it starts."""

    #: Position of the chaser's centre of mass from the target's, m, hill axes.
    r_hill: Vec
    #: Its velocity, m/s, hill axes.
    v_hill: Vec
    #: Attitude of the chaser.
    q_eci_body: Quat
    #: Position of the target, m, inertial axes.
    rt_eci: Vec
    #: Velocity of the target, m/s, inertial axes.
    vt_eci: Vec


class Telemetry(NamedTuple):
    """What the chaser tells those outside, who open its gates and let the target drift as it does."""

    #: Number of the leg it flies.
    leg: float
    #: Since when the leg waits for its go, s; -1: it does not.
    t_ready: float
    #: How often it has fallen back.
    tries: float
    #: 1.0 while no thruster may fire, else 0.0.
    free_drift: float


class State(NamedTuple):
    """The truth: target (inertial), chaser relative to it, both attitudes, propellant used.

    Relative state: centre of mass minus centre of mass, components and rates on inertial axes (`dr_eci`, `dv_eci`).
    `dv_body` is the velocity gained from thrust over the last step, what an accelerometer integrates, and `w_mean_body`
    the mean rate over it, what a rate-integrating gyro reads.
    """

    rt_eci: Vec
    vt_eci: Vec
    dr_eci: Vec
    dv_eci: Vec
    q_eci_body: Quat
    w_body: Vec
    q_eci_station: Quat
    w_station: Vec
    used: float
    dv_body: Vec
    w_mean_body: Vec


class Reading(NamedTuple):
    """What the sensors say at one tick; each `has_` is 1.0 when a measurement arrives, else 0.0.

    Its `age` (s) is the time since it was taken, by its time tag. `looked` is 1.0 for each sensor (GPS, laser, star
    tracker) that looks at this tick, whether or not anything comes of it.
    `laser` is range (m), azimuth and elevation (rad) of `reflector` (0 or 1) about the boresight.
    `rt_eci`, `vt_eci` are the target's orbit as broadcast.
    """

    has_gps: float
    gps_r_hill: Vec
    gps_v_hill: Vec
    gps_age: float
    has_laser: float
    laser: Vec
    reflector: float
    laser_age: float
    has_tracker: float
    tracker_q_eci_body: Quat
    tracker_age: float
    looked: Vec
    gyro_body: Vec
    dv_body: Vec
    rt_eci: Vec
    vt_eci: Vec


class Firing(NamedTuple):
    """What was fired over one tick of `period` s: impulse (N s), angular impulse (N m s), propellant (kg).

    `reach_body` is the sum of each pulse's impulse times the time left after its centroid (N s2): what it moves;
    `total` is that of their lengths (N s). `valves_body` (N2 s2) sums, over the nozzles that opened or closed, the
    squares of their least impulse along each axis: how much a pulse's impulse can vary goes by it. Only the flight
    software counts them; in what happened it is zero.
    """

    impulse_body: Vec
    turn_body: Vec
    reach_body: Vec
    total: float
    valves_body: Vec
    used: float
    period: float


class Belief(NamedTuple):
    """What guidance, control and the monitors may know: centre of mass to centre of mass, and sigmas.

    `w_body` is the inertial rate, `w_rel_body` the rate relative to the hill frame. `laser_age` is in seconds.
    """

    r_hill: Vec
    v_hill: Vec
    q_hill_body: Quat
    w_body: Vec
    w_rel_body: Vec
    sigma_r: float
    sigma_v: float
    mass: float
    com_body: Vec
    propellant: float
    laser_age: float


class Trust(NamedTuple):
    """How far the filter may be trusted, judged on the truth: NEES of position and velocity (6 on average).

    `nis` is of the latest fix, of `numbers` measured (as many on average); `nis_all` of all so far, a number (1).
    `errors` are those of position and velocity turned and scaled so that each is one on average, and by itself.
    """

    nees: float
    nis: float
    numbers: float
    nis_all: float
    errors: tuple[float, float, float, float, float, float]


class Aim(NamedTuple):
    """What guidance asks for.

    `translate`: 0 nothing, 1 track r and v, 2 gain `dv_hill`. `point`: 0 nothing, 1 attitude.
    """

    translate: float
    r_hill: Vec
    v_hill: Vec
    dv_hill: Vec
    point: float
    q_hill_body: Quat
    w_rel_body: Vec


Request = tuple[float, Vec, Vec, Vec]
"""What a law asks of translation: `Aim.translate`, position and velocity to track, velocity to gain; the leg's axes."""


class Wrench(NamedTuple):
    """Force (N) and torque (N m) on the chaser about its centre of mass, body axes."""

    force_body: Vec
    torque_body: Vec


class Leg(NamedTuple):
    """One row of the leg table; positions are of the chaser's centre of mass from the target's, hill axes.

    Exit: at least `at_least` s, and (`arrived_*` tolerances held for `settle` s); `at_most` s is the time-out.
    `zone`: 0 outside the ellipsoid, 1 may enter it, 2 may enter the keep-out sphere through the corridor.
    A `gated` leg waits for a go. `following` is the leg after it, `fallback` the one flown when a gate is refused,
    a retreat commanded or the time is up (-1: the abort), at most `tries` times in a flight.
    """

    law: float
    to_hill: Vec
    aim_hill: Vec
    time: float
    midcourse: float
    speed_begin: float
    speed_end: float
    dv_hill: Vec
    acceleration: float
    braking: float
    q_hill_body: Quat
    slew_rate: float
    at_least: float
    at_most: float
    arrived_r: float
    arrived_v: float
    arrived_angle: float
    settle: float
    needs_laser: float
    zone: float
    rate: float
    gains: float
    table: float
    free_drift: float
    gated: float
    following: float
    fallback: float
    tries: float


class Memory(NamedTuple):
    """What guidance remembers: the leg, when and where it was entered, its stage, the slew in progress.

    `t_ready`: since when a gated leg waits for its go; `tries`: fall-backs flown; `halted`: held by command;
    `alarm`: why it aborted; `over`: guidance has ended the flight. Of a leg flown by a law of the user's own: `asked`
    is what the law last asked for, as `Asked.translate` (-1: what is no number), `flown` whether it has said its last.
    """

    at: float
    leg: Leg
    t_entry: float
    r_entry_hill: Vec
    v_entry_hill: Vec
    stage: float
    t_stage: float
    slew_from: Quat
    slew_rotvec: Vec
    slew_time: float
    t_settled: float
    t_ready: float
    tries: float
    halted: float
    alarm: float
    over: float
    asked: float
    flown: float


class Now(NamedTuple):
    """What a law of the user's own is told at a tick, beside its leg; `n` is the orbit rate (rad/s).

    `s`: seconds since the leg was entered; `r_entry_hill`, `v_entry_hill`: what was believed then; `r_hill`, `v_hill`:
    what is believed now, of the chaser's centre of mass from the target's. `stage` is the number the law gave at the
    tick before, zero at the leg's first.
    """

    s: float
    n: float
    r_entry_hill: Vec
    v_entry_hill: Vec
    r_hill: Vec
    v_hill: Vec
    stage: float


class Asked(NamedTuple):
    """What a law of the user's own asks for; `track`, `gain` and `coast` of `rvd.guidance` make one.

    `translate`: 0 nothing, 1 track r and v, 2 gain `dv_hill`. `over` is not zero once the law has nothing more to fly.
    """

    translate: float
    r_hill: Vec
    v_hill: Vec
    dv_hill: Vec
    stage: float
    over: float


class Word(IntEnum):
    """What the world outside may say to the chaser; each member carries its sentence."""

    NONE = 0, "nothing is said"
    GO = 1, "go: the gate is open"
    NO_GO = 2, "no go: the gate is refused"
    HOLD = 3, "hold where you are"
    RESUME = 4, "go on with the leg that was held"
    RETREAT = 5, "fall back to the last safe place"
    ABORT = 6, "leave"

    sentence: str

    def __new__(cls, number: int, sentence: str = "") -> "Word":
        """Make a member that is its number and carries its sentence."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.sentence = sentence
        return member


class Alarm(IntEnum):
    """Why the monitors on board ended an approach; each member carries its sentence."""

    NONE = 0, "no alarm"
    CORRIDOR = 1, "the believed position left the monitored corridor"
    SPEED = 2, "the believed closing speed passed the monitored limit"
    NAVIGATION = 3, "the navigation filter's sigma passed the monitored limit"
    ATTITUDE = 4, "the believed attitude error passed the monitored limit"
    PROPELLANT = 5, "the believed propellant fell below the reserve"
    TIME_OUT = 6, "a leg did not meet its exit conditions in the time allowed"
    LASER = 7, "the rendezvous laser was lost on a leg that needs it"
    COMMANDED = 8, "the abort was commanded"
    REFUSED = 9, "a gate was refused, or a retreat commanded, and there was nowhere left to fall back to"
    LAW = 10, "the leg's own guidance law asked for what is no number"

    sentence: str

    def __new__(cls, number: int, sentence: str = "") -> "Alarm":
        """Make a member that is its number and carries its sentence."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.sentence = sentence
        return member


class Outcome(IntEnum):
    """How a flight ended; each member carries its sentence. CAPTURED is the only success."""

    FLYING = 0, "the flight is not over"
    CAPTURED = 1, "the grapple fixture stayed in the capture box for the time the arm needs"
    LEFT_BOX = (
        2,
        "the grapple fixture left the capture box, or moved too fast in it, before the arm had its time",
    )
    CORRIDOR = 3, "the chaser left the approach corridor"
    KEEP_OUT = 4, "the chaser entered the keep-out sphere without leave"
    ELLIPSOID = 5, "the chaser entered the approach ellipsoid without leave"
    SPEED = 6, "the chaser flew faster than the limit at its range"
    CONTACT = 7, "the chaser touched the target outside the capture"
    ABORTED = 8, "a monitor on board ended the approach and the abort was flown"
    EMPTY = 9, "the propellant ran out"
    UNFINISHED = 10, "the plan was flown to its end, or the time of the case ran out, without a capture"
    DIVERGED = 11, "a number of the state was no longer finite"
    LOST = 12, "the run could not be flown: it drew what no case may hold, or killed its worker twice"

    sentence: str

    def __new__(cls, number: int, sentence: str = "") -> "Outcome":
        """Make a member that is its number and carries its sentence."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.sentence = sentence
        return member


class Tally(NamedTuple):
    """What the rules saw of the truth: outcome, when, the smallest margins (positive = inside) and the totals.

    Margins: `corridor_margin` rad, `speed_margin` m/s, `keep_out_margin` m (distance outside while not allowed in).
    `release_*` at the start of the latest free drift, `box_*` the largest over it; `since` is the start (s) of the free
    drift in which the flight ended. `nees` is the filter's normalised error squared, averaged over the flight; `nis`
    its innovations', a number. Of a flight that is over, NaN is what it never came to: a rule that never applied, a
    release that never was, a filter without a fix.
    """

    outcome: float
    t_end: float
    leg: float
    alarm: float
    used: float
    closest: float
    corridor_margin: float
    speed_margin: float
    keep_out_margin: float
    ellipsoid_margin: float
    delta_v: float
    since: float
    release_distance: float
    release_speed: float
    box_distance: float
    box_speed: float
    box_angle: float
    box_rate: float
    error_r: float
    error_v: float
    nees: float
    nis: float
