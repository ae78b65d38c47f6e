"""From a case to the sensors that are flown: the table of those aboard, and which of them navigation reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from rvd.assembly.axes import flat, mount_of
from rvd.core.algebra.random import stream_of
from rvd.core.kernel import leaves
from rvd.core.navigation.readings import Readers
from rvd.core.vehicle.mount import Mount
from rvd.core.vehicle.sensors.kinds import SensorKind
from rvd.core.vehicle.sensors.sensor import SENSOR, Sensor

if TYPE_CHECKING:
    from rvd.casefile.case import Case

FORWARD, UP = (1.0, 0.0, 0.0), (0.0, 0.0, -1.0)
ORIGIN = (0.0, 0.0, 0.0)


def aboard(case: Case) -> tuple[SensorKind, ...]:
    """The sensors of a case, in the order of the list of kinds."""
    return tuple(kind for kind in SensorKind if getattr(case.sensors, kind.word) is not None)


def sensors_of(case: Case, names: Sequence[str]) -> np.ndarray:
    """The table of the sensors aboard (k, `SENSOR`); `names` are those of the row's slots."""
    lines = [flat(_line(case, kind, names)) for kind in aboard(case)]
    return np.array(lines, dtype=float).reshape(-1, SENSOR)


def _line(case: Case, kind: SensorKind, names: Sequence[str]) -> Sensor:
    """A sensor as it is aboard."""
    named = [float(stream_of(name)) for name in kind.module.STREAMS]
    first, second, third, fourth = (*named, *[0.0] * (4 - len(named)))
    begin = leaves(kind.module.NUMBERS)[0]
    return Sensor(
        kind=float(kind),
        at=float(names.index(f"sensors.{kind.word}.{begin}")),
        period=period_of(case, kind),
        mount=mount_in(case, kind),
        masked=float(getattr(getattr(case.sensors, kind.word), "hidden_by", "") == "hull"),
        streams=(first, second, third, fourth),
        dropout=float(stream_of(f"dropout.{kind.word}")),
    )


def mount_in(case: Case, kind: SensorKind) -> Mount:
    """How a sensor is mounted; one that has no boresight, or is not aboard, looks up.

    The angles of a laser are counted toward forward, or toward up where it looks along the body.
    """
    table = getattr(case.sensors, kind.word)
    looks = getattr(table, "boresight", UP)
    if kind == SensorKind.STAR_TRACKER:
        return mount_of(ORIGIN, looks, UP if abs(looks[2]) < 0.5 else FORWARD)
    return mount_of(getattr(table, "where", ORIGIN), looks, FORWARD if abs(looks[0]) < 0.5 else UP)


def mounted(case: Case) -> tuple[tuple[float, Mount], ...]:
    """How often each sensor aboard looks (s; 0: it reads at every step), and how it is mounted."""
    return tuple((period_of(case, kind), mount_in(case, kind)) for kind in aboard(case))


def period_of(case: Case, kind: SensorKind) -> float:
    """The time between two looks of a sensor, s; 0 for one that reads at every step."""
    return float(getattr(getattr(case.sensors, kind.word), "period", 0.0))


def readers_of(case: Case) -> Readers:
    """Where in the table the sensors stand that the filters use."""
    lines = {kind.word: float(k) for k, kind in enumerate(aboard(case))}
    return Readers(**{name: lines.get(name, -1.0) for name in Readers._fields})
