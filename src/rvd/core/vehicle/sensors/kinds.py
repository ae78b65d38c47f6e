"""The family of sensors: the list of its kinds.

A kind is a module of this package, named as its member is in small letters, with

    NUMBERS      the record of its numbers in the row: what of it may be drawn
    STREAMS      the names of the streams of its random numbers, at most four

and either, of a sensor that looks from time to time and whose readings may be late or lost,

    look(sensor, row, scene, latent, key) -> Look
    live(sensor, row, latent, key)         where it has a process of its own, which goes on every second; its numbers
    begin(sensor, latent, seed, run)       stand at `latent[MEMORY]` and on, and `begin` writes the first

or, of one that reads at every step,

    feel(sensor, row, scene, before, key) -> (reading, Felt)

To add one: its module, its test, and a line here; its keys in `rvd.case.sensors`; what navigation makes of it.
"""

from enum import IntEnum
from importlib import import_module
from types import ModuleType

from rvd.core.kernel import Row, dispatch, kernel
from rvd.core.signals import Key
from rvd.core.vehicle.sensors.sensor import Sensor


class SensorKind(IntEnum):
    """The sensors that a case may have."""

    GPS = 0
    LASER = 1
    STAR_TRACKER = 2
    GYRO = 3
    ACCELEROMETER = 4

    @property
    def word(self) -> str:
        """What a case calls it."""
        return self.name.lower()

    @property
    def module(self) -> ModuleType:
        """Where it is."""
        return import_module(f"rvd.core.vehicle.sensors.{self.word}")


@kernel
def lives_not(sensor: Sensor, row: Row, latent: Row, key: Key) -> None:
    """A kind without a process of its own."""


@kernel
def begins_not(sensor: Sensor, latent: Row, seed: int, run: int) -> None:
    """A kind without a process of its own."""


def _those_with(name: str) -> dict:
    """The functions of this name of the kinds that have one."""
    return {kind: getattr(kind.module, name) for kind in SensorKind if hasattr(kind.module, name)}


look = dispatch("look_of_the_sensor", "sensor, row, scene, latent, key", "sensor.kind", _those_with("look"))
feel = dispatch("feel_of_the_sensor", "sensor, row, scene, before, key", "sensor.kind", _those_with("feel"))
live = dispatch(
    "live_of_the_sensor", "sensor, row, latent, key", "sensor.kind", _those_with("live"), lives_not
)
begin = dispatch(
    "begin_of_the_sensor", "sensor, latent, seed, run", "sensor.kind", _those_with("begin"), begins_not
)
