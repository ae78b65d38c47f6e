"""The values that pass between rooms. Parameters live beside the kernel that reads them; signals live here."""

from enum import IntEnum
from typing import NamedTuple

from rvd.core.kernel import Quat, Vec, size


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
    #: 1.0 while the target is let go, to drift as it does, else 0.0.
    target_free: float
    #: Why it aborts (`Alarm`, as a number): what calls the abort's own chain, where there is one.
    alarm: float


class State(NamedTuple):
    """The truth: the target, the chaser relative to it, both attitudes, and what the last step did."""

    #: Position of the target's centre of mass, m, inertial axes.
    rt_eci: Vec
    #: Velocity of the target, m/s, inertial axes.
    vt_eci: Vec
    #: Position of the chaser's centre of mass from the target's, m, inertial axes.
    dr_eci: Vec
    #: Its rate, m/s, inertial axes.
    dv_eci: Vec
    #: Attitude of the chaser.
    q_eci_body: Quat
    #: Inertial rate of the chaser, rad/s, body axes.
    w_body: Vec
    #: Attitude of the station.
    q_eci_station: Quat
    #: Inertial rate of the station, rad/s, station axes.
    w_station: Vec
    #: Propellant used, kg.
    used: float
    #: Velocity gained from thrust over the last step, m/s, body axes: what an accelerometer integrates.
    dv_body: Vec
    #: Mean inertial rate over the last step, rad/s, body axes: what a rate-integrating gyro reads.
    w_mean_body: Vec


SixNumbers = tuple[float, float, float, float, float, float]


class Sensed(NamedTuple):
    """What one sensor says at one tick: a line of the readings."""

    #: 1.0 where a reading arrives, else 0.0.
    has: float
    #: Time since it was taken, by its time tag, s.
    age: float
    #: 1.0 where the sensor looks at this tick, whatever comes of it, else 0.0.
    looked: float
    #: Number of what it looked at, where there are several.
    which: float
    #: What it read: as many numbers as its kind has, then zeros.
    numbers: SixNumbers


UNSENSED = Sensed(has=0.0, age=0.0, looked=0.0, which=0.0, numbers=(0.0, 0.0, 0.0, 1.0, 0.0, 0.0))
"""No reading; as an attitude its numbers are that of the inertial axes."""


SENSED = size(Sensed)
"""Numbers of a line of the readings."""


class Broadcast(NamedTuple):
    """What the target tells of its orbit."""

    #: Its position, m, inertial axes.
    rt_eci: Vec
    #: Its velocity, m/s, inertial axes.
    vt_eci: Vec


class Reading(NamedTuple):
    """What the sensors say at one tick; each `has_` is 1.0 when a measurement arrives, else 0.0."""

    #: Whether a reading of GPS arrives.
    has_gps: float
    #: Position of the chaser from the target, m, hill axes.
    gps_r_hill: Vec
    #: Its velocity, m/s, hill axes.
    gps_v_hill: Vec
    #: Time since it was taken, by its time tag, s.
    gps_age: float
    #: Whether a reading of the laser arrives.
    has_laser: float
    #: Range (m), azimuth and elevation (rad) of the reflector about the boresight.
    laser: Vec
    #: Number of the reflector: 0 or 1.
    reflector: float
    #: Time since it was taken, by its time tag, s.
    laser_age: float
    #: Whether a reading of the star tracker arrives.
    has_tracker: float
    #: Attitude of the chaser.
    tracker_q_eci_body: Quat
    #: Time since it was taken, by its time tag, s.
    tracker_age: float
    #: 1.0 for each of GPS, laser and star tracker that looks at this tick, whatever comes of it, else 0.0.
    looked: Vec
    #: Mean inertial rate since the tick before, rad/s, body axes.
    gyro_body: Vec
    #: Velocity gained from thrust since the tick before, m/s, body axes.
    dv_body: Vec
    #: Position of the target as broadcast, m, inertial axes.
    rt_eci: Vec
    #: Velocity of the target as broadcast, m/s, inertial axes.
    vt_eci: Vec


class BackupReading(NamedTuple):
    """What the backup attitude source says at one tick: to the abort's own chain, and to nobody else."""

    #: Attitude of the chaser against the hill frame.
    q_hill_body: Quat
    #: Mean inertial rate since the tick before, rad/s, body axes.
    w_body: Vec


class Firing(NamedTuple):
    """What was fired over one tick."""

    #: Impulse, N s, body axes.
    impulse_body: Vec
    #: Angular impulse about the centre of mass, N m s, body axes.
    turn_body: Vec
    #: Each pulse's impulse times the time left after its centroid, summed, N s2, body axes: what it moves.
    reach_body: Vec
    #: The lengths of all impulses, summed, N s.
    total: float
    #: Squares of the least impulses of the nozzles that opened or closed, summed by axis, N2 s2, body axes: how much a
    #: pulse can vary goes by it. Only the flight software counts them; in what happened it is zero.
    valves_body: Vec
    #: Propellant used, kg.
    used: float
    #: Length of the tick, s.
    period: float


class Belief(NamedTuple):
    """What guidance, control and the monitors may know."""

    #: Position of the chaser's centre of mass from the target's, m, hill axes.
    r_hill: Vec
    #: Its velocity, m/s, hill axes.
    v_hill: Vec
    #: Attitude of the chaser against the hill frame.
    q_hill_body: Quat
    #: Inertial rate, rad/s, body axes.
    w_body: Vec
    #: Rate against the hill frame, rad/s, body axes.
    w_rel_body: Vec
    #: Attitude of the target against the hill frame.
    q_hill_target: Quat
    #: Rate of the target against the hill frame, rad/s, hill axes.
    w_target_hill: Vec
    #: One sigma of the position, its three axes together, m.
    sigma_r: float
    #: One sigma of the velocity, its three axes together, m/s.
    sigma_v: float
    #: Mass, kg.
    mass: float
    #: Centre of mass, m, body axes from the body's origin.
    com_body: Vec
    #: Propellant left, kg.
    propellant: float
    #: Age of the latest laser reading, s.
    laser_age: float


class Trust(NamedTuple):
    """How far the filter may be trusted, judged on the truth."""

    #: Normalised error squared of position and velocity, a number: 6 on average.
    nees: float
    #: Normalised innovations squared of the latest fix, a number: on average as many as it measured.
    nis: float
    #: How many numbers that fix measured.
    numbers: float
    #: Normalised innovations squared of all fixes so far, over the numbers measured: 1 on average.
    nis_all: float
    #: Errors of position and velocity, turned and scaled so that each is one on average, and by itself.
    errors: tuple[float, float, float, float, float, float]


class Aim(NamedTuple):
    """What guidance asks for."""

    #: 0 nothing, 1 track a point, 2 gain a velocity.
    translate: float
    #: Position to track, m, hill axes.
    r_hill: Vec
    #: Velocity to track, m/s, hill axes.
    v_hill: Vec
    #: Velocity to gain, m/s, hill axes.
    dv_hill: Vec
    #: 0 nothing, 1 an attitude.
    point: float
    #: Attitude to turn to, against the hill frame.
    q_hill_body: Quat
    #: Rate to turn at, against the hill frame, rad/s, body axes.
    w_rel_body: Vec


class GuidanceState(NamedTuple):
    """The believed state as a law is told it: in the frame of its leg."""

    #: Position of the chaser's centre of mass, m, from the origin of the leg's frame, on its axes.
    r_leg: Vec
    #: Its velocity as seen in that frame, m/s.
    v_leg: Vec
    #: Attitude of the chaser against the leg's axes.
    q_leg_body: Quat


Request = tuple[float, Vec, Vec, Vec]
"""What a law asks of translation: `Aim.translate`, position and velocity to track, velocity to gain; the leg's axes."""


class Wrench(NamedTuple):
    """What is asked of the nozzles."""

    #: Force, N, body axes.
    force_body: Vec
    #: Torque about the chaser's centre of mass, N m, body axes.
    torque_body: Vec


class Leg(NamedTuple):
    """One row of the leg table; positions are of the chaser's centre of mass from the origin of the leg's frame."""

    #: The law that flies it, as a number.
    law: float
    #: Number of its frame; 0: the hill frame, from the target's centre of mass.
    frame: float
    #: Where it leads, m, the leg's axes.
    to_leg: Vec
    #: Where the first burn of a transfer aims, m, the leg's axes.
    aim_leg: Vec
    #: The point of the chaser that the case leads there, m, body axes from the body's origin.
    point_body: Vec
    #: How long its law takes, s.
    time: float
    #: When a transfer's midcourse burn is, s after entry; 0 for none. Of an abort that has a chain of its own: when
    #: that has burnt.
    midcourse: float
    #: Speed at its begin, m/s.
    speed_begin: float
    #: Speed at its end, m/s.
    speed_end: float
    #: Velocity that a retreat gains, m/s, the leg's axes.
    dv_leg: Vec
    #: The most that a burn may ask of the nozzles, and the ramp of a line, m/s2.
    acceleration: float
    #: What the last ramp of a line, or an arrival burn, brakes with, m/s2.
    braking: float
    #: Its attitude, against the leg's axes.
    q_leg_body: Quat
    #: The largest rate of the turn to that, rad/s; 0 keeps the attitude it is entered in.
    slew_rate: float
    #: It lasts at least this long, s.
    at_least: float
    #: Its time-out, s.
    at_most: float
    #: It has arrived within this distance of its point, m; this and the next three together.
    arrived_r: float
    #: Below this speed, m/s.
    arrived_v: float
    #: Within this angle of its attitude, rad.
    arrived_angle: float
    #: Once all that has held for this long, s.
    settle: float
    #: 1.0 where it must not be flown without the laser, else 0.0.
    needs_laser: float
    #: 0 outside the ellipsoid, 1 may enter it, 2 may enter the keep-out sphere through the corridor.
    zone: float
    #: Ticks a second.
    rate: float
    #: Number of its set of gains.
    gains: float
    #: Number of its nozzle set.
    table: float
    #: 1.0 where no thruster may fire, else 0.0.
    free_drift: float
    #: 1.0 where the target is let go, else 0.0.
    target_free: float
    #: 1.0 where it waits for a go at its end, else 0.0.
    gated: float
    #: Number of the leg after it.
    following: float
    #: Number of the leg flown when a gate is refused, a retreat ordered or the time is up; -1: the abort.
    fallback: float
    #: How often a flight may fall back from it.
    tries: float


HALTED_BY_ORDER, HALTED_BY_ALARM = 1.0, 2.0
"""What `Memory.halted` says of a leg that is held."""


class Memory(NamedTuple):
    """What guidance remembers."""

    #: Number of the leg.
    at: float
    #: The leg.
    leg: Leg
    #: When it was entered, s.
    t_entry: float
    #: The position believed then, m, in the leg's frame.
    r_entry_leg: Vec
    #: The velocity believed then, m/s, in the leg's frame.
    v_entry_leg: Vec
    #: The stage within the leg.
    stage: float
    #: When that began, s.
    t_stage: float
    #: The attitude in which the turn in progress began, against the leg's axes.
    slew_from: Quat
    #: All of that turn, rad, body axes.
    slew_rotvec: Vec
    #: How long it takes, s.
    slew_time: float
    #: Since when the exit tolerances hold, s; -1: they do not.
    t_settled: float
    #: Since when a gated leg waits for its go, s; -1: it does not.
    t_ready: float
    #: Fall-backs flown.
    tries: float
    #: 1.0 while held by an order, 2.0 while held by an alarm, else 0.0.
    halted: float
    #: Why it aborted (`Alarm`, as a number).
    alarm: float
    #: 1.0 once guidance has ended the flight, else 0.0.
    over: float
    #: What a law of the user's own last asked for, as `Asked.translate`; -1: what is no number.
    asked: float
    #: 1.0 once a law of the user's own has said its last, else 0.0.
    flown: float
    #: Since when the leg's time-out counts, s: an alarm's holds do not begin it anew.
    t_begun: float
    #: The alarm (`Alarm`, as a number) that led back to this leg, until it is over; else 0.0.
    led_back: float


class Now(NamedTuple):
    """What a law of the user's own is told at a tick, beside its leg: in the leg's frame, of the centre of mass."""

    #: Time since the leg was entered, s.
    s: float
    #: Orbit rate, rad/s.
    n: float
    #: The position believed on entry, m.
    r_entry_leg: Vec
    #: The velocity believed on entry, m/s.
    v_entry_leg: Vec
    #: The position believed now, m.
    r_leg: Vec
    #: The velocity believed now, m/s.
    v_leg: Vec
    #: The number that the law gave at the tick before; zero at the leg's first.
    stage: float


class Asked(NamedTuple):
    """What a law of the user's own asks for; `track`, `gain` and `coast` of `rvd.guidance` make one."""

    #: 0 nothing, 1 track r and v, 2 gain a velocity.
    translate: float
    #: Position to track, m, the leg's axes.
    r_leg: Vec
    #: Velocity to track, m/s, the leg's axes.
    v_leg: Vec
    #: Velocity to gain, m/s, the leg's axes.
    dv_leg: Vec
    #: What the law is told at the next tick.
    stage: float
    #: Not zero once the law has nothing more to fly.
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
    """How a flight ended; each member carries its sentence. `success` is true of those by which a goal is reached."""

    FLYING = 0, "the flight is not over"
    CAPTURED = 1, "the grapple fixture stayed in the capture box for the time the arm needs"
    LEFT_BOX = (
        2,
        "the grapple fixture left the capture box, or moved too fast in it, before the arm had its time",
    )
    DOCKED = 3, "the docking rings touched, and every condition of the contact was within its limits"
    MISSED = 4, "the goal was missed: its limits did not hold when they had to"
    HELD = 5, "the chaser stayed at its place for as long as was asked"
    CLEAR = 6, "the chaser left, and stayed away for as long as was asked"
    CONTACT = 7, "the chaser touched the target, and not at its goal"
    ABORTED = 8, "a monitor on board ended the approach and the abort was flown"
    EMPTY = 9, "the propellant ran out"
    UNFINISHED = 10, "the time of the case ran out before the goal was reached"
    DIVERGED = 11, "a number of the state was no longer finite"
    LOST = 12, "the run could not be flown: it drew what no case may hold, or killed its worker twice"
    STOPPED = 13, "the plan was flown to its end, and the goal was not reached"
    REACHED = 14, "the chaser was at its place at the time that was asked"

    sentence: str

    def __new__(cls, number: int, sentence: str = "") -> "Outcome":
        """Make a member that is its number and carries its sentence."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.sentence = sentence
        return member

    @property
    def word(self) -> str:
        """In small letters, as tables have it."""
        return self.name.lower()

    @property
    def success(self) -> bool:
        """Whether it is a goal that was reached."""
        return self in SUCCESSES


SUCCESSES = (Outcome.CAPTURED, Outcome.DOCKED, Outcome.HELD, Outcome.CLEAR, Outcome.REACHED)
"""The outcomes by which a goal is reached: each goal has one."""


class Tally(NamedTuple):
    """What was seen of the truth over a flight; what the rules saw is in the scores of the workspace.

    Of a flight that is over, NaN is what it never came to: a release that never was, a filter without a fix.
    """

    #: How the flight ended (`Outcome`, as a number).
    outcome: float
    #: When, s.
    t_end: float
    #: Number of the leg flown.
    leg: float
    #: Why it aborted (`Alarm`, as a number).
    alarm: float
    #: Propellant used, kg.
    used: float
    #: Distance of the centres of mass, the smallest, m.
    closest: float
    #: Clearance of the hulls, the smallest, m.
    clearance: float
    #: Of which pair of capsules (`rvd.core.hull.hull.Clearance`).
    clearance_pair: float
    #: When, s.
    clearance_time: float
    #: Velocity spent, m/s.
    delta_v: float
    #: Error of the believed position, m.
    error_r: float
    #: Error of the believed velocity, m/s.
    error_v: float
    #: The filter's normalised error squared, averaged over the flight, a number.
    nees: float
    #: Its normalised innovations squared, over the numbers measured.
    nis: float
    #: What the goal has seen (`Progress`): its `COLUMNS` name the first of these.
    goal_0: float
    #: The second of them.
    goal_1: float
    #: The third of them.
    goal_2: float
    #: The fourth of them.
    goal_3: float
    #: The fifth of them.
    goal_4: float
    #: The sixth of them.
    goal_5: float
    #: The seventh of them.
    goal_6: float
    #: The eighth of them.
    goal_7: float
