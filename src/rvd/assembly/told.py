"""What the flight software is told exactly: the numbers that it shares with the truth and that no run draws.

They are found by experiment. Each number of a case is changed a little, one after the other, and both halves of the
set-up are made anew: one that changes both is told. No list is kept by hand, so that what a filter is told tomorrow is
found tomorrow. A filter that is told the truth's own number looks better than it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rvd.assembly.axes import flat
from rvd.assembly.build import Built
from rvd.assembly.onboard import Means, onboard_of
from rvd.assembly.sensors import mounted
from rvd.assembly.world import environment_of, goal_of, hulls_of, points_of
from rvd.case.lists import Several, Vector
from rvd.case.paths import PATHS, SLOTS, Path, find_path, known_as, slots_of
from rvd.case.planned import by_noise, planned
from rvd.case.table import Table
from rvd.case.values import Kind, Quantity
from rvd.case.words import Whole
from rvd.casefile.in_words import amount, in_words, on_body
from rvd.core.flight.aboard import Onboard
from rvd.core.kernel import leaves
from rvd.core.vehicle.mass import Chaser

if TYPE_CHECKING:
    from rvd.casefile.case import Case

At = tuple[str | int, ...]
"""Where a value stands in a case: keys and numbers of elements, from the outside in."""

ERRORS = {"sensors.laser.boresight": "sensors.laser.angle_bias"}
"""Keys of which `[disperse]` draws the error alone, under another name."""

NOZZLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "thrust": ("force", "thrust", ("force",)),
    "push_body": ("tilt", "direction", ("tilt_1", "tilt_2")),
    "where_body": ("", "place", ()),
    "isp": ("", "specific impulse", ()),
    "least_on": ("", "shortest on-time", ()),
}
"""Of each number of a nozzle: the key of `chaser.thrusters` that draws it, if any, what it is, and its slots."""


class Exact(NamedTuple):
    """A number, or the numbers of a key, that truth and flight software share and that no run draws."""

    #: The table of the case in which it stands: "chaser".
    table: str
    #: Its key there: "tank"; of one number of several "drag_area.0".
    key: str
    #: Its value in words.
    words: str
    #: The path by which `[disperse]` draws it; empty where none does.
    path: str

    @property
    def place(self) -> str:
        """Its place in the case: "chaser.tank"."""
        return f"{self.table}.{self.key}".strip(".")


def told_exactly(built: Built, drawn: Collection[str]) -> list[Exact]:
    """What is told exactly where the slots of the row of these names are drawn, in the order of the case."""
    trial = Trial(built, drawn)
    return [*trial.of_case(), *trial.of_chaser(), *trial.of_start(), *trial.of_nozzles()]


class Trial:
    """The experiment on one case."""

    def __init__(self, built: Built, drawn: Collection[str]) -> None:
        onboard = built.setup.onboard
        self.built, self.case, self.drawn = built, built.case, frozenset(drawn)
        self.means = Means(onboard.nozzles, onboard.allocation, onboard.filters.relative.lean)
        self.aboard, self.truth = in_effect(onboard), truth_of(self.case)

    def shared(self, at: At) -> bool:
        """Whether both halves of the set-up hold what stands there: a change of it changes both."""
        other = changed(self.case, at)
        onboard = onboard_of(other, self.means, points_of(other))
        if same(in_effect(onboard), self.aboard):
            return False
        return is_in_row(at) or not same(truth_of(other), self.truth)

    def exact(self, slot: str) -> bool:
        """Whether a slot of the row holds in every run what the case says: nothing draws it, no noise is scaled."""
        return slot not in self.drawn and by_noise(self.case, known_as(slot)) == 1.0

    def of_case(self) -> Iterator[Exact]:
        """What is told of the tables of the case that hold numbers of the row."""
        for key, value in inside(self.case).items():
            if isinstance(value, Table) and is_in_row((key,)) and self.shared((key,)):
                yield from self.of_table((key,), value)

    def of_table(self, at: At, table: Table | dict[str, Any]) -> Iterator[Exact]:
        """What is told of a table, or of tables by their names; one of which nothing is told costs one trial."""
        for key, value in inside(table).items():
            here = (*at, key)
            if isinstance(value, Table | dict):
                if self.shared(here):
                    yield from self.of_table(here, value)
            elif isinstance(table, Table):
                kind, path = table.kind_at(key), PATHS.get(dotted(here))
                yield from self.of_key(here, kind, value) if path is None else self.of_path(here, path, value)

    def of_path(self, at: At, path: Path, value: Any) -> Iterator[Exact]:
        """What is told of a key that can be drawn: all of its numbers, or some."""
        if path.mark.noise and not np.any(value):
            return  # an error that is not flown is no number of the truth
        values = value if isinstance(value, tuple) else (value,)
        parts = [k for k, slot in enumerate(path.slots) if self.exact(slot)]
        if len(values) > 1:
            parts = [k for k in parts if self.shared((*at, k))]
        elif parts:
            parts = [0] if self.shared(at) else []
        yield from of_parts(path, values, parts)

    def of_key(self, at: At, kind: Kind, value: Any) -> Iterator[Exact]:
        """What is told of a key that cannot be drawn, or whose number or error is drawn by another name."""
        if self.shared(at):
            name = ERRORS.get(dotted(at)) or self.drawn_by(at)
            slots = slots_of(find_path(name), self.built.names) if name else ()
            if not name or any(map(self.exact, slots)):
                yield Exact(dotted(at[:-1]), str(at[-1]), said(kind, value), name)

    def drawn_by(self, at: At) -> str:
        """The path whose nominal number a key is; empty where there is none."""
        before, after = row_of(self.case), row_of(changed(self.case, at))
        return next((name for name in before if before[name] != after[name]), "")

    def of_chaser(self) -> Iterator[Exact]:
        """What the row holds of the chaser as it was designed and the case has no key for: products of inertia."""
        row = dict(zip(self.built.names, self.built.row, strict=True))
        designed = dict(zip(leaves(Chaser), flat(self.built.setup.onboard.chaser), strict=True))
        for path in PATHS.values():
            own = [designed.get(slot.removeprefix("chaser.")) for slot in path.slots]
            if path.told[0].table is None and None not in own:
                values = [row[slot] for slot in path.slots]
                parts = [k for k, slot in enumerate(path.slots) if self.exact(slot) and own[k] == values[k]]
                yield from of_parts(path, values, parts)

    def of_start(self) -> Iterator[Exact]:
        """Of the first belief, what no run draws an error of."""
        path = PATHS["knowledge"]
        left = [part for part, slot in zip(path.parts, path.slots, strict=True) if self.exact(slot)]
        if left:
            yield Exact("knowledge", "", f"{', '.join(left)} at the start, without error", path.key)

    def of_nozzles(self) -> Iterator[Exact]:
        """What both halves hold of the nozzles: their table."""
        names, true = self.built.nozzle_names, self.built.setup.outside.thrusters.nozzles
        fixed = []
        for field, (key, words, slots) in NOZZLES.items():
            stems = [f"chaser.thrusters.{slot}." for slot in slots]
            left = [name for name in names if all(self.exact(stem + name) for stem in stems)]
            if not left or not same(getattr(self.means.nozzles, field), getattr(true, field)):
                continue
            if not key:
                fixed.append(words)
                continue
            many = "all nozzles" if len(left) == len(names) else f"{len(left)} of {len(names)} nozzles"
            yield Exact("chaser.thrusters", words, f"of {many}", f"chaser.thrusters.{key}")
        if fixed:
            yield Exact("chaser.thrusters", "", f"{', '.join(fixed)} of all nozzles", "")


def of_parts(path: Path, values: Sequence[float], parts: Sequence[int]) -> Iterator[Exact]:
    """The numbers of a path that are told: as one where all are."""
    table, _, key = path.key.rpartition(".")
    if len(parts) == len(values):
        kind = path.kinds[0]
        if len(values) > 1 and isinstance(kind, Quantity):
            yield Exact(table, key, said(Vector(kind), values), path.key)
        else:
            yield Exact(table, key, said(kind, values[0]), path.key)
        return
    for k in parts:
        words = f"{amount(values[k], path.units[k])} {path.told[k].where.rpartition(', ')[2]}"
        yield Exact(table, f"{key}.{path.parts[k]}", words, f"{path.key}.{path.parts[k]}")


# ---- the two halves


def truth_of(case: Case) -> tuple[Any, ...]:
    """What the truth takes from a case: the plan of the row, by the paths, and what stands in the world beside it.

    The rules and what the goal asks for are no numbers of nature, but the goal's port is.
    """
    return (
        row_of(case), environment_of(case), points_of(case), mounted(case), hulls_of(case), goal_of(case),
    )  # fmt: skip


def row_of(case: Case) -> dict[str, tuple[float, ...]]:
    """The plan's numbers of the row, by their paths."""
    return {known.dotted: planned(case, known.dotted) for known in SLOTS.values()}


def is_in_row(at: At) -> bool:
    """Whether a number is one of the row, or a table holds one."""
    key, whole = dotted(at), PATHS.get(dotted(at[:-1]))
    if key in PATHS or (whole is not None and str(at[-1]) in whole.parts):
        return True
    return any(name.startswith(f"{key}.") for name in PATHS)


def in_effect(onboard: Onboard) -> Onboard:
    """The flight software less the numbers that it holds and that lead to nothing."""
    filters, chaser = onboard.filters, onboard.chaser
    r = filters.relative
    swings = [rate if swing > 0.0 else 0.0 for rate, swing in zip(r.swing_rate, r.swing, strict=True)]
    return onboard._replace(
        # The filters fall in no air; the drag of the chaser is in what they expect of it.
        filters=filters._replace(
            relative=r._replace(
                swing_rate=(swings[0], swings[1], swings[2]),
                gps_near=r.gps_near if r.gps_echo > 0.0 else 0.0,
            ),
            environment=filters.environment._replace(reference_radius=0.0, scale_height=0.0),
        ),
        chaser=chaser._replace(drag=chaser.drag._replace(coefficient=0.0, area=(0.0, 0.0, 0.0))),
    )


# ---- a case changed


def dotted(at: At) -> str:
    """A place in a case as `[disperse]` writes it."""
    return ".".join(map(str, at))


def inside(table: Table | dict[str, Any]) -> dict[str, Any]:
    """What holds numbers in a table: numbers, lists of them, and other tables."""
    if isinstance(table, dict):
        return table
    values = {key: getattr(table, key) for key in type(table).model_fields}
    return {key: value for key, value in values.items() if holds_numbers(value)}


def holds_numbers(value: Any) -> bool:
    """Whether a value is a number with a unit, a list of such, or a table, or tables by their names."""
    if isinstance(value, tuple):
        return len(value) > 0 and not isinstance(value[0], Table) and holds_numbers(value[0])
    if isinstance(value, dict):
        return any(isinstance(one, Table) for one in value.values())
    return isinstance(value, Table | float)


def changed(value: Any, at: At) -> Any:
    """A case with every number a little off in what stands there; nothing is checked."""
    if not at:
        return nudged(value)
    here, rest = at[0], at[1:]
    if isinstance(value, Table):
        return value.model_copy(update={str(here): changed(getattr(value, str(here)), rest)})
    if isinstance(value, dict):
        return {**value, here: changed(value[here], rest)}
    return tuple(changed(one, rest) if k == here else one for k, one in enumerate(value))


def nudged(value: Any) -> Any:
    """A value with every number in it a little off."""
    if isinstance(value, float):
        return 1.01 * value if value else 1e-3
    if isinstance(value, Table):
        return value.model_copy(update={key: nudged(one) for key, one in inside(value).items()})
    if isinstance(value, dict):
        return {key: nudged(one) for key, one in value.items()}
    return tuple(map(nudged, value)) if isinstance(value, tuple) else value


def same(one: Any, other: Any) -> bool:
    """Whether two records hold the same numbers."""
    if one is other:
        return True
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


# ---- in words


def said(kind: Kind | Whole, value: Any) -> str:
    """A value in words; a place by the axes of its body."""
    if kind == Vector(Quantity("m")):
        return on_body(value)
    if isinstance(kind, Several):
        return " and ".join(
            f"({said(kind.of, one)})" if len(value) > 1 else said(kind.of, one) for one in value
        )
    return in_words(kind, value)


def in_lines(found: Sequence[Exact]) -> Iterator[str]:
    """What is told exactly, a line a table: what `[disperse]` can draw, then what it cannot."""
    drawable, fixed = [one for one in found if one.path], [one for one in found if not one.path]
    if drawable:
        yield "The flight software holds these as the truth has them in every run: it looks better than it is."
        yield (
            f'To end that, draw one in [disperse] ("{drawable[0].path}" = {{ normal = ... }}), '
            "or put another value into the truth there ({ choice = [...] })."
        )
        yield from _by_table(drawable)
    yield "These too, and no line of [disperse] changes them:"
    yield from _by_table(fixed)
    yield f"  {GIVEN}"


GIVEN = "at the start: what the run drew of the target's orbit and of the chaser's attitude"
"""What every run tells as it is, whatever it draws (`Uplink`)."""


def _by_table(found: Sequence[Exact]) -> Iterator[str]:
    tables: dict[str, list[str]] = {}
    for one in found:
        by = f" ({one.path})" if one.path not in ("", one.place) else ""
        tables.setdefault(one.table, []).append(f"{one.key} {one.words}{by}".strip())
    for table, words in tables.items():
        of_errors = bool(found[0].path) and table.startswith("sensors.")
        yield f"  {table}{', model of its errors' if of_errors else ''}: {'; '.join(words)}"
