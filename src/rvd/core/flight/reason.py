"""Why a flight did not reach its goal: which alarm, which limit, or what ran out; on which leg, when and where.

And which rule it broke first: rules score, and do not end a flight.
"""

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from rvd.core.flight.history import HISTORY, LEGS
from rvd.core.flight.tally import progress_of
from rvd.core.goals.box import box_of
from rvd.core.goals.goal import Goal, Progress
from rvd.core.goals.goals import GoalKind
from rvd.core.goals.touch import touch_of
from rvd.core.kernel import plain
from rvd.core.rules.rules import SCORE
from rvd.core.signals import Alarm, Outcome, Tally

PLACE = ("fixture_vbar", "fixture_rbar", "fixture_hbar")
"""The grapple fixture from the berthing point, in the history and in the leg log."""


DEGREE = math.radians(1.0)

BERTHING = "the berthing point"
"""What the places of a mission are from, where it leads to no port."""


class Reason(IntEnum):
    """Why a flight did not reach its goal; each member carries its sentence."""

    NONE = 0, "the flight reached its goal"
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
    CONTACT = 41, Outcome.CONTACT.sentence
    EMPTY = 42, Outcome.EMPTY.sentence
    PLAN_OVER = 43, Outcome.STOPPED.sentence
    TIME_OVER = 44, Outcome.UNFINISHED.sentence
    DIVERGED = 45, Outcome.DIVERGED.sentence
    LOST = 46, Outcome.LOST.sentence
    TOUCH_SLOW = 50, "the rings touched more slowly than the docking needs"
    TOUCH_FAST = 51, "the rings touched too fast"
    TOUCH_ASKEW = 52, "the rings moved too fast across the axis as they touched"
    TOUCH_OFF = 53, "the rings touched too far from the axis"
    TOUCH_TILT = 54, "the rings touched at too large an angle"
    TOUCH_ROLL = 55, "the rings touched at too large a roll angle"
    TOUCH_RATE = 56, "the chaser turned too fast as the rings touched"
    TOUCH_ABORTING = 57, "the rings touched on an abort"
    CAME_BACK = 58, "the chaser came back"
    NOT_THERE = 59, "the chaser was not at its place at the time that was asked"

    sentence: str

    def __new__(cls, number: int, sentence: str = "") -> "Reason":
        """Make a member that is its number and carries its sentence."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.sentence = sentence
        return member


class Why(NamedTuple):
    """Why a flight did not reach its goal, on which leg, when and where.

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
    #: What its place is from, in words.
    origin: str = BERTHING

    @property
    def columns(self) -> list[float]:
        """Reason, leg, time and place as numbers."""
        return [float(self.reason), float(self.leg), self.t, self.vbar, self.rbar, self.hbar]

    @property
    def sentence(self) -> str:
        """All of it in words."""
        text = f'{self.reason.sentence}, on leg "{self.leg_name}", {clock(self.t)} after the start'
        place = where(self.vbar, self.rbar, self.hbar, self.origin)
        text += f", {place}" if place else ""
        if self.alarm is Alarm.NONE or self.reason.name == f"ALARM_{self.alarm.name}":
            return text
        return f"{text}; called off {clock(self.t - self.called_off)} before: {self.alarm.sentence}"


def why(
    tally: Tally,
    legs: np.ndarray,
    last: np.ndarray,
    names: tuple[str, ...],
    goal: Goal,
    origin: str = BERTHING,
) -> Why | None:
    """Why a flight did not reach its goal; None for one that did.

    legs (count + 1, `LEGS`) is its leg log, last (`HISTORY`) its last line, `names` are those of the legs; `origin` is
    what places are from, in words.
    """
    reason = reason_of(tally, goal)
    if reason is Reason.NONE:
        return None
    alarm, called_off = Alarm(int(tally.alarm)), float(legs[-1, LEGS.index("t")])
    leg, t = int(tally.leg), float(tally.t_end)
    place = [float(last[HISTORY.index(name)]) for name in PLACE]
    if reason.name.startswith("ALARM_"):
        leg, t = leg_before(legs), called_off
        place = [float(legs[-1, LEGS.index(name)]) for name in PLACE]
    return Why(
        reason=reason,
        leg=leg,
        leg_name=(*names, "abort")[leg],
        t=t,
        vbar=place[0],
        rbar=place[1],
        hbar=place[2],
        alarm=alarm,
        called_off=called_off,
        origin=origin,
    )


def reason_of(tally: Tally, goal: Goal) -> Reason:
    """Why a flight ended as it did; of a goal that was missed, the first limit passed of those in the list."""
    outcome = Outcome(int(tally.outcome))
    if outcome.success:
        return Reason.NONE
    if outcome is Outcome.ABORTED:
        return Reason[f"ALARM_{Alarm(int(tally.alarm)).name}"]
    if outcome is Outcome.STOPPED:
        return Reason.PLAN_OVER
    if outcome is Outcome.UNFINISHED:
        return Reason.TIME_OVER
    if outcome in (Outcome.LEFT_BOX, Outcome.MISSED):
        return missed(tally, goal)
    return Reason[outcome.name]


def missed(tally: Tally, goal: Goal) -> Reason:
    """Which limit of its goal a flight passed."""
    kind, seen = GoalKind(int(goal.kind)), plain(progress_of)(tally)
    if kind is GoalKind.BOX:
        return _first(_passed_of_box(goal, seen), Reason.LEFT_BOX)
    if kind is GoalKind.TOUCH:
        return _first(_passed_of_touch(goal, seen), Reason.TOUCH_ABORTING)
    return Reason.CAME_BACK if kind is GoalKind.CLEAR else Reason.NOT_THERE


def _first(passed: dict[Reason, bool], otherwise: Reason) -> Reason:
    return next((reason for reason, holds in passed.items() if holds), otherwise)


def _passed_of_box(goal: Goal, seen: Progress) -> dict[Reason, bool]:
    box = plain(box_of)(goal.numbers)
    return {
        Reason.RELEASE_SPEED: seen[2] > box.release_speed,
        Reason.BOX_SPEED: seen[4] > box.speed,
        Reason.BOX_ANGLE: seen[5] > box.angle,
        Reason.BOX_RATE: seen[6] > box.rate,
    }


def _passed_of_touch(goal: Goal, seen: Progress) -> dict[Reason, bool]:
    touch = plain(touch_of)(goal.numbers)
    return {
        Reason.TOUCH_SLOW: seen[1] < touch.closing_speed[0],
        Reason.TOUCH_FAST: seen[1] > touch.closing_speed[1],
        Reason.TOUCH_ASKEW: seen[2] > touch.lateral_speed,
        Reason.TOUCH_OFF: seen[3] > touch.lateral_offset,
        Reason.TOUCH_TILT: seen[4] > touch.tilt,
        Reason.TOUCH_ROLL: seen[5] > touch.roll_error,
        Reason.TOUCH_RATE: seen[6] > touch.tilt_rate or seen[7] > touch.roll_rate,
    }


class Broken(NamedTuple):
    """The rule that a flight broke first, and where: the grapple fixture from the berthing point."""

    #: Number of the rule, in the order of the case.
    rule: int
    #: Its name.
    name: str
    #: When it was broken first, s from the case's epoch.
    t: float
    #: Number of the leg on which that was.
    leg: int
    #: Name of that leg.
    leg_name: str
    #: Place ahead of the berthing point, m.
    vbar: float
    #: Place below it, m.
    rbar: float
    #: Place to starboard of it, m.
    hbar: float
    #: The rule's worst margin over the whole flight, SI.
    margin: float
    #: The unit of that.
    unit: str
    #: What its place is from, in words.
    origin: str = BERTHING

    @property
    def columns(self) -> list[float]:
        """Rule, leg, time and place as numbers."""
        return [float(self.rule), float(self.leg), self.t, self.vbar, self.rbar, self.hbar]

    @property
    def sentence(self) -> str:
        """All of it in words."""
        worst, unit = -self.margin, self.unit
        if unit == "rad":
            worst, unit = worst / DEGREE, "deg"
        text = f'the rule "{self.name}" was broken, by {worst:.3g} {unit} at the worst'
        text += f', first on leg "{self.leg_name}", {clock(self.t)} after the start'
        place = where(self.vbar, self.rbar, self.hbar, self.origin)
        return f"{text}, {place}" if place else text


def first_broken(
    scores: np.ndarray, rules: tuple[tuple[str, str], ...], names: tuple[str, ...], origin: str = BERTHING
) -> Broken | None:
    """The rule of a flight that was broken first, None where all were kept.

    scores (k, `SCORE`) are those of the rules, whose names and units are `rules`; `names` are those of the legs,
    `origin` is what places are from, in words.
    """
    times = scores[:, SCORE.index("t")]
    if len(times) == 0 or np.isnan(times).all():
        return None
    k = int(np.argmin(np.where(np.isnan(times), np.inf, times)))
    margin, t, leg, vbar, rbar, hbar = (float(x) for x in scores[k])
    return Broken(
        rule=k,
        name=rules[k][0],
        t=t,
        leg=int(leg),
        leg_name=(*names, "abort")[int(leg)],
        vbar=vbar,
        rbar=rbar,
        hbar=hbar,
        margin=margin,
        unit=rules[k][1],
        origin=origin,
    )


def leg_before(legs: np.ndarray) -> int:
    """The leg that was flown when the abort was entered: the last one entered before."""
    entered = legs[:-1, LEGS.index("t")]
    return int(np.argmax(np.where(np.isnan(entered), -1.0, entered)))


def clock(seconds: float) -> str:
    """A time as h:mm:ss."""
    whole = int(seconds + 0.5)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def where(vbar: float, rbar: float, hbar: float, origin: str = BERTHING) -> str:
    """A place from the berthing point, or another origin, in words; empty where it is not known.

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
        return f"at {origin}"
    of = "" if found[-1].endswith(("below", "above", "behind")) else " of"
    told = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
    return f"{told}{of} {origin}"


def _metres(x: float) -> str:
    if x < 10.0:
        return f"{x:.2f}"
    return f"{x:.1f}" if x < 1000.0 else f"{x:,.0f}"
