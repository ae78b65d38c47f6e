"""NumPy faces of the kernels: they broadcast over leading axes and check what they are given.

    import rvd.arrays
    r1, v1 = rvd.arrays.cw.coast(r, v, n, t)

A module is loaded when it is first named, and compiled when it is first called. Vectors have a last axis of 3; every
other argument is a number or an array that broadcasts against the vectors' leading axes. What cannot be used (NaN,
wrong shapes, text, units, a mu below zero, ...) raises ArgumentError, with one sentence.
"""

import importlib
from typing import Any

from rvd.arrays.check import ArgumentError

_FACES = (
    "attitude",
    "cr3bp",
    "curvilinear",
    "cw",
    "elements",
    "ephemeris",
    "frames",
    "kepler",
    "lambert",
    "nonlinear",
    "roe",
    "sunlight",
    "synodic",
    "tangent",
    "teme",
    "timescales",
    "transfers",
    "yamanaka_ankersen",
)

__all__ = ["ArgumentError", *_FACES]


def __getattr__(name: str) -> Any:
    if name in _FACES:
        return importlib.import_module(f"rvd.arrays.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_FACES})
