"""The tables of what must hold in flight: the monitors on board, the rules on the truth, the capture box."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from .drawn import Drawn
from .lists import Vector
from .table import (
    AngleLimit,
    Angles,
    Distance,
    Mission,
    Period,
    Place,
    Reach,
    SemiAxes,
    SpeedLimit,
    Table,
    Turn,
)
from .values import Quantity, faulty
from .words import Whole, Word

AXES = ("vbar", "rbar", "hbar", "-vbar", "-rbar", "-hbar")
"""The words for a direction in the orbit's frame."""


class Monitors(Table):
    """What the monitors on board allow of a belief before they call the abort; what is left out is not watched."""

    corridor: AngleLimit | None = None
    """Half angle of the corridor about the rules' axis."""
    corridor_from: Distance | None = None
    """The corridor and the speed are watched within this distance; everywhere, where it is left out."""
    speed: SpeedLimit | None = None
    """Largest speed within `corridor_from`."""
    sigma: Reach | None = None
    """Largest sigma of the believed position ..."""
    sigma_within: Distance | None = None
    """... within this distance; everywhere, where it is left out."""
    angle: AngleLimit | None = None
    """Largest angle from the attitude the leg asks for."""
    reserve: Annotated[float, Quantity("kg", least=0.0)] = 0.0
    """Propellant kept."""
    laser_age: Period | None = None
    """Longest silence of the laser on a leg that needs it."""


class SpeedStep(Table):
    """One step of the speed limit."""

    within: Reach
    """Distance of the centres of mass."""
    at_most: SpeedLimit
    """Speed within it."""


class CorridorRule(Table):
    """The approach corridor, a cone from the berthing point."""

    axis: Annotated[str, Word(AXES, "an axis")]
    """Along which it opens."""
    half_angle: AngleLimit
    """Of the cone."""
    from_: Annotated[float, Quantity("m", least=0.0)] = Field(alias="from")
    """It is watched within this distance of the centres of mass, and within the keep-out sphere."""


class Rules(Table):
    """What the truth must keep."""

    ellipsoid: SemiAxes
    """The approach ellipsoid."""
    keep_out: Distance
    """Radius of the keep-out sphere."""
    contact: Distance
    """Centre of mass from the berthing point: nearer is a collision."""
    speed: tuple[SpeedStep, ...] = ()
    """At most four steps of the speed limit."""
    corridor: CorridorRule
    """The approach corridor."""

    @model_validator(mode="after")
    def _of_four_steps(self) -> Self:
        if len(self.speed) > 4:
            what = "there are more than four steps of the speed limit"
            raise faulty(("speed", what, "write at most four"))
        return self


class Capture(Table):
    """The capture box, judged at the grapple fixture against the target."""

    at: Place
    """Its centre, from the berthing point."""
    half_width: Annotated[tuple[float, float, float], Vector(Quantity("m", above=0.0))]
    """Along forward, starboard and down."""
    release_speed: SpeedLimit
    """At the start of free drift."""
    speed: SpeedLimit
    """During free drift."""
    angle: AngleLimit
    """From the attitude."""
    rate: Turn
    """Against the target."""
    time: Annotated[Period, Drawn("arm.{key}", count=3)]
    """How long the arm needs; of the draws, at the first try, the second, and all later ones."""
    attitude: Angles = Angles()
    """Of the chaser at capture, against level."""


class Passive(Table):
    """What a campaign asks of lost thrust: drifts from many moments of every flight."""

    drift: Mission
    """How long each drift is."""
    in_burn: Annotated[int, Whole(2, 1000)] = 10
    """Moments in each burn, at equal shares of its velocity gain."""
    elsewhere: Annotated[int, Whole(1, 1000)] = 3
    """Moments in every other stretch of the flight, at equal times."""
    attitude: Annotated[str, Word(("tumbling", "held"), "an attitude to drift in")] = "tumbling"
    """The drag of the drift: of the mean area, or of the attitude to the wind when thrust was lost."""
