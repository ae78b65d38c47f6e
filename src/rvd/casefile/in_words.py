"""Numbers and places as people say them: "5,000 m behind", "63 min", "0.25 deg/s"."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from typing import Any

from rvd.case.lists import Mixed, Pair, Several, Vector
from rvd.case.records import Rows, Sizes, kinds_of
from rvd.case.table import Angles, Gain, Place
from rvd.case.values import Kind, Quantity
from rvd.case.words import Axis, Direction, Instant, Whole


def number(x: float) -> str:
    """Six digits at most, thousands apart: 5,000."""
    text = f"{x:.6g}"
    if "e" in text:
        mantissa, _, power = text.partition("e")
        return f"{mantissa}e{int(power)}"
    whole, _, part = text.lstrip("-").partition(".")
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{int(whole):,}" + (f".{part}" if part else "")


def duration(x: float) -> str:
    """Seconds in the largest unit that keeps them whole."""
    for unit, size in (("h", 3600.0), ("min", 60.0)):
        if x >= 2.0 * size and x % size == 0.0:
            return f"{number(x / size)} {unit}"
    return f"{number(x)} s"


def length(x: float) -> str:
    """Metres; kilometres from 20 km on."""
    return f"{number(x / 1e3)} km" if abs(x) >= 20e3 else f"{number(x)} m"


def angle(x: float) -> str:
    """Radians in degrees, small ones in arcseconds."""
    degrees = math.degrees(x)
    return f"{number(degrees * 3600.0)} arcsec" if 0.0 < abs(degrees) < 0.01 else f"{number(degrees)} deg"


def turn(x: float) -> str:
    """Radians a second in degrees a second, small ones in degrees an hour."""
    degrees = math.degrees(x)
    return f"{number(degrees * 3600.0)} deg/h" if 0.0 < abs(degrees) < 1e-3 else f"{number(degrees)} deg/s"


def share(x: float) -> str:
    """A part of one in percent."""
    return f"{number(100.0 * x)} %"


_SAID = {
    "m": length,
    "s": duration,
    "rad": angle,
    "rad/s": turn,
    "rad/s^0.5": lambda x: f"{number(math.degrees(x) * 60.0)} deg/h^0.5",
    "m/s^1.5": lambda x: f"{number(x)} m/s/s^0.5",
    "rad/s^1.5": lambda x: f"{number(math.degrees(x) * 3600.0)} deg/h/s^0.5",
    "m/s^2.5": lambda x: f"{number(x)} m/s^2/s^0.5",
}


def amount(x: float, unit: str) -> str:
    """An SI number in the unit that people use."""
    return _SAID[unit](x) if unit in _SAID else f"{number(x)} {unit}".strip()


WAYS = {
    "vbar": ("ahead", "behind"),
    "rbar": ("below", "above"),
    "hbar": ("to starboard", "to port"),
    "out": ("out", "inside"),
    "right": ("right", "left"),
    "forward": ("forward", "aft"),
    "starboard": ("to starboard", "to port"),
    "down": ("down", "up"),
}
"""The words of places, and how each is said, with a plus and with a minus."""


def place(at: Place, origin: str = "the berthing point") -> str:
    """A place by the words of its frame: "500 m below", "1,500 m ahead and 800 m below"; `origin` said where it is."""
    words = [
        f"{length(abs(x))} {plus if x > 0.0 else minus}"
        for word, (plus, minus) in WAYS.items()
        if (x := getattr(at, word, 0.0)) != 0.0
    ]
    return _joined(words) if words else f"at {origin}"


def on_body(at: Sequence[float]) -> str:
    """A place on a body: "14.94 m forward and 4.99 m down"."""
    words = [
        f"{length(abs(x))} {fore if x > 0.0 else aft}"
        for x, fore, aft in zip(
            at, ("forward", "to starboard", "down"), ("aft", "to port", "up"), strict=True
        )
        if x != 0.0
    ]
    return _joined(words) if words else "at the origin"


def facing(direction: Sequence[float]) -> str:
    """A direction on a body: "down", or its three components."""
    return in_words(Direction(), tuple(direction))


SPEEDS = {**WAYS, "vbar": ("forward", "back"), "rbar": ("down", "up"), "hbar": ("starboard", "port")}
"""How the words of places are said of a velocity."""


def velocity(gain: Gain) -> str:
    """A velocity by the words of its frame: "0.3 m/s down and 0.3 m/s back"."""
    words = [
        f"{number(abs(x))} m/s {plus if x > 0.0 else minus}"
        for word, (plus, minus) in SPEEDS.items()
        if (x := getattr(gain, word, 0.0)) != 0.0
    ]
    return _joined(words) if words else "at rest"


def attitude(angles: Angles) -> str:
    """An attitude: "level", "yaw 180 deg"."""
    words = [f"{word} {angle(x)}" for word in ("yaw", "pitch", "roll") if (x := getattr(angles, word)) != 0.0]
    return ", ".join(words) if words else "level"


def _joined(words: Sequence[str]) -> str:
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def in_words(kind: Kind, value: Any) -> str:
    """A value of a case as its kind is said."""
    if isinstance(kind, Quantity):
        return amount(value, kind.unit)
    if isinstance(kind, Vector):
        return _list([amount(x, kind.of.unit) for x in value])
    if isinstance(kind, Pair):
        return " to ".join(dict.fromkeys(amount(x, kind.of.unit) for x in value))
    if isinstance(kind, Mixed):
        return _list([amount(x, one.unit) for x, one in zip(value, kind.of, strict=True)])
    if isinstance(kind, Several):
        return _list([in_words(kind.of, x) for x in value])
    if isinstance(kind, Direction):
        written = kind.written(value)
        return written if isinstance(written, str) else ", ".join(map(number, written))
    if isinstance(kind, Whole):
        return f"{number(value)} {kind.unit}".strip()
    if isinstance(kind, Axis):
        word = kind.written(value)
        return WAYS[word.lstrip("-")][word.startswith("-")]
    if isinstance(kind, Sizes):
        names = {"vbar": "along V-bar", "rbar": "along R-bar", "hbar": "across"}
        sizes = [f"{amount(x, kind.of.unit)} {names[word]}" for word, x in kind.parts(value).items()]
        return ", ".join(sizes)
    if isinstance(kind, Rows):
        rows = [words_of(row)._asdict().items() for row in value]
        return "; ".join(", ".join(f"{key} {words}" for key, words in row) for row in rows)
    if isinstance(kind, Instant):
        time = value.isoformat().partition("T")[2].rstrip("Z")
        return f"{value.day} {calendar.month_name[value.month]} {value.year}, {time} UTC"
    return str(value)


def words_of(record: Any) -> Any:
    """A record of numbers with words in their place."""
    kinds = kinds_of(record.__class__)
    return record._make(in_words(kind, x) for kind, x in zip(kinds.values(), record, strict=True))


def _list(words: Sequence[str]) -> str:
    return words[0] + " each" if len(words) > 1 and len(set(words)) == 1 else ", ".join(words)
