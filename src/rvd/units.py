"""Units at the door: `quantity("410 km", "m")` is 410000.0. Inside, everything is SI and radians.

An angle is a dimension here: "3 %" is no angle, and "0.1 1/s" no rate of turn. The units known are those below, each
with the prefixes; Pint reads the expressions made of them, and is imported when the first text is read.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

from rvd.errors import CaseError

DEFINITIONS = (
    "micro- = 1e-6 = u- = µ- = μ-",
    "milli- = 1e-3 = m-",
    "centi- = 1e-2 = c-",
    "kilo- = 1e3 = k-",
    "mega- = 1e6 = M-",
    "giga- = 1e9 = G-",
    "meter = [length] = m = metre",
    "second = [time] = s",
    "gram = [mass] = g",
    "radian = [angle] = rad",
    f"degree = {math.pi / 180.0!r} * radian = deg = °",
    f"arcminute = {math.pi / 10800.0!r} * radian = arcmin",
    f"arcsecond = {math.pi / 648000.0!r} * radian = arcsec",
    f"revolution = {2.0 * math.pi!r} * radian = rev",
    "minute = 60 * second = min",
    "hour = 3600 * second = h",
    "day = 86400 * second = d",
    "hertz = 1 / second = Hz",
    f"revolutions_per_minute = {math.pi / 30.0!r} * radian / second = rpm",
    "newton = kilogram * meter / second ** 2 = N",
    "joule = newton * meter = J",
    "watt = joule / second = W",
    "pascal = newton / meter ** 2 = Pa",
    "foot = 0.3048 * meter = ft",
    "nautical_mile = 1852 * meter = nmi",
    "pound = 0.45359237 * kilogram = lb",
    "tonne = 1000 * kilogram = t",
    "astronomical_unit = 149597870700 * meter = au",
)
"""Every unit a case file may use, in Pint's words: name = value = symbol = alias."""

SHARES = {"%": 0.01, "percent": 0.01, "ppm": 1e-6}
"""Units of pure numbers."""

MEANT = {
    "mps": "m/s", "kph": "km/h", "kmh": "km/h", "fps": "ft/s", "dps": "deg/s", "kilo": "kg", "kilos": "kg",
    "ton": "t", "tons": "t", "mt": "t", "sec": "s", "secs": "s", "hr": "h", "hrs": "h", "mins": "min",
}  # fmt: skip
"""What people write and no unit is called, and what they mean: for remedies alone."""

_NOT_UNITS = frozenset(
    [f"{prefix}t" for prefix in ("u", "µ", "μ", "m", "c", "k", "M", "G")]
    + [f"{prefix}s" for prefix in ("micro", "milli", "centi", "kilo", "mega", "giga")]
)
"""What the prefixes would make of tonnes ("mt", which people write for metric tons) and of seconds ("kilos")."""

MOST = 1.0e30
"""The largest number read (SI): farther and longer than anything is, and its powers stay finite."""

KNOWN: Mapping[str, tuple[float, str]] = {
    "m": (1.0, "length^1"),
    "km": (1000.0, "length^1"),
    "cm": (0.01, "length^1"),
    "mm": (0.001, "length^1"),
    "s": (1.0, "time^1"),
    "ms": (0.001, "time^1"),
    "min": (60.0, "time^1"),
    "h": (3600.0, "time^1"),
    "d": (86400.0, "time^1"),
    "kg": (1.0, "mass^1"),
    "t": (1000.0, "mass^1"),
    "rad": (1.0, "angle^1"),
    "deg": (0.017453292519943295, "angle^1"),
    "arcsec": (4.84813681109536e-06, "angle^1"),
    "m/s": (1.0, "length^1 time^-1"),
    "cm/s": (0.01, "length^1 time^-1"),
    "mm/s": (0.001, "length^1 time^-1"),
    "m/min": (0.016666666666666666, "length^1 time^-1"),
    "m/s^2": (1.0, "length^1 time^-2"),
    "m/s^1.5": (1.0, "length^1 time^-1.5"),
    "m/s/s^0.5": (1.0, "length^1 time^-1.5"),
    "m/s^2.5": (1.0, "length^1 time^-2.5"),
    "m/s^2/s^0.5": (1.0, "length^1 time^-2.5"),
    "rad/s": (1.0, "angle^1 time^-1"),
    "rad/s^2": (1.0, "angle^1 time^-2"),
    "rad/s^0.5": (1.0, "angle^1 time^-0.5"),
    "rad/s^1.5": (1.0, "angle^1 time^-1.5"),
    "deg/h/s^0.5": (4.84813681109536e-06, "angle^1 time^-1.5"),
    "deg/s": (0.017453292519943295, "angle^1 time^-1"),
    "deg/h": (4.84813681109536e-06, "angle^1 time^-1"),
    "deg/h^0.5": (0.0002908882086657216, "angle^1 time^-0.5"),
    "Hz": (1.0, "time^-1"),
    "s^-2": (1.0, "time^-2"),
    "m^2": (1.0, "length^2"),
    "kg m^2": (1.0, "length^2 mass^1"),
    "kg/m^3": (1.0, "length^-3 mass^1"),
}
"""Factor to SI and dimension of the units that cases mostly use, as Pint has them: it takes longer to import than a
case to read."""

_NUMBER = re.compile(r"\s*([+-]?(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*")
# Only what a unit can hold reaches Pint, whose parser would also evaluate 9**9**9.
# Possessive quantifiers, because nested ones take exponential time on what does not match.
_UNIT = re.compile(r"1?(?:[A-Za-zµμ°_]++(?:(?:\^|\*\*)-?\d(?:\.\d{1,3})?)?|[\s*/·])++")
_NOT_FINITE = re.compile(r"\s*[+-]?(nan|inf|infinity)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-zµμ°_]+")
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def quantity(text: str, unit: str, usual: str = "") -> float:
    """The SI value of `text`: a number and a unit of the same dimension as `unit` (an SI unit; "" for a pure number).

    A pure number may stand bare or as "3 %" or "175 ppm". `usual` is the unit that remedies show, else `unit`.
    Raises CaseError, without a place, for no unit, a wrong or unknown unit, a number beyond 1e30 SI units, and what
    is not a finite number.
    """
    if not isinstance(text, str):
        raise refused(text, unit, usual)
    found = _NUMBER.match(text)
    if not found and _NOT_FINITE.match(text):
        raise not_finite(f'"{text}"', unit, usual)
    if not found:
        raise CaseError("", 0, "", f'"{text}" does not begin with a number', f"write {example(unit, usual)}")
    digits, word = found.group(1), text[found.end() :].strip()
    if not word and unit:
        raise refused(digits, unit, usual)
    value = _times(digits, factor(word, unit, usual, digits)) if word else float(digits)
    if not math.isfinite(value):
        raise not_finite(f'"{text}"', unit, usual)
    if abs(value) > MOST:
        raise CaseError("", 0, "", f'"{text}" is beyond all measure', f"write {example(unit, usual)}")
    return value


def _times(digits: str, scale: float) -> float:
    """The float nearest to a decimal times a scale: 99.73 % is 0.9973, which 99.73 * 0.01 and 99.73 / 100 miss."""
    number = float(digits)
    up, down = round(scale), round(1.0 / scale)
    exact = scale == up or (down > 1 and abs(scale * down - 1.0) < 4e-16)
    if not exact or not 1e-30 < abs(number) < 1e30:
        return number * scale
    return float(Fraction(digits) * up if scale == up else Fraction(digits) / down)


def factor(word: str, unit: str, usual: str = "", number: str = "1") -> float:
    """How many `unit` (SI) one `word` holds; CaseError if they differ in dimension."""
    if not unit:
        if word in SHARES:
            return SHARES[word]
        remedy = f'write {number}, or a share such as "3 %"'
        raise CaseError("", 0, "", f'"{word}" is a unit where a pure number belongs', remedy)
    try:
        scale, dimension = _read(word)
    except ValueError:
        meant = MEANT.get(word, "")
        shown = meant if meant and same_dimension(meant, unit) else usual
        remedy = f"write {example(unit, shown, number)}"
        raise CaseError("", 0, "", f'"{word}" is no unit known', remedy) from None
    if dimension != _read(unit)[1]:
        what = f'"{word}" is {_noun(dimension)} where {_noun(_read(unit)[1])} belongs'
        raise CaseError("", 0, "", what, f"write {example(unit, usual, number)}")
    return scale


def refused(value: object, unit: str, usual: str = "") -> CaseError:
    """The error for a value that should be a text with its unit: it shows the value with one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        what = f"{_kind(value)} stands where {'a quantity' if unit else 'a number'} belongs"
        return CaseError("", 0, "", what, f"write {example(unit, usual)}")
    if isinstance(value, float) and not math.isfinite(value):
        return not_finite(f"{value}", unit, usual)
    if not unit:
        return CaseError("", 0, "", f"{value} is not a pure number", "write a finite number")
    return CaseError("", 0, "", f"{value} has no unit", f"write {example(unit, usual, str(value))}")


def not_finite(shown: str, unit: str, usual: str = "") -> CaseError:
    """The error for NaN and infinity, as written: neither can be flown, and neither says "none"."""
    remedy = f"write a number such as {example(unit, usual)}, or leave the key out"
    return CaseError("", 0, "", f"{shown} is not a finite number", remedy)


def example(unit: str, usual: str = "", number: str = "1") -> str:
    """A quantity as it may be written in a case file."""
    return f'"{number} {usual or unit}"' if unit else number


def same_dimension(unit: str, other: str) -> bool:
    """Whether two units measure the same thing; the empty one is a pure number."""
    return (not unit and not other) or bool(unit and other and _read(unit)[1] == _read(other)[1])


def si_unit(unit: str) -> str:
    """The SI unit that measures the same as another, as a case would write it: "rad/s" of "deg/h"."""
    if not unit:
        return ""
    bases = {"length": "m", "time": "s", "mass": "kg", "angle": "rad"}
    powers = [(bases[name], float(p)) for name, _, p in (x.partition("^") for x in _read(unit)[1].split())]

    def raised(base: str, power: float) -> str:
        return base if power == 1.0 else f"{base}^{power:g}"

    above = [raised(base, p) for base, p in powers if p > 0.0]
    below = [(base, p) for base, p in powers if p < 0.0]
    if not above:
        return " ".join(raised(base, p) for base, p in below)
    return "/".join([" ".join(above), *(raised(base, -p) for base, p in below)])


@functools.cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(list(DEFINITIONS), system=None, on_redefinition="raise")


def _read(word: str) -> tuple[float, str]:
    """Factor to SI and dimension of a unit; ValueError if it is none."""
    return KNOWN[word] if word in KNOWN else looked_up(word)


@functools.lru_cache(maxsize=4096)
def looked_up(word: str) -> tuple[float, str]:
    """Factor to SI and dimension of a unit as Pint has it; ValueError if it is none."""
    word = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda raised: "^" + raised[0].translate(_RAISED), word)
    if word in SHARES:
        return SHARES[word], ""
    if len(word) > 60 or not _UNIT.fullmatch(word) or not _NOT_UNITS.isdisjoint(_WORD.findall(word)):
        raise ValueError(word)
    registry, expression = _registry(), word.replace("·", "*")
    try:
        one = registry.Quantity(1.0, registry.parse_units(expression))
        parts = [(registry.get_root_units(name)[0], power) for name, power in one.unit_items()]
    except (
        Exception
    ):  # Pint's parser ends in many ways on what is no unit, AttributeError and TokenError among them
        raise ValueError(word) from None
    powers = {str(name).strip("[]"): float(p) for name, p in one.dimensionality.items()}
    scale = _product([*parts, (1000, -powers.get("mass", 0.0))])  # Pint's root of mass is the gram
    return scale, " ".join(f"{name}^{p:g}" for name, p in sorted(powers.items()) if p)


def _product(parts: Sequence[tuple[float, float]]) -> float:
    """The float nearest to a product of numbers raised to powers; 0.01 is a hundredth, as it is written.

    In decimals, because the C library's power of floats has other last digits on another machine.
    """
    with localcontext(Context(prec=80)):
        product = Decimal(1)
        for number, power in parts:
            product *= Decimal(repr(number)) ** Decimal(repr(power))
    return float(product)


_NOUNS = {
    "": "a pure number",
    "length^1": "a length",
    "length^2": "an area",
    "time^1": "a time",
    "time^-1": "a frequency",
    "mass^1": "a mass",
    "angle^1": "an angle",
    "length^1 time^-1": "a speed",
    "length^1 time^-2": "an acceleration",
    "angle^1 time^-1": "a rate of turn",
    "angle^1 time^-2": "an angular acceleration",
    "length^2 mass^1": "a moment of inertia",
    "length^-3 mass^1": "a density",
    "length^1 mass^1 time^-2": "a force",
}


def _noun(dimension: str) -> str:
    return _NOUNS.get(dimension, f"a quantity of {dimension}")


def _kind(value: object) -> str:
    names = {bool: "true or false", dict: "a table", list: "a list", tuple: "a list", type(None): "nothing"}
    return names.get(type(value), f"a {type(value).__name__}")
