"""The tables of the two bodies, of the air about them and of where the chaser starts."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from .drawn import Drawn
from .lists import Mixed, Several, Vector
from .table import (
    Angle,
    AngleExcluded,
    AngleLimit,
    BodyAngleErrors,
    BodyAngles,
    BodyAreas,
    BodyBandwidths,
    BodyPeriods,
    BodyPlace,
    BodyTimes,
    Distance,
    Facing,
    Factor,
    File,
    Length,
    Mass,
    Moments,
    Name,
    Reach,
    Share,
    ShortTime,
    Speed,
    Table,
)
from .values import Quantity, faulty

ACROSS = 1e-6
"""A cosine up to which two directions are at a right angle."""


def refuse_no_body(inertia: tuple[float, float, float]) -> None:
    """Raises the fault of moments that no body has."""
    least, middle, largest = sorted(inertia)
    if largest > (least + middle) * (1.0 + 1e-9):
        what = "no body has one moment of inertia larger than the other two together"
        raise faulty(("inertia", what, "write the moments about forward, starboard, down"))


class Momentum(Table):
    """Control moment gyros that hold the target without jets: momentum management lets it move slowly, as torques at
    the orbital rate and at twice the rate do. The phases are drawn evenly about each axis in each run."""

    amplitude: Annotated[BodyAngleErrors, Drawn("target.momentum.{key}", chance=True)] = (0.0, 0.0, 0.0)
    """Amplitude that the loop leaves at the orbital rate; what it leaves at twice the rate follows by its bandwidth."""
    bandwidth: Annotated[BodyBandwidths, Drawn("target.momentum.{key}")] = (1.0, 1.0, 1.0)
    """Natural frequency of the loop, in orbital rates: the angle at twice the rate is 0.17 of that at the rate for 1,
    0.37 for 2, half of it for a fast loop and an eighth for a slow one (damping and share of torques assumed)."""


class TargetAttitude(Table):
    """How the target is held level: about each axis a bias, a limit cycle (of thrusters), a random process (of momentum
    that is exchanged) and what momentum management leaves, which add up."""

    bias: Annotated[BodyAngles, Drawn("target.{key}")] = (0.0, 0.0, 0.0)
    """Constant error of the attitude."""
    deadband: Annotated[BodyAngleErrors, Drawn("target.{key}")] = (0.0, 0.0, 0.0)
    """Amplitude of the limit cycle."""
    period: Annotated[BodyPeriods, Drawn("target.{key}")] = (1000.0, 1000.0, 1000.0)
    """Period of the limit cycle."""
    phase: Annotated[BodyAngles, Drawn("target.{key}")] = (0.0, 0.0, 0.0)
    """Phase of the limit cycle at the epoch."""
    rms: Annotated[BodyAngleErrors, Drawn("target.{key}", noise=True)] = (0.0, 0.0, 0.0)
    """Of the random process, another in each run: Gauss-Markov of the second order, its rate the angle's derivative."""
    correlation_time: Annotated[BodyTimes, Drawn("target.{key}")] = (300.0, 300.0, 300.0)
    """Of the random process: its autocorrelation falls to 1/e in this time."""
    momentum: Momentum = Momentum()
    """What a loop of momentum management leaves."""


class Port(Table):
    """A docking port, or another place on a body with an axis: its own axes are out, right and down."""

    at: BodyPlace
    """Where it is: on the target from the centre of mass, on the chaser from the body origin."""
    out: Facing
    """Its axis, away from the body."""
    down: Facing
    """Its roll datum: a direction across the axis."""

    @model_validator(mode="after")
    def _across(self) -> Self:
        (a, b, c), (x, y, z) = self.out, self.down
        if abs(a * x + b * y + c * z) > ACROSS:
            what = "the roll datum does not lie across the axis"
            raise faulty(("down", what, "write a direction at a right angle to out"))
        return self


class Capsule(Table):
    """A part of a hull: all within a radius of a segment."""

    from_: BodyPlace = Field(alias="from")
    """One end of the segment: on the target from the centre of mass, on the chaser from the body origin."""
    to: BodyPlace | None = None
    """The other end; a sphere where it is left out."""
    radius: Reach
    """About it."""
    port: Name | None = None
    """The port that it carries: where a docking leads to this port, this part may touch that of the other port."""


class TargetPort(Port):
    """A port of the target, which may have reflectors of its own beside it."""

    reflectors: Annotated[tuple[tuple[float, float, float], ...], Several(Vector(Quantity("m")), 1, 2)] = ()
    """One or two that the laser ranges to where the goal is at this port; they look along its axis."""
    half_angle: AngleLimit = 40.0 * 0.017453292519943295
    """Half angle of the cone in which they answer."""


class TargetPoints(Table):
    """Points on the target, from its centre of mass."""

    berthing: BodyPlace
    """The berthing point: every place of the legs that name no other frame is measured from it."""
    reflectors: Annotated[tuple[tuple[float, float, float], ...], Several(Vector(Quantity("m")), 1, 2)]
    """The one or two reflectors that the laser ranges to."""
    facing: Facing
    """The way the reflectors look."""
    half_angle: AngleLimit
    """Half angle of the cone in which the reflectors answer."""


class Target(Table):
    """The target: its orbit at the epoch, its body, and the points on it."""

    name: Name
    """What it is called."""
    altitude: Annotated[float, Quantity("m", "km", least=100e3, most=5e7), Drawn()]
    """Semi-major axis less the Earth's equatorial radius."""
    inclination: Annotated[AngleExcluded, Drawn()]
    """Of the orbit."""
    eccentricity: Annotated[
        float, Quantity("", least=0.0, most=0.002, why="guidance takes the orbit as a circle"), Drawn()
    ] = 0.0
    """Of the orbit, whose perigee lies at the ascending node; at most 0.002: beyond it the equations of a circular
    orbit, by which guidance flies, miss by metres over a transfer."""
    raan: Annotated[Angle, Drawn()] = 0.0
    """Right ascension of the ascending node."""
    latitude: Annotated[Angle, Drawn()] = 0.0
    """Argument of latitude at the epoch."""
    mass: Annotated[Mass, Drawn()]
    """Of the whole target."""
    inertia: Annotated[Moments, Drawn()]
    """Moments of inertia about forward, starboard and down."""
    drag_coefficient: Annotated[Factor, Drawn("{table}.drag.coefficient")] = 2.2
    """Referred to the projected area."""
    drag_area: Annotated[BodyAreas, Drawn("{table}.drag.area")]
    """Projected areas along forward, starboard and down."""
    attitude: TargetAttitude = TargetAttitude()
    """How it is held."""
    points: TargetPoints
    """The points on it."""
    contact: Distance = 0.0
    """A chaser whose centre of mass is nearer than this to the berthing point has hit the target; zero: none has."""
    ports: dict[Name, TargetPort] = Field(default={})
    """Its ports by name."""
    hull: dict[Name, Capsule] = Field(default={})
    """Its hull, part by part; where both bodies have one, these are what may hit, and not the sphere of `contact`."""

    @model_validator(mode="after")
    def _is_a_body(self) -> Self:
        refuse_no_body(self.inertia)
        return self


class Pulse(Table):
    """How the pulses of the nozzles truly are, which the flight software takes as thrust times on-time. Each engine may
    have its own: `[disperse]` has `chaser.thrusters` with these names. A nozzle that stays open is steady."""

    dead_time: ShortTime = 0.0
    """From the valve's moving until the thrust begins to follow, at the end of a pulse as at its begin."""
    rise: ShortTime = 0.0
    """Time constant by which thrust rises."""
    decay: ShortTime = 0.0
    """Time constant by which thrust decays; a pulse gives (decay - rise) times the thrust it came to more than told."""
    half_isp: ShortTime = 0.0
    """Length of a pulse that has half the specific impulse; one of T has T / (T + half_isp) of it. 8 ms fits what is
    published (unverified): 50 % of the theoretical impulse at 10 ms, 75 to 85 % at 100 ms, 92 % for steady thrust."""


class Chaser(Table):
    """The chaser at the epoch; its body origin is that of the nozzle file."""

    name: Name
    """What it is called."""
    mass: Annotated[Mass, Drawn()]
    """Propellant included."""
    propellant: Annotated[Mass, Drawn()]
    """Usable."""
    centre_of_mass: Annotated[BodyPlace, Drawn("{table}.com")] = (0.0, 0.0, 0.0)
    """From the body origin, propellant aboard."""
    tank: Annotated[BodyPlace, Drawn()] = (0.0, 0.0, 0.0)
    """Where the propellant leaves from."""
    inertia: Annotated[Moments, Drawn()]
    """Moments of inertia about forward, starboard and down, at the centre of mass."""
    thrusters: File
    """The nozzle file, its path from the case file's folder."""
    repeatability: Share = 0.0
    """How much a pulse's impulse varies from one to the next, as a share of the nozzle's least; one sigma. Published
    are 10 %, and 30 % from engine to engine (unverified), which is `chaser.thrusters.bit` in `[disperse]`."""
    pulse: Pulse = Pulse()
    """How its nozzles' pulses truly are."""
    drag_coefficient: Annotated[Factor, Drawn("{table}.drag.coefficient")] = 2.2
    """Referred to the projected area."""
    drag_area: Annotated[BodyAreas, Drawn("{table}.drag.area")]
    """Projected areas along forward, starboard and down."""
    grapple: BodyPlace
    """The grapple fixture, from the body origin: what the places of legs are of that name no port of the chaser."""
    ports: dict[Name, Port] = Field(default={})
    """Its ports by name."""
    hull: dict[Name, Capsule] = Field(default={})
    """Its hull, part by part."""

    @model_validator(mode="after")
    def _is_a_body(self) -> Self:
        refuse_no_body(self.inertia)
        if self.propellant >= self.mass:
            what = f"{self.propellant:g} kg of propellant is not less than the mass {self.mass:g} kg"
            raise faulty(("propellant", what, "the mass includes the propellant"))
        return self


class Atmosphere(Table):
    """The air: exponential, turning with the Earth."""

    density: Annotated[float, Quantity("kg/m^3", least=0.0), Drawn()]
    """At the target's altitude; zero for none."""
    scale_height: Reach = 60e3
    """The height over which it falls to 1/e."""


class Start(Table):
    """Where the grapple fixture is from the berthing point at the epoch, and how it moves."""

    vbar: Annotated[Length, Drawn()] = 0.0
    """Along V-bar, positive ahead."""
    rbar: Annotated[Length, Drawn()] = 0.0
    """Along R-bar, positive below."""
    hbar: Annotated[Length, Drawn()] = 0.0
    """Along H-bar, positive to starboard."""
    vbar_rate: Annotated[Speed, Drawn()] = 0.0
    """Velocity along V-bar."""
    rbar_rate: Annotated[Speed, Drawn()] = 0.0
    """Velocity along R-bar."""
    hbar_rate: Annotated[Speed, Drawn()] = 0.0
    """Velocity along H-bar."""
    known_within: Annotated[
        tuple[float, float],
        Mixed((Quantity("m", above=0.0), Quantity("m/s", above=0.0)), ("position", "velocity")),
    ]
    """One sigma of the first belief that navigation is told, an axis."""
