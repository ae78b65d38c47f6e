"""The tables of the sequence: the legs, the abort, and the gains and nozzle sets they name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from rvd.core.guidance.laws import WORDS
from rvd.guidance.laws import SHIPPED

from .drawn import Drawn
from .limits import OWN_OR_LEVEL, ZONES
from .lists import Mixed, Several
from .own_law import LawWord, Parameters, is_function
from .table import (
    AbortGain,
    Acceleration,
    Angle,
    Angles,
    Duration,
    Facing,
    LegGain,
    LegPlace,
    Name,
    Period,
    Rate,
    SpeedPair,
    Table,
    Turn,
)
from .values import Quantity, faulty
from .words import Whole, Word

LAWS = (*WORDS, *SHIPPED)
"""The laws a leg may fly."""

HILL, PORT = "hill", "port "

FRAMES = {
    HILL: ("vbar", "rbar", "hbar"),
    "body": ("forward", "starboard", "down"),
    PORT: ("out", "right", "down"),
}
"""What a leg may count its places from, and the words of places there."""

KINDS = ("rcs", "main")
"""The kinds of nozzle."""

ORDERS = ("none", "go", "no-go", "hold", "resume", "retreat", "abort")
"""What may be said to the chaser, in the order of the row's numbers; a case says those from the hold on."""

SLEW_RATE = math.radians(0.25)
"""At which a leg turns (rad/s) where it does not say."""

CHAINS = ("software", "independent")
"""Who may burn an abort."""

SETTLED = ("hold", "straight", "glideslope")
"""Laws whose legs end by their tolerances."""

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
    """None whose exhaust leaves this way of the body (within 45 degrees)."""


class Gate(Table):
    """A go that a leg waits for, once it has ended otherwise."""

    delay: Annotated[float, Quantity("s", least=0.0)]
    """From ready until the answer arrives."""
    refused: Annotated[int, Whole(0, 100)] = 0
    """How many times the answer is no before it is go."""


class Command(Table):
    """An order that the chaser is given at a time, whatever it flies."""

    at: Annotated[float, Quantity("s", "min", least=0.0), Drawn(never=True)]
    """When, from the epoch."""
    what: Annotated[str, Word(ORDERS[3:], "an order"), Drawn(words=ORDERS)]
    """Hold where it is, resume the leg held, retreat to the leg's fallback, or abort."""


class Mated(Table):
    """The attitude of two mated ports, and of the way there."""

    roll: Angle
    """About the axis, from where the roll datums of the ports point the same way."""


class LegCase(Table):
    """One leg; its places are of the grapple fixture from the berthing point, unless it says of what and from where."""

    name: Name
    """What it is called; its own in the case."""
    law: Annotated[str, LawWord(LAWS, "a law")]
    """How it is flown; a law of your own is a function in a file beside the case."""
    parameters: Annotated[dict[str, float], Parameters()] = Field(default={})
    """What a law that takes numbers is given: `arc`, `coelliptic`, or one of your own."""
    frame: Annotated[str, Word(most=70)] = HILL
    """Where its places are from: `hill` (the berthing point of a level target), `body` (the target's centre of mass),
    or a port of the target, as `port forward`. Legs of the last two follow the target as navigation believes it."""
    axes: Annotated[str, Word(OWN_OR_LEVEL, "a kind of axes")] = "own"
    """On which axes a frame on the target stands: its own, which turn with the target, or level ones. Far out,
    angles of the target that nothing observes make metres."""
    of: Name | None = None
    """The port of the chaser that is led there; the grapple fixture where it is left out."""
    to: LegPlace
    """Where it ends."""
    aim: LegPlace | None = None
    """Where a two-impulse transfer aims until its midcourse."""
    time: Duration = 0.0
    """Of a two-impulse transfer; of the coast after a retreat's burn."""
    midcourse: Duration = 0.0
    """When a two-impulse transfer corrects its course; zero for never."""
    speed: SpeedPair = (0.0, 0.0)
    """Along a straight line or a glideslope, at its begin and its end."""
    dv: LegGain = LegGain()
    """The burn of a retreat."""
    acceleration: Acceleration = 0.014
    """The most that a burn asks for; at which a straight line or a glideslope gathers speed."""
    braking: Acceleration = 0.014
    """At which a straight line or a glideslope loses it; as `acceleration` where it is not given."""
    attitude: Angles = Angles()
    """Against level; in a frame on the target against its axes, forward along the first, down along the last."""
    mated: Mated | None = None
    """Instead of `attitude`: the port named by `of` faces that of the frame, with this roll."""
    slew_rate: Turn = SLEW_RATE
    """The largest at which the leg turns to its attitude; the turn begins and ends slowly."""
    at_least: Duration = 0.0
    """The leg lasts no shorter."""
    at_most: Period
    """A leg that lasts longer ends in its fallback, or in the abort. A hold or a line in another frame than the
    leg above says it; of others it follows from the plan."""
    arrived: Tolerances = ANYHOW
    """Tolerances within which the leg may end; required of hold, straight and glideslope. Transfers, retreats and free
    drifts do not wait for them: the leg that follows brakes."""
    settle: Duration = 0.0
    """How long the tolerances hold before the leg ends."""
    needs: Annotated[str, Word(("laser",), "a sensor a leg can need")] | None = None
    """A sensor without which the leg is not flown; the laser counts within `hand_over` of [navigation] alone."""
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
    """The leg flown when its gate is refused, a retreat is commanded, an alarm leads back or its time is up; else the
    abort."""
    tries: Annotated[int, Whole(0, 100)] = 1
    """How often in a flight a fallback may have been flown before this leg aborts instead."""

    @property
    def port(self) -> str | None:
        """The port of the target that its frame stands on, if it stands on one."""
        return self.frame.removeprefix(PORT) if self.frame.startswith(PORT) else None

    @property
    def settles(self) -> bool:
        """Whether its tolerances are waited for: a transfer, a retreat and a free drift leave that to the next leg."""
        return self.law in SETTLED or is_function(self.law)

    @model_validator(mode="before")
    @classmethod
    def _brake_as_you_start(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and "acceleration" in value and "braking" not in value:
            return {**value, "braking": value["acceleration"]}
        return value

    @model_validator(mode="after")
    def _flies(self) -> Self:
        if found := tuple(_faults(self)):
            raise faulty(*found)
        return self


def _faults(leg: LegCase) -> Iterator[tuple[str, str, str]]:
    """Key, what and remedy of what is wrong within one leg."""
    if leg.at_least > leg.at_most:
        yield (
            "at_least",
            f"at_least {leg.at_least:g} s is longer than at_most {leg.at_most:g} s",
            "exchange them",
        )
    if leg.law in SETTLED and leg.arrived == ANYHOW:
        yield "arrived", f"a {leg.law} needs its tolerances", 'write arrived = ["3 m", "0.05 m/s", "2 deg"]'
    if leg.parameters and not is_function(leg.law):
        yield (
            "parameters",
            f"a {leg.law} has no parameters",
            'remove them, or write law = "my_laws.py:spiral"',
        )
    if leg.law == "two-impulse":
        yield from _transfer(leg)
    elif (leg.midcourse > 0.0 or leg.aim is not None) and not is_function(leg.law):
        key = "aim" if leg.aim is not None else "midcourse"
        yield key, f"a {leg.law} has no {key}", 'remove it, or write law = "two-impulse"'
    if leg.law in SHIPPED:
        yield from _unread(leg)
    if leg.law in ("straight", "glideslope"):
        yield from _line(leg)
    elif leg.speed != (0.0, 0.0) and not is_function(leg.law):
        yield "speed", f"a {leg.law} has no speed", 'remove it, or write law = "straight"'
    yield from _framed(leg)
    burn = tuple(getattr(leg.dv, word) for word in LegGain.model_fields)
    if leg.law == "retreat" and not any(burn):
        yield "dv", "a retreat needs its burn", 'write dv = { rbar = "0.3 m/s" }'
    if leg.law != "retreat" and not is_function(leg.law) and any(burn):
        yield "dv", f"a {leg.law} has no burn of its own", 'remove it, or write law = "retreat"'


def _unread(leg: LegCase) -> Iterator[tuple[str, str, str]]:
    """Keys of other laws, which a law that takes its numbers in `parameters` would not see."""
    for key in ("time", "midcourse", "aim", "speed", "dv"):
        if key in leg.model_fields_set:
            remedy = "remove it: what the law takes goes into parameters = { ... }"
            yield key, f"the law {leg.law} has no {key}", remedy


def _framed(leg: LegCase) -> Iterator[tuple[str, str, str]]:
    """Faults of a leg's frame, and of places that are not by its words."""
    if leg.port is None and leg.frame not in FRAMES:
        yield (
            "frame",
            f'there is no frame "{leg.frame}"',
            f'write "hill", "body", or a port, as "port {leg.frame}"',
        )
        return
    if leg.frame == HILL and leg.axes != "own":
        yield "axes", "the hill frame has its own axes alone", 'remove it, or write frame = "port ..."'
    if leg.frame != HILL and leg.law == "two-impulse":
        what = "a two-impulse transfer is flown by the orbit's own motion, in the hill frame"
        yield "frame", what, "remove it, or choose another law"
    if leg.mated is not None:
        yield from _mated(leg)
    words = FRAMES[PORT if leg.port is not None else leg.frame]
    for key in ("to", "aim", "dv"):
        given = getattr(leg, key)
        strange = sorted((given.model_fields_set if given is not None else set()) - set(words))
        if strange:
            what = f"{strange[0]} is no word for a place in the frame {leg.frame}"
            yield key, what, f"write {', '.join(words[:-1])} or {words[-1]}"


def _mated(leg: LegCase) -> Iterator[tuple[str, str, str]]:
    """Faults of an attitude that needs a port on either body."""
    if leg.port is None:
        yield "mated", f'no port is mated in the frame "{leg.frame}"', 'write frame = "port ..."'
    if leg.of is None:
        yield "mated", "the leg does not say which port of the chaser is mated", 'write of = "..."'
    if leg.attitude != Angles():
        yield "attitude", "the ports tell the attitude", "keep one of attitude and mated"


def _transfer(leg: LegCase) -> Iterator[tuple[str, str, str]]:
    if leg.time <= 0.0:
        yield "time", "a two-impulse transfer needs its time", 'write time = "63 min"'
    elif leg.midcourse >= leg.time:
        what = f"the midcourse at {leg.midcourse:g} s is not before the end at {leg.time:g} s"
        yield "midcourse", what, "write less than time"
    elif leg.at_most <= leg.time:
        what = f"at_most {leg.at_most:g} s ends the leg before its transfer of {leg.time:g} s"
        yield "at_most", what, "write more than time"
    if leg.midcourse > 0.0 and leg.aim is None:
        yield "aim", "a transfer with a midcourse needs where it aims first", 'write aim = { vbar = "..." }'
    if leg.aim is not None and leg.midcourse <= 0.0:
        yield (
            "midcourse",
            "a transfer that aims elsewhere first needs a midcourse",
            'write midcourse = "40 min"',
        )


def _line(leg: LegCase) -> Iterator[tuple[str, str, str]]:
    begin, end = leg.speed
    if not begin > 0.0:
        yield "speed", f"a {leg.law} needs its speed", 'write speed = "0.1 m/s"'
    elif leg.law == "straight" and begin != end:
        yield "speed", "a straight line has one speed", 'write one, or law = "glideslope"'
    elif leg.law == "glideslope" and not begin > end > 0.0:
        what = f"a glideslope slows down, from {begin:g} m/s to {end:g} m/s it does not"
        yield "speed", what, 'write speed = ["0.15 m/s", "0.06 m/s"], the larger first'


class Abort(Table):
    """The collision-avoidance manoeuvre: one burn in the attitude of the moment, then a coast."""

    dv: AbortGain
    """The burn; of an independent chain also along the chaser's axes, as `{ forward = "-0.6 m/s" }`."""
    chain: Annotated[str, Word(CHAINS, "a chain")] = "software"
    """Who burns: the flight software, by its navigation, or an independent chain: open loop, one way, for the time that
    gains the burn with full tanks."""
    delay: Duration = 0.0
    """From the call until an independent chain thrusts; nothing fires meanwhile."""
    isolates: Annotated[tuple[str, ...], Several(Word(most=60), 1, 1000)] = ()
    """Branches of the nozzle file that an independent chain shuts off at the call, valves that are stuck open too."""
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

    @model_validator(mode="after")
    def _burns(self) -> Self:
        if found := tuple(_abort_faults(self)):
            raise faulty(*found)
        return self


def _abort_faults(abort: Abort) -> Iterator[tuple[str, str, str]]:
    """Key, what and remedy of what is wrong within the abort."""
    on_body = any(abort.dv.on_body)
    on_orbit = any((abort.dv.vbar, abort.dv.rbar, abort.dv.hbar))
    if abort.chain == "software":
        if on_body:
            what = "along the chaser's axes only an independent chain burns"
            yield "dv", what, 'write vbar, rbar or hbar, or chain = "independent"'
        for key, said in (("delay", abort.delay > 0.0), ("isolates", bool(abort.isolates))):
            if said:
                yield key, f"{key} is an independent chain's", 'remove it, or write chain = "independent"'
    elif on_body and on_orbit:
        yield (
            "dv",
            "the burn is on two sets of axes",
            "write vbar, rbar and hbar, or forward, starboard and down",
        )
    elif not on_body and not on_orbit:
        yield "dv", "an independent chain needs its burn", 'write dv = { forward = "-0.6 m/s" }'
