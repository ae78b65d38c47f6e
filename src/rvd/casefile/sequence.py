"""The short ways to write a sequence, and what they stand for: modes, named places, holds at the end of a leg.

A mode is a set of keys that legs share: `[mode.near]`, and `mode = "near"` in the leg, whose own keys win. A place has
a name: `[place]`, and `to = "parking point"`. A leg that says `hold` is followed by a hold where it ends. A leg that
does not say how long it may last has twice its planned time, and ten minutes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import ValidationError

from rvd.case.legs import HILL, SETTLED, SLEW_RATE, LegCase
from rvd.case.own_law import is_function
from rvd.case.table import LegPlace
from rvd.case.values import Quantity, brief, did_you_mean
from rvd.core.algebra import elementary
from rvd.core.kernel import plain
from rvd.errors import CaseError

from .faults import Fault, faults_of
from .keys import Place, Spot
from .parts import ANGLES, AXES

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

PLACES: tuple[Place, ...] = (("start", "at"), ("goal", "at"))
"""Where a place may go by its name, beside `to` and `aim` of a leg."""

UNPLANNED = ("drift", "retreat")
"""Laws whose legs do not tell how long they take; nor do those of the user's own."""

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
    _check_places(places, faults)
    for place in PLACES:
        _put_place(whole.raw, place, places, faults)
    _start_at(whole.raw, faults)
    legs = raw.get("leg")
    if not isinstance(legs, list) or not all(isinstance(leg, dict) for leg in legs):
        return whole
    whole.raw["leg"] = []
    for key in [key for key in whole.spots if key[:1] == ("leg",) and len(key) > 1]:
        del whole.spots[key]
    for k, leg in enumerate(legs):
        here = ("leg", k)
        full = _with_mode(leg, modes, here, faults)
        for n, one in enumerate(_with_hold(full, (modes, places), here, faults)):
            _add(whole, one, (spots, here, ("mode", leg.get("mode")), n > 0))
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
            elif key not in LegCase.model_fields:
                known = [field for field in LegCase.model_fields if field not in NOT_OF_MODES]
                faults.append(Fault(("mode", name, key), "the key is not known", did_you_mean(key, known)))


def _check_places(places: Mapping[str, Any], faults: list[Fault]) -> None:
    for name, place in places.items():
        here: Place = ("place", name)
        if not isinstance(place, Mapping):
            remedy = f'write "{name}" = {{ rbar = "250 m" }}'
            faults.append(Fault(here, f"{brief(place)} stands where a place belongs", remedy))
            continue
        try:
            LegPlace.model_validate(place, context={"si": False})
        except ValidationError as error:
            faults += [fault._replace(place=(*here, *fault.place)) for fault in faults_of(error, LegPlace)]


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
        remedy = (
            did_you_mean(str(name), known) if known else f"write [mode.{name}], or use a vehicle that has it"
        )
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


def _start_at(raw: dict[str, Any], faults: list[Fault]) -> None:
    """`[start] at` gives the place where the chaser starts."""
    start = raw.get("start")
    if not isinstance(start, Mapping) or "at" not in start:
        return
    place = start["at"]
    if not isinstance(place, Mapping) or not set(place) <= set(AXES):
        what, remedy = f"{brief(place)} is no place", 'write the name of one, or { vbar = "-5 km" }'
        faults.append(Fault(("start", "at"), what, remedy))
        place = {}
    for key in AXES:
        if key in start:
            faults.append(Fault(("start", key), "at says where it starts", "keep one of the two"))
    raw["start"] = {**place, **{key: value for key, value in start.items() if key != "at"}}


# ---- holds


def _with_hold(
    leg: dict[str, Any], names: tuple[Mapping[str, Any], Mapping[str, Any]], here: Place, faults: list[Fault]
) -> list[dict[str, Any]]:
    """A leg, and the hold that it ends in, if it says so; `names` are the modes and the places."""
    modes, places = names
    place, asked = leg.get("to"), leg.pop("hold", None)
    _named_places(leg, places, here, faults)
    if asked is None:
        return [leg]
    if isinstance(asked, str):
        asked = {"at_least": asked}
    if not isinstance(asked, Mapping):
        remedy = 'write hold = "19 min", or a table of what differs in the hold'
        faults.append(Fault((*here, "hold"), f"{brief(asked)} is no hold", remedy))
        return [leg]
    for key in asked:
        if key in MOVING and key not in ("at_least", "at_most"):
            faults.append(
                Fault((*here, "hold", key), "a hold does not move", "write it in the leg, or remove it")
            )
    if leg.get("law") == "hold":
        faults.append(Fault((*here, "hold"), "a hold ends in no other", "write at_least"))
        return [leg]
    kept = {key: value for key, value in leg.items() if key not in MOVING}
    name = place if isinstance(place, str) else f"{leg.get('name', '')}: hold"
    hold = {**kept, "name": name, "law": "hold", **_with_mode(asked, modes, (*here, "hold"), faults)}
    _named_places(hold, places, (*here, "hold"), faults)
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


def timed_out(raw: dict[str, Any], si: bool, faults: list[Fault]) -> dict[str, Any]:
    """A case with the longest time of each leg that says none and whose plan tells it; `si`: bare numbers are SI.

    None is longer than the flight may be. A leg in another frame than the one above has to say its own: a fault is
    added to those given where it does not.
    """
    legs = raw.get("leg")
    if not isinstance(legs, list):
        return raw
    limit = _read(raw.get("limit"), "s", si)
    full: list[Any] = []
    for k, leg in enumerate(legs):
        before = _before(raw, legs, k)
        if isinstance(leg, Mapping) and "at_most" not in leg and is_planned(leg.get("law")):
            if _is_elsewhere(leg, before):
                faults.append(
                    Fault(("leg", k, "at_most"), ELSEWHERE, 'write how long it may last, as "30 min"')
                )
            planned = _Plan(leg, before, si).time
            # What is not told is a fault that is said by itself: one sentence is enough.
            longest = 2.0 * planned + SPARE if 0.0 <= planned < math.inf else SPARE
            leg = {**leg, "at_most": f"{min(longest, limit) if limit > 0.0 else longest!r} s"}
        full.append(leg)
    return {**raw, "leg": full}


def _before(raw: Mapping[str, Any], legs: list[Any], k: int) -> Mapping[str, Any]:
    """What a leg comes from: the leg above, and of the first the start; a hold there comes from nowhere."""
    if k:
        return legs[k - 1] if isinstance(legs[k - 1], Mapping) else {}
    holds = isinstance(legs[0], Mapping) and legs[0].get("law") == "hold"
    return {} if holds else {"to": raw.get("start")}


ELSEWHERE = "the leg above is in another frame, so the plan does not tell how long this one takes"


def _is_elsewhere(leg: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a hold or a line is in another frame than the leg above: how far it moves and turns is not told."""
    other = bool(before) and leg.get("frame", HILL) != before.get("frame", HILL)
    return leg.get("law") in SETTLED and other


def is_planned(law: Any) -> bool:
    """Whether a leg of this law tells how long it takes."""
    return law not in UNPLANNED and not is_function(law)


@dataclass(frozen=True)
class _Plan:
    """What a leg takes by plan, behind another; times in s, not a number where nothing tells it."""

    leg: Mapping[str, Any]
    before: Mapping[str, Any]
    si: bool

    @property
    def time(self) -> float:
        """The whole of it."""
        settles, lasts = self._number(self.leg, "settle", "s"), self._number(self.leg, "at_least", "s")
        law = self.leg.get("law")
        if law == "hold":
            return max(lasts, self._turn()) + settles
        if law == "two-impulse":
            return self._number(self.leg, "time", "s", math.nan) + lasts + settles
        return self._line() + lasts + settles

    def _turn(self) -> float:
        """The longest time in which the leg turns to its attitude from that of the leg before."""
        here, there = self._angles(self.leg), self._angles(self.before)
        turned = 0.0
        for a, b in zip(here, there, strict=True):
            turn = abs(a - b)
            turn = turn - 2.0 * math.pi * math.floor(turn / (2.0 * math.pi)) if turn < math.inf else math.nan
            turned += min(turn, 2.0 * math.pi - turn)
        rate = self._number(self.leg, "slew_rate", "rad/s", SLEW_RATE)
        return turned / rate if rate > 0.0 else math.nan

    def _line(self) -> float:
        """The time of a line: of its speed at the begin and the end, and of what it takes to gather and lose it."""
        given = self.leg.get("speed")
        first, last = (given[0], given[-1]) if isinstance(given, list) and given else (given, given)
        begin, end = self._read(first, "m/s"), self._read(last, "m/s")
        if not (begin > 0.0 and end > 0.0):
            return math.nan
        # A speed that falls in proportion to the distance has the logarithmic mean.
        mean = begin if begin == end else (begin - end) / plain(elementary.log)(begin / end)
        gather = self._number(self.leg, "acceleration", "m/s^2", math.nan)
        lose = self._number(self.leg, "braking", "m/s^2", gather)
        ends = 0.0
        for v, a in ((begin, gather), (end, lose)):
            ends += v / (2.0 * a) if a > 0.0 else 0.0
        return self._distance() / mean + ends

    def _distance(self) -> float:
        a, b = self.before.get("to"), self.leg.get("to")
        if not (isinstance(a, Mapping) and isinstance(b, Mapping)):
            return math.nan
        square = 0.0
        for word in LegPlace.model_fields:
            part = self._number(b, word, "m") - self._number(a, word, "m")
            square += part * part
        return math.sqrt(square)

    def _angles(self, leg: Mapping[str, Any]) -> list[float]:
        attitude = leg.get("attitude", {})
        known = attitude if isinstance(attitude, Mapping) else {}
        return [self._number(known, word, "rad") for word in ANGLES]

    def _number(self, table: Mapping[str, Any], key: str, unit: str, missing: float = 0.0) -> float:
        return self._read(table[key], unit) if key in table else missing

    def _read(self, value: Any, unit: str) -> float:
        return _read(value, unit, self.si)


def _read(value: Any, unit: str, si: bool) -> float:
    """A quantity in SI; not a number where the schema will refuse it."""
    try:
        return Quantity(unit).read(value, si)
    except CaseError:
        return math.nan
