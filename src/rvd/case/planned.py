"""The plan's numbers behind a slot of the row: what a draw is added to, multiplies or replaces."""

from __future__ import annotations

from rvd.core.vehicle.nozzles import LEAK_SHARE

from .legs import Gate
from .paths import PATHS, Slot, find_path
from .schema import CaseSchema
from .table import FOREVER


def planned(case: CaseSchema, key: str) -> tuple[float, ...]:
    """The numbers in the plan at a dispersible key, or at a part of one; () where the plan has none.

    A nozzle's force is one over that of its table, and it leaks by `LEAK_SHARE` where it leaks. What has no key in the
    plan is zero.
    """
    words = key.split(".")
    if words[0] == "gates":
        return tuple(float(getattr(gate, words[1])) for gate in gates_of(case, find_path(key).name))
    if words[:2] == ["chaser", "thrusters"]:
        told = {
            "force": (1.0,),
            "repeatability": (case.chaser.repeatability,),
            "fault_until": (),
            "fault_size": (LEAK_SHARE,),
        }
        return told.get(words[2], (getattr(case.chaser.pulse, words[2], 0.0),))
    value: object = case
    for word in words:
        if isinstance(value, tuple):
            value = value[int(word)] if int(word) < len(value) else None
        elif not isinstance(value, float | None):  # one number of the plan is that of all its parts
            value = getattr(value, word, 0.0)
    if isinstance(value, str):
        return (float(find_path(key).words.index(value)),)
    if isinstance(value, tuple):
        return value
    return (float(value),) if isinstance(value, int | float) else ()


def gates_of(case: CaseSchema, name: str = "") -> list[Gate]:
    """The gates of the legs of this name, or for none of all legs; an ungated leg has none."""
    return [leg.gate for leg in case.leg if leg.gate is not None and name in ("", leg.name)]


def nominal(case: CaseSchema, slot: Slot) -> float:
    """What a slot of the row holds where nothing is dispersed."""
    values = planned(case, slot.dotted)
    if not values:
        return FOREVER if PATHS[slot.key].mark.never else 0.0
    return by_noise(case, slot) * values[0]


def by_noise(case: CaseSchema, slot: Slot) -> float:
    """What `sensors.noise` makes of a slot, as a factor: white noise it scales, and without it nothing is lost."""
    mark = PATHS[slot.key].mark
    if mark.chance:
        return 1.0 if case.sensors.noise > 0.0 else 0.0
    return case.sensors.noise if mark.noise else 1.0
