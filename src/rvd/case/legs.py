"""The tables of the sequence: the legs, the abort, and the gains and nozzle sets they name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from rvd.core.guidance.laws import WORDS

from .lists import Mixed, Several
from .own import LawWord, Parameters
from .table import (
    Acceleration,
    Angles,
    Duration,
    Facing,
    Gain,
    Name,
    Period,
    Place,
    Rate,
    SpeedPair,
    Table,
    Turn,
)
from .values import Quantity
from .words import Whole, Word

LAWS = tuple(WORDS)
"""The laws a leg may fly."""

ZONES = ("outside", "ellipsoid", "sphere")
"""What a leg may enter: nothing, the approach ellipsoid, the keep-out sphere through the corridor."""

KINDS = ("rcs", "main")
"""The kinds of nozzle."""

SLEW_RATE = math.radians(0.25)
"""At which a leg turns (rad/s) where it does not say."""

ANYHOW = (1.0e9, 1.0e9, math.pi)
"""Tolerances that always hold."""

Tolerances = Annotated[
    tuple[float, float, float],
    Mixed(
        (Quantity("m", above=0.0), Quantity("m/s", above=0.0), Quantity("rad", "deg", above=0.0)),
        ("position", "velocity", "attitude"),
    ),
]


class GainSet(Table):
    """One set of gains; each loop is driven by s = error + lead * rate error, and rests while |s| is within `dead`."""

    pull: Annotated[float, Quantity("s^-2", above=0.0)]
    """Acceleration per error of position."""
    lead: Duration
    """Weight of the velocity's error."""
    dead: Annotated[float, Quantity("m", least=0.0)]
    """Dead zone of the position."""
    most: Acceleration
    """Largest acceleration asked for."""
    turn_pull: Annotated[float, Quantity("s^-2", above=0.0)]
    """Angular acceleration per error of attitude."""
    turn_lead: Duration
    """Weight of the rate's error."""
    turn_dead: Annotated[float, Quantity("rad", "deg", least=0.0)]
    """Dead zone of the attitude."""
    turn_most: Annotated[float, Quantity("rad/s^2", above=0.0)]
    """Largest angular acceleration asked for."""


class NozzleSet(Table):
    """Nozzles a leg may fire."""

    strings: Annotated[tuple[str, ...], Several(Word(most=60), 1, 1000)]
    """Strings of the nozzle file."""
    kinds: Annotated[tuple[str, ...], Several(Word(KINDS, "a kind of nozzle"), 1, 2)] = KINDS
    """Kinds of nozzle."""
    inhibit: Facing | None = None
    """None whose exhaust leaves this way (within 45 degrees)."""


class Gate(Table):
    """A go that a leg waits for, once it has ended otherwise."""

    delay: Annotated[float, Quantity("s", least=0.0)]
    """From ready until the answer arrives."""
    refused: Annotated[int, Whole(0, 100)] = 0
    """How many times the answer is no before it is go."""


class Command(Table):
    """An order that the chaser is given at a time, whatever it flies."""

    at: Duration
    """When, from the epoch."""
    what: Annotated[str, Word(("hold", "resume", "retreat", "abort"), "an order")]
    """Hold where it is, resume the leg held, retreat to the leg's fallback, or abort."""


class LegCase(Table):
    """One leg; its places are of the grapple fixture from the berthing point."""

    name: Name
    """What it is called; its own in the case."""
    law: Annotated[str, LawWord(LAWS, "a law")]
    """How it is flown; a law of your own is a function in a file beside the case."""
    parameters: Annotated[dict[str, float], Parameters()] = Field(default={})
    """What a law of your own is given."""
    to: Place
    """Where it ends."""
    aim: Place | None = None
    """Where a two-impulse transfer aims until its midcourse."""
    time: Duration = 0.0
    """Of a two-impulse transfer; of the coast after a retreat's burn."""
    midcourse: Duration = 0.0
    """When a two-impulse transfer corrects its course; zero for never."""
    speed: SpeedPair = (0.0, 0.0)
    """Along a straight line or a glideslope, at its begin and its end."""
    dv: Gain = Gain()
    """The burn of a retreat."""
    acceleration: Acceleration = 0.014
    """The most that a burn asks for; at which a straight line or a glideslope gathers speed."""
    braking: Acceleration = 0.014
    """At which a straight line or a glideslope loses it; as `acceleration` where it is not given."""
    attitude: Angles = Angles()
    """Against level."""
    slew_rate: Turn = SLEW_RATE
    """At which the leg turns to its attitude."""
    at_least: Duration = 0.0
    """The leg lasts no shorter."""
    at_most: Period
    """A leg that lasts longer ends in its fallback, or in the abort."""
    arrived: Tolerances = ANYHOW
    """Tolerances within which the leg may end; required of hold, straight and glideslope."""
    settle: Duration = 0.0
    """How long the tolerances hold before the leg ends."""
    needs: Annotated[str, Word(("laser",), "a sensor a leg can need")] | None = None
    """A sensor without which the leg is not flown."""
    zone: Annotated[str, Word(ZONES, "a zone")]
    """What the leg may enter."""
    rate: Rate
    """Of guidance and control."""
    control: Name
    """The gains: a table of [control]."""
    nozzles: Name
    """The nozzles: a table of [nozzles]."""
    gate: Gate | None = None
    """A go that the leg waits for before it ends."""
    next: Name | None = None
    """The leg after it; the one below where it is not given."""
    fallback: Name | None = None
    """The leg flown when its gate is refused, a retreat is commanded or its time is up; else the abort."""
    tries: Annotated[int, Whole(0, 100)] = 1
    """How often in a flight a fallback may have been flown before this leg aborts instead."""

    @model_validator(mode="before")
    @classmethod
    def _brake_as_you_start(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and "acceleration" in value and "braking" not in value:
            return {**value, "braking": value["acceleration"]}
        return value


class Abort(Table):
    """The collision-avoidance manoeuvre: one burn in the attitude of the moment, then a coast."""

    dv: Gain
    """The burn."""
    time: Period
    """Of the coast."""
    rate: Rate
    """Of guidance and control."""
    control: Name
    """The gains: a table of [control]."""
    nozzles: Name
    """The nozzles: a table of [nozzles]."""
    acceleration: Acceleration = 0.014
    """The most that the burn asks for."""
