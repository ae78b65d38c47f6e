"""What a fault needs beside it: a kind where there is a time or a size of it, a size where its kind has one.

And what it cannot have: an end, where it begins at a time that is drawn by its rate. That end would be before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rvd.case.dispersion import DisperseEntry
from rvd.case.paths import FAULTS, SIZED
from rvd.case.schema import CaseSchema
from rvd.case.sensors import SENSOR_FAULTS, SENSORS, Delivered
from rvd.case.sensors import SIZED as SENSOR_SIZED

from .faults import Fault
from .keys import Place

NOZZLES = "chaser.thrusters."
"""What all slots of nozzles begin with."""

ENDLESS = ("what begins by a rate lasts for good", "remove the end, or draw the begin from uniform times")
"""What is wrong with such an end, and what to write."""

BESIDE = ("fault_since", "fault_until", "fault_size")
"""What is said of a fault beside its kind."""


# ---- sensors


def failing_sensors(case: CaseSchema) -> Iterator[Fault]:
    """Faults of sensors whose numbers do not go with their kind, unless they are drawn."""
    drawn = {entry.path: entry for entry in case.disperse}
    for name in SENSORS:
        sensor = getattr(case.sensors, name)
        path, place = f"sensors.{name}", ("sensors", name, "fault")
        if sensor is None:
            continue
        sizeless = sensor.fault_size == 0.0 and f"{path}.fault_size" not in drawn
        if (entry := drawn.get(f"{path}.fault")) is not None:
            sized = [word for word in SENSOR_SIZED if word in _chosen(entry)]
            if sized and sizeless:
                remedy = f'write fault_size = 5 in [{path}], or draw "{path}.fault_size"'
                yield Fault(("disperse", f"{path}.fault"), f"a {sized[0]} of no size is drawn", remedy)
        elif sensor.fault == "none":
            if sensor.fault_since != 0.0 or sensor.fault_until is not None or sensor.fault_size != 0.0:
                yield Fault(place, "there is no fault that this is of", 'write fault = "frozen", or another')
            beside = [key for key in BESIDE if f"{path}.{key}" in drawn and not case.campaign.draws]
            for key in beside:
                remedy = f'write fault = "frozen" in [{path}], or another, or draw "{path}.fault"'
                yield Fault(("disperse", f"{path}.{key}"), "there is no fault that this is of", remedy)
        elif sensor.fault not in SENSOR_SIZED:
            if sensor.fault_size != 0.0:
                what = f"a sensor that is {sensor.fault} errs by no size"
                yield Fault(("sensors", name, "fault_size"), what, "remove it")
        elif sizeless:
            yield Fault(place, f"a {sensor.fault} of no size is no fault", "write fault_size = 5")
        for what in ("fault", "out"):
            since, until = drawn.get(f"{path}.{what}_since"), f"{what}_until"
            planned = getattr(sensor, until, None) is not None
            if since is not None and since.kind == "exponential" and (planned or f"{path}.{until}" in drawn):
                yield Fault(
                    ("sensors", name, until) if planned else ("disperse", f"{path}.{until}"), *ENDLESS
                )


def unfit_faults(case: CaseSchema) -> Iterator[Fault]:
    """Ways to fail that a sensor cannot: without a time tag, without a target, or with nothing else to see."""
    for name, table in SENSORS.items():
        place, ways = _place_of_fault(case, name), _ways(case, name)
        if "stopped" in ways and not issubclass(table, Delivered):
            yield Fault(place, "it has no time tag that could stop", 'write fault = "frozen"')
        if "wrong-target" in ways and "wrong" not in table.model_fields:
            yield Fault(
                place, "it looks at no target that could be a wrong one", 'write fault = "bias", or another'
            )
    laser = case.sensors.laser
    share = laser is not None and (laser.wrong > 0.0 or _drawn(case, "sensors.laser.wrong") is not None)
    if (share or "wrong-target" in _ways(case, "laser")) and not _something_else(case):
        what = "the target has one reflector and no hull: there is nothing else that the laser could range to"
        place = ("sensors", "laser", "wrong") if share else _place_of_fault(case, "laser")
        yield Fault(place, what, "write [target.hull.NAME], or remove the key")


def _ways(case: CaseSchema, name: str) -> set[str]:
    """The ways in which a sensor may fail: that of its table, and those that are drawn."""
    sensor, entry = getattr(case.sensors, name), _drawn(case, f"sensors.{name}.fault")
    ways = set() if sensor is None else {sensor.fault}
    return ways if entry is None else ways | _chosen(entry)


def _chosen(entry: DisperseEntry) -> set[str]:
    """The ways to fail that a line of `[disperse]` chooses from."""
    weights = entry.weights or (1.0,) * len(entry.numbers)
    return {SENSOR_FAULTS[int(k)] for k, weight in zip(entry.numbers, weights, strict=True) if weight > 0.0}


def _place_of_fault(case: CaseSchema, name: str) -> Place:
    """Where it is said how a sensor fails: in its table, or in `[disperse]`."""
    path, sensor = f"sensors.{name}.fault", getattr(case.sensors, name)
    drawn = _drawn(case, path) is not None and (sensor is None or sensor.fault == "none")
    return ("disperse", path) if drawn else ("sensors", name, "fault")


def _drawn(case: CaseSchema, path: str) -> DisperseEntry | None:
    """The line of `[disperse]` of this path, if there is one."""
    return next((entry for entry in case.disperse if entry.path == path), None)


def _something_else(case: CaseSchema) -> bool:
    """Whether the target has a hull, or the laser ranges to two reflectors: those of the port, if it has its own."""
    port = case.target.ports[case.goal.port] if case.goal.port is not None else None
    reflectors = port.reflectors if port is not None and port.reflectors else case.target.points.reflectors
    return bool(case.target.hull) or len(set(reflectors)) > 1


# ---- nozzles


class Line(NamedTuple):
    """What is drawn of nozzles by one line of `[disperse]`, or by one column of a table of draws."""

    #: Where it stands in the case.
    place: Place
    #: Its key.
    key: str
    #: The slots of the row that it changes.
    slots: tuple[str, ...]
    #: The values that it may have, where they can be told.
    values: tuple[float, ...]
    #: Whether it draws the time until something comes by a rate.
    by_rate: bool = False

    def of(self, what: str) -> set[str]:
        """The nozzles of which it draws this; none where it draws something else."""
        stem = f"{NOZZLES}{what}."
        return {slot.removeprefix(stem) for slot in self.slots if slot.startswith(stem)}

    @property
    def kinds(self) -> set[str]:
        """The kinds of fault that its values stand for."""
        return {FAULTS[int(x)] for x in self.values if 0 <= x < len(FAULTS)}

    def beside(self, what: str, other: str) -> str:
        """Its key for something else of the same nozzles."""
        return self.key.replace(f"{NOZZLES}{what}", f"{NOZZLES}{other}", 1)


def line_of(entry: DisperseEntry) -> Line:
    """A line of `[disperse]` whose slots are spelt out; what has no weight is no value of it."""
    weights = entry.weights or (1.0,) * len(entry.numbers)
    some = entry.kind == "choice"
    values = tuple(x for x, weight in zip(entry.numbers, weights, strict=True) if some and weight > 0.0)
    return Line(("disperse", entry.path), entry.path, entry.slots, values, entry.kind == "exponential")


def failing_nozzles(lines: Sequence[Line]) -> Iterator[Fault]:
    """Faults of lines of `[disperse]` and columns of a table that do not go together in what fails of nozzles."""
    kinds: dict[str, set[str]] = {}
    for line in lines:
        for nozzle in line.of("fault"):
            kinds.setdefault(nozzle, set()).update(line.kinds)
    sized = set().union(*(line.of("fault_size") for line in lines))
    by_rate = set().union(*(line.of("fault_since") for line in lines if line.by_rate))
    for line in lines:
        if "weak" in line.kinds and line.of("fault") - sized:
            key = line.beside("fault", "fault_size")
            yield Fault(
                line.place, "a weak nozzle of no size is drawn", f'write "{key}" = {{ choice = [0.5] }}'
            )
        if line.of("fault_until") & by_rate:
            yield Fault(line.place, *ENDLESS)
        for what in BESIDE if line.place[0] == "disperse" else ():
            those, word = (SIZED, "weak") if what == "fault_size" else (FAULTS[1:], "stuck-off")
            mine = line.of(what)
            if mine and not any(kinds.get(nozzle, set()) & set(those) for nozzle in mine):
                noun = "weak or leaking nozzle" if what == "fault_size" else "fault"
                key = line.beside(what, "fault")
                remedy = f'write "{key}" = {{ choice = ["{word}"] }}'
                yield Fault(line.place, f"there is no {noun} that this is of", remedy)
