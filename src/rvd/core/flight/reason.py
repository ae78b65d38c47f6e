"""Why a flight was not captured: which alarm, which rule, or what ran out; on which leg, when and where."""

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from rvd.core.flight.history import HISTORY, LEGS
from rvd.core.safety.box import Box
from rvd.core.signals import Alarm, Outcome, Tally

PLACE = ("fixture_vbar", "fixture_rbar", "fixture_hbar")
"""The grapple fixture from the berthing point, in the history and in the leg log."""


class Reason(IntEnum):
    """Why a flight was not captured; each member carries its sentence."""

    NONE = 0, "the flight ended in capture"
    ALARM_CORRIDOR = 1, Alarm.CORRIDOR.sentence
    ALARM_SPEED = 2, Alarm.SPEED.sentence
    ALARM_NAVIGATION = 3, Alarm.NAVIGATION.sentence
    ALARM_ATTITUDE = 4, Alarm.ATTITUDE.sentence
    ALARM_PROPELLANT = 5, Alarm.PROPELLANT.sentence
    ALARM_TIME_OUT = 6, Alarm.TIME_OUT.sentence
    ALARM_LASER = 7, Alarm.LASER.sentence
    ALARM_COMMANDED = 8, Alarm.COMMANDED.sentence
    ALARM_REFUSED = 9, Alarm.REFUSED.sentence
    ALARM_LAW = 10, Alarm.LAW.sentence
    LEFT_BOX = 32, "the grapple fixture left the capture box before the arm had its time"
    RELEASE_SPEED = 33, "the grapple fixture moved too fast when it was released"
    BOX_SPEED = 34, "the grapple fixture moved too fast in the capture box"
    BOX_ANGLE = 35, "the chaser turned too far in the free drift"
    BOX_RATE = 36, "the chaser turned too fast in the free drift"
    CORRIDOR = 37, Outcome.CORRIDOR.sentence
    KEEP_OUT = 38, Outcome.KEEP_OUT.sentence
    ELLIPSOID = 39, Outcome.ELLIPSOID.sentence
    SPEED = 40, Outcome.SPEED.sentence
    CONTACT = 41, Outcome.CONTACT.sentence
    EMPTY = 42, Outcome.EMPTY.sentence
    PLAN_OVER = 43, "the plan was flown to its end"
    TIME_OVER = 44, "the time of the case ran out before the plan was flown to its end"
    DIVERGED = 45, Outcome.DIVERGED.sentence
    LOST = 46, Outcome.LOST.sentence

    sentence: str

    def __new__(cls, number: int, sentence: str = "") -> "Reason":
        """Make a member that is its number and carries its sentence."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.sentence = sentence
        return member


BEYOND = {
    Reason.CORRIDOR: ("corridor_margin", "deg", 180.0 / math.pi),
    Reason.KEEP_OUT: ("keep_out_margin", "m", 1.0),
    Reason.ELLIPSOID: ("ellipsoid_margin", "m", 1.0),
    Reason.SPEED: ("speed_margin", "m/s", 1.0),
}
"""The margin that says how far a rule was broken: its name, the unit it is said in, and the factor from SI."""


class Why(NamedTuple):
    """Why a flight was not captured, on which leg, when and where.

    The place is that of the grapple fixture from the berthing point, NaN where none is known.
    """

    #: What ended it.
    reason: Reason
    #: Number of the leg on which that was.
    leg: int
    #: Name of that leg.
    leg_name: str
    #: When that was, s from the case's epoch.
    t: float
    #: Place ahead of the berthing point, m.
    vbar: float
    #: Place below it, toward the central body, m.
    rbar: float
    #: Place to starboard of it, m.
    hbar: float
    #: The alarm that had called the approach off before; `Alarm.NONE` where none had.
    alarm: Alarm
    #: When it was called off, s from the case's epoch.
    called_off: float
    #: How far a rule was broken, in words; empty for other reasons.
    beyond: str

    @property
    def columns(self) -> list[float]:
        """Reason, leg, time and place as numbers."""
        return [float(self.reason), float(self.leg), self.t, self.vbar, self.rbar, self.hbar]

    @property
    def sentence(self) -> str:
        """All of it in words."""
        text = (
            f'{self.reason.sentence}{self.beyond}, on leg "{self.leg_name}", {clock(self.t)} after the start'
        )
        place = where(self.vbar, self.rbar, self.hbar)
        text += f", {place}" if place else ""
        if self.alarm is Alarm.NONE or self.reason.name == f"ALARM_{self.alarm.name}":
            return text
        return f"{text}; called off {clock(self.t - self.called_off)} before: {self.alarm.sentence}"


def why(
    tally: Tally, legs: np.ndarray, last: np.ndarray, names: tuple[str, ...], box: Box, seconds: float
) -> Why | None:
    """Why a flight was not captured; None for one that was.

    legs (count + 1, `LEGS`) is its leg log, last (`HISTORY`) its last line, `names` are those of the legs.
    """
    reason = reason_of(tally, box, seconds)
    if reason is Reason.NONE:
        return None
    alarm, called_off = Alarm(int(tally.alarm)), float(legs[-1, LEGS.index("t")])
    leg, t = int(tally.leg), float(tally.t_end)
    place = [float(last[HISTORY.index(name)]) for name in PLACE]
    if reason.name.startswith("ALARM_"):
        leg, t = leg_before(legs), called_off
        place = [float(legs[-1, LEGS.index(name)]) for name in PLACE]
    beyond = ""
    if reason in BEYOND:
        margin, unit, factor = BEYOND[reason]
        beyond = f", by {-factor * getattr(tally, margin):.3g} {unit}"
    name = (*names, "abort")[leg]
    return Why(
        reason=reason,
        leg=leg,
        leg_name=name,
        t=t,
        vbar=place[0],
        rbar=place[1],
        hbar=place[2],
        alarm=alarm,
        called_off=called_off,
        beyond=beyond,
    )


def reason_of(tally: Tally, box: Box, seconds: float) -> Reason:
    """Why a flight ended as it did; of a free drift that failed, the first limit passed of those in the list."""
    outcome = Outcome(int(tally.outcome))
    if outcome is Outcome.CAPTURED:
        return Reason.NONE
    if outcome is Outcome.ABORTED:
        return Reason[f"ALARM_{Alarm(int(tally.alarm)).name}"]
    if outcome is Outcome.UNFINISHED:
        return Reason.PLAN_OVER if tally.t_end < seconds else Reason.TIME_OVER
    if outcome is Outcome.LEFT_BOX:
        passed = {
            Reason.RELEASE_SPEED: tally.release_speed > box.release_speed,
            Reason.BOX_SPEED: tally.box_speed > box.speed,
            Reason.BOX_ANGLE: tally.box_angle > box.angle,
            Reason.BOX_RATE: tally.box_rate > box.rate,
        }
        return next((reason for reason, holds in passed.items() if holds), Reason.LEFT_BOX)
    return Reason[outcome.name]


def leg_before(legs: np.ndarray) -> int:
    """The leg that was flown when the abort was entered: the last one entered before."""
    entered = legs[:-1, LEGS.index("t")]
    return int(np.argmax(np.where(np.isnan(entered), -1.0, entered)))


def clock(seconds: float) -> str:
    """A time as h:mm:ss."""
    whole = int(seconds + 0.5)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def where(vbar: float, rbar: float, hbar: float) -> str:
    """A place from the berthing point in words; empty where it is not known.

    >>> where(-2.0, 311.96, 0.0)
    '312.0 m below and 2.00 m behind the berthing point'
    """
    if not np.isfinite([vbar, rbar, hbar]).all():
        return ""
    words = (
        (rbar, "below", "above"),
        (vbar, "ahead", "behind"),
        (hbar, "to starboard", "to port"),
    )
    found = [
        f"{_metres(abs(x))} m {plus if x > 0.0 else minus}" for x, plus, minus in words if abs(x) >= 0.005
    ]
    if not found:
        return "at the berthing point"
    of = "" if found[-1].endswith(("below", "above", "behind")) else " of"
    told = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
    return f"{told}{of} the berthing point"


def _metres(x: float) -> str:
    if x < 10.0:
        return f"{x:.2f}"
    return f"{x:.1f}" if x < 1000.0 else f"{x:,.0f}"
