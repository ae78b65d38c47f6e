"""The short ways to write a sequence, and what they stand for: modes, named places, holds at the end of a leg.

A mode is a set of keys that legs share: `[mode.near]`, and `mode = "near"` in the leg, whose own keys win. A place has
a name: `[place]`, and `to = "parking point"`. A leg that says `hold` is followed by a hold where it ends. A leg that
does not say how long it may last has twice its planned time, and ten minutes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from rvd.errors import CaseError

from .faults import Fault
from .keys import Place, Spot
from .legs import LAWS, SLEW_RATE
from .own import is_own
from .values import Quantity, brief, did_you_mean

NOT_OF_MODES = ("name", "law", "parameters", "to", "aim", "hold", "mode", "next")
"""Keys that belong to one leg."""

MOVING = (
    "law",
    "parameters",
    "aim",
    "time",
    "midcourse",
    "speed",
    "dv",
    "acceleration",
    "braking",
    "at_least",
    "at_most",
)
"""Keys of a leg that say how it moves: its hold has none of them."""

ENDING = ("gate", "next")
"""Keys of a leg that say how it ends: where it has a hold, that ends so."""

PLACES: tuple[Place, ...] = (("start", "at"), ("capture", "at"))
"""Where a place may go by its name, beside `to` and `aim` of a leg."""

SPARE = 600.0
"""Seconds that a leg may last beyond twice its planned time."""


class Sequence(NamedTuple):
    """A case with its sequence spelled out, and where its keys stand."""

    raw: dict[str, Any]
    spots: dict[Place, Spot]


def spelled_out(raw: Mapping[str, Any], spots: Mapping[Place, Spot], faults: list[Fault]) -> Sequence:
    """The case with every leg in full. Faults, at the places of the case given, are added to those given."""
    whole = Sequence({k: v for k, v in raw.items() if k not in ("mode", "place")}, dict(spots))
    modes, places = _table(raw, "mode", faults), _table(raw, "place", faults)
    _check_modes(modes, faults)
    for place in PLACES:
        _put_place(whole.raw, place, places, faults)
    _start_at(whole.raw)
    legs = raw.get("leg")
    if not isinstance(legs, list) or not all(isinstance(leg, dict) for leg in legs):
        return whole
    whole.raw["leg"] = []
    for key in [key for key in whole.spots if key[:1] == ("leg",) and len(key) > 1]:
        del whole.spots[key]
    for k, leg in enumerate(legs):
        here = ("leg", k)
        full = _with_mode(leg, modes, here, faults)
        end = full.get("to")
        _named_places(full, places, here, faults)
        for n, one in enumerate(_with_hold(full, end, here, faults)):
            _add(whole, one, (spots, here, ("mode", leg.get("mode")), n > 0))
    _time_out(whole.raw["leg"])
    return whole


# ---- modes


def _table(raw: Mapping[str, Any], key: str, faults: list[Fault]) -> Mapping[str, Any]:
    found = raw.get(key, {})
    if isinstance(found, Mapping):
        return found
    faults.append(Fault((key,), f"{brief(found)} stands where a table belongs", f"write [{key}]"))
    return {}


def _check_modes(modes: Mapping[str, Any], faults: list[Fault]) -> None:
    for name, mode in modes.items():
        if not isinstance(mode, Mapping):
            remedy = f"write [mode.{name}]"
            faults.append(Fault(("mode", name), f"{brief(mode)} stands where a table belongs", remedy))
            continue
        for key in mode:
            if key in NOT_OF_MODES:
                what = "it belongs to one leg, not to a mode"
                faults.append(Fault(("mode", name, key), what, "write it in the leg"))


def _with_mode(
    leg: Mapping[str, Any], modes: Mapping[str, Any], here: Place, faults: list[Fault]
) -> dict[str, Any]:
    """A leg with the keys of its mode that it does not have itself."""
    own = {key: value for key, value in leg.items() if key != "mode"}
    if "mode" not in leg:
        return own
    name = leg["mode"]
    mode = modes.get(name) if isinstance(name, str) else None
    if mode is None:
        known = tuple(modes)
        remedy = did_you_mean(str(name), known) if known else "write [mode.near]"
        faults.append(Fault((*here, "mode"), f"there is no mode {brief(name)}", remedy))
    return {**mode, **own} if isinstance(mode, Mapping) else own


# ---- places


def _named_places(leg: dict[str, Any], places: Mapping[str, Any], here: Place, faults: list[Fault]) -> None:
    for key in ("to", "aim"):
        if isinstance(leg.get(key), str):
            leg[key] = _place(leg[key], places, (*here, key), faults)


def _put_place(raw: dict[str, Any], place: Place, places: Mapping[str, Any], faults: list[Fault]) -> None:
    table, key = place
    inner = raw.get(str(table))
    if isinstance(inner, Mapping) and isinstance(inner.get(key), str):
        raw[str(table)] = {**inner, key: _place(inner[key], places, place, faults)}


def _place(name: str, places: Mapping[str, Any], where: Place, faults: list[Fault]) -> Any:
    if name in places:
        return places[name]
    remedy = (
        did_you_mean(name, tuple(places)) if places else f'write [place] with "{name}" = {{ rbar = "250 m" }}'
    )
    faults.append(Fault(where, f"there is no place {brief(name)}", remedy))
    return {}


def _start_at(raw: dict[str, Any]) -> None:
    """`[start] at` gives the place where the chaser starts."""
    start = raw.get("start")
    if isinstance(start, Mapping) and isinstance(start.get("at"), Mapping):
        raw["start"] = {**start["at"], **{key: value for key, value in start.items() if key != "at"}}


# ---- holds


def _with_hold(leg: dict[str, Any], place: Any, here: Place, faults: list[Fault]) -> list[dict[str, Any]]:
    """A leg, and the hold that it ends in, if it says so."""
    asked = leg.pop("hold", None)
    if asked is None:
        return [leg]
    if isinstance(asked, str):
        asked = {"at_least": asked}
    if not isinstance(asked, Mapping):
        remedy = 'write hold = "19 min", or a table of what differs in the hold'
        faults.append(Fault((*here, "hold"), f"{brief(asked)} is no hold", remedy))
        return [leg]
    if leg.get("law") == "hold":
        faults.append(Fault((*here, "hold"), "a hold ends in no other", "write at_least"))
        return [leg]
    kept = {key: value for key, value in leg.items() if key not in MOVING}
    name = place if isinstance(place, str) else f"{leg.get('name', '')}: hold"
    hold = {**kept, "name": name, "law": "hold", **asked}
    moving = {key: value for key, value in leg.items() if key not in ENDING}
    return [moving, hold]


def _add(
    whole: Sequence, leg: dict[str, Any], origin: tuple[Mapping[Place, Spot], Place, Place, bool]
) -> None:
    """Puts a leg behind the others, and notes where its keys stand: in the leg, in its `hold`, or in its mode."""
    spots, here, mode, is_hold = origin
    there: Place = ("leg", len(whole.raw["leg"]))
    whole.raw["leg"].append(leg)
    inside = (mode, here, (*here, "hold")) if is_hold else (mode, here)
    for table in inside:
        for place, spot in spots.items():
            if place[: len(table)] == table and (place != mode):
                whole.spots[(*there, *place[len(table) :])] = spot


# ---- time-outs


def _time_out(legs: list[dict[str, Any]]) -> None:
    """Gives every leg whose time can be told, and that does not say how long it may last, its longest time."""
    for k, leg in enumerate(legs):
        planned = math.nan if "at_most" in leg else _planned(leg, legs[k - 1] if k else None)
        if planned < math.inf:
            leg["at_most"] = f"{2.0 * planned + SPARE!r} s"


def _planned(leg: Mapping[str, Any], before: Mapping[str, Any] | None) -> float:
    """The time (s) that a leg takes by plan; not a number where nothing tells it."""
    settles, lasts = _number(leg, "settle", "s"), _number(leg, "at_least", "s")
    waits, law = lasts + settles, leg.get("law")
    if law == "hold":
        return max(lasts, _turn(leg, before or {})) + settles
    if law == "two-impulse":
        return _number(leg, "time", "s", math.nan) + waits
    if law in ("straight", "glideslope") and before is not None:
        return _line(leg, _distance(before.get("to"), leg.get("to"))) + waits
    known = law in LAWS or is_own(law)
    return math.nan if known else 0.0  # no law: refused by itself, and one sentence is enough


def _turn(leg: Mapping[str, Any], before: Mapping[str, Any]) -> float:
    """The longest time in which a leg turns to its attitude from that of the leg before."""
    here, there = _angles(leg), _angles(before)
    turned = sum(abs(math.remainder(a - b, 2.0 * math.pi)) for a, b in zip(here, there, strict=True))
    return turned / _number(leg, "slew_rate", "rad/s", SLEW_RATE)


def _angles(leg: Mapping[str, Any]) -> list[float]:
    attitude = leg.get("attitude", {})
    known = attitude if isinstance(attitude, Mapping) else {}
    return [_number(known, word, "rad") for word in ("yaw", "pitch", "roll")]


def _line(leg: Mapping[str, Any], distance: float) -> float:
    """The time of a line: of its speed at the begin and the end, and of what it takes to gather and lose it."""
    given = leg.get("speed")
    first, last = (given[0], given[-1]) if isinstance(given, list) and given else (given, given)
    begin, end = _read(first, "m/s"), _read(last, "m/s")
    if not (begin > 0.0 and end > 0.0):
        return math.nan
    # A speed that falls in proportion to the distance has the logarithmic mean.
    mean = begin if begin == end else (begin - end) / math.log(begin / end)
    gather = _number(leg, "acceleration", "m/s^2", math.nan)
    lose = _number(leg, "braking", "m/s^2", gather)
    ends = sum(v / (2.0 * a) for v, a in ((begin, gather), (end, lose)) if a > 0.0)
    return distance / mean + ends


def _distance(a: Any, b: Any) -> float:
    if not (isinstance(a, Mapping) and isinstance(b, Mapping)):
        return math.nan
    return math.hypot(*(_number(b, word, "m") - _number(a, word, "m") for word in ("vbar", "rbar", "hbar")))


def _number(table: Mapping[str, Any], key: str, unit: str, missing: float = 0.0) -> float:
    return _read(table[key], unit) if key in table else missing


def _read(value: Any, unit: str) -> float:
    """A quantity in SI; not a number where the schema will refuse it."""
    try:
        return Quantity(unit).read(value, False)
    except CaseError:
        return math.nan
