"""The paths a case may disperse: from the key a user writes to the slots of the row, with its unit.

Every number of the truth is reached by the key under which the case holds it; a few more have no key because their
nominal value is nothing (the first attitude's error, the error of the first belief) or the nozzle file's.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rvd.errors import CaseError

from .values import did_you_mean, wrong

WORDS = ("vbar", "rbar", "hbar", "vbar_rate", "rbar_rate", "hbar_rate")
"""The parts of a place that moves."""

AXES = ("0", "1", "2")

FAULTS = ("none", "stuck-off", "stuck-on", "leak")
"""How a nozzle may fail, in the order of the row's numbers."""

ORDERS = ("none", "go", "no-go", "hold", "resume", "retreat", "abort")
"""What may be said to the chaser, in the order of the row's numbers."""

EACH = "*"
"""Stands in a slot's name for that of every nozzle, or of every leg."""

WHITE = (
    "gps.position", "gps.velocity", "gps.multipath.sigma", "laser.range", "laser.scale", "laser.angle",
    "star_tracker.cross", "star_tracker.roll", "gyro.walk", "accelerometer.walk",
)  # fmt: skip
"""Slots of the sensors' noise, which `sensors.noise` scales in the truth."""


class Path(NamedTuple):
    """One dispersible key: the row slots it changes and their units, one each (`parts` names them within the key).

    `words` are the texts that stand for the numbers 0, 1, ... `name` is that of the nozzle or leg of a part.
    """

    key: str
    slots: tuple[str, ...]
    parts: tuple[str, ...]
    units: tuple[str, ...]
    usual: str = ""
    words: tuple[str, ...] = ()
    name: str = ""

    @property
    def unit(self) -> str | None:
        """The unit of all its slots, None if they differ."""
        return self.units[0] if len(set(self.units)) == 1 else None


def _moving(key: str) -> list[Path]:
    units = ("m", "m", "m", "m/s", "m/s", "m/s")
    slots = tuple(f"{key}.{word}" for word in WORDS)
    return [Path(key, slots, WORDS, units)]


def _one(key: str, slot: str, unit: str, usual: str = "") -> Path:
    return Path(key, (slot,), ("",), (unit,), usual)


def _vector(key: str, slot: str, unit: str, usual: str = "", count: int = 3, first: int = 0) -> Path:
    slots = tuple(f"{slot}.{first + k}" for k in range(count))
    return Path(key, slots, tuple(str(k) for k in range(count)), (unit,) * count, usual)


def _nozzles(
    what: str, fields: tuple[str, ...], unit: str, usual: str = "", words: tuple[str, ...] = ()
) -> Path:
    slots = tuple(f"chaser.thrusters.{field}.{EACH}" for field in fields)
    return Path(f"chaser.thrusters.{what}", slots, ("",) * len(fields), (unit,) * len(fields), usual, words)


def _each(key: str, unit: str) -> Path:
    """A number of every leg's gate."""
    return Path(key, (f"{key}.{EACH}",), ("",), (unit,))


def _delivery(sensor: str) -> list[Path]:
    """How a sensor's readings reach navigation."""
    units = {"dropout": ("", ""), "latency": ("s", "ms"), "time_bias": ("s", "ms")}
    return [
        _one(f"{sensor}.{key}", f"{sensor}.delivery.{key}", unit, usual)
        for key, (unit, usual) in units.items()
    ]


_ALL = [
    *_moving("start"),
    _vector("start.attitude", "start.attitude", "rad", "deg"),
    _vector("start.rate", "start.rate", "rad/s", "deg/s"),
    *_moving("knowledge"),
    _one("chaser.mass", "chaser.mass", "kg"),
    _one("chaser.propellant", "chaser.propellant", "kg"),
    _vector("chaser.centre_of_mass", "chaser.com", "m"),
    _vector("chaser.tank", "chaser.tank", "m"),
    _vector("chaser.inertia", "chaser.inertia", "kg m^2"),
    _vector("chaser.products_of_inertia", "chaser.inertia", "kg m^2", first=3),
    _one("chaser.drag_coefficient", "chaser.drag.coefficient", ""),
    _vector("chaser.drag_area", "chaser.drag.area", "m^2"),
    _nozzles("force", ("force",), ""),
    _nozzles("tilt", ("tilt_1", "tilt_2"), "rad", "deg"),
    _nozzles("tilt_1", ("tilt_1",), "rad", "deg"),
    _nozzles("tilt_2", ("tilt_2",), "rad", "deg"),
    _nozzles("fault", ("fault",), "", words=FAULTS),
    _nozzles("fault_since", ("fault_since",), "s"),
    _nozzles("fault_until", ("fault_until",), "s"),
    _nozzles("repeatability", ("repeatability",), ""),
    _one("target.altitude", "target.altitude", "m", "km"),
    _one("target.inclination", "target.inclination", "rad", "deg"),
    _one("target.eccentricity", "target.eccentricity", ""),
    _one("target.raan", "target.raan", "rad", "deg"),
    _one("target.latitude", "target.latitude", "rad", "deg"),
    _one("target.mass", "target.mass", "kg"),
    _vector("target.inertia", "target.inertia", "kg m^2"),
    _vector("target.products_of_inertia", "target.inertia", "kg m^2", first=3),
    _one("target.drag_coefficient", "target.drag.coefficient", ""),
    _vector("target.drag_area", "target.drag.area", "m^2"),
    _vector("target.attitude.bias", "target.bias", "rad", "deg"),
    _vector("target.attitude.deadband", "target.deadband", "rad", "deg"),
    _vector("target.attitude.period", "target.period", "s"),
    _vector("target.attitude.phase", "target.phase", "rad", "deg"),
    _vector("capture.time", "arm.time", "s"),
    _each("gates.delay", "s"),
    _each("gates.refused", ""),
    *(_one(f"command.{k}.at", f"command.{k}.at", "s", "min") for k in range(4)),
    *(_one(f"command.{k}.what", f"command.{k}.what", "")._replace(words=ORDERS) for k in range(4)),
    _one("atmosphere.density", "atmosphere.density", "kg/m^3"),
    _one("sensors.gps.position", "sensors.gps.position", "m"),
    _one("sensors.gps.velocity", "sensors.gps.velocity", "m/s"),
    _vector("sensors.gps.bias", "sensors.gps.bias", "m"),
    _one("sensors.gps.out_since", "sensors.gps.out_since", "s"),
    _one("sensors.gps.out_until", "sensors.gps.out_until", "s"),
    *_delivery("sensors.gps"),
    _one("sensors.gps.multipath", "sensors.gps.multipath.sigma", "m"),
    _one("sensors.gps.multipath_range", "sensors.gps.multipath.range", "m"),
    _one("sensors.gps.multipath_memory", "sensors.gps.multipath.memory", "s"),
    _one("sensors.gps.blocked_within", "sensors.gps.blocked_within", "m"),
    _one("sensors.laser.range", "sensors.laser.range", "m"),
    _one("sensors.laser.scale", "sensors.laser.scale", ""),
    _one("sensors.laser.angle", "sensors.laser.angle", "rad", "deg"),
    _one("sensors.laser.range_bias", "sensors.laser.range_bias", "m"),
    _vector("sensors.laser.angle_bias", "sensors.laser.angle_bias", "rad", "deg", 2),
    _one("sensors.laser.within", "sensors.laser.within", "m"),
    _one("sensors.laser.beyond", "sensors.laser.beyond", "m"),
    _one("sensors.laser.field", "sensors.laser.field", "rad", "deg"),
    _one("sensors.laser.out_since", "sensors.laser.out_since", "s"),
    _one("sensors.laser.out_until", "sensors.laser.out_until", "s"),
    *_delivery("sensors.laser"),
    _one("sensors.laser.sun_exclusion", "sensors.laser.sun_exclusion", "rad", "deg"),
    _one("sensors.star_tracker.cross", "sensors.star_tracker.cross", "rad", "arcsec"),
    _one("sensors.star_tracker.roll", "sensors.star_tracker.roll", "rad", "arcsec"),
    _vector("sensors.star_tracker.misalignment", "sensors.star_tracker.misalignment", "rad", "deg"),
    _one("sensors.star_tracker.out_since", "sensors.star_tracker.out_since", "s"),
    _one("sensors.star_tracker.out_until", "sensors.star_tracker.out_until", "s"),
    *_delivery("sensors.star_tracker"),
    _one("sensors.star_tracker.sun_exclusion", "sensors.star_tracker.sun_exclusion", "rad", "deg"),
    _one("sensors.gyro.walk", "sensors.gyro.walk", "rad/s^0.5", "deg/h^0.5"),
    _vector("sensors.gyro.bias", "sensors.gyro.bias", "rad/s", "deg/h"),
    _one("sensors.accelerometer.walk", "sensors.accelerometer.walk", "m/s^1.5", "m/s/s^0.5"),
    _vector("sensors.accelerometer.bias", "sensors.accelerometer.bias", "m/s^2"),
    _one("sensors.accelerometer.scale", "sensors.accelerometer.scale", ""),
]

PATHS: Mapping[str, Path] = {path.key: path for path in _ALL}
"""Every dispersible key; a part of one (`sensors.gps.bias.0`, `chaser.thrusters.force.FA4`) is one too."""


class Slot(NamedTuple):
    """A slot of a row as a user knows it: its key, which of the key's numbers it is, and the nozzle or leg if any."""

    key: str
    part: int
    name: str = ""

    @property
    def dotted(self) -> str:
        """The key of this number alone: `chaser.centre_of_mass.0`, `chaser.thrusters.force.FA4`."""
        part = self.name or PATHS[self.key].parts[self.part]
        return f"{self.key}.{part}" if part else self.key


SLOTS = {slot: Slot(path.key, k) for path in PATHS.values() for k, slot in enumerate(path.slots)}
"""Every slot that can be drawn; `*` stands for the name of a nozzle or a leg."""
# Of two keys that reach a nozzle's numbers the later, finer one names them: tilt_1, not tilt.
_ELEMENTS = {slot.removesuffix(EACH): known for slot, known in SLOTS.items() if slot.endswith(EACH)}


def known_as(slot: str) -> Slot:
    """A slot as a user knows it. Raises KeyError for what is no slot.

    >>> known_as("chaser.com.0").dotted
    'chaser.centre_of_mass.0'
    >>> known_as("gates.delay.RI to 250 m").dotted
    'gates.delay.RI to 250 m'
    """
    if slot in SLOTS:
        return SLOTS[slot]
    stem = next((stem for stem in _ELEMENTS if slot.startswith(stem)), slot)
    return _ELEMENTS[stem]._replace(name=slot.removeprefix(stem))


def find_path(key: str) -> Path:
    """The path of a key or of a part of one. Raises CaseError (without a place) for a key that names nothing."""
    if key in PATHS:
        return PATHS[key]
    whole, _, part = key.rpartition(".")
    path = PATHS.get(whole)
    if path is not None and part and part in path.parts:
        k = path.parts.index(part)
        return path._replace(key=key, slots=(path.slots[k],), parts=("",), units=(path.units[k],))
    for path in PATHS.values():
        name = key.removeprefix(f"{path.key}.")
        if name not in ("", key) and all(slot.endswith(EACH) for slot in path.slots):
            slots = tuple(slot.replace(EACH, name) for slot in path.slots)
            return path._replace(key=key, slots=slots, name=name)
    raise wrong(f'"{key}" is nothing that can be dispersed', _remedy(key))


def is_noise(slot: str) -> bool:
    """Whether `sensors.noise` scales a slot."""
    return slot.removeprefix("sensors.") in WHITE or slot.startswith("chaser.thrusters.repeatability.")


def is_lost_by_chance(slot: str) -> bool:
    """Whether a slot is a chance of losing readings, of which there is none without noise."""
    return slot.endswith(".delivery.dropout")


def slots_of(path: Path, names: Sequence[str]) -> tuple[str, ...]:
    """The slots of a path among the names of a row; nozzles in the order of the row.

    A nozzle goes by its name; where none has that name, by its number in the nozzle file, from 0. Raises CaseError
    (without a place) for a nozzle or a leg that is not there.
    """
    known, found = set(names), []
    for slot in path.slots:
        if slot.endswith(EACH):
            found += _elements(slot, names)
        elif slot in known:
            found.append(slot)
        else:
            found.append(_numbered(path, slot, names))
    return tuple(found)


def place_of(name: str, keys: Sequence[str]) -> int:
    """Where one number of a key stands in a row of these keys, a nozzle by its name or its number; -1: nowhere."""
    if name in keys:
        return keys.index(name)
    try:
        path = find_path(name)
        (slot,) = slots_of(path, keys) if path.name and len(path.slots) == 1 else ("",)
    except CaseError:
        return -1
    return keys.index(slot) if slot in keys else -1


def _elements(slot: str, names: Sequence[str]) -> list[str]:
    """The slots of all nozzles or legs, in the order of the row."""
    return [name for name in names if name.startswith(slot.removesuffix(EACH))]


def _numbered(path: Path, slot: str, names: Sequence[str]) -> str:
    """The slot of the nozzle with this number."""
    stem = slot.removesuffix(path.name)
    all_of_them = _elements(stem + EACH, names)
    if stem.startswith("chaser.") and path.name.isdecimal() and int(path.name) < len(all_of_them):
        return all_of_them[int(path.name)]
    noun = "nozzle" if stem.startswith("chaser.") else "leg"
    known = [name.removeprefix(stem) for name in all_of_them]
    raise wrong(f'"{path.key}" names a {noun} that is not there', did_you_mean(path.name, known))


def _remedy(key: str) -> str:
    known = list(PATHS) + [f"{path.key}.{part}" for path in _ALL for part in path.parts if part]
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    beside = [k for k in PATHS if k.split(".")[0] == key.split(".")[0]]
    if beside:
        return f"{key.split('.')[0]} has {', '.join(beside)}"
    return f"write a key of {', '.join(sorted({k.split('.')[0] for k in PATHS}))}"
