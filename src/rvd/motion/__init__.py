"""Relative motion over arrays: linear models, relative orbital elements, the exact model, the tangent flow.

A module is loaded when it is first named, and compiled when it is first called.
"""

from typing import TYPE_CHECKING

__all__ = ["curvilinear", "cw", "nonlinear", "roe", "tangent", "yamanaka_ankersen"]

if TYPE_CHECKING:
    from rvd.motion import curvilinear, cw, nonlinear, roe, tangent, yamanaka_ankersen
else:
    from rvd.lazy import loader

    __getattr__ = loader(__name__, {name: f"rvd.motion.{name}" for name in __all__})


def __dir__() -> list[str]:
    return sorted(__all__)
