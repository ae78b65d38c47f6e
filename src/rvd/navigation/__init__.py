"""Navigation to build with: a Kalman filter of linear motion, process noise, and whether its errors are as it says.

A module is loaded when it is first named, and a function compiled when it is first called.
"""

from typing import TYPE_CHECKING

MODULES = ("consistency", "kalman", "noise")

__all__ = ["consistency", "kalman", "noise"]

if TYPE_CHECKING:
    from rvd.navigation import consistency, kalman, noise
else:
    from rvd.lazy import loader

    __getattr__ = loader(__name__, {name: f"rvd.navigation.{name}" for name in __all__})


def __dir__() -> list[str]:
    return sorted(__all__)
