"""Orbits over arrays: conics, elements, frames, time scales, ephemeris, three bodies, transfers.

A module is loaded when it is first named, and compiled when it is first called.
"""

from typing import TYPE_CHECKING

__all__ = [
    "cr3bp",
    "elements",
    "ephemeris",
    "frames",
    "kepler",
    "lambert",
    "nrho",
    "spice",
    "sunlight",
    "synodic",
    "teme",
    "timescales",
    "transfers",
]

if TYPE_CHECKING:
    from rvd.orbit import (
        cr3bp,
        elements,
        ephemeris,
        frames,
        kepler,
        lambert,
        nrho,
        spice,
        sunlight,
        synodic,
        teme,
        timescales,
        transfers,
    )
else:
    from rvd.lazy import loader

    __getattr__ = loader(__name__, {name: f"rvd.orbit.{name}" for name in __all__})


def __dir__() -> list[str]:
    return sorted(__all__)
