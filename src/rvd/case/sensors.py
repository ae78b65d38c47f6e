"""The tables of the sensors and of navigation. Errors are one sigma; navigation is told these nominal numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import model_validator

from .drawn import Drawn
from .lists import Vector
from .table import (
    AngleError,
    AngleExcluded,
    AngleLimit,
    BodyAngles,
    BodyPlace,
    Distance,
    Duration,
    Facing,
    Factor,
    Length,
    Number,
    Period,
    Reach,
    Second,
    Share,
    SpeedError,
    Table,
    inner,
)
from .values import Quantity, faulty
from .words import Word

SENSOR_FAULTS = ("none", "silent", "frozen", "bias", "ramp", "noise", "wrong-target", "stopped")
"""How a sensor may fail, in the order of the row's numbers (`SensorFault`)."""

SIZED = ("bias", "ramp", "noise")
"""Those that have a size."""

PerAxis = Annotated[
    tuple[float, float, float], Vector(Quantity("", least=0.0), ("forward", "starboard", "down"))
]


Late = Annotated[float, Quantity("s", "ms", least=0.0)]
Older = Annotated[float, Quantity("s", "ms")]
Arcs = Annotated[float, Quantity("rad", "arcsec", least=0.0)]


class Failing(Table):
    """How a sensor fails between two times; navigation is not told."""

    fault: Annotated[
        str, Word(SENSOR_FAULTS, "a way to fail"), Drawn("{table}.fault.kind", words=SENSOR_FAULTS)
    ] = "none"
    """How it fails: it is silent (a gyro or an accelerometer reads zero), or frozen (its latest reading comes again and
    again, as if it were new) or stopped (the same under its old time tag), or it errs by a bias, a ramp or more noise.
    A laser may also range to a wrong target."""
    fault_since: Annotated[Duration, Drawn("{table}.fault.since")] = 0.0
    """Start of the fault, from the epoch."""
    fault_until: Annotated[Duration | None, Drawn("{table}.fault.until", never=True)] = None
    """End of the fault."""
    fault_size: Annotated[float, Quantity(""), Drawn("{table}.fault.size")] = 0.0
    """How far every number that is read errs, in sigmas of its true white noise: a bias by this, a ramp by this for
    every minute. Of noise: what that white noise is multiplied by."""

    @model_validator(mode="after")
    def _fails(self) -> Self:
        if self.fault_until is not None and self.fault_until <= self.fault_since:
            what = "the end of the fault is not after its start"
            raise faulty(("fault_until", what, 'write fault_since = "1 h", fault_until = "2 h"'))
        if self.fault == "noise" and self.fault_size < 0.0:
            what = f"noise is not multiplied by {self.fault_size:g}"
            raise faulty(("fault_size", what, "write a number above 1"))
        return self


class Delivered(Failing):
    """How the readings of a sensor reach navigation."""

    period: Second = 1.0
    """Between two readings."""
    dropout: Annotated[Share, Drawn("{table}.delivery.{key}", chance=True)] = 0.0
    """Share of the readings that never arrive, each by itself."""
    latency: Annotated[Late, Drawn("{table}.delivery.{key}")] = 0.0
    """From the moment a reading is taken until navigation has it; the time is known to it."""
    time_bias: Annotated[Older, Drawn("{table}.delivery.{key}")] = 0.0
    """A reading is older than its time tag says by this."""
    out_since: Annotated[Duration | None, Drawn(never=True)] = None
    """Start of a failure, from the epoch."""
    out_until: Annotated[Duration | None, Drawn(never=True)] = None
    """End of the failure."""

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        if self.latency > self.period:
            what = f"a latency of {self.latency:g} s is longer than the period of {self.period:g} s"
            raise faulty(("latency", what, "write at most the period, or a longer period"))
        if self.out_until is not None and (self.out_since is None or self.out_until <= self.out_since):
            what = "the end of the failure is not after its start"
            raise faulty(("out_until", what, 'write out_since = "1 h", out_until = "2 h"'))
        return self


class Gps(Delivered):
    """Relative GPS: position and velocity of the centres of mass."""

    position: Annotated[Distance, Drawn(noise=True)]
    """White noise of the position, an axis."""
    velocity: Annotated[SpeedError, Drawn(noise=True)]
    """White noise of the velocity, an axis."""
    bias: Annotated[
        tuple[float, float, float], Vector(Quantity("m"), ("radial", "along", "cross")), Drawn()
    ] = (
        0.0,
        0.0,
        0.0,
    )
    """Constant error of the position."""
    bias_sigma: Reach = 2.0
    """The bias that navigation expects, an axis."""
    bias_memory: Period | None = None
    """How long navigation takes a bias to last; for ever, where it is left out."""
    multipath: Annotated[Distance, Drawn("{table}.multipath.sigma", noise=True)] = 0.0
    """Error of the position, an axis, by what the target reflects, within multipath_range; its rate is an error of the
    velocity. Navigation is told how large it is."""
    multipath_range: Annotated[Reach, Drawn("{table}.multipath.range")] = 100.0
    """Up to this distance of the centres of mass it is steady; beyond it falls off with the square."""
    multipath_memory: Annotated[float, Quantity("s", least=5.0), Drawn("{table}.multipath.memory")] = 100.0
    """How long it takes to change."""
    blocked_within: Annotated[Distance, Drawn()] = 0.0
    """No reading nearer than this: the target hides the satellites."""


class Laser(Delivered):
    """Rendezvous laser: range and two angles to a reflector of the target."""

    where: BodyPlace
    """On the chaser, from the body origin."""
    boresight: Facing = (0.0, 0.0, -1.0)
    """The way it looks; its azimuth is counted toward forward, or toward up where it looks along the body."""
    range: Annotated[Distance, Drawn(noise=True)]
    """White noise of the range at no distance."""
    scale: Annotated[Number, Drawn(noise=True)] = 0.0
    """Growth of that noise with range."""
    angle: Annotated[AngleError, Drawn(noise=True)]
    """White noise of each angle."""
    range_bias: Annotated[Length, Drawn()] = 0.0
    """Constant error of the range."""
    angle_bias: Annotated[
        tuple[float, float], Vector(Quantity("rad", "deg"), ("azimuth", "elevation")), Drawn()
    ] = (
        0.0,
        0.0,
    )
    """Constant error of the angles, mounting included."""
    range_bias_sigma: Reach = 0.02
    """The bias of the range that navigation expects."""
    angle_bias_sigma: Annotated[float, Quantity("rad", "deg", above=0.0)] = 0.05 * 0.017453292519943295
    """The bias of the angles that navigation expects."""
    bias_memory: Period | None = None
    """How long navigation takes a bias to last; for ever, where it is left out."""
    field: Annotated[AngleLimit, Drawn()]
    """Full width of the square field of view."""
    within: Annotated[Reach, Drawn()]
    """Longest range."""
    beyond: Annotated[Distance, Drawn()] = 0.0
    """Shortest range."""
    sun_exclusion: Annotated[AngleExcluded, Drawn()] = 0.0
    """No reading while the Sun is this near to the boresight, unless the Earth hides it."""
    hidden_by: Annotated[str, Word(("nothing", "hull"), "what hides a reflector")] = "nothing"
    """What hides reflectors: with `"hull"` each part of the target's hull but the one that a reflector stands on."""
    wrong: Annotated[Share, Drawn(chance=True)] = 0.0
    """Share of the readings that are of something else, the other reflector or the nearest place of the target's hull,
    and are taken for the reflector that is due. Navigation is not told."""

    @model_validator(mode="after")
    def _has_a_reach(self) -> Self:
        if self.beyond >= self.within:
            what = f"beyond {self.beyond:g} m is not less than within {self.within:g} m"
            raise faulty(("beyond", what, "exchange them"))
        return self


class StarTracker(Delivered):
    """Star tracker: the inertial attitude."""

    cross: Annotated[Arcs, Drawn(noise=True)]
    """White noise across the boresight."""
    roll: Annotated[Arcs, Drawn(noise=True)]
    """White noise about the boresight."""
    misalignment: Annotated[BodyAngles, Drawn()] = (0.0, 0.0, 0.0)
    """Constant error of the mounting."""
    misalignment_sigma: AngleError = 0.0
    """The error of the mounting that navigation expects, an axis."""
    boresight: Facing = (0.0, 1.0, 0.0)
    """Where it looks, on the chaser."""
    sun_exclusion: Annotated[AngleExcluded, Drawn()] = 0.0
    """No reading while the Sun is this near to the boresight, unless the Earth hides it."""


class Gyro(Failing):
    """Gyro: the inertial rate."""

    walk: Annotated[float, Quantity("rad/s^0.5", "deg/h^0.5", least=0.0), Drawn(noise=True)]
    """Angle random walk."""
    bias: Annotated[tuple[float, float, float], Vector(Quantity("rad/s", "deg/h")), Drawn()] = (0.0, 0.0, 0.0)
    """Constant error of the rate."""
    bias_walk: Annotated[float, Quantity("rad/s^1.5", "deg/h/s^0.5", least=0.0), Drawn(noise=True)] = 0.0
    """How that error walks: one sigma of its change in a second, an axis. Navigation is not told."""
    bias_sigma: Annotated[float, Quantity("rad/s", "deg/h", above=0.0)] = 0.05 * 0.017453292519943295 / 3600.0
    """The bias that navigation expects, an axis."""


class Accelerometer(Failing):
    """Accelerometer: the velocity gained from thrust."""

    walk: Annotated[float, Quantity("m/s^1.5", "m/s/s^0.5", least=0.0), Drawn(noise=True)]
    """Velocity random walk."""
    bias: Annotated[tuple[float, float, float], Vector(Quantity("m/s^2")), Drawn()] = (0.0, 0.0, 0.0)
    """Constant error of the acceleration."""
    bias_walk: Annotated[float, Quantity("m/s^2.5", "m/s^2/s^0.5", least=0.0), Drawn(noise=True)] = 0.0
    """How that error walks: one sigma of its change in a second, an axis. Navigation is not told."""
    scale: Annotated[Factor, Drawn()] = 1.0
    """Reading over truth."""


class Backup(Table):
    """Backup attitude source: the attitude against level and the rate, read by an abort's independent chain alone."""

    angle: Annotated[AngleError, Drawn("backup.{key}", noise=True)]
    """White noise of the attitude about each axis."""
    angle_bias: Annotated[BodyAngles, Drawn("backup.{key}")] = (0.0, 0.0, 0.0)
    """Constant error of the attitude."""
    walk: Annotated[float, Quantity("rad/s^0.5", "deg/h^0.5", least=0.0), Drawn("backup.{key}", noise=True)]
    """Angle random walk of its gyro."""
    rate_bias: Annotated[
        tuple[float, float, float], Vector(Quantity("rad/s", "deg/h")), Drawn("backup.{key}")
    ] = (
        0.0,
        0.0,
        0.0,
    )
    """Constant error of the rate."""


class Sensors(Table):
    """The sensors aboard; all but the gyro may be left out, one of GPS and laser is needed."""

    gps: Gps | None = None
    """Relative GPS."""
    laser: Laser | None = None
    """Rendezvous laser."""
    star_tracker: StarTracker | None = None
    """Star tracker."""
    gyro: Gyro
    """Gyro."""
    accelerometer: Accelerometer | None = None
    """Accelerometer; without it every burn is taken as commanded."""
    backup: Backup | None = None
    """Backup attitude source; without it an abort's independent chain holds no attitude."""
    noise: Number = 1.0
    """Scales the true white noise of all sensors, multipath, and how much pulses vary; what navigation is told stays.
    Zero for none, and for no reading lost by chance."""


SENSORS: Mapping[str, type[Table]] = {
    name: table
    for name, field in Sensors.model_fields.items()
    if (table := inner(field.annotation)) is not None and issubclass(table, Failing)
}
"""The tables of sensors, by their keys."""


def noises_of(name: str) -> tuple[str, ...]:
    """The keys of a sensor's table that are white noise."""
    marks = {key: field.metadata for key, field in SENSORS[name].model_fields.items()}
    return tuple(
        key for key, those in marks.items() if any(isinstance(one, Drawn) and one.noise for one in those)
    )


class Navigation(Table):
    """What the filters are told beside the sensors' numbers."""

    hand_over: Distance
    """From GPS to the laser within this distance of the centres of mass."""
    acceleration: Annotated[float, Quantity("m/s^1.5", "m/s/s^0.5", least=0.0)]
    """Unmodelled acceleration, as a random walk of the velocity."""
    drag: Share = 0.0
    """Share of the expected drag that is in doubt, for the whole flight: the air's density, the coefficients."""
    unexplained: Annotated[
        tuple[float, float, float], Vector(Quantity("m/s^2", least=0.0), ("radial", "along", "cross"))
    ] = (0.0, 0.0, 0.0)
    """Unmodelled acceleration that lasts for a while."""
    unexplained_memory: Period = 600.0
    """How long it lasts."""
    thrust: PerAxis = (0.0, 0.0, 0.0)
    """Share of a push along each body axis that is in doubt along it, where it is taken as commanded: nozzles, mass."""
    thrust_across: PerAxis = (0.0, 0.0, 0.0)
    """Share of it that is in doubt across it: tilted nozzles, and those that cancel torque."""
    thrust_memory: Period | None = None
    """How long those shares last; for ever, where it is left out."""
    thrust_wander: Share = 0.0
    """Share of a push that wanders, as nozzles take turns in it."""
    cancelled: PerAxis = (0.0, 0.0, 0.0)
    """Share in doubt, along each body axis, of impulses that cancel: couples that turn, pushes there and back."""
    gate: Factor = 6.0
    """Innovations beyond this many sigmas are left out."""
    station_angle: AngleError
    """Doubt in the target's mean attitude, which moves the reflectors for good."""
    station_memory: Period = 3600.0
    """How long its limit cycle stays in step with the period of `[target.attitude]`, which the filters are told."""
    centre_of_mass: Distance = 0.0
    """Doubt in the chaser's centre of mass, an axis, which shifts it against the reflectors."""
    accelerometer_above: Annotated[float, Quantity("m/s^2", least=0.0)] | None = None
    """Burns stronger than this are taken as measured, weaker ones as commanded; all, where it is left out."""
    accelerometer_scale: Share = 0.0
    """Share of a measured burn that is in doubt, an axis: its scale, and the attitude it was read in."""
    accelerometer_quiet: Annotated[float, Quantity("m/s^2", least=0.0)] = 0.0
    """Thrust weaker than this is better known than the accelerometer's bias, which is averaged then."""
    accelerometer_memory: Period = 300.0
    """Over which that bias is averaged."""
