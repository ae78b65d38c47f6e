"""Where the array functions were until they moved to `rvd.motion`, `rvd.orbit` and `rvd.attitude`.

Each name leads to where it is now, with a DeprecationWarning.
"""

import importlib
import warnings
from typing import Any

from rvd.errors import ArgumentError

_MOVED = {
    "motion": ("curvilinear", "cw", "nonlinear", "roe", "tangent", "yamanaka_ankersen"),
    "orbit": (
        "cr3bp", "elements", "ephemeris", "frames", "kepler", "lambert", "sunlight", "synodic", "teme", "timescales",
        "transfers",
    ),
}  # fmt: skip
_PLACES = {name: f"rvd.{package}.{name}" for package, names in _MOVED.items() for name in names}
_PLACES["attitude"] = "rvd.attitude"

__all__ = ["ArgumentError", *sorted(_PLACES)]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    warnings.warn(f"rvd.arrays.{name} is {_PLACES[name]} now", DeprecationWarning, stacklevel=2)
    return importlib.import_module(_PLACES[name])


def __dir__() -> list[str]:
    return sorted(__all__)
