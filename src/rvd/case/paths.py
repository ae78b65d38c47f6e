"""The paths a case may disperse: from the key a user writes to the slots of the row, with its unit.

Every number of the truth is reached by the key under which the case holds it: a key that is marked `Drawn` in its
table is one. A few more have no key, because their nominal value is nothing or the nozzle file's (`_without_key`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, get_origin

from pydantic import BaseModel

from rvd.errors import CaseError

from .drawn import Drawn
from .lists import Vector
from .schema import CaseSchema
from .table import Lag, inner, kind_of, meaning_of
from .values import Kind, Quantity, did_you_mean, wrong
from .words import Whole

FAULTS = ("none", "stuck-off", "stuck-on", "leak", "weak")
"""How a nozzle may fail, in the order of the row's numbers."""

SIZED = ("leak", "weak")
"""Those that have a size."""

BRANCH = "branch."
"""Stands before the name of a branch, in the place of a nozzle's: `chaser.thrusters.fault.branch.A`."""

EACH = "*"
"""Stands in a slot's name for that of every nozzle, or of every leg."""


class Told(NamedTuple):
    """What a number is: the key of a table in whose source it is said, or, with no table, in words."""

    where: str
    table: type[BaseModel] | None
    what: str

    @property
    def words(self) -> str:
        """Where it stands, and what it is."""
        text = meaning_of(self.table, self.what) if self.table else self.what
        return f"{self.where}: {' '.join(f'{text[:1].lower()}{text[1:]}'.rstrip('.').split())}"


class Path(NamedTuple):
    """One dispersible key: the row slots it changes, and of each what it holds.

    `parts` name the slots within the key, `kinds` are their units and limits, `told` is what they are. `words`
    are the texts that stand for the numbers 0, 1, ... `name` is that of the nozzle or leg of a part.
    """

    key: str
    slots: tuple[str, ...]
    parts: tuple[str, ...]
    kinds: tuple[Quantity | Whole, ...]
    told: tuple[Told, ...]
    mark: Drawn = Drawn()
    name: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """The SI units of its slots."""
        return tuple(kind.unit for kind in self.kinds)

    @property
    def unit(self) -> str | None:
        """The unit of all its slots, None if they differ."""
        return self.units[0] if len(set(self.units)) == 1 else None

    @property
    def usual(self) -> str:
        """The unit that remedies show, if it is another."""
        return getattr(self.kinds[0], "usual", "")

    @property
    def words(self) -> tuple[str, ...]:
        """The texts that stand for numbers, if any do."""
        return self.mark.words

    @property
    def of_branch(self) -> bool:
        """Whether it is of all nozzles that one valve isolates: they draw one value."""
        return self.key.startswith("chaser.thrusters.") and self.name.startswith(BRANCH)

    def only(self, k: int) -> Path:
        """The path of one of its slots."""
        return self._replace(
            slots=(self.slots[k],), parts=("",), kinds=(self.kinds[k],), told=(self.told[k],)
        )


# ---- the keys of the case


def _walk(model: type[BaseModel], key: str) -> Iterator[Path]:
    """The paths of the keys that are marked in a table, and in the tables within it."""
    for name, field in model.model_fields.items():
        here, table = f"{key}.{name}".lstrip("."), inner(field.annotation)
        mark = next((mark for mark in field.metadata if isinstance(mark, Drawn)), None)
        if mark is None:
            if table is not None and get_origin(field.annotation) is not tuple:
                yield from _walk(table, here)
        elif table is None:
            slot = mark.slot.format(table=key, key=name)
            yield _numbers(here, slot, kind_of(field), Told(here, model, name), mark)
        elif mark.count > 1:
            for k in range(mark.count):
                yield from _walk(table, f"{here}.{k}")
        else:
            yield _together(here, list(_walk(table, here)))


def _numbers(key: str, slot: str, kind: Kind | None, told: Told, mark: Drawn) -> Path:
    """The path of a key that holds a number, or a vector of them."""
    axes, one = (kind.axes, kind.of) if isinstance(kind, Vector) else (("",) * mark.count, kind)
    if mark.words:
        one = Whole(0, len(mark.words) - 1)
    if not isinstance(one, Quantity | Whole):
        raise TypeError(f"{key} is no number")
    parts = ("",) if len(axes) == 1 else tuple(str(k) for k in range(len(axes)))
    return Path(
        key=key,
        slots=tuple(f"{slot}.{part}" if part else slot for part in parts),
        parts=parts,
        kinds=(one,) * len(axes),
        told=tuple(told._replace(where=f"{key}, {axis}" if axis else key) for axis in axes),
        mark=mark,
    )


def _together(key: str, paths: list[Path]) -> Path:
    """The path of a table whose numbers are drawn as one."""
    return Path(
        key=key,
        slots=tuple(path.slots[0] for path in paths),
        parts=tuple(path.key.removeprefix(f"{key}.") for path in paths),
        kinds=tuple(path.kinds[0] for path in paths),
        told=tuple(path.told[0] for path in paths),
    )


# ---- what has no key


def _free(key: str, kind: Quantity | Whole | Vector, meaning: str, **mark: Any) -> Path:
    """The path of a number that the case has no key for."""
    return _numbers(key, key, kind, Told(key, None, meaning), Drawn(**mark))


def _of_nozzles(what: str, kind: Quantity, meaning: str, **mark: Any) -> Path:
    """A number of every nozzle."""
    key = f"chaser.thrusters.{what}"
    told = Told(key, None, f"{meaning}, nozzle {{name}}")
    return _numbers(key, f"{key}.{EACH}", kind, told, Drawn(**mark))


def _products(body: str, meaning: str) -> Path:
    """The products of inertia of a body; they stand behind its moments in the row."""
    path = _free(f"{body}.products_of_inertia", Vector(Quantity("kg m^2"), ("xy", "xz", "yz")), meaning)
    return path._replace(slots=tuple(f"{body}.inertia.{k}" for k in (3, 4, 5)))


def _without_key(start: Path) -> Iterator[Path]:
    """What the case has no key for: its nominal value is nothing, or it is of each nozzle or each leg."""
    angle, time, share = Quantity("rad", "deg"), Quantity("s", least=0.0), Quantity("", least=0.0, most=1.0)
    yield _free("start.attitude", Vector(angle), "error of the first attitude")
    yield _free("start.rate", Vector(Quantity("rad/s", "deg/s")), "error of the first rate")
    error = "error of navigation's first belief"
    yield start._replace(
        key="knowledge",
        slots=tuple(f"knowledge.{part}" for part in start.parts),
        told=tuple(Told(f"knowledge.{part}", None, error) for part in start.parts),
    )
    yield _products("chaser", "product of inertia at the centre of mass")
    yield _products("target", "product of inertia")
    yield _of_nozzles("force", Quantity("", least=0.0), "thrust over that of the nozzle file")
    tilts = [
        _of_nozzles(f"tilt_{k}", angle, f"tilt of the push about a {word} normal")
        for k, word in ((1, "first"), (2, "second"))
    ]
    both = _together("chaser.thrusters.tilt", tilts)
    # Of two keys that reach a nozzle's numbers the later, finer one names them: tilt_1, not tilt.
    yield from (both._replace(parts=("", "")), *tilts)
    told = "fault (0 none, 1 stuck off, 2 stuck on, 3 leak, 4 weak)"
    yield _of_nozzles("fault", Quantity(""), told, words=FAULTS)
    yield _of_nozzles("fault_since", time, "start of the fault, from the epoch")
    yield _of_nozzles("fault_until", time, "end of the fault, from the epoch", never=True)
    yield _of_nozzles("fault_size", share, "thrust of one that is weak, or of its leak, over full thrust")
    varies = "how much a pulse varies, as a share of the least impulse"
    yield _of_nozzles("repeatability", share, varies, noise=True)
    more = "what every pulse gives more than told, as a share of the least impulse"
    yield _of_nozzles("bit", Quantity("", least=-1.0, most=10.0), more)
    times = {
        "dead_time": "time from the valve's moving until the thrust begins to follow",
        "rise": "time constant by which thrust rises",
        "decay": "time constant by which thrust decays",
        "half_isp": "length of a pulse that has half the specific impulse",
    }
    for name, meaning in times.items():
        yield _of_nozzles(name, Lag, meaning)
    gates: tuple[tuple[str, Quantity | Whole, str], ...] = (
        ("gates.delay", time, "from ready until the answer at the gate of leg {name} arrives"),
        ("gates.refused", Whole(0, 100), "how many times the answer at the gate of leg {name} is no"),
    )
    for key, kind, meaning in gates:
        yield _numbers(key, f"{key}.{EACH}", kind, Told(key, None, meaning), Drawn())


_KEYED = {path.key: path for path in _walk(CaseSchema, "")}

PATHS: Mapping[str, Path] = _KEYED | {path.key: path for path in _without_key(_KEYED["start"])}
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
        return path.only(k)._replace(key=key)
    for path in PATHS.values():
        name = key.removeprefix(f"{path.key}.")
        if name not in ("", key) and all(slot.endswith(EACH) for slot in path.slots):
            slots = tuple(slot.replace(EACH, name) for slot in path.slots)
            return path._replace(key=key, slots=slots, name=name)
    raise wrong(f'"{key}" is nothing that can be dispersed', _remedy(key))


def slots_of(
    path: Path, names: Sequence[str], branches: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> tuple[str, ...]:
    """The slots of a path among the names of a row; nozzles in the order of the row.

    A nozzle goes by its name; where none has that name, by its number in the nozzle file, from 0. `branches` are the
    names of those that each valve isolates. Raises CaseError (without a place) for a nozzle, a branch or a leg that is
    not there.
    """
    known, found = set(names), []
    for slot in path.slots:
        if slot.endswith(EACH):
            found += _elements(slot, names)
        elif slot in known:
            found.append(slot)
        elif path.of_branch:
            found += _isolated(path, slot, branches)
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


def _isolated(path: Path, slot: str, branches: Mapping[str, Sequence[str]]) -> list[str]:
    """The slots of the nozzles of a branch."""
    word = path.name.removeprefix(BRANCH)
    if not branches:
        what = f'"{path.key}" names a branch, and the nozzle file has no column branch'
        raise wrong(what, "add it, with what each valve isolates, or name the nozzles")
    if word not in branches:
        raise wrong(f'"{path.key}" names a branch that is not there', did_you_mean(word, tuple(branches)))
    return [slot.removesuffix(path.name) + name for name in branches[word]]


def _numbered(path: Path, slot: str, names: Sequence[str]) -> str:
    """The slot of the nozzle with this number."""
    stem = slot.removesuffix(path.name)
    all_of_them = _elements(stem + EACH, names)
    if stem.startswith("chaser.") and path.name.isdecimal() and int(path.name) < len(all_of_them):
        return all_of_them[int(path.name)]
    if path.key.startswith("sensors."):
        raise wrong(f'"{path.key}" is of a sensor that is not aboard', "add the sensor, or remove the line")
    noun = "nozzle" if stem.startswith("chaser.") else "leg"
    known = [name.removeprefix(stem) for name in all_of_them]
    raise wrong(f'"{path.key}" names a {noun} that is not there', did_you_mean(path.name, known))


def _remedy(key: str) -> str:
    known = list(PATHS) + [f"{path.key}.{part}" for path in PATHS.values() for part in path.parts if part]
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    beside = [k for k in PATHS if k.split(".")[0] == key.split(".")[0]]
    if beside:
        return f"{key.split('.')[0]} has {', '.join(beside)}"
    return f"write a key of {', '.join(sorted({k.split('.')[0] for k in PATHS}))}"
