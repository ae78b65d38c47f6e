"""The nominal row of a case: the truth when nothing is dispersed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from rvd.assembly.world import chaser_of
from rvd.case.paths import WHITE
from rvd.core.flight.truth import TRUTH, row_names
from rvd.core.guidance.plan import NEVER
from rvd.core.signals import Word

if TYPE_CHECKING:
    from rvd.case.schema import Case

COMMANDS = 4
"""Orders a case may give; the row has room for so many."""


def nominal_row(case: Case, nozzles: Sequence[str]) -> np.ndarray:
    """The row of the nominal run: the case's own numbers, every nozzle (by its name) as in its table."""
    values, count = nominal_values(case), len(nozzles)
    fixed = np.array([values[name] for name in row_names(nozzles, ())[:TRUTH]], dtype=float)
    # A fault that is drawn without a time holds from the start; the nominal nozzle has none.
    one, zero, never = np.ones(count), np.zeros(count), np.full(count, NEVER)
    delays = [leg.gate.delay if leg.gate is not None else 0.0 for leg in case.leg]
    refusals = [float(leg.gate.refused) if leg.gate is not None else 0.0 for leg in case.leg]
    scatter = np.full(count, case.sensors.noise * case.chaser.repeatability)
    return np.concatenate([fixed, one, zero, zero, zero, zero, never, scatter, delays, refusals])


def nominal_values(case: Case) -> dict[str, float]:
    """The truth's numbers by slot name."""
    t, a, s, c = case.target, case.target.attitude, case.sensors, chaser_of(case)
    start = case.start
    words = ("vbar", "rbar", "hbar", "vbar_rate", "rbar_rate", "hbar_rate")
    values: dict[str, float] = {f"start.{word}": getattr(start, word) for word in words}
    values |= {f"knowledge.{word}": 0.0 for word in words}
    values |= numbered("start.attitude", (0.0, 0.0, 0.0)) | numbered("start.rate", (0.0, 0.0, 0.0))
    values |= {"chaser.mass": c.mass, "chaser.propellant": c.propellant}
    values |= (
        numbered("chaser.com", c.com)
        | numbered("chaser.tank", c.tank)
        | numbered("chaser.inertia", c.inertia)
    )
    values |= {"chaser.drag.coefficient": c.drag.coefficient} | numbered("chaser.drag.area", c.drag.area)
    for word in ("altitude", "inclination", "eccentricity", "raan", "latitude", "mass"):
        values[f"target.{word}"] = getattr(t, word)
    values |= {"target.drag.coefficient": t.drag_coefficient} | numbered("target.drag.area", t.drag_area)
    values |= numbered("target.inertia", (*t.inertia, 0.0, 0.0, 0.0))
    for word in ("bias", "deadband", "period", "phase"):
        values |= numbered(f"target.{word}", getattr(a, word))
    values["atmosphere.density"] = case.atmosphere.density
    values |= numbered("arm.time", (case.capture.time,) * 3)
    for k in range(COMMANDS):
        given = case.command[k] if k < len(case.command) else None
        values[f"command.{k}.what"] = float(Word[given.what.upper()]) if given else 0.0
        values[f"command.{k}.at"] = given.at if given else NEVER
    return values | sensor_values(s)


def sensor_values(sensors) -> dict[str, float]:
    """The sensors' numbers by slot name; a sensor that is not aboard reads nothing, so its numbers do not matter."""
    gps, laser, tracker = sensors.gps, sensors.laser, sensors.star_tracker
    gyro, meter = sensors.gyro, sensors.accelerometer
    values = {f"sensors.gps.{word}": getattr(gps, word) if gps else 0.0 for word in ("position", "velocity")}
    values |= numbered("sensors.gps.bias", gps.bias if gps else (0.0, 0.0, 0.0)) | outage("sensors.gps", gps)
    values |= {
        "sensors.gps.multipath.sigma": gps.multipath if gps else 0.0,
        "sensors.gps.multipath.range": gps.multipath_range if gps else 0.0,
        "sensors.gps.multipath.memory": gps.multipath_memory if gps else 0.0,
        "sensors.gps.blocked_within": gps.blocked_within if gps else 0.0,
    }
    for word in ("range", "scale", "angle", "range_bias", "within", "beyond", "sun_exclusion"):
        values[f"sensors.laser.{word}"] = getattr(laser, word) if laser else 0.0
    values |= numbered("sensors.laser.angle_bias", laser.angle_bias if laser else (0.0, 0.0))
    values["sensors.laser.field"] = laser.field if laser else 0.0
    values |= outage("sensors.laser", laser) | outage("sensors.star_tracker", tracker)
    for name, sensor in (("gps", gps), ("laser", laser), ("star_tracker", tracker)):
        values |= delivery(f"sensors.{name}.delivery", sensor, sensors.noise > 0.0)
    for word in ("cross", "roll", "sun_exclusion"):
        values[f"sensors.star_tracker.{word}"] = getattr(tracker, word) if tracker else 0.0
    values |= numbered(
        "sensors.star_tracker.misalignment", tracker.misalignment if tracker else (0.0, 0.0, 0.0)
    )
    values |= {"sensors.gyro.walk": gyro.walk} | numbered("sensors.gyro.bias", gyro.bias)
    values |= {"sensors.accelerometer.walk": meter.walk, "sensors.accelerometer.scale": meter.scale}
    values |= numbered("sensors.accelerometer.bias", meter.bias)
    return values | {f"sensors.{name}": sensors.noise * values[f"sensors.{name}"] for name in WHITE}


def outage(path: str, sensor) -> dict[str, float]:
    """The window in which a sensor is out; never, where the case gives none."""
    since = getattr(sensor, "out_since", None) if sensor else None
    until = getattr(sensor, "out_until", None) if sensor else None
    return {
        f"{path}.out_since": NEVER if since is None else since,
        f"{path}.out_until": NEVER if until is None else until,
    }


def delivery(path: str, sensor, chance: bool) -> dict[str, float]:
    """How a sensor's readings reach navigation; without chance none is lost."""
    return {
        f"{path}.dropout": sensor.dropout if sensor and chance else 0.0,
        f"{path}.latency": sensor.latency if sensor else 0.0,
        f"{path}.time_bias": sensor.time_bias if sensor else 0.0,
    }


def numbered(path: str, values) -> dict[str, float]:
    """Slots of a vector by name: path.0, path.1, ..."""
    return {f"{path}.{i}": float(value) for i, value in enumerate(values)}
